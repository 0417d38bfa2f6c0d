import { detectableInStandardErrors } from '../../stats/effect-size.ts'
import { holm } from '../../stats/holm.ts'
import { tInterval } from '../../stats/mean-interval.ts'
import { type TwoSamples, welch } from '../../stats/two-samples.ts'
import type { ScalingPoint } from './curve.ts'
import type { Scaling } from './scaling.ts'

/** A curve that was measured again, held against the recorded one. */
export interface ReplayedCurve {
  /** `true`: every point is the same; `false`: at least one differs; else `inconclusive`. */
  readonly verdict: 'true' | 'false' | 'inconclusive'
  readonly reasons: readonly string[]
  /** A ratio from 1 / (1 + it) to 1 + it counts as the same. */
  readonly tolerance: number
  readonly method: string
  /** The base cases, by their seconds a step. They were not measured in one pass, so they decide nothing. */
  readonly bases: readonly ReplayedBase[]
  /** Every recorded arm with a speedup. */
  readonly points: readonly ReplayedPoint[]
  /** What so few trials could not have shown. */
  readonly limits: readonly string[]
}

/** The values of one arm's trials, summed up by their logarithms. */
export interface PointValues {
  /** Geometric mean. */
  readonly value: number
  /** 95 % of it; null for one trial. */
  readonly interval: readonly [number, number] | null
  readonly each: readonly number[]
}

interface AcrossReplay {
  readonly arm: string
  readonly ranks: number
  readonly algorithm: string
  readonly recorded: PointValues
  readonly now: PointValues | null
  /** Now over recorded; null: it was not measured again. */
  readonly ratio: number | null
  /** 95 % of the ratio; null: a side has one trial. */
  readonly interval: readonly [number, number] | null
}

/** Seconds a step of an arm that speedups are taken against. */
export type ReplayedBase = AcrossReplay

/** The speedup of an arm. */
export interface ReplayedPoint extends AcrossReplay {
  /** Of no change, adjusted over the points that have one (Holm); null: a side has one trial. */
  readonly p: number | null
  readonly pAdjusted: number | null
  /** The smallest ratio above 1 that as many trials of this spread show in 80 %, at the first step of Holm's. */
  readonly detectable: number | null
  readonly outcome: 'same' | 'differs' | 'cannot tell'
  /** Why it cannot be told. */
  readonly reason: string | null
}

/** As far as claims of speed may be off. */
const TOLERANCE = 0.1
const ALPHA = 0.05
const METHOD =
  'logarithms of the speedup of each trial over the base of its seed and repeat; Welch, adjusted over points by Holm'

/**
 * Does a curve come out again? A point is the same where the 95 % interval of its ratio lies within the tolerance, and differs where
 * it does not and its adjusted p is at most 0.05; Holm's adjustment bounds the chance that a faithful replay is refused
 * anywhere on the curve.
 */
export function replayedCurve(then: Scaling, now: Scaling): ReplayedCurve {
  const compared = then.points.flatMap((point) => comparedPoint(point, now) ?? [])
  const tested = compared.flatMap(({ test }) => test?.p ?? [])
  const adjusted = holm(tested)
  let place = 0
  const points = compared.map(({ across, test }): ReplayedPoint => {
    const p = test?.p ?? null
    const pAdjusted = p === null ? null : adjusted[place++]
    const detectable = detectableRatio(test, tested.length)
    return { ...across, p, pAdjusted, detectable, ...outcomeOf(across, pAdjusted) }
  })
  const bases = then.points.filter(({ speedup }) => speedup === null).map((point) => comparedBase(point, now))
  const saturated = [then, now].flatMap(({ reason }, i) => (reason === null ? [] : [`${WHEN[i]}: ${reason}`]))
  return {
    ...judged(points, saturated),
    tolerance: TOLERANCE,
    method: METHOD,
    bases,
    points,
    limits: limitsOf(points),
  }
}

const WHEN = ['then', 'now']

interface Compared {
  readonly across: AcrossReplay
  readonly test: TwoSamples | null
}

/** @returns null for a base, whose speedup is 1 by definition. */
function comparedPoint(point: ScalingPoint, now: Scaling): Compared | null {
  return point.speedup === null ? null : compared(point, now, speedupsOf)
}

function comparedBase(point: ScalingPoint, now: Scaling): ReplayedBase {
  return compared(point, now, ({ trials }) => trials.map(({ secondsPerStep }) => secondsPerStep)).across
}

