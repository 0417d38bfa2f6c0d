import { mean, median } from 'simple-statistics'
import type { LocalCluster } from '../record/host.ts'
import type { FoundNoiseFloor } from '../record/noise-floor.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { isNodeCountInvariant } from '../reduce/algorithms.ts'
import type { Arm, Claim, Study } from '../study/schema.ts'

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
export interface SpeedComparison {
  readonly base: string
  readonly against: string
  readonly baseSeconds: number
  readonly ratio: number
  readonly interval: null
  readonly intervalReason: string
  readonly noiseFloor: null
  readonly decision: 'insufficient'
}

/** The last arm against the first, beside what the order of addition does by itself. It says nothing about time. */
export interface NumericComparison {
  readonly base: string
  readonly against: string
  /** Mean metric of `against` minus that of `base`. */
  readonly difference: number
  /** Null: not measured for such a training. */
  readonly noiseFloor: FoundNoiseFloor | null
  /** `real` beyond the floor's limit. */
  readonly decision: 'real' | 'indistinguishable' | 'insufficient'
}

const METRIC_DEFINITIONS: Record<Claim['metric'], string> = {
  'final-loss': 'mean squared residual over all rows at the final weights, f32, summed in the order of the arm',
  'test-accuracy': 'share of the test rows whose first greatest logit is the label, at the final weights',
}

/** The metric a workload ends with. */
export function metricOf(study: Study): Claim['metric'] {
  return study.workload.name === 'linear' ? 'final-loss' : 'test-accuracy'
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
    speed: compareSpeed(arms),
    numeric: compareMetric(metric, arms, noiseFloor),
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

function compareMetric(
  metric: Claim['metric'],
  arms: readonly ComparedArm[],
  noiseFloor: FoundNoiseFloor | null,
): NumericComparison | null {
  const [base] = arms
  const against = arms[arms.length - 1]
  const [ofBase, ofAgainst] = [base, against].map(({ trials }) =>
    trials.map((trial) => metricValue(metric, trial)).filter((value) => value !== null),
  )
  if (base === against || ofBase.length === 0 || ofAgainst.length === 0) return null
  const difference = mean(ofAgainst) - mean(ofBase)
  const beyond = noiseFloor !== null && Math.abs(difference) > noiseFloor.limit
  const decision = noiseFloor === null ? 'insufficient' : beyond ? 'real' : 'indistinguishable'
  return { base: base.name, against: against.name, difference, noiseFloor, decision }
}

function compareSpeed(arms: readonly ComparedArm[]): SpeedComparison | null {
  const [base] = arms
  const against = arms[arms.length - 1]
  if (base === against || base.trials.length === 0 || against.trials.length === 0) return null
  return {
    base: base.name,
    against: against.name,
    baseSeconds: base.medianTrainSeconds,
    ratio: base.medianTrainSeconds / against.medianTrainSeconds,
    interval: null,
    intervalReason: 'no noise floor was measured: pairs of the same arm are needed first',
    noiseFloor: null,
    decision: 'insufficient',
  }
}
