import { ReducibleError } from '../core/errors.ts'
import { failedRows, type ProbeRecord } from '../gradient/gpu/probe-record.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { predictionHalfWidth, rejectionRates } from '../stats/prediction.ts'
import { type Summary, summarize } from '../stats/summary.ts'
import { trajectorySteps } from '../study/plan.ts'
import type { Claim, Study } from '../study/schema.ts'
import { metricValue } from './comparison.ts'
import { TRAJECTORY_TOLERANCE, type TrajectoryCheck } from './trajectory.ts'

/** verdict.json: was the published result reproduced, and why. */
export interface Verdict {
  readonly schemaVersion: 1
  readonly verdict: 'true' | 'false' | 'inconclusive'
  readonly statement: string
  readonly source: string
  readonly level: Claim['level']
  readonly tier: Claim['tier']
  /** A quick run judges the same way, on fewer seeds. */
  readonly quick: boolean
  /** What made the verdict false or inconclusive, one sentence each. */
  readonly reasons: readonly string[]
  readonly checks: readonly Check[]
  readonly values: readonly JudgedValue[]
  readonly arms: readonly JudgedArm[]
  readonly repeats: readonly RepeatCheck[]
  readonly trajectory: readonly TrajectoryCheck[]
  readonly trajectoryTolerance: number
}

/** One question, and its answer for the whole run. */
export interface Check {
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'not tested'
  readonly detail: string
}

/** One trial's metric beside the published one of the same seed. */
export interface JudgedValue {
  readonly trial: string
  readonly arm: string
  readonly seed: number
  readonly ours: number | null
  /** As printed by the source; null where the source has no figure for this seed. */
  readonly published: string | null
  readonly allowed: number | null
  readonly pass: boolean | null
}

/** The mean over seeds of one arm, and how it was judged. */
export interface JudgedArm {
  readonly arm: string
  readonly summary: Summary | null
  /** The published mean ± s that holds for these seeds; null where it is of others. */
  readonly fresh: FreshSeedsJudgement | null
}

/** The case "m fresh seeds against n published ones". */
export interface FreshSeedsJudgement {
  readonly freshSeeds: number
  readonly mean: number
  readonly interval: readonly [number, number]
  readonly pass: boolean
  /** The published rule: inside mean ± s. */
  readonly insidePublishedRule: boolean
  readonly falseAlarmRate: number
  readonly publishedRuleFalseAlarmRate: number
  /** By true shift in units of s. */
  readonly missRateByShift: Readonly<Record<'1s' | '2s' | '3s', number>>
}

/** The same arm and seed run again in fresh processes. */
export interface RepeatCheck {
  readonly arm: string
  readonly seed: number
  readonly digests: readonly (string | null)[]
  readonly equal: boolean
}

/** Judges the trials of a run against a claim. Every rule is derived in docs/methodology.md. */
export function judge(
  claim: Claim,
  study: Study,
  trials: readonly TrialRecord[],
  trajectory: readonly TrajectoryCheck[],
  quick: boolean,
): Verdict {
  const values = trials.map((trial) => judgeValue(claim, trial))
  const arms = study.arms.map(({ name }) => judgeArm(claim, name, trials))
  const repeats = checkRepeats(study, trials)
  const checks = [
    checkFinished(trials),
    checkPaired(values),
    checkFresh(arms),
    checkTrajectory(study, trials, trajectory),
    checkSteps(study, trials),
    checkDigests(repeats),
  ]
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  const judgedAValue = checks.some(({ name, outcome }) => isValueCheck(name) && outcome === 'pass')
  const verdict = failed.length > 0 ? 'false' : judgedAValue ? 'true' : 'inconclusive'
  const reasons =
    verdict === 'inconclusive'
      ? ['the source prints no figure that these seeds could be held against']
      : failed.map(({ name, detail }) => `${name}: ${detail}`)
  const { statement, source, level, tier } = claim
  return {
    schemaVersion: 1,
    verdict,
    statement,
    source,
    level,
    tier,
    quick,
    reasons,
    checks,
    values,
    arms,
    repeats,
    trajectory,
    trajectoryTolerance: TRAJECTORY_TOLERANCE,
  }
}

/**
 * Does the claim rest on bits? One of level `numerical` does where a seed runs twice, whose digests are compared, or where its
 * source prints digests.
 */
function isBitwise({ level, reported }: Claim, { seeds }: Study): boolean {
  return level === 'numerical' && (new Set(seeds).size < seeds.length || Object.keys(reported.digests).length > 0)
}

/**
 * Turns away a bitwise claim on an adapter that fails what the kernels' bits rest on; any other claim may run there.
 * @throws {ReducibleError} adapter-inexact with the first failed row of the probe.
 */