function speedupsOf({ trials }: ScalingPoint): number[] {
  return trials.flatMap(({ speedup }) => speedup ?? [])
}

function compared(point: ScalingPoint, now: Scaling, valuesOf: (point: ScalingPoint) => readonly number[]): Compared {
  const { arm, ranks, algorithm } = point
  const other = now.points.find((one) => one.arm === arm)
  const [before, after] = [point, other].map((one) => (one === undefined ? [] : valuesOf(one)))
  const shared = { arm, ranks, algorithm, recorded: pointValues(before) }
  if (after.length === 0) return { across: { ...shared, now: null, ratio: null, interval: null }, test: null }
  const test = welch(before.map(Math.log), after.map(Math.log))
  const { lower, upper } = test.interval
  const interval = lower === null || upper === null ? null : ([Math.exp(lower), Math.exp(upper)] as const)
  return { across: { ...shared, now: pointValues(after), ratio: Math.exp(test.difference), interval }, test }
}

function pointValues(each: readonly number[]): PointValues {
  const logs = each.map(Math.log)
  const { lower, upper } = tInterval(logs)
  return {
    value: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length),
    interval: lower === null || upper === null ? null : [Math.exp(lower), Math.exp(upper)],
    each,
  }
}

function detectableRatio(test: TwoSamples | null, points: number): number | null {
  if (test === null || test.degreesOfFreedom === null) return null
  return Math.exp(detectableInStandardErrors(test.degreesOfFreedom, 0.8, ALPHA / points) * test.standardError)
}

function outcomeOf(
  { now, interval }: AcrossReplay,
  pAdjusted: number | null,
): Pick<ReplayedPoint, 'outcome' | 'reason'> {
  if (now === null) return { outcome: 'cannot tell', reason: 'no trial of it ended beside one of its base' }
  if (interval === null || pAdjusted === null) return { outcome: 'cannot tell', reason: 'one trial has no spread' }
  const [lower, upper] = interval
  if (lower >= 1 / (1 + TOLERANCE) && upper <= 1 + TOLERANCE) return { outcome: 'same', reason: null }
  if (pAdjusted <= ALPHA) return { outcome: 'differs', reason: null }
  return { outcome: 'cannot tell', reason: 'the interval reaches beyond the tolerance, and the change may be chance' }
}

function judged(
  points: readonly ReplayedPoint[],
  saturated: readonly string[],
): Pick<ReplayedCurve, 'verdict' | 'reasons'> {
  const of = (outcome: ReplayedPoint['outcome']): ReplayedPoint[] => points.filter((one) => one.outcome === outcome)
  if (saturated.length > 0) return { verdict: 'inconclusive', reasons: saturated }
  if (of('differs').length > 0) {
    return { verdict: 'false', reasons: of('differs').map(({ arm }) => `${arm} has another speedup`) }
  }
  const untold = of('cannot tell').map(({ arm, reason }) => `${arm}: ${reason}`)
  return untold.length > 0 ? { verdict: 'inconclusive', reasons: untold } : { verdict: 'true', reasons: [] }
}

/** From four against four on, a rank test of two samples can reach p < 0.05: 2 / C(8, 4) = 0.029. */
const TRIALS_FOR_RANK_TEST = 4

const SESSIONS =
  'two sessions are compared: what either was like throughout (tenants, heat) is in no spread of its trials'

function limitsOf(points: readonly ReplayedPoint[]): string[] {
  const counts = points.flatMap(({ recorded, now }) =>
    now === null ? [] : [Math.min(recorded.each.length, now.each.length)],
  )
  if (counts.length === 0) return ['no point was measured again']
  const fewest = Math.min(...counts)
  const trials = `${fewest} ${fewest === 1 ? 'trial' : 'trials'} a point`
  if (fewest === 1) return [`${trials}: no spread, so neither an interval nor a test`]
  const seen = points.flatMap(({ arm, detectable }) =>
    detectable === null
      ? []
      : [`${arm} ${detectable >= 10 ? 'tenfold or more' : `${(100 * (detectable - 1)).toPrecision(2)} %`}`],
  )
  const sight = `in 80 % of cases ${trials} would have shown a speedup that is higher by ${seen.join(', ')}`
  if (fewest >= TRIALS_FOR_RANK_TEST) return [sight, SESSIONS]
  return [
    sight,
    SESSIONS,
    `${trials}: no rank test can reach p < 0.05, so p rests on logarithms that are normal, and nobody can see here whether they are`,
  ]
}
