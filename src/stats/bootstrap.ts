import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { median } from 'simple-statistics'
import { type Interval, noInterval } from './interval.ts'
import { normalTail } from './pair-differences.ts'
import { placeBelow, resamplingWords } from './resamples.ts'

/** What is estimated of a sample; a named one is computed fast. */
export type Statistic = 'mean' | 'median' | ((values: Float64Array) => number)

export interface BootstrapOptions {
  readonly resamples?: number
  readonly seed?: number
  readonly confidence?: number
}

/** Below it, bias and acceleration are guesses. */
const BCA_VALUES_MIN = 10
/** A larger share of resamples equal to the estimate leaves the bias correction without a meaning. */
const TIED_SHARE_MAX = 0.05

/**
 * The quantiles of the statistic over resamples: 9,999 by default, seeded, so that one sample has one interval. Too narrow for few
 * values (see the table of coverage).
 * @source Efron & Tibshirani 1993, An introduction to the bootstrap, chapter 13.
 */
export function percentileInterval(
  values: readonly number[],
  statistic: Statistic,
  { resamples = 9_999, seed = 0, confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  if (values.length < 2) return noInterval('bootstrap percentile', confidence, 'n = 1, no spread')
  const sorted = resampled(Float64Array.from(values), statistic, resamples, seed)
  return percentileOf(sorted, confidence, null)
}

/**
 * The same, corrected for bias and for a spread that grows with the estimate. Falls back to the percentile interval, and says so,
 * where the correction has no meaning: n < 10, a median, tied resamples, no spread.
 * @source Efron 1987, Better bootstrap confidence intervals.
 */
export function bcaInterval(
  values: readonly number[],
  statistic: Statistic,
  { resamples = 9_999, seed = 0, confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  const n = values.length
  if (n < 2) return noInterval('bootstrap BCa', confidence, 'n = 1, no spread')
  const sample = Float64Array.from(values)
  const sorted = resampled(sample, statistic, resamples, seed)
  const fallBack = (reason: string): Interval => percentileOf(sorted, confidence, reason)
  if (n < BCA_VALUES_MIN) return fallBack(`n = ${n}; BCa needs ${BCA_VALUES_MIN} values`)
  if (statistic === 'median') return fallBack('a median of resamples takes few values: BCa has no acceleration')
  const estimate = statisticOf(statistic)(sample)
  const tied = countBelow(sorted, estimate, true) - countBelow(sorted, estimate, false)
  if (tied > TIED_SHARE_MAX * resamples) return fallBack('ties: many resamples equal the estimate')
  const bias = normalQuantile((countBelow(sorted, estimate, false) + tied / 2) / resamples, 0, 1)
  const acceleration = jackknifeAcceleration(sample, statistic)
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) return fallBack('no bias or acceleration can be had')
  const bound = (tail: number): number => {
    const z = bias + normalQuantile(tail, 0, 1)
    return quantileOf(sorted, normalCdf(bias + z / (1 - acceleration * z)))
  }
  const tail = (1 - confidence) / 2
  return { lower: bound(tail), upper: bound(1 - tail), confidence, method: 'bootstrap BCa', reason: null }
}

function percentileOf(sorted: Float64Array, confidence: number, reason: string | null): Interval {
  const tail = (1 - confidence) / 2
  const [lower, upper] = [quantileOf(sorted, tail), quantileOf(sorted, 1 - tail)]
  return { lower, upper, confidence, method: 'bootstrap percentile', reason }
}

/** Ascending statistics of resamples. */
function resampled(sample: Float64Array, statistic: Statistic, resamples: number, seed: number): Float64Array {
  const n = sample.length
  const next = resamplingWords(seed)
  const statistics = new Float64Array(resamples)
  const drawn = new Float64Array(n)
  const evaluate = statisticOf(statistic)
  for (let r = 0; r < resamples; r++) {
    if (statistic === 'mean') {
      let sum = 0
      for (let i = 0; i < n; i++) sum += sample[placeBelow(n, next())]
      statistics[r] = sum / n
    } else {
      for (let i = 0; i < n; i++) drawn[i] = sample[placeBelow(n, next())]
      statistics[r] = evaluate(drawn)
    }
  }
  return statistics.sort()
}

function statisticOf(statistic: Statistic): (values: Float64Array) => number {
  if (statistic === 'mean') return meanOf
  if (statistic === 'median') return (values) => median([...values])
  return statistic
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Σ d³ / (6 (Σ d²)^1.5) over the deviations d of the statistics that leave one value out. */
function jackknifeAcceleration(sample: Float64Array, statistic: Statistic): number {
  const n = sample.length
  const total = meanOf(sample) * n
  const leftOut =
    statistic === 'mean'
      ? sample.map((value) => (total - value) / (n - 1))
      : sample.map((_, i) => statisticOf(statistic)(sample.filter((_, j) => j !== i)))
  const centre = meanOf(leftOut)
  let [squares, cubes] = [0, 0]
  for (const value of leftOut) {
    const deviation = centre - value
    squares += deviation ** 2
    cubes += deviation ** 3
  }
  return cubes / (6 * squares ** 1.5)
}

/** How many lie below a value, or at it too. */
function countBelow(sorted: Float64Array, value: number, orAt: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (orAt ? sorted[middle] <= value : sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The (B + 1)·p-th of B sorted values, between neighbours where that is no whole number. */
function quantileOf(sorted: Float64Array, p: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, p * (sorted.length + 1) - 1))
  const below = Math.floor(place)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}

function normalCdf(z: number): number {
  return z < 0 ? normalTail(-z) : 1 - normalTail(z)
}
