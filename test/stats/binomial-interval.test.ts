// Goal: the bounds of a probability are those of Clopper and Pearson, at the ends too.
import { expect, it } from 'vitest'
import { binomialInterval } from '../../src/stats/binomial-interval.ts'

it.each([
  // R: binom.test(count, n)$conf.int
  [8, 10, 0.4439045376923585, 0.9747892736731666],
  [0, 10, 0, 0.3084971078187608],
  [10, 10, 0.6915028921812392, 1],
  [59, 71, 0.7234, 0.9095],
])('%i of %i', (count, n, low, high) => {
  const digits = n === 71 ? 4 : 9
  const interval = binomialInterval(count, n)
  expect(interval[0]).toBeCloseTo(low, digits)
  expect(interval[1]).toBeCloseTo(high, digits)
})
