// Goal: the bounds of a quantile are the order statistics that an exact binomial gives, and none where none exists.
// Left out: how often they cover, which is the binomial itself.
import { describe, expect, it } from 'vitest'
import { quantile } from '../../src/stats/quantiles.ts'

/** 1 … n: each sample is its own rank. */
function ranks(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1)
}

// l and u by scipy.stats.binom.cdf, SciPy 1.17.1: the largest l with P(X ≤ l − 1) ≤ 0.05, the smallest u with
// P(X ≤ u − 1) ≥ 0.95, X ~ Bin(n, q); at most n.
it.each<[q: number, n: number, lower: number | null, upper: number | null]>([
  [0.5, 1, null, null],
  [0.5, 4, null, null],
  [0.5, 5, 1, 5],
  [0.5, 10, 2, 9],
  [0.5, 58, 23, 36],
  [0.5, 59, 23, 37],
  [0.5, 298, 135, 164],
  [0.5, 299, 135, 165],
  [0.5, 473, 219, 255],
  [0.5, 1000, 474, 527],
  [0.5, 10000, 4918, 5083],
  [0.9, 1, null, null],
  [0.9, 4, 2, null],
  [0.9, 5, 3, null],
  [0.9, 10, 7, null],
  [0.9, 58, 48, 57],
  [0.9, 59, 49, 58],
  [0.9, 298, 259, 277],
  [0.9, 299, 260, 278],
  [0.9, 473, 415, 437],
  [0.9, 1000, 884, 916],
  [0.9, 10000, 8950, 9050],
  [0.99, 1, 1, null],
  [0.99, 4, 4, null],
  [0.99, 5, 5, null],
  [0.99, 10, 9, null],
  [0.99, 58, 56, null],
  [0.99, 59, 57, null],
  [0.99, 298, 292, null],
  [0.99, 299, 293, 299],
  [0.99, 473, 464, 472],
  [0.99, 1000, 985, 996],
  [0.99, 10000, 9883, 9917],
])('the %d quantile of %i samples lies between the samples %j and %j', (q, n, lower, upper) => {
  expect(quantile(ranks(n), q)).toEqual({ value: Math.max(1, Math.ceil(q * n)), interval: [lower, upper] })
})

it.each<[number, number, number | null, number | null]>([
  [0.99, 458, 448, null],
  [0.99, 459, 449, 459],
  [0.5, 100, 38, 63],
])('with 99 %% the %d quantile of %i samples lies between the samples %j and %j', (q, n, lower, upper) => {
  expect(quantile(ranks(n), q, 0.99).interval).toEqual([lower, upper])
})

describe('p99', () => {
  it('has no upper bound for 298 samples and one, the largest, for 299', () => {
    expect(quantile(ranks(298), 0.99).interval[1]).toBeNull()
    expect(quantile(ranks(299), 0.99).interval[1]).toBe(299)
  })
})

it('the value is a sample: the nearest rank', () => {
  const sorted = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
  expect([0.001, 0.1, 0.11, 0.5, 0.9, 0.91, 0.999].map((q) => quantile(sorted, q).value)).toEqual([
    1, 1, 2, 8, 55, 89, 89,
  ])
})

it('samples that are equal are bounds of each other', () => {
  expect(quantile(Array(300).fill(7), 0.99)).toEqual({ value: 7, interval: [7, 7] })
})
