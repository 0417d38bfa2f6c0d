import { median } from 'simple-statistics'
import { arraySplit } from '../core/array-split.ts'
import { ReducibleError } from '../core/errors.ts'
import { dealToLeaves } from '../data/dealing.ts'
import { trainingRowCount } from '../data/workload.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import { leavesPerRank } from '../reduce/algorithms.ts'
import type { Arm, Study } from '../study/schema.ts'

/** What the gradient of a whole batch takes one node, and who says so. A node's share takes its share of it. */
export interface Compute {
  readonly source: 'not modelled' | 'stated' | 'recorded'
  readonly wholeBatchMs: number
  /** In words: where the figure comes from. */
  readonly text: string
}

/** The one place where a step's compute time comes from. @throws {ReducibleError} usage, invalid-run. */
export function computeOf(
  { workload }: Pick<Study, 'workload'>,
  statedMs: number | undefined,
  recorded: RecordedRun | undefined,
): Compute {
  if (statedMs !== undefined && recorded) {
    throw new ReducibleError('usage', '--compute-ms and --from both say what a gradient takes; give one of them')
  }
  if (recorded) return recordedCompute(recorded)
  if (statedMs === undefined && workload.name === 'paced') {
    const { computeMs } = workload
    return {
      source: 'stated',
      wholeBatchMs: computeMs,
      text: `compute paced: ${computeMs} ms for the whole batch on one node`,
    }
  }
  if (statedMs === undefined)
    return { source: 'not modelled', wholeBatchMs: 0, text: 'compute not modelled: a step is its all-reduce' }
  return {
    source: 'stated',
    wholeBatchMs: statedMs,
    text: `compute stated: ${statedMs} ms for the whole batch on one node`,
  }
}

/** Of the arm with the fewest nodes: the median over steps, but the first of a trial, of its slowest node. */
function recordedCompute({ run, trials, stepsOf }: RecordedRun): Compute {
  const fewest = Math.min(...trials.map(({ nodes }) => nodes))
  const times = trials
    .filter(({ nodes }) => nodes === fewest)
    .flatMap(({ trial }) => stepsOf(trial).slice(1))
    .map(({ nodes }) => Math.max(...nodes.map(({ engineNs }) => engineNs)))
  if (times.length === 0) {
    throw new ReducibleError(
      'invalid-run',
      `${run} has no second step of ${fewest} nodes to take a compute time from`,
      {
        remedy: 'name a run of two steps or more',
      },
    )
  }
  const wholeBatchMs = (median(times) * fewest) / 1e6
  const text = `compute recorded: ${wholeBatchMs.toPrecision(3)} ms for the whole batch, the median of ${times.length} steps on ${fewest} node${fewest === 1 ? '' : 's'}, taken to go with the rows`
  return { source: 'recorded', wholeBatchMs, text }
}

/** Rows of a step. */
export function batchRowCount({ workload, training: { batch } }: Study): number {
  const rows = trainingRowCount(workload)
  return batch === 'full' ? rows : Math.min(batch, rows)
}

/** The places of a batch that each leaf computes: as a real node deals them. Undefined where some leaf would have none. */
export function dealtPlaces(arm: Arm, rowCount: number): Uint32Array[] | undefined {
  const leafCount = arm.nodes * leavesPerRank(arm.algorithm, arm.nodes)
  if (leafCount > rowCount) return undefined
  const places = dealToLeaves(arm, rowCount, leafCount)
  return places.every(({ length }) => length > 0) ? places : undefined
}

/** The same of an arm whose nodes all want rows. @throws {ReducibleError} invalid-study. */
export function dealtOrRefused(arm: Arm, rowCount: number): readonly Uint32Array[] {
  const places = dealtPlaces(arm, rowCount)
  if (places !== undefined) return places
  const text = `arm ${arm.name}: ${rowCount} rows cannot be dealt to ${arm.nodes} nodes`
  throw new ReducibleError('invalid-study', text, {
    remedy: 'leave values out with --no-values, or use a larger batch',
  })
}

/** By node, the share of a batch; equal parts where its rows do not go round. */
export function sharesOf(places: readonly Uint32Array[] | undefined, nodes: number): Float64Array {
  if (places === undefined) return new Float64Array(nodes).fill(1 / nodes)
  const all = places.reduce((sum, { length }) => sum + length, 0)
  return Float64Array.from({ length: nodes }, (_, node) => {
    const { start, end } = arraySplit(places.length, nodes, node)
    return places.slice(start, end).reduce((sum, { length }) => sum + length, 0) / all
  })
}
