import { type Interval, noInterval } from './interval.ts'

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
  let [below, term, l] = [0, 0.5 ** n, 0]
  for (let k = 0; below + term <= (1 - confidence) / 2; k++) {
    below += term
    term *= (n - k) / (k + 1)
    l = k + 1
  }
  if (l === 0) {
    const needed = Math.ceil(1 - Math.log2(1 - confidence))
    const reason = `n = ${n}; an interval of the median needs ${needed} values`
    return { ...noInterval(method, confidence, reason), coverage: null }
  }
  return { lower: sorted[l - 1], upper: sorted[n - l], confidence, method, reason: null, coverage: 1 - 2 * below }
}
