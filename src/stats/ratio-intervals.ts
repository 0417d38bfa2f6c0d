import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { median } from 'simple-statistics'
import { type BootstrapOptions, percentileInterval } from './bootstrap.ts'
import { type Interval, noInterval } from './interval.ts'
import { summarize } from './summary.ts'

/**
 * Of the ratio of two independent means. None where the denominator's mean is not clearly different from 0: the set of ratios
 * that fit is then no interval.
 * @source Fieller 1954, Some problems in interval estimation; degrees of freedom by Welch and Satterthwaite at the estimate.
 */
export function fiellerInterval(
  numerator: readonly number[],
  denominator: readonly number[],
  confidence = 0.95,
): Interval {
  const method = 'Fieller'
  const [x, y] = [numerator, denominator].map(summarize)
  if (x.sd === null || y.sd === null) return noInterval(method, confidence, 'n = 1, no spread')
  const [vx, vy] = [x.sd ** 2 / x.n, y.sd ** 2 / y.n]
  const ratio = x.mean / y.mean
  const spread = vx + ratio ** 2 * vy
  const degrees = spread ** 2 / (vx ** 2 / (x.n - 1) + (ratio ** 2 * vy) ** 2 / (y.n - 1))
  const t = spread === 0 ? 0 : tQuantile((1 + confidence) / 2, degrees)
  const g = (t ** 2 * vy) / y.mean ** 2
  if (!(g < 1)) return noInterval(method, confidence, "the denominator's mean is not clearly different from 0")
  const half = (t / Math.abs(y.mean)) * Math.sqrt(vx * (1 - g) + ratio ** 2 * vy)
  return { lower: (ratio - half) / (1 - g), upper: (ratio + half) / (1 - g), confidence, method, reason: null }
}

/**
 * Of the median ratio of pairs: the percentile bootstrap of the median of their logarithms, so that turning every pair over turns
 * the interval over. None where a ratio is not above 0.
 */
export function pairedRatioInterval(
  pairs: readonly (readonly [number, number])[],
  options: BootstrapOptions = {},
): Interval {
  const logs = pairs.map(([numerator, denominator]) => Math.log(numerator / denominator))
  const { lower, upper, confidence, reason } = percentileInterval(logs, (values) => median([...values]), options)
  const method = 'paired log bootstrap'
  if (!logs.every(Number.isFinite)) return noInterval(method, confidence, 'a ratio is not above 0, or not finite')
  if (lower === null || upper === null) return noInterval(method, confidence, reason ?? 'no pairs')
  return { lower: Math.exp(lower), upper: Math.exp(upper), confidence, method, reason }
}
