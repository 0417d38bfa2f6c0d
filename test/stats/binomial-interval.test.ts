// Goal: exact binomial bounds, against published ones, and at the ends.
import { expect, it } from 'vitest'
import { binomialInterval } from '../../src/stats/binomial-interval.ts'

it.each([
  // R: binom.test(5, 10), binom.test(0, 20), binom.test(40, 40), binom.test(1, 200)
  [5, 10, 0.187086, 0.812914],
  [0, 20, 0, 0.168433],
  [40, 40, 0.911903, 1],
  [1, 200, 0.000127, 0.027538],
])('%i of %i', (hits, n, lower, upper) => {
  const interval = binomialInterval(hits, n)
  expect(interval.lower).toBeCloseTo(lower, 5)
  expect(interval.upper).toBeCloseTo(upper, 5)
})
