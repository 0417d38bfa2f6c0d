import { mean, median } from 'simple-statistics'
import { batchRowsOf } from '../../data/workload.ts'
import type { StepRecord, TrialRecord } from '../../record/trial-record.ts'
import { type Quantile, quantile } from '../../stats/quantiles.ts'
import { baseOf, ranksOf } from '../../study/scaling.ts'
import type { Arm, Study } from '../../study/schema.ts'
import { decideTime, type Pair, type TimeDecision } from '../decision.ts'
import { PHASES, type Phase, phaseTimes } from './phases.ts'
import { type TrialTimes, trialTimes } from './trial-times.ts'

/** One arm on its curve. */
export interface ScalingPoint {
  readonly arm: string
  readonly algorithm: string
  readonly nodes: number
  readonly ranks: number
  /** More ranks than the cores of the one host they are on. */
  readonly oversubscribed: boolean
  readonly batchRows: number
  /** Every trial, in the order they ran. */
  readonly trials: readonly PointTrial[]
  /** Median over trials of the mean step. */
  readonly secondsPerStep: number
  readonly samplesPerSecond: number
  /** That the busiest rank sent. */
  readonly bytesPerSecond: number
  /** Of all timed steps of all trials; steps of a trial follow each other, so the intervals are of these steps. */
  readonly stepSeconds: {
    readonly p50: Quantile
    readonly p95: Quantile
    readonly p99: Quantile
    readonly steps: number
  }
  readonly firstStepSeconds: number
  /** Mean nanoseconds of a step, over nodes, steps and trials; null: not recorded. */
  readonly phases: (Readonly<Record<Phase, number>> & { readonly rest: number }) | null
  /** Medians over trials; null: not known. */
  readonly coresBusy: number | null
  readonly coreWait: number | null
  /** Against the base of its algorithm; null: it is the base. */
  readonly speedup: Speedup | null
  /** Price of the nodes for a million rows; null: no price is known. */
  readonly costPerMillionRows: number | null
}

interface PointTrial {
  readonly trial: string
  readonly seed: number
  readonly repeat: number
  readonly secondsPerStep: number
  /** Throughput over that of the base's trial of this seed and repeat; null: that one is missing. */
  readonly speedup: number | null
}

/** Throughput over that of the base, pair by pair: `ratio` and `interval` of a TimeDecision. */
export interface Speedup extends TimeDecision {
  readonly base: string
  /** Speedup over how many times as many ranks there are. */
  readonly efficiency: number
}

/** What a curve is made of. */
export interface ScalingRecords {
  readonly study: Study
  /** Of all arms, in the order they ran. */
  readonly trials: readonly TrialRecord[]
  readonly stepsOf: (trial: string) => readonly StepRecord[]
  /** Cores of the host where all nodes are; null where they are on several. */
  readonly cores: number | null
  /** Of one node; null: not known. */
  readonly pricePerNodeHour: number | null
}

/** The points of all arms that have a finished trial. */
export function scalingPoints(records: ScalingRecords): ScalingPoint[] {
  const { study, trials, stepsOf } = records
  const timedArm = (arm: Arm): TimedArm => ({
    arm,
    rows: batchRowsOf(study, arm),
    times: trials
      .filter((trial) => trial.arm === arm.name && trial.status === 'finished')
      .map((trial) => trialTimes(trial, stepsOf(trial.trial))),
  })
  return study.arms.flatMap((arm) => {
    const timed = timedArm(arm)
    return timed.times.length === 0 ? [] : [pointOf(timed, timedArm(baseOf(study.arms, arm.algorithm)), records)]
  })
}

/** An arm with the times of its finished trials. */
interface TimedArm {
  readonly arm: Arm
  /** Of its batch. */
  readonly rows: number
  readonly times: readonly TrialTimes[]
}

