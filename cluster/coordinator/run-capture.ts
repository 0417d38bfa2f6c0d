import { join } from 'node:path'
import type { AvailableAdapter } from '../../src/gradient/gpu/adapters.ts'
import type { Captured } from '../../src/record/cluster-spec/assemble.ts'
import { CLOCK_PINGS } from '../../src/reduce/clock-offset.ts'
import { ALONE, aloneFigures, alonePoints } from '../../src/reduce/links-alone.ts'
import { DEFAULT_EXCHANGE } from '../wire/channel.ts'
import type { CaptureReport } from '../worker/capture.ts'
import { collectPoints, type MeasuredByRank } from './collect-points.ts'
import { Coordinator } from './coordinator.ts'
import { runWorkers } from './run-workers.ts'

/** A capture of nodes on this machine. */
export interface CaptureLaunch {
  readonly nodeCount: number
  /** That every node opens; null: none. */
  readonly adapter: AvailableAdapter | null
  /** Where worker logs go. */
  readonly folder: string
  readonly signal: AbortSignal
}

const JOIN_TIMEOUT_MS = 60_000
/** A pair may take this long before its nodes count as stuck. */
const PAIR_GRACE_MS = 60_000

/** Launches the nodes, and returns what they saw and measured. @throws {ReducibleError} as Coordinator.runTrial. */
export async function runCapture({ nodeCount, adapter, folder, signal }: CaptureLaunch): Promise<Captured> {
  await using coordinator = await Coordinator.listen()
  const byPoint: MeasuredByRank['byRank'][] = []
  const onMeasurement = collectPoints(alonePoints(nodeCount), nodeCount, ({ byRank }) => {
    byPoint.push(byRank) // in the order of points: a node reports them in turn
  })
  const workers = {
    trial: `capture-${nodeCount}`,
    nodeCount,
    assignment: { kind: 'capture', adapterName: adapter?.adapter.name ?? null } as const,
    environmentOf: () => adapter?.environment ?? {},
    logOf: (node: number) => join(folder, `node-${node}.log`),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: PAIR_GRACE_MS,
  }
  const { finished } = await runWorkers(coordinator, workers, { onMeasurement }, signal)
  const reports = finished.map(({ capturedJson }) => JSON.parse(capturedJson) as CaptureReport)
  const clocks = reports.flatMap((report) => report.clocks) // the lower node asks: in the order of pairs
  return {
    capturedAtUtc: new Date().toISOString(),
    nodes: reports,
    pairs: aloneFigures(nodeCount, byPoint).map((figures, pair) => ({ ...figures, ...clocks[pair] })),
    method: { transport: 'grpc', pairsAtOnce: 1, ...ALONE, clockPings: CLOCK_PINGS },
    collective: { library: 'reducible', ...DEFAULT_EXCHANGE },
  }
}
