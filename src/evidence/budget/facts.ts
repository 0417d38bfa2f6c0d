import { messageOf } from '../../core/errors.ts'
import type { Accelerator, LocalCluster } from '../../record/host.ts'
import type { Manifest } from '../../record/manifest-schema.ts'
import type { RecordedRun } from '../../record/recorded-run.ts'
import type { StepRecord, TrialRecord } from '../../record/trial-record.ts'
import type { Arm, Study } from '../../study/schema.ts'
import { type Comparison, metricValue } from '../comparison.ts'

/** What a finished run recorded, as far as its budget rests on it. */
export interface RunFacts {
  readonly manifest: Manifest
  readonly study: Study
  readonly cluster: LocalCluster
  readonly comparison: Comparison
  readonly arms: readonly ArmFacts[]
  /** Distinct ones over all nodes. Empty for a CPU engine. */
  readonly accelerators: readonly Accelerator[]
}

export interface ArmFacts {
  readonly arm: Arm
  readonly rankCount: number
  /** Does what arrives first change the bits? Not under `exact`. */
  readonly bitsFollowArrival: boolean
  readonly trials: readonly TrialFacts[]
  /** Seeds that ran more than once, with the digests of each. */
  readonly repeats: readonly { readonly seed: number; readonly digests: readonly (string | null)[] }[]
}

export interface TrialFacts {
  readonly record: TrialRecord
  readonly metric: number | null
  readonly steps: readonly StepRecord[]
  /** Why its orders cannot be forced again; null: they can. */
  readonly unreplayable: string | null
}

/** Gathers the facts of a run. Orders are read only where arrival made them. */
export function factsOf(recorded: RecordedRun, comparison: Comparison): RunFacts {
  const { manifest, study } = recorded
  const { cluster } = comparison
  const arms = comparison.arms.map((arm): ArmFacts => {
    const arrival = manifest.determinism.arrivalOrdered.includes(arm.name)
    const trials = arm.trials.map((record) => ({
      record,
      metric: metricValue(comparison.metric.name, record),
      steps: recorded.stepsOf(record.trial),
      unreplayable: arrival ? whyUnreplayable(recorded, record) : null,
    }))
    return {
      arm,
      rankCount: arm.nodes * arm.ranksPerNode,
      bitsFollowArrival: arrival && arm.arithmetic !== 'exact',
      trials,
      repeats: repeatsOf(arm.trials),
    }
  })
  const accelerators = cluster.accelerators ?? (cluster.accelerator ? [cluster.accelerator] : [])
  return { manifest, study, cluster, comparison, arms, accelerators }
}

/** Arms of more than one rank: those that reduce. */
export function reducingArms({ arms }: RunFacts): ArmFacts[] {
  return arms.filter(({ rankCount }) => rankCount > 1)
}

/** Did every seed that ran twice on an arm of planned bits come to the same digest? Null where none did run twice. */
export function repeatedAlike({ arms }: RunFacts): boolean | null {
  const repeats = arms.filter(({ bitsFollowArrival }) => !bitsFollowArrival).flatMap((arm) => arm.repeats)
  return repeats.length === 0 ? null : repeats.every(({ digests }) => new Set(digests).size === 1)
}

function repeatsOf(trials: readonly TrialRecord[]): ArmFacts['repeats'] {
  return [...Map.groupBy(trials, ({ seed }) => seed)].flatMap(([seed, ofSeed]) =>
    ofSeed.length < 2 ? [] : [{ seed, digests: ofSeed.map(({ weightsSha256 }) => weightsSha256) }],
  )
}

function whyUnreplayable(recorded: RecordedRun, { trial, stepsRecorded }: TrialRecord): string | null {
  try {
    const { steps } = recorded.ordersOf({ id: trial })
    return steps.length === stepsRecorded ? null : `${steps.length} of ${stepsRecorded} steps have orders`
  } catch (thrown) {
    return messageOf(thrown)
  }
}
