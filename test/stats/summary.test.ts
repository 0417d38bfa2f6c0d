// Goal: mean and spread are those of the textbook, and are printed with no digit more than the spread carries.
// Left out: intervals (prediction.test.ts).
import { describe, expect, it } from 'vitest'
import { formatMeanSd, summarize } from '../../src/stats/summary.ts'

describe('a summary', () => {
  it('has the mean and the standard deviation of a sample (n − 1)', () => {
    const { n, mean, sd } = summarize([2, 4, 4, 4, 5, 5, 7, 9])
    expect([n, mean]).toEqual([8, 5])
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 12)
  })

  it("of section 41.8's ten losses has the mean and s that it prints", () => {
    const { mean, sd } = summarize([
      0.010046, 0.010129, 0.010032, 0.010348, 0.009866, 0.010117, 0.009905, 0.009922, 0.01012, 0.010111,
    ])
    expect(mean.toFixed(6)).toBe('0.010060')
    expect(sd?.toFixed(6)).toBe('0.000141')
  })

  it('of one value has no spread, which is not a spread of 0', () => {
    expect(summarize([3])).toEqual({ n: 1, mean: 3, sd: null })
    expect(summarize([3, 3])).toEqual({ n: 2, mean: 3, sd: 0 })
  })

  it('of nothing is refused', () => {
    expect(() => summarize([])).toThrow()
  })

  it('leaves the list as it was', () => {
    const values = Object.freeze([3, 1, 2])
    expect(summarize(values)).toEqual({ n: 3, mean: 2, sd: 1 })
  })
})

describe('in print', () => {
  it.each<[number, number | null, number, string]>([
    [0.01006, 0.000141, 10, '0.0101 ± 0.0001 (R = 10)'],
    [0.91, 0.00124, 5, '0.910 ± 0.001 (R = 5)'],
    [0.5, 0.096, 3, '0.5 ± 0.1 (R = 3)'],
    [2.5, 0.0999, 3, '2.5 ± 0.1 (R = 3)'],
    [1234.56, 7.7, 4, '1235 ± 8 (R = 4)'],
    [-0.25, 0.02, 2, '-0.25 ± 0.02 (R = 2)'],
    [0.010112, null, 1, '0.0101120 (n = 1, no spread)'],
    [0.010112, 0, 2, '0.0101120 ± 0 (R = 2, all equal)'],
  ])('a mean of %d with s = %j over %i is %s', (mean, sd, n, want) => {
    expect(formatMeanSd({ n, mean, sd })).toBe(want)
  })

  it.each(Array.from({ length: 20 }, (_, i) => i))('an s of 10^-%i keeps its one digit', (places) => {
    const sd = Number(`1e-${places}`)
    expect(formatMeanSd({ n: 2, mean: 0, sd })).toBe(`${(0).toFixed(places)} ± ${sd.toFixed(places)} (R = 2)`)
  })
})
