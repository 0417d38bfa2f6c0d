import { median } from 'simple-statistics'
import type { StepRecord } from '../../record/trial-record.ts'
import type { Cohort, DiagnosedRun } from './cohorts.ts'
import { type Evidence, finding, type SourceFinding } from './finding.ts'
import { MAD_TO_SD, MEDIAN_ERROR } from './shift.ts'

/** A lag below this share is no other hardware: threads of one machine differ by as much. */
const LAG_MIN = 0.025
/** Standard errors of the median lag. */
const ERRORS_MIN = 4.5
/** Of the shortest gradient, so that equal times have an error too. */
const NOISE_SHARE_MIN = 1e-3

/** Are nodes of different kinds, or is one slower than the others in every trial? */
export function unlikeHardware(cohorts: readonly Cohort[], run: DiagnosedRun): SourceFinding {
  const kinds = [...adapterKinds(run), ...machineKinds(run)]
  const slow = cohorts.flatMap(slowNodes)
  const all = [...kinds, ...slow]
  if (all.length === 0) return finding('unlike hardware', 'not seen', [])
  return finding('unlike hardware', 'named', all, kinds.length > 0 ? ['numeric', 'performance'] : ['performance'])
}

function adapterKinds({ trials, trialsFile }: DiagnosedRun): Evidence[] {
  const adapters = [...new Set(trials.flatMap(({ adapterByNode }) => adapterByNode.map((name) => name ?? 'the CPU')))]
  if (adapters.length < 2) return []
  return [{ text: `nodes computed on ${adapters.join(' and on ')} (adapterByNode)`, file: trialsFile }]
}

function machineKinds({ machineKinds: kinds }: DiagnosedRun): Evidence[] {
  return kinds.length < 2 ? [] : [{ text: `nodes were on ${kinds.join(' and on ')}`, file: 'cluster.yaml' }]
}

/** Nodes that took longer than the median of the others, in every trial and by more than steps differ. */
function slowNodes({ arm, nodes, rows, trials }: Cohort): Evidence[] {
  if (nodes < 2) return []
  return rows.flatMap((_, node) => {
    const byTrial = trials.map(({ timed }) => timed.map((step) => lagOf(step, node, rows))).filter(isSome)
    const lags = byTrial.flat()
    if (lags.length === 0) return []
    const lag = median(lags)
    const medians = byTrial.map((ofTrial) => median(ofTrial))
    const deviations = byTrial.flatMap((ofTrial, i) => ofTrial.map((one) => Math.abs(one - medians[i])))
    const noise = Math.max(NOISE_SHARE_MIN, MAD_TO_SD * median(deviations))
    const errorOf = (steps: number): number => (MEDIAN_ERROR * noise) / Math.sqrt(steps)
    const isAlways = byTrial.every((ofTrial, i) => medians[i] > lag / 2 - 2 * errorOf(ofTrial.length))
    if (lag < Math.max(LAG_MIN, ERRORS_MIN * errorOf(lags.length)) || !isAlways) return []
    const text = `${arm}: node ${node} took ${(100 * Math.expm1(lag)).toFixed(1)} % longer to compute than the others, in each of ${byTrial.length} trials (engineNs, ${lags.length} steps)`
    return [{ text, file: 'steps.jsonl' }]
  })
}

/**
 * How much longer a node took than the median of the others, as a logarithm: of the times and of the times a row the nearer to 0, since
 * fewer rows than the others' are no faster hardware, and not always faster.
 */
function lagOf({ nodes }: StepRecord, node: number, rows: readonly number[]): number {
  const times = nodes.map(({ engineNs }) => engineNs)
  if (times.some((ns) => ns <= 0)) return 0
  const whole = lagIn(times, node)
  const perRow = lagIn(
    times.map((ns, i) => ns / rows[i]),
    node,
  )
  if (whole * perRow <= 0) return 0
  return Math.abs(whole) < Math.abs(perRow) ? whole : perRow
}

function lagIn(times: readonly number[], node: number): number {
  return Math.log(times[node] / median(times.filter((_, i) => i !== node)))
}

function isSome(values: readonly unknown[]): boolean {
  return values.length > 0
}
