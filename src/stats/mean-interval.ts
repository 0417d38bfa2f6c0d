import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { type Interval, noInterval } from './interval.ts'
import { summarize } from './summary.ts'

/**
 * Of the mean: m̄ ± t(n−1) · s/√n. Exact for independent normal values; see the table of coverage for others.
 * @source Student 1908, The probable error of a mean.
 */
export function tInterval(values: readonly number[], confidence = 0.95): Interval {
  const method = "Student's t"
  const { n, mean, sd } = summarize(values)
  if (sd === null) return noInterval(method, confidence, 'n = 1, no spread')
  const half = (tQuantile((1 + confidence) / 2, n - 1) * sd) / Math.sqrt(n)
  return { lower: mean - half, upper: mean + half, confidence, method, reason: null }
}