export function refuseBitwiseClaim(claim: Claim, study: Study, probes: readonly ProbeRecord[]): void {
  if (!isBitwise(claim, study)) return
  for (const probe of probes) {
    const [row] = failedRows(probe)
    if (row === undefined) continue
    const { name, outcome, counterexample } = row
    const found = `${name}: ${outcome}${counterexample === null ? '' : ` (${counterexample})`}`
    throw new ReducibleError(
      'adapter-inexact',
      `no bitwise claim can rest on ${probe.adapter.name}; its probe of ${found}`,
      {
        details: { row },
      },
    )
  }
}

/** Half a unit of the last digit of a printed number: 5e-7 for `0.010046`. */
export function halfLastDigit(printed: string): number {
  const [mantissa, exponent = '0'] = printed.toLowerCase().split('e')
  const decimals = mantissa.split('.')[1]?.length ?? 0
  return 0.5 * 10 ** (Number(exponent) - decimals)
}

const PAIRED = 'same seeds'
const FRESH = 'fresh seeds'

function isValueCheck(name: string): boolean {
  return name === PAIRED || name === FRESH
}

/** |ours − published| ≤ half the last printed digit + the stated tolerance. */
function judgeValue({ metric, reported }: Claim, trial: TrialRecord): JudgedValue {
  const ours = metricValue(metric, trial)
  const published = reported.perSeed[trial.seed] ?? null
  const allowed = published === null ? null : halfLastDigit(published) + reported.tolerance
  const pass =
    published === null || allowed === null ? null : ours !== null && Math.abs(ours - Number(published)) <= allowed
  return { trial: trial.trial, arm: trial.arm, seed: trial.seed, ours, published, allowed, pass }
}

function judgeArm(claim: Claim, arm: string, all: readonly TrialRecord[]): JudgedArm {
  const { metric, reported } = claim
  const trials = all.filter((trial) => trial.arm === arm)
  const finite = (of: readonly TrialRecord[]): number[] =>
    of.map((trial) => metricValue(metric, trial)).filter((value) => value !== null)
  const fresh = trials.filter(({ repeat, seed }) => repeat === 0 && reported.perSeed[seed] === undefined)
  return {
    arm,
    summary: summaryOf(finite(pooledTrials(reported.seeds, trials))),
    fresh: judgeFresh(reported, finite(fresh)),
  }
}

/** The trials of an arm whose mean is held against the published one: the first of each seed it is of, or of every seed. */
export function pooledTrials(
  seeds: readonly number[] | undefined,
  ofArm: readonly TrialRecord[],
): readonly TrialRecord[] {
  const firsts = ofArm.filter(({ repeat }) => repeat === 0)
  const pooled = seeds ? firsts.filter(({ seed }) => seeds.includes(seed)) : firsts
  return pooled.length > 0 ? pooled : firsts
}

function summaryOf(values: readonly number[]): Summary | null {
  return values.length === 0 ? null : summarize(values)
}

function judgeFresh({ mean, sd, n }: Claim['reported'], values: readonly number[]): FreshSeedsJudgement | null {
  if (mean === undefined || sd === undefined || n === undefined || n < 2 || values.length === 0) return null
  const published = { mean: Number(mean), sd: Number(sd), n }
  const m = values.length
  const average = summarize(values).mean
  const half = predictionHalfWidth(published, m)
  const distance = Math.abs(average - published.mean)
  const rounding = halfLastDigit(mean)
  const falseAlarm = rejectionRates(n, m, 0)
  return {
    freshSeeds: m,
    mean: average,
    interval: [published.mean - half - rounding, published.mean + half + rounding],
    pass: distance <= half + rounding,
    insidePublishedRule: distance <= published.sd,
    falseAlarmRate: falseAlarm.interval,
    publishedRuleFalseAlarmRate: falseAlarm.publishedRule,
    missRateByShift: {
      '1s': 1 - rejectionRates(n, m, 1).interval,
      '2s': 1 - rejectionRates(n, m, 2).interval,
      '3s': 1 - rejectionRates(n, m, 3).interval,
    },
  }
}

function checkRepeats(study: Study, trials: readonly TrialRecord[]): RepeatCheck[] {
  return study.arms.flatMap(({ name }) => {
    const bySeed = Map.groupBy(
      trials.filter(({ arm }) => arm === name),
      ({ seed }) => seed,
    )
    return [...bySeed]
      .filter(([, group]) => group.length > 1)
      .map(([seed, group]) => {
        const digests = group.map(({ weightsSha256 }) => weightsSha256)
        return { arm: name, seed, digests, equal: digests.every((digest) => digest === digests[0]) }
      })
  })
}

