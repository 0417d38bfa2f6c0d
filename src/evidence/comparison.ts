import { mean, median } from 'simple-statistics'
import { hasLabels } from '../data/workload.ts'
import type { LocalCluster } from '../record/host.ts'
import type { FoundNoiseFloor } from '../record/noise-floor.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { isNodeCountInvariant } from '../reduce/algorithms.ts'
import type { Arm, Claim, Study } from '../study/schema.ts'
import { decideMetric, decideTime, type MetricDecision, type Pair, type TimeDecision } from './decision.ts'

/** comparison.json: all arms of one invocation side by side, and the published figures apart from ours. */
export interface Comparison {
  readonly schemaVersion: 1
  /** The run that made every number here. */
  readonly invocation: string
  readonly commit: string | null
  readonly metric: { readonly name: Claim['metric']; readonly definition: string }
  readonly cluster: LocalCluster
  readonly interleaving: string
  readonly arms: readonly ComparedArm[]
  readonly reported: Claim['reported'] | null
  readonly speed: SpeedComparison | null
  /** Of the metric, between the first arm and the last; null: there are no two arms with a finished trial each. */
  readonly numeric: NumericComparison | null
}

export interface ComparedArm extends Arm {
  /** Does its order stay the same on another number of ranks? (fixed-tree:L, on a power of two up to L.) */
  readonly nodeCountInvariant: boolean
  readonly trials: readonly TrialRecord[]
  readonly medianTrainSeconds: number
  readonly stepsPerSecond: number
}

/** The first arm against the last. */
export interface SpeedComparison extends TimeDecision {
  readonly base: string
  readonly against: string
  /** Median time of the base's trials. */
  readonly baseSeconds: number
}

/** The last arm against the first, beside what the order of addition does by itself. It says nothing about time. */
export interface NumericComparison extends MetricDecision {
  readonly base: string
  readonly against: string
  /** Null: not measured for such a training. */
  readonly noiseFloor: FoundNoiseFloor | null
}

const METRIC_DEFINITIONS: Record<Claim['metric'], string> = {
  'final-loss': 'mean squared residual over all rows at the final weights, f32, summed in the order of the arm',
  'test-accuracy': 'share of the test rows whose first greatest logit is the label, at the final weights',
}

/** The metric a workload ends with. */
export function metricOf(study: Study): Claim['metric'] {
  return hasLabels(study.workload) ? 'test-accuracy' : 'final-loss'
}

/** A trial's metric; null where training diverged. */
export function metricValue(metric: Claim['metric'], trial: TrialRecord): number | null {
  return metric === 'final-loss' ? trial.loss : trial.accuracy
}

/** Puts the trials of one run side by side. */
export function compareArms(
  study: Study,
  trials: readonly TrialRecord[],
  run: { readonly id: string; readonly commit: string | null; readonly cluster: LocalCluster },
  reported: Claim['reported'] | null,
  noiseFloor: FoundNoiseFloor | null,
): Comparison {
  const arms = study.arms.map((arm) => compareArm(arm, study, trials))
  const ends = arms.length > 1 ? ([arms[0], arms[arms.length - 1]] as const) : null
  const metric = metricOf(study)
  return {
    schemaVersion: 1,
    invocation: run.id,
    commit: run.commit,
    metric: { name: metric, definition: METRIC_DEFINITIONS[metric] },
    cluster: run.cluster,
    interleaving: 'seed by seed, all arms of a seed together; odd rounds forward, even ones backward',
    arms,
    reported,
    speed: ends && compareSpeed(ends),
    numeric: ends && compareMetric(metric, ends, noiseFloor),
  }
}

function compareArm(arm: Arm, study: Study, all: readonly TrialRecord[]): ComparedArm {
  const trials = all.filter((trial) => trial.arm === arm.name)
  const seconds = trials.length === 0 ? Number.NaN : median(trials.map(({ trainSeconds }) => trainSeconds))
  return {
    ...arm,
    nodeCountInvariant: isNodeCountInvariant(arm.algorithm, arm.arithmetic, arm.nodes * arm.ranksPerNode),
    trials,
    medianTrainSeconds: seconds,
    stepsPerSecond: study.training.steps / seconds,
  }
}

/** The metric of two arms of one run. @returns null where no pair of trials ended on both. */
export function compareMetric(
  metric: Claim['metric'],
  [base, against]: readonly [ComparedArm, ComparedArm],
  noiseFloor: FoundNoiseFloor | null,
): NumericComparison | null {
  const pairs = seedPairsOf(metric, base.trials, against.trials)
  if (pairs.length === 0) return null
  return { base: base.name, against: against.name, noiseFloor, ...decideMetric(pairs, noiseFloor) }
}

/** The times of two arms of one run. @returns null where no pair of trials ended on both. */
export function compareSpeed([base, against]: readonly [ComparedArm, ComparedArm]): SpeedComparison | null {
  const pairs = pairsOf(base.trials, against.trials, ({ trainSeconds }) => trainSeconds)
  if (pairs.length === 0) return null
  const selfRatios = [base, against].flatMap(selfRatiosOf)
  const { name, medianTrainSeconds: baseSeconds } = base
  return { base: name, against: against.name, baseSeconds, ...decideTime(pairs, selfRatios) }
}

/** What two sets of trials came to with the same seed in the same repeat, where both came to something. */
export function pairsOf(
  base: readonly TrialRecord[],
  against: readonly TrialRecord[],
  resultOf: (trial: TrialRecord) => number | null,
): Pair[] {
  return pairTrials(base, against).flatMap((pair) => {
    const [ofBase, ofAgainst] = pair.map(resultOf)
    return ofBase === null || ofAgainst === null ? [] : [{ base: ofBase, against: ofAgainst }]
  })
}

/** One pair a seed, the mean over its repeats: repeats of one seed say the same thing again, and are no further values. */
export function seedPairsOf(
  metric: Claim['metric'],
  base: readonly TrialRecord[],
  against: readonly TrialRecord[],
): Pair[] {
  return [...Map.groupBy(base, ({ seed }) => seed).values()].flatMap((ofSeed) => {
    const repeats = pairsOf(ofSeed, against, (trial) => metricValue(metric, trial))
    if (repeats.length === 0) return []
    return [{ base: mean(repeats.map((pair) => pair.base)), against: mean(repeats.map((pair) => pair.against)) }]
  })
}

/** Trials of the same seed and repeat. */
export function pairTrials(
  base: readonly TrialRecord[],
  against: readonly TrialRecord[],
): (readonly [TrialRecord, TrialRecord])[] {
  return base.flatMap((trial): (readonly [TrialRecord, TrialRecord])[] => {
    const other = against.find(({ seed, repeat }) => seed === trial.seed && repeat === trial.repeat)
    return other ? [[trial, other]] : []
  })
}

/** Each trial's time over the next one's, in disjoint pairs: what the arm does against itself. */
function selfRatiosOf({ trials }: ComparedArm): number[] {
  return trials.flatMap(({ trainSeconds }, i) => (i % 2 === 1 ? [trials[i - 1].trainSeconds / trainSeconds] : []))
}