function pointOf(timed: TimedArm, base: TimedArm, { cores, pricePerNodeHour }: ScalingRecords): ScalingPoint {
  const { arm, rows, times } = timed
  const secondsPerStep = median(times.map((trial) => trial.secondsPerStep))
  const sorted = times.flatMap(({ timedSeconds }) => timedSeconds).sort((a, b) => a - b)
  const samplesPerSecond = rows / secondsPerStep
  const perHour = pricePerNodeHour === null ? null : pricePerNodeHour * arm.nodes
  return {
    arm: arm.name,
    algorithm: arm.algorithm,
    nodes: arm.nodes,
    ranks: ranksOf(arm),
    oversubscribed: cores !== null && ranksOf(arm) > cores,
    batchRows: rows,
    trials: times.map((trial) => pointTrial(trial, timed, base)),
    secondsPerStep,
    samplesPerSecond,
    bytesPerSecond: median(
      times.map(({ record, secondsPerStep: seconds }) => record.bytesSentMax / (record.stepsRecorded * seconds)),
    ),
    stepSeconds: {
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      p99: quantile(sorted, 0.99),
      steps: sorted.length,
    },
    firstStepSeconds: median(times.map((trial) => trial.firstStepSeconds)),
    phases: meanPhases(times),
    coresBusy: medianKnown(times.map(({ record }) => record.coresBusy)),
    coreWait: medianKnown(times.map(({ record }) => record.coreWait)),
    speedup: base.arm === arm ? null : speedupOf(timed, base),
    costPerMillionRows: perHour === null ? null : (perHour / 3600 / samplesPerSecond) * 1e6,
  }
}

function pointTrial(trial: TrialTimes, timed: TimedArm, base: TimedArm): PointTrial {
  const { record, secondsPerStep } = trial
  const pair = pairOf(trial, timed, base)
  const speedup = pair ? pair.base / pair.against : null
  return { trial: record.trial, seed: record.seed, repeat: record.repeat, secondsPerStep, speedup }
}

/** Seconds a row of a trial and of the base's with its seed and repeat. */
function pairOf({ record, secondsPerStep }: TrialTimes, { rows }: TimedArm, base: TimedArm): Pair | undefined {
  const other = base.times.find((one) => one.record.seed === record.seed && one.record.repeat === record.repeat)
  return other && { base: other.secondsPerStep / base.rows, against: secondsPerStep / rows }
}

/** @returns null where no trial of the base has the seed and repeat of one of the arm. */
function speedupOf(timed: TimedArm, base: TimedArm): Speedup | null {
  const pairs = timed.times.flatMap((trial) => pairOf(trial, timed, base) ?? [])
  if (pairs.length === 0) return null
  const decision = decideTime(pairs, [...selfRatios(base.times), ...selfRatios(timed.times)])
  const efficiency = (decision.ratio * ranksOf(base.arm)) / ranksOf(timed.arm)
  return { base: base.arm.name, ...decision, efficiency }
}

/** Each trial over the next one of its arm, in disjoint pairs. */
function selfRatios(times: readonly TrialTimes[]): number[] {
  return times.flatMap(({ secondsPerStep }, i) => (i % 2 === 1 ? [times[i - 1].secondsPerStep / secondsPerStep] : []))
}

function meanPhases(times: readonly TrialTimes[]): ScalingPoint['phases'] {
  const all = times.flatMap(({ steps }) => steps.flatMap(({ nodes }) => nodes.map(phaseTimes)))
  const known = all.filter((one) => one !== undefined)
  if (known.length === 0) return null
  const meanOf = (phase: Phase | 'rest'): number => mean(known.map((one) => one[phase]))
  return {
    ...(Object.fromEntries(PHASES.map((phase) => [phase, meanOf(phase)])) as Record<Phase, number>),
    rest: meanOf('rest'),
  }
}

function medianKnown(shares: readonly (number | null | undefined)[]): number | null {
  const known = shares.filter((share) => typeof share === 'number')
  return known.length === 0 ? null : median(known)
}
