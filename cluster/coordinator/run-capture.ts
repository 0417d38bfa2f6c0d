import { join } from 'node:path'
import type { Captured } from '../../src/record/cluster-spec/assemble.ts'
import { CLOCK_PINGS } from '../../src/reduce/clock-offset.ts'
import { ALONE, aloneFigures, alonePoints, aloneWith } from '../../src/reduce/links-alone.ts'
import { ofNode } from '../wire/assignment.ts'
import { DEFAULT_EXCHANGE } from '../wire/channel.ts'
import type { CaptureReport } from '../worker/capture.ts'
import { collectPoints, type MeasuredByRank } from './collect-points.ts'
import { Coordinator } from './coordinator.ts'
import type { RunOptions } from './run-study.ts'
import { runWorkers } from './run-workers.ts'

/** A capture of nodes on this machine, or elsewhere. */
export interface CaptureLaunch extends Pick<RunOptions, 'adapters' | 'elsewhere'> {
  readonly nodeCount: number
  /** Where worker logs go. */
  readonly folder: string
  readonly signal: AbortSignal
}

const JOIN_TIMEOUT_MS = 60_000
/** A pair may take this long before its nodes count as stuck. */
const PAIR_GRACE_MS = 60_000

/** Launches the nodes, and returns what they saw and measured. @throws {ReducibleError} as Coordinator.runTrial. */
export async function runCapture(launch: CaptureLaunch): Promise<Captured> {
  if (launch.elsewhere) return captureWith(launch.elsewhere.coordinator, launch)
  await using coordinator = await Coordinator.listen()
  return await captureWith(coordinator, launch)
}

async function captureWith(
  coordinator: Coordinator,
  { nodeCount, adapters, elsewhere, folder, signal }: CaptureLaunch,
): Promise<Captured> {
  const terms = elsewhere?.measuringBytes === undefined ? ALONE : aloneWith(elsewhere.measuringBytes)
  const points = alonePoints(nodeCount, terms)
  const byPoint: MeasuredByRank['byRank'][] = []
  const onMeasurement = collectPoints(points, nodeCount, ({ byRank }) => {
    byPoint.push(byRank) // in the order of points: a node reports them in turn
  })
  const adapterNames = adapters.map(({ adapter }) => adapter.name)
  const workers = {
    trial: `capture-${nodeCount}`,
    nodeCount,
    assignment: { kind: 'capture', adapterNames, points } as const,
    environmentOf: (node: number) => ofNode(adapters, node)?.environment ?? {},
    ...(elsewhere && { launch: elsewhere.launch }),
    logOf: (node: number) => join(folder, `node-${node}.log`),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: PAIR_GRACE_MS,
  }
  const { finished } = await runWorkers(coordinator, workers, { onMeasurement }, signal)
  const reports = finished.map(({ capturedJson }) => JSON.parse(capturedJson) as CaptureReport)
  const clocks = reports.flatMap((report) => report.clocks) // the lower node asks: in the order of pairs
  const figures = aloneFigures(nodeCount, byPoint, terms.bandwidthBytes)
  const { samples: _, ...method } = terms
  return {
    capturedAtUtc: new Date().toISOString(),
    nodes: reports,
    pairs: figures.map((ofPair, pair) => ({ ...ofPair, ...clocks[pair] })),
    method: { transport: 'grpc', pairsAtOnce: 1, ...method, clockPings: CLOCK_PINGS },
    collective: { library: 'reducible', ...DEFAULT_EXCHANGE },
    fabric: elsewhere?.fabric.fabric ?? 'loopback',
  }
}
