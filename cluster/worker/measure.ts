import { sha256 } from '../../src/core/digest.ts'
import {
  exchangedElements,
  type MeasuredPoint,
  measurePointInTime,
  type PointResult,
} from '../../src/reduce/measure.ts'
import { processClock, processSeat } from '../../src/reduce/transport/process-seat.ts'
import type { BenchAssignment } from '../wire/assignment.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import { coreWaitSince, coreWaits } from './core-use.ts'
import { NO_OUTCOME } from './outcome.ts'
import type { Session } from './session.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

/** The ranks of a node that measures. */
interface MeasuringRanks extends AsyncDisposable {
  /** host:port of each rank's exchange service, in order. */
  readonly addresses: readonly string[]
  /** Payload bytes that the busiest rank has handed to its transport. */
  readonly bytesSent: number
  /** @param addresses of every rank of the trial. */
  connect(addresses: readonly string[]): Promise<void>
  /** @param stopAt of measurePointInTime. @returns by rank within the node; undefined: there was no time left. */
  measure(point: MeasuredPoint, stopAt: number): Promise<readonly PointResult[] | undefined>
}

/** Where a node stands in a benchmark. */
interface NodePlace {
  readonly trial: string
  readonly node: number
  readonly rankCount: number
  readonly assignment: BenchAssignment
}

/** One node of a benchmark: every point in turn, reported for each of its ranks as soon as it is measured. */
export async function measureAsNode(
  session: Session,
  trial: string,
  node: number,
  nodeCount: number,
  assignment: BenchAssignment,
): Promise<void> {
  const { points, ranksPerNode, budgetSeconds = Number.POSITIVE_INFINITY } = assignment
  const place = { trial, node, rankCount: nodeCount * ranksPerNode, assignment }
  await using ranks = await (ranksPerNode === 1 ? openSingleRank(place) : openNodeRanks(place))
  session.send({
    kind: 'ready',
    exchangeAddresses: ranks.addresses,
    adapterJson: '',
    dataDigests: {},
    rowMapDigest: sha256(JSON.stringify(points)),
    readyMs: performance.now(),
    linkAddress: '',
    gpuId: '',
  })
  const { exchangeAddresses } = await session.next('start')
  await ranks.connect(exchangeAddresses)
  const cpuBefore = cpuMsByThread()
  const stopAt = processClock.clock() + budgetSeconds
  for (const [point, description] of points.entries()) {
    const waitsBefore = coreWaits()
    const startedMs = performance.now()
    const results = await ranks.measure(description, stopAt)
    if (results === undefined) break
    const coreWait = coreWaitSince(waitsBefore, performance.now() - startedMs)
    for (const [local, result] of results.entries()) {
      session.send({ kind: 'measurement', point, rank: node * ranksPerNode + local, ...result, coreWait })
    }
  }
  session.send({
    kind: 'finished',
    ...NO_OUTCOME,
    cpuMsByThread: cpuMsSince(cpuBefore),
    bytesSent: ranks.bytesSent,
  })
  await session.next('stop')
}

/** A node whose only rank lives in this thread. */
async function openSingleRank({ trial, node, rankCount, assignment }: NodePlace): Promise<MeasuringRanks> {
  const transport = new GrpcTransport(trial, node, rankCount, assignment.exchange)
  const addresses = [await transport.listen()]
  const seat = processSeat(transport)
  return {
    addresses,
    get bytesSent() {
      return transport.bytesSent
    },
    connect: async (all) => transport.connect(all),
    async measure(point, stopAt) {
      const result = await measurePointInTime(point, seat, stopAt)
      return result && [result]
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}

/** A node whose ranks are threads. */
async function openNodeRanks({ trial, node, rankCount, assignment }: NodePlace): Promise<MeasuringRanks> {
  // Loaded when it is needed: a process of one rank does without a pool.
  const { NodeRanks } = await import('./node-ranks.ts')
  const { points, ranksPerNode, exchange } = assignment
  const longest = Math.max(...points.map((point) => Math.max(point.elements, exchangedElements(point, rankCount))))
  const ranks = await NodeRanks.open({
    trial,
    firstRank: node * ranksPerNode,
    localCount: ranksPerNode,
    rankCount,
    ranksPerNode,
    capacity: longest + 1,
    arithmetics: [...new Set(points.map(({ arithmetic }) => arithmetic))],
    exchange,
  })
  return {
    addresses: ranks.addresses,
    get bytesSent() {
      return Math.max(...ranks.bytesSent.map(({ shared, grpc }) => shared + grpc))
    },
    connect: (all) => ranks.connect(all),
    measure: (point, stopAt) => ranks.measure(point, stopAt),
    [Symbol.asyncDispose]: () => ranks[Symbol.asyncDispose](),
  }
}
