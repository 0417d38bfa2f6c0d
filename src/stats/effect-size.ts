import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { normalTail } from './pair-differences.ts'

/** P(second > first) − P(second < first) over all pairs: −1 … 1. @source Cliff 1993, Dominance statistics. */
export function cliffsDelta(first: readonly number[], second: readonly number[]): number {
  const signs = first.reduce((so, a) => so + second.reduce((inner, b) => inner + Math.sign(b - a), 0), 0)
  return signs / (first.length * second.length)
}

/**
 * The smallest difference of two means that n and m values of standard deviation `sd` show with the probability `power`, by a two-sided
 * t test at 5 %. Equal variances.
 */
export function detectableDifference(sd: number, n: number, m: number, power = 0.8): number {
  return detectableInStandardErrors(n + m - 2, power) * sd * Math.sqrt(1 / n + 1 / m)
}

/**
 * The smallest change of a mean, in units of the standard error of its estimate, that a two-sided t test at the level `alpha` shows
 * with the probability `power`: the noncentrality of t. Relative error below 1e-8.
 * @param degrees of freedom that the standard deviation comes from, at least 1.
 * @source Cohen 1988, Statistical power analysis, section 12.8; the power is integrated over the estimated standard deviation.
 */
export function detectableInStandardErrors(degrees: number, power = 0.8, alpha = 0.05): number {
  const critical = tQuantile(1 - alpha / 2, degrees)
  let [low, high] = [0, 2 * critical + 10]
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2
    if (powerOf(middle, critical, degrees) < power) low = middle
    else high = middle
  }
  return high
}

const STEPS = 400

/** P(|Z + shift| > critical · u), u the estimated over the true standard deviation: a χ over √ν. By Simpson's rule. */
function powerOf(shift: number, critical: number, degrees: number): number {
  const reach = 9 / Math.sqrt(2 * degrees)
  const from = Math.max(0, 1 - reach)
  const step = (1 + reach - from) / STEPS
  let [weighted, weights] = [0, 0]
  for (let i = 0; i <= STEPS; i++) {
    const u = from + i * step
    // u^(ν − 1) · e^(−νu²/2) but for a constant, of factors at most √e: no power overflows.
    const root = Math.exp((1 - u ** 2) / 2)
    const density = (u * root) ** (degrees - 1) * root
    const weight = (i === 0 || i === STEPS ? 1 : i % 2 === 0 ? 2 : 4) * density
    weights += weight
    weighted += weight * (upperTail(critical * u - shift) + upperTail(critical * u + shift))
  }
  return weighted / weights
}

/** P(Z > x), of either sign. */
function upperTail(x: number): number {
  return x < 0 ? 1 - normalTail(-x) : normalTail(x)
}
