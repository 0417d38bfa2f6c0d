/** A quantile of a sample with its distribution-free interval; a null bound does not exist for so few samples. */
export interface Quantile {
  readonly value: number
  readonly interval: readonly [number | null, number | null]
}

/**
 * Order-statistic bounds of a quantile: the l-th and the u-th smallest sample, each of which the quantile is beyond with
 * a probability of at most 1 − confidence. The value is the nearest rank. p99 has no upper bound below 299 samples.
 *
 * @param sorted ascending, at least one sample.
 * @source Hahn & Meeker 1991, Statistical Intervals, section 5.2.
 */
export function quantile(sorted: readonly number[], q: number, confidence = 0.95): Quantile {
  const n = sorted.length
  const tail = 1 - confidence
  const below = binomialCumulative(n, q)
  // The quantile is above the l-th smallest unless fewer than l samples are at or below it.
  const lower = below.findLastIndex((probability) => probability <= tail) + 1
  const upper = below.findIndex((probability) => probability >= 1 - tail) + 1
  return {
    value: sorted[Math.min(n - 1, Math.max(0, Math.ceil(q * n) - 1))],
    interval: [lower >= 1 ? sorted[lower - 1] : null, upper <= n && upper >= 1 ? sorted[upper - 1] : null],
  }
}

/** P(X ≤ k) for X ~ Bin(n, q), k = 0 … n − 1; by logarithms, since 0.5^n is 0 beyond n = 1074. */
export function binomialCumulative(n: number, q: number): number[] {
  const cumulative: number[] = []
  let logTerm = n * Math.log1p(-q)
  let sum = 0
  for (let k = 0; k < n; k++) {
    sum += Math.exp(logTerm)
    cumulative.push(sum)
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(q / (1 - q))
  }
  return cumulative
}
