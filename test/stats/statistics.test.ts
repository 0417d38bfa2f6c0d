// Goal: every interval and test says what SciPy, statsmodels or an enumeration of all cases say, and says why where there is none. Left
// out: how often the intervals hold (calibration.long.test.ts).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bcaInterval, percentileInterval } from '../../src/stats/bootstrap.ts'
import { cliffsDelta, detectableDifference } from '../../src/stats/effect-size.ts'
import { holm } from '../../src/stats/holm.ts'
import { excludes, type Interval } from '../../src/stats/interval.ts'
import { tInterval } from '../../src/stats/mean-interval.ts'
import { medianInterval } from '../../src/stats/median-interval.ts'
import { nestedRepeats } from '../../src/stats/nested.ts'
import { predictionInterval } from '../../src/stats/prediction.ts'
import { mannWhitney, wilcoxonSignedRank } from '../../src/stats/rank-tests.ts'
import { fiellerInterval, pairedRatioInterval } from '../../src/stats/ratio-intervals.ts'
import { equivalenceP, welch } from '../../src/stats/two-samples.ts'

const golden = JSON.parse(readFileSync(new URL('../golden/statistics.json', import.meta.url), 'utf8')) as Golden
const { samples } = golden
const { a, b } = samples

type Bounds = readonly [number, number]
interface Golden {
  readonly samples: Readonly<Record<string, number[]>>
  readonly long: readonly [number[], number[]]
  readonly t: Readonly<Record<string, Bounds>>
  readonly welch: { readonly p: number; readonly df: number; readonly interval: Bounds }
  readonly tost: number
  readonly mann_whitney: Readonly<Record<string, number>>
  readonly wilcoxon: Readonly<Record<string, number>>
  readonly fieller: Bounds
  readonly bca: Readonly<Record<string, Bounds>>
  readonly detectable: Readonly<Record<string, number>>
  readonly 'median ranks': Readonly<Record<string, readonly [number, number] | null>>
  readonly holm: readonly number[]
  readonly prediction: Bounds
  readonly icc: { readonly groups: number[][]; readonly icc: number }
  readonly cliff: number
}

function expectBounds({ lower, upper, reason }: Interval, [low, high]: Bounds, relative = 1e-9): void {
  expect(reason).toBeNull()
  expect(Math.abs(Number(lower) - low)).toBeLessThanOrEqual(relative * Math.abs(low))
  expect(Math.abs(Number(upper) - high)).toBeLessThanOrEqual(relative * Math.abs(high))
}

describe('intervals of one sample', () => {
  it.each(Object.keys(golden.t))("Student's t of %s", (name) => {
    expectBounds(tInterval(samples[name]), golden.t[name])
  })

  it.each(Object.entries(golden['median ranks']))('of the median of %s values, with its exact coverage', (n, ranks) => {
    const values = Array.from({ length: Number(n) }, (_, i) => (i * 7) % Number(n))
    const { lower, upper, coverage, reason } = medianInterval(values)
    if (ranks === null) {
      expect([lower, upper, coverage]).toEqual([null, null, null])
      expect(reason).toBe(`n = ${n}; an interval of the median needs 6 values`)
    } else {
      const sorted = values.toSorted((x, y) => x - y)
      expect([lower, upper]).toEqual([sorted[ranks[0] - 1], sorted[Number(n) - ranks[0]]])
      expect(coverage).toBeCloseTo(ranks[1], 12)
    }
  })

  it('the prediction interval of a mean of four', () => {
    expectBounds(predictionInterval(samples.normal, 4), golden.prediction)
  })

  it.each(Object.keys(golden.bca))('BCa of the mean of %s, within what resampling leaves open', (name) => {
    const interval = bcaInterval(samples[name], 'mean', { resamples: 100_000 })
    expect(interval.method).toBe('bootstrap BCa')
    expectBounds(interval, golden.bca[name], 0.005)
    // The correction is what makes the difference on skewed values.
    const { upper } = percentileInterval(samples.lognormal, 'mean', { resamples: 100_000 })
    expect(Number(upper)).toBeLessThan(golden.bca.lognormal[1] * 0.995)
  })

  it.each([
    ['a few values', a, 'mean', 'n = 7; BCa needs 10 values'],
    ['a median', samples.normal, 'median', 'a median of resamples takes few values: BCa has no acceleration'],
    ['tied values', [...Array(12).fill(1), 2], 'mean', 'ties: many resamples equal the estimate'],
    ['equal values', Array(12).fill(1), 'mean', 'ties: many resamples equal the estimate'],
  ] as const)('BCa of %s falls back to the percentile interval, and says why', (_, values, statistic, reason) => {
    const { method, lower, upper, ...rest } = bcaInterval(values, statistic)
    expect(method).toBe('bootstrap percentile')
    expect(rest.reason).toBe(reason)
    const { reason: none, ...plain } = percentileInterval(values, statistic)
    expect(none).toBeNull()
    expect({ ...plain, reason }).toEqual({ method, lower, upper, ...rest })
  })

  it('one sample and one seed have one interval, another seed another', () => {
    const of = (seed: number): Interval => bcaInterval(samples.normal, 'mean', { seed })
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })

  it('one value has no spread, and no interval', () => {
    for (const interval of [
      tInterval([1]),
      percentileInterval([1], 'mean'),
      bcaInterval([1], 'mean'),
      predictionInterval([1], 3),
    ]) {
      expect([interval.lower, interval.upper, interval.reason]).toEqual([null, null, 'n = 1, no spread'])
      expect(excludes(interval, 1e9)).toBe(false)
    }
  })
})

