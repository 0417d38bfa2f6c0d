import { openDevice } from '../../src/gradient/gpu/device.ts'
import { knownProbe } from '../../src/gradient/gpu/probe.ts'
import { summarizeProbe } from '../../src/gradient/gpu/probe-record.ts'
import { measureAddRate } from '../../src/record/cluster-spec/add-rate.ts'
import { type CapturedNode, captureNode } from '../../src/record/cluster-spec/capture-node.ts'
import type { Accelerator } from '../../src/record/host.ts'
import { allPairsOf, type RankPair } from '../../src/reduce/algorithms/pairs.ts'
import { CLOCK_PINGS, type ClockOffset, clockOffsetOf } from '../../src/reduce/clock-offset.ts'
import { measurePoint } from '../../src/reduce/measure.ts'
import type { Seat } from '../../src/reduce/seat.ts'
import { processSeat } from '../../src/reduce/transport/process-seat.ts'
import { type CaptureAssignment, ofNode } from '../wire/assignment.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import { NO_OUTCOME } from './outcome.ts'
import { answerWithTime, askForTime } from './ping-clocks.ts'
import type { Session } from './session.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

/** What a node of a capture says when it is done. */
export interface CaptureReport extends CapturedNode {
  /** To the nodes after it. */
  readonly clocks: readonly (ClockOffset & { readonly nodes: RankPair })[]
}

/** One node of a capture: what it sees of itself, then in turn, while all others rest, its links, clocks and adding. */
export async function captureAsNode(
  session: Session,
  trial: string,
  node: number,
  nodeCount: number,
  { adapterNames, points }: CaptureAssignment,
): Promise<void> {
  await using transport = new GrpcTransport(trial, node, nodeCount)
  const linkAddress = await transport.listen()
  const captured = await captureNode(hostOf(linkAddress), await openAdapter(ofNode(adapterNames, node)))
  session.send({
    kind: 'ready',
    exchangeAddresses: [],
    adapterJson: '',
    gpuId: '',
    dataDigests: {},
    rowMapDigest: '',
    readyMs: performance.now(),
    linkAddress,
  })
  const { linkAddresses } = await session.next('start')
  transport.connect(linkAddresses)
  const cpuBefore = cpuMsByThread()
  const seat = processSeat(transport)
  for (const [point, description] of points.entries()) {
    session.send({ kind: 'measurement', point, rank: node, ...(await measurePoint(description, seat)) })
  }
  const clocks = await clocksOf(seat, node, nodeCount)
  const report: CaptureReport = { ...(await withAddRate(captured, seat, node, nodeCount)), clocks }
  session.send({
    kind: 'finished',
    ...NO_OUTCOME,
    cpuMsByThread: cpuMsSince(cpuBefore),
    bytesSent: transport.bytesSent,
    capturedJson: JSON.stringify(report),
  })
  await session.next('stop')
}

/** The address without its port. */
function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'))
}

/** Opens an adapter as training would, and takes its probe. */
async function openAdapter(name: string | undefined): Promise<Accelerator | null> {
  if (name === undefined) return null
  using gpu = await openDevice(name)
  const { adapter } = gpu
  return { ...adapter, probe: summarizeProbe(await knownProbe({ adapter, source: 'system', environment: {} })) }
}

async function clocksOf(seat: Seat, node: number, nodeCount: number): Promise<CaptureReport['clocks']> {
  const clocks: CaptureReport['clocks'][number][] = []
  for (const nodes of allPairsOf(nodeCount)) {
    await seat.barrier()
    const call = seat.nextCall()
    const [asker, other] = nodes
    if (node === asker) {
      clocks.push({ nodes, ...clockOffsetOf(await askForTime(seat.transport, other, call, CLOCK_PINGS)) })
    }
    if (node === other) await answerWithTime(seat.transport, asker, call, CLOCK_PINGS)
  }
  return clocks
}

/** Nodes of one machine share its cores, so each adds alone. */
async function withAddRate(
  { machineId, node: own }: CapturedNode,
  seat: Seat,
  node: number,
  nodeCount: number,
): Promise<CapturedNode> {
  let { addBytesPerSecond } = own.processor
  for (let turn = 0; turn < nodeCount; turn++) {
    await seat.barrier()
    if (turn === node) addBytesPerSecond = measureAddRate()
  }
  await seat.barrier() // nobody leaves while another measures
  return { machineId, node: { ...own, processor: { ...own.processor, addBytesPerSecond } } }
}
