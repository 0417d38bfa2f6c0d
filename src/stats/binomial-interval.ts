import { binomialCumulative } from './quantiles.ts'

/** Halvings of [0, 1]: far beyond what is printed. */
const HALVINGS = 50

/**
 * Bounds of the probability of what happened `count` times of n: beyond each, so few or so many happen with a probability of at
 * most half of 1 − confidence.
 * @param n at least 1.
 * @source Clopper & Pearson 1934, The use of confidence or fiducial limits illustrated in the case of the binomial.
 */
export function binomialInterval(count: number, n: number, confidence = 0.95): readonly [number, number] {
  const tail = (1 - confidence) / 2
  const atMost = (k: number, p: number): number => (k < 0 ? 0 : k >= n ? 1 : binomialCumulative(n, p)[k])
  return [
    count === 0 ? 0 : crossing((p) => atMost(count - 1, p), 1 - tail),
    count === n ? 1 : crossing((p) => atMost(count, p), tail),
  ]
}

/** Where a function that falls over (0, 1) comes to a value. */
function crossing(falling: (p: number) => number, value: number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (falling(middle) > value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