describe('two samples', () => {
  it('Welch', () => {
    const { interval, degreesOfFreedom, p } = welch(a, b)
    expectBounds(interval, golden.welch.interval)
    expect(degreesOfFreedom).toBeCloseTo(golden.welch.df, 9)
    expect(p).toBeCloseTo(golden.welch.p, 10)
    expect(welch(a, [1]).interval.reason).toBe('n = 1, no spread')
    expect(welch([2, 2], [3, 3])).toMatchObject({ p: 0, interval: { lower: 1, upper: 1, reason: 'no spread' } })
  })

  it('two one-sided tests', () => {
    expect(equivalenceP(a, b, 1.5)).toBeCloseTo(golden.tost, 10)
    expect(equivalenceP(a, b, 0.1)).toBeGreaterThan(0.5)
    expect(equivalenceP(a, [1], 1)).toBeNull()
    expect([2, 0.5].map((margin) => equivalenceP([2, 2], [3, 3], margin))).toEqual([0, 1])
  })

  it('Mann and Whitney, exact with ties, approximated beyond', () => {
    expect(mannWhitney(a, b)).toMatchObject({ method: 'exact', p: expect.closeTo(golden.mann_whitney['a b'], 12) })
    expect(mannWhitney(samples.ties_a, samples.ties_b).p).toBeCloseTo(golden.mann_whitney.ties, 12)
    const long = mannWhitney(...golden.long)
    expect(long.method).toBe('normal approximation')
    expect(long.p).toBeCloseTo(golden.mann_whitney.long, 8)
  })

  it('three against three can never reach p < 0.05', () => {
    expect(mannWhitney([1, 2, 3], [4, 5, 6]).p).toBe(0.1)
  })

  it('Wilcoxon, exact with ties, zeros left out and counted', () => {
    expect(wilcoxonSignedRank(samples.differences).p).toBeCloseTo(golden.wilcoxon.differences, 12)
    expect(wilcoxonSignedRank(samples.differences).leftOut).toBe(2)
    expect(wilcoxonSignedRank(samples.ties_differences).p).toBeCloseTo(golden.wilcoxon.ties_differences, 12)
    expect(wilcoxonSignedRank([0, 0])).toEqual({ p: 1, method: 'exact', leftOut: 2 })
  })

  it('Fieller, and none where the denominator may be 0', () => {
    expectBounds(fiellerInterval(a, b), golden.fieller)
    expect(fiellerInterval(a, [-1, 1, 0.5]).reason).toContain('not clearly different from 0')
  })

  it('a ratio of pairs turned over has its interval turned over', () => {
    const pairs = samples.normal.map((value, i) => [value, samples.lognormal[i]] as const)
    const there = pairedRatioInterval(pairs)
    const back = pairedRatioInterval(pairs.map(([x, y]) => [y, x] as const))
    expect(Number(there.lower) * Number(back.upper)).toBeCloseTo(1, 10)
  })

  it("Cliff's delta, and the smallest difference that can be seen", () => {
    expect(cliffsDelta(samples.ties_a, samples.ties_b)).toBeCloseTo(golden.cliff, 12)
    for (const [sizes, exact] of Object.entries(golden.detectable)) {
      const [n, m] = sizes.split(' ').map(Number)
      // statsmodels stops at about 1e-6.
      expect(Math.abs(detectableDifference(1, n, m) / exact - 1)).toBeLessThan(1e-5)
    }
  })
})

it('Holm adjusts as statsmodels does', () => {
  holm([0.01, 0.04, 0.02, 0.03, 0.9]).forEach((p, i) => {
    expect(p).toBeCloseTo(golden.holm[i], 12)
  })
})

it('repeats of one launch stand for each other as their variance says', () => {
  const { intraclassCorrelation, designEffect } = nestedRepeats(golden.icc.groups)
  expect(intraclassCorrelation).toBeCloseTo(golden.icc.icc, 12)
  expect(designEffect).toBeCloseTo(1 + 2 * golden.icc.icc, 12)
  expect(
    nestedRepeats([
      [1, 2],
      [2, 1],
    ]).designEffect,
  ).toBe(1)
})
