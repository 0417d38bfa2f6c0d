import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import * as np from 'numpy-ts'
import { type Interval, noInterval } from './interval.ts'
import { summarize } from './summary.ts'

/** A published mean of n values. */
export interface Published {
  readonly mean: number
  readonly sd: number
  readonly n: number
}

/**
 * Half the width of the 95 % interval for the mean of m fresh values, given n published ones from the same normal
 * distribution: t(n−1, 0.975) · s · √(1/m + 1/n).
 * @source Hahn & Meeker 1991, Statistical Intervals, section 4.7.
 */
export function predictionHalfWidth({ sd, n }: Published, m: number, confidence = 0.95): number {
  return tQuantile((1 + confidence) / 2, n - 1) * sd * Math.sqrt(1 / m + 1 / n)
}

/** Of the mean of m fresh values, given `old` ones: the interval of `predictionHalfWidth`, at any confidence. */
export function predictionInterval(old: readonly number[], m: number, confidence = 0.95): Interval {
  const { n, mean, sd } = summarize(old)
  if (sd === null) return noInterval('prediction', confidence, 'n = 1, no spread')
  const half = predictionHalfWidth({ mean, sd, n }, m, confidence)
  return { lower: mean - half, upper: mean + half, confidence, method: 'prediction', reason: null }
}

const DRAWS = 20_000
const DRAW_SEED = 41_008

/**
 * How often each rule rejects the mean of m fresh values whose true mean is `shift` standard deviations off: 0 gives
 * the false-alarm rate. By Monte Carlo over normal data, 20,000 draws, a fixed seed; standard error at most 0.4 %.
 */
export function rejectionRates(n: number, m: number, shift: number): { interval: number; publishedRule: number } {
  const generator = np.random.default_rng(DRAW_SEED)
  const normals = (count: number): ArrayLike<number> => generator.standard_normal([count]).data as Float64Array
  const publishedDraws = normals(DRAWS * n)
  const freshDraws = normals(DRAWS)
  let interval = 0
  let publishedRule = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += publishedDraws[draw * n + i]
    const mean = sum / n
    let squares = 0
    for (let i = 0; i < n; i++) squares += (publishedDraws[draw * n + i] - mean) ** 2
    const sd = Math.sqrt(squares / (n - 1))
    const distance = Math.abs(shift + freshDraws[draw] / Math.sqrt(m) - mean)
    if (distance > predictionHalfWidth({ mean, sd, n }, m)) interval++
    if (distance > sd) publishedRule++
  }
  return { interval: interval / DRAWS, publishedRule: publishedRule / DRAWS }
}