function checkFinished(trials: readonly TrialRecord[]): Check {
  const diverged = trials.filter(({ status }) => status === 'diverged')
  const detail =
    diverged.length === 0
      ? `${trials.length} of ${trials.length} trials ran to the end`
      : diverged.map(({ trial, divergedStep }) => `${trial} diverged at step ${divergedStep}`).join(', ')
  return { name: 'training', outcome: diverged.length === 0 ? 'pass' : 'fail', detail }
}

function checkPaired(values: readonly JudgedValue[]): Check {
  const paired = values.filter(({ pass }) => pass !== null)
  if (paired.length === 0)
    return { name: PAIRED, outcome: 'not tested', detail: 'no seed of this run is in the source' }
  const wrong = paired.filter(({ pass }) => !pass)
  const distance = ({ ours, published }: JudgedValue): number =>
    ours === null ? Number.POSITIVE_INFINITY : Math.abs(ours - Number(published))
  const worst = paired.reduce((a, b) => (distance(b) > distance(a) ? b : a))
  const share = `${paired.length - wrong.length} of ${paired.length} within half the last printed digit + tolerance`
  const farthest = `farthest ${distance(worst).toExponential(1)} (${worst.trial})`
  return { name: PAIRED, outcome: wrong.length === 0 ? 'pass' : 'fail', detail: `${share}; ${farthest}` }
}

function checkFresh(arms: readonly JudgedArm[]): Check {
  const judged = arms.filter(({ fresh }) => fresh !== null)
  if (judged.length === 0) return { name: FRESH, outcome: 'not tested', detail: 'no fresh seeds in this run' }
  const wrong = judged.filter(({ fresh }) => !fresh?.pass).map(({ arm }) => arm)
  const detail = wrong.length === 0 ? 'inside the 95 % prediction interval' : `outside it: ${wrong.join(', ')}`
  return { name: FRESH, outcome: wrong.length === 0 ? 'pass' : 'fail', detail }
}

/** Every trial that ran to its end must have been compared at every step of the trajectory. */
function checkTrajectory(study: Study, trials: readonly TrialRecord[], trajectory: readonly TrajectoryCheck[]): Check {
  const want = trajectorySteps(study.training.steps)
  const missing = trials.filter(({ trial, status }) => {
    const compared = trajectory.find((check) => check.trial === trial)?.steps ?? []
    return status === 'finished' && !want.every((step) => compared.includes(step))
  })
  if (missing.length > 0) {
    const detail = `weights were not compared at every step for ${missing.map(({ trial }) => trial).join(', ')}`
    return { name: 'trajectory', outcome: 'fail', detail }
  }
  if (trajectory.length === 0) return { name: 'trajectory', outcome: 'not tested', detail: 'no trial ran to its end' }
  const worst = trajectory.reduce((a, b) => (b.deviation > a.deviation ? b : a))
  const detail =
    `weights at most ${worst.deviation.toExponential(1)} from the float64 oracle ` +
    `(${worst.trial}, step ${worst.worstStep}; allowed ${TRAJECTORY_TOLERANCE.toExponential(0)})`
  return { name: 'trajectory', outcome: worst.deviation <= TRAJECTORY_TOLERANCE ? 'pass' : 'fail', detail }
}

function checkSteps(study: Study, trials: readonly TrialRecord[]): Check {
  const { steps } = study.training
  const short = trials.filter(({ status, stepsRecorded }) => status === 'finished' && stepsRecorded !== steps)
  const skipped = trials.filter(({ stepsWithoutOneUpdate }) => stepsWithoutOneUpdate.length > 0)
  const faults = [
    ...short.map(({ trial, stepsRecorded }) => `${trial} recorded ${stepsRecorded} of ${steps} steps`),
    ...skipped.map(
      ({ trial, stepsWithoutOneUpdate: [first] }) => `${trial} did not update exactly once in step ${first}`,
    ),
  ]
  const how = study.engine === 'gpu' ? 'one update dispatch each on every rank' : 'updates on the CPU, as asked'
  const detail = faults.length === 0 ? `${steps} steps in every trial, ${how}` : faults.slice(0, 3).join('; ')
  return { name: 'steps', outcome: faults.length === 0 ? 'pass' : 'fail', detail }
}

function checkDigests(repeats: readonly RepeatCheck[]): Check {
  if (repeats.length === 0) return { name: 'same seed twice', outcome: 'not tested', detail: 'no seed was run twice' }
  const unequal = repeats.filter(({ equal }) => !equal)
  const detail =
    unequal.length === 0
      ? `equal SHA-256 in ${repeats.length} of ${repeats.length} pairs`
      : unequal.map(({ arm, seed }) => `${arm}, seed ${seed}: digests differ`).join('; ')
  return { name: 'same seed twice', outcome: unequal.length === 0 ? 'pass' : 'fail', detail }
}
