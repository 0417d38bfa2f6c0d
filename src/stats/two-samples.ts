import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { type Interval, noInterval } from './interval.ts'
import { summarize } from './summary.ts'

/** Two independent samples by their means. */
export interface TwoSamples {
  /** Mean of the second less that of the first. */
  readonly difference: number
  readonly interval: Interval
  readonly standardError: number
  /** By Welch and Satterthwaite; null where a sample has one value, or neither a spread. */
  readonly degreesOfFreedom: number | null
  /** Of a difference at least as large, where there is none; null where a sample has one value. */
  readonly p: number | null
}

/**
 * Are two means different, whatever their variances?
 * @source Welch 1947, The generalization of Student's problem.
 */
export function welch(first: readonly number[], second: readonly number[], confidence = 0.95): TwoSamples {
  const [a, b] = [first, second].map(summarize)
  const difference = b.mean - a.mean
  if (a.sd === null || b.sd === null) {
    const interval = noInterval('Welch', confidence, 'n = 1, no spread')
    return { difference, interval, standardError: Number.NaN, degreesOfFreedom: null, p: null }
  }
  const [va, vb] = [a.sd ** 2 / a.n, b.sd ** 2 / b.n]
  const standardError = Math.sqrt(va + vb)
  if (standardError === 0) {
    const interval = { lower: difference, upper: difference, confidence, method: 'Welch', reason: 'no spread' } as const
    return { difference, interval, standardError, degreesOfFreedom: null, p: difference === 0 ? 1 : 0 }
  }
  const degreesOfFreedom = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1))
  const half = tQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError
  return {
    difference,
    interval: { lower: difference - half, upper: difference + half, confidence, method: 'Welch', reason: null },
    standardError,
    degreesOfFreedom,
    p: 2 * tCdf(-Math.abs(difference) / standardError, degreesOfFreedom),
  }
}

/**
 * Two one-sided tests: the p of "the means differ by `margin` or more", so a small one says that they are the same within it.
 * Null where a sample has one value.
 * @source Schuirmann 1987, A comparison of the two one-sided tests procedure and the power approach.
 */
export function equivalenceP(first: readonly number[], second: readonly number[], margin: number): number | null {
  const { difference, standardError, degreesOfFreedom } = welch(first, second)
  if (Number.isNaN(standardError)) return null
  if (degreesOfFreedom === null) return Math.abs(difference) < margin ? 0 : 1
  const beyond = (distance: number): number => tCdf(distance / standardError, degreesOfFreedom)
  return Math.max(beyond(difference - margin), beyond(-difference - margin))
}
