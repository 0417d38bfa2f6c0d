import { binomialCumulative } from './quantiles.ts'

/**
 * Of a probability that came true in `hits` of `n` trials: exact, so never too narrow.
 * @param n at least 1.
 * @source Clopper & Pearson 1934, The use of confidence or fiducial limits illustrated in the case of the binomial.
 */
export function binomialInterval(hits: number, n: number, confidence = 0.95): { lower: number; upper: number } {
  const tail = (1 - confidence) / 2
  const atMost = (k: number, p: number): number => binomialCumulative(n, p)[k]
  return {
    lower: hits === 0 ? 0 : rootOf((p) => tail - (1 - atMost(hits - 1, p))),
    upper: hits === n ? 1 : rootOf((p) => atMost(hits, p) - tail),
  }
}

/** Where a falling function of a probability is 0. */
function rootOf(falling: (p: number) => number): number {
  let [low, high] = [0, 1]
  while (high - low > 1e-10) {
    const middle = (low + high) / 2
    if (falling(middle) > 0) low = middle
    else high = middle
  }
  return low
}
