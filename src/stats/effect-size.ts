import tQuantile from '@stdlib/stats-base-dists-t-quantile'

/** P(second > first) − P(second < first) over all pairs: −1 … 1. @source Cliff 1993, Dominance statistics. */
export function cliffsDelta(first: readonly number[], second: readonly number[]): number {
  const signs = first.reduce((so, a) => so + second.reduce((inner, b) => inner + Math.sign(b - a), 0), 0)
  return signs / (first.length * second.length)
}

/**
 * The smallest difference of two means that n and m values of standard deviation `sd` show with the probability `power`, by a two-sided
 * test at `alpha`: (t(ν, 1 − α/2) + t(ν, power)) · s · √(1/n + 1/m), ν = n + m − 2. Within 4 % of the noncentral t for ν ≥ 4.
 */
export function detectableDifference(sd: number, n: number, m: number, alpha = 0.05, power = 0.8): number {
  const degrees = n + m - 2
  return (tQuantile(1 - alpha / 2, degrees) + tQuantile(power, degrees)) * sd * Math.sqrt(1 / n + 1 / m)
}
