import { type Interval, noInterval } from './interval.ts'
import { binomialCumulative } from './quantiles.ts'

/**
 * Of the median, between the l-th smallest and the l-th greatest value: whatever the distribution, independent values cover their
 * median with the probability `coverage`, which is at least what was asked for.
 * @source Hahn & Meeker 1991, Statistical Intervals, section 5.2.
 */
export function medianInterval(
  values: readonly number[],
  confidence = 0.95,
): Interval & { readonly coverage: number | null } {
  const method = 'order statistics'
  const n = values.length
  const sorted = [...values].sort((a, b) => a - b)
  const below = binomialCumulative(n, 0.5)
  const l = below.findLastIndex((probability) => probability <= (1 - confidence) / 2) + 1
  if (l === 0) {
    const needed = Math.ceil(1 - Math.log2(1 - confidence))
    const reason = `n = ${n}; an interval of the median needs ${needed} values`
    return { ...noInterval(method, confidence, reason), coverage: null }
  }
  const coverage = 1 - 2 * below[l - 1]
  return { lower: sorted[l - 1], upper: sorted[n - l], confidence, method, reason: null, coverage }
}
