import { mean, median } from 'simple-statistics'
import type { NoiseFloor } from '../record/noise-floor.ts'
import { tInterval } from '../stats/mean-interval.ts'
import { medianInterval } from '../stats/median-interval.ts'
import { placeBelow, resamplingWords } from '../stats/resamples.ts'
import { validOrNone } from '../stats/validity.ts'

/** What both arms came to with the same seed, one after the other. */
export interface Pair {
  readonly base: number
  readonly against: number
}

/** What may be said of two arms' times. */
export interface TimeDecision {
  readonly decision: 'faster' | 'slower' | 'indistinguishable' | 'insufficient'
  /** Median over pairs of base ÷ against: above 1 the second arm is faster. */
  readonly ratio: number
  /** 95 % of that median, by order statistics; null bounds below six pairs. */
  readonly interval: readonly [number | null, number | null]
  readonly method: string
  /** The ratio that medians of as many pairs of one arm against itself stay below in 99 %; null: too few pairs. */
  readonly floor: number | null
  readonly pairs: number
  /** Pairs of trials of one arm that the floor comes from. */
  readonly selfPairs: number
  /** Why nothing can be said. */
  readonly reason: string | null
}

const PAIRS_NEEDED = 6
const FLOOR_QUANTILE = 0.99
const RESAMPLES = 2000
const METHOD = 'median of the ratio of each pair, order-statistic interval; floor from pairs of the same arm'

/**
 * Is one arm faster? Its ratio's interval must exclude 1, and the ratio must exceed what the same arm shows against itself.
 * @param pairs at least one.
 * @param selfRatios time of a trial over that of the arm's next one, disjoint pairs of either arm.
 */
export function decideTime(pairs: readonly Pair[], selfRatios: readonly number[]): TimeDecision {
  const ratios = pairs.map(({ base, against }) => base / against)
  const ratio = median(ratios)
  const shared = { ratio, method: METHOD, pairs: pairs.length, selfPairs: selfRatios.length }
  const { lower, upper } = validOrNone(medianInterval(ratios), ratios.length, 'unknown')
  const interval = [lower, upper] as const
  const floor = selfRatios.length < PAIRS_NEEDED ? null : selfFloor(selfRatios, pairs.length)
  if (lower === null || upper === null || floor === null) {
    const missing =
      ratios.length < PAIRS_NEEDED
        ? `a 95 % interval of the median needs ${PAIRS_NEEDED} pairs`
        : `the floor needs ${PAIRS_NEEDED} pairs of the same arm`
    return { ...shared, decision: 'insufficient', interval, floor, reason: missing }
  }
  const decision =
    lower > 1 && ratio > floor ? 'faster' : upper < 1 && 1 / ratio > floor ? 'slower' : 'indistinguishable'
  return { ...shared, decision, interval, floor, reason: null }
}

/**
 * How far a median of n ratios of an arm against itself goes from 1, either way: a quantile over resamples, whose ratios are turned
 * over with even chances.
 */
function selfFloor(selfRatios: readonly number[], n: number): number {
  const logs = selfRatios.map(Math.log)
  const next = resamplingWords(0)
  const drawn = (): number => (next() % 2 === 0 ? 1 : -1) * logs[placeBelow(logs.length, next())]
  const medians = Array.from({ length: RESAMPLES }, () => Math.abs(median(Array.from({ length: n }, drawn))))
  medians.sort((a, b) => a - b)
  return Math.exp(medians[Math.ceil(FLOOR_QUANTILE * RESAMPLES) - 1])
}

/** What may be said of two arms' metric. */
export interface MetricDecision {
  readonly decision: 'real' | 'indistinguishable' | 'insufficient'
  /** Mean of against − base over the pairs. */
  readonly difference: number
  /** 95 % of it, by Student's t over the pairs' differences; null for one pair, or where all are equal. */
  readonly interval: readonly [number, number] | null
  readonly method: string
  /** One a seed. */
  readonly pairs: number
  readonly reason: string | null
}

/**
 * Is a difference of the metric real? It must exceed what the order of addition does by itself, and its interval must
 * exclude 0; the first is asked first.
 * @param pairs at least one, of a seed each.
 * @param floor null: not measured for such a training.
 */
export function decideMetric(pairs: readonly Pair[], floor: Pick<NoiseFloor, 'limit'> | null): MetricDecision {
  const differences = pairs.map(({ base, against }) => against - base)
  const difference = mean(differences)
  const { lower, upper, reason: whyNone } = validOrNone(tInterval(differences), differences.length, 'normal')
  const interval = lower === null || upper === null || lower === upper ? null : ([lower, upper] as const)
  const shared = {
    difference,
    interval,
    method: "mean of the pairs' differences, Student's t",
    pairs: pairs.length,
  }
  const say = (decision: MetricDecision['decision'], reason: string | null): MetricDecision => ({
    ...shared,
    decision,
    reason,
  })
  if (differences.every((one) => one === 0)) return say('indistinguishable', null)
  if (floor === null) return say('insufficient', 'no noise floor was measured (reducible spread --cluster)')
  if (Math.abs(difference) <= floor.limit) return say('indistinguishable', null)
  if (lower === null || upper === null) return say('insufficient', whyNone)
  return say(lower > 0 || upper < 0 ? 'real' : 'indistinguishable', null)
}
