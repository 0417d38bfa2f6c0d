// Goal: the prediction interval has the textbook's width, and the rates printed beside a verdict are those of its rule.
// Left out: the verdict itself (test/evidence/verdict.test.ts).
import { describe, expect, it } from 'vitest'
import { predictionHalfWidth, rejectionRates } from '../../src/stats/prediction.ts'

describe('the 95 % prediction interval', () => {
  // t(n − 1, 0.975) as every table of Student's t prints it.
  it.each([
    [2, 12.7062],
    [3, 4.30265],
    [5, 2.776445],
    [10, 2.262157],
    [31, 2.042272],
  ])('for one fresh value beside %i published ones is t · s · √(1 + 1/n) on each side', (n, t) => {
    expect(predictionHalfWidth({ mean: 7, sd: 1, n }, 1) / Math.sqrt(1 + 1 / n)).toBeCloseTo(t, 4)
  })

  it("for section 41.8's s = 0.000141 of 10 and ten fresh seeds is 0.000143", () => {
    expect(predictionHalfWidth({ mean: 0.01006, sd: 0.000141, n: 10 }, 10)).toBeCloseTo(
      2.262157 * 0.000141 * 0.4472136,
      9,
    )
  })

  it('shrinks with more fresh values, but not below what the published ones leave open', () => {
    const published = { mean: 0, sd: 1, n: 10 }
    const widths = [1, 2, 5, 10, 1e9].map((m) => predictionHalfWidth(published, m))
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect(widths[4]).toBeCloseTo(2.262157 / Math.sqrt(10), 5)
  })
})

describe('the rates of wrong rejections', () => {
  const DRAWS = 20_000
  /** Four standard errors of a rate found in as many draws. */
  const tolerance = (rate: number): number => 4 * Math.sqrt((rate * (1 - rate)) / DRAWS)
  const expectRate = (found: number, rate: number): void =>
    expect(Math.abs(found - rate)).toBeLessThanOrEqual(tolerance(rate))

  it.each([
    [2, 1],
    [3, 2],
    [5, 5],
    [10, 1],
    [10, 10],
  ])('of the interval are 5 %% for n = %i and m = %i: it is exact for normal data', (n, m) => {
    expectRate(rejectionRates(n, m, 0).interval, 0.05)
  })

  // P(|x − mean| > s) = P(|t(n − 1)| > 1 / √(1/m + 1/n)), from the t distribution: 0.3653 and 0.0522.
  it.each([
    [10, 1, 0.3653],
    [10, 10, 0.0522],
  ])('of the published rule, inside mean ± s, are no 5 %%: n = %i, m = %i', (n, m, rate) => {
    expectRate(rejectionRates(n, m, 0).publishedRule, rate)
  })

  it('grow with the true shift', () => {
    const rates = [0, 1, 2, 3, 10].map((shift) => rejectionRates(10, 1, shift).interval)
    expect(rates).toEqual(rates.toSorted((a, b) => a - b))
    expect(rates[4]).toBeGreaterThan(0.999)
  })

  it('are the same each time: the draws are seeded', () => {
    expect(rejectionRates(5, 2, 1)).toEqual(rejectionRates(5, 2, 1))
  })
})
