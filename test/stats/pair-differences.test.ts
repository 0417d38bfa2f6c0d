// Goal: the floor is the quantile over all pairs, and its false-alarm rate is what simulation shows.
import * as np from 'numpy-ts'
import { describe, expect, it } from 'vitest'
import { mix32 } from '../../src/core/mix.ts'
import { normalTail, pairDifferenceQuantile, pairFalseAlarmRate } from '../../src/stats/pair-differences.ts'

function byHand(sorted: readonly number[], q: number): number {
  const differences = sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => b - a)).sort((a, b) => a - b)
  return differences[Math.max(1, Math.ceil(q * differences.length)) - 1]
}

describe('the quantile of pair differences', () => {
  it.each([0.01, 0.5, 0.9, 0.99, 1])('%d is that of the list of all pairs', (q) => {
    for (let n = 2; n < 60; n++) {
      const sorted = Array.from({ length: n }, (_, i) => (mix32(100 * n + i) % 40) / 7 - 3).sort((a, b) => a - b)
      expect(pairDifferenceQuantile(sorted, q), `${n} values`).toBe(byHand(sorted, q))
    }
  })

  it('is 0 where all values are equal', () => {
    expect(pairDifferenceQuantile([5, 5, 5], 0.99)).toBe(0)
  })
})

// scipy.stats.norm.sf, to ten digits.
it.each([
  [0, 0.5],
  [1, 0.1586552539],
  [2.5, 0.006209665326],
  [3.5, 0.000232629079],
  [6, 9.86587645e-10],
  [20, 2.753624118e-89],
])('a normal exceeds %d with a probability of %d', (x, probability) => {
  expect(Math.abs(normalTail(x) / probability - 1)).toBeLessThan(1e-8)
})

describe('the false-alarm rate', () => {
  it.each([
    [10, 1],
    [10, 2],
    [50, 1],
  ])('with a floor from %i values, %d times it, is that of a simulation', (n, multiple) => {
    const generator = np.random.default_rng(1)
    const draws = 20_000
    let beyond = 0
    for (let draw = 0; draw < draws; draw++) {
      const sample = Float64Array.from(generator.standard_normal([n + 2]).data as Float64Array)
      const floor = pairDifferenceQuantile(sample.slice(0, n).sort(), 0.99)
      if (Math.abs(sample[n] - sample[n + 1]) > multiple * floor) beyond++
    }
    const rate = pairFalseAlarmRate(n, 0.99, multiple)
    expect(Math.abs(beyond / draws - rate)).toBeLessThan(4 * Math.sqrt(rate / draws) + 0.05 * rate)
  })

  it('falls with the multiple and with the number of orders', () => {
    const [few, many] = [pairFalseAlarmRate(10, 0.99, 2), pairFalseAlarmRate(50, 0.99, 2)]
    expect(many).toBeLessThan(few)
    expect(pairFalseAlarmRate(50, 0.99, 3)).toBeLessThan(many)
  })
})
