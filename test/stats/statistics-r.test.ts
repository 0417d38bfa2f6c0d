// Goal: what R says of the same samples, so that no value rests on SciPy alone. Left out: what R has no function for
// (statistics.test.ts). Made by test/golden/statistics.R.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bcaInterval } from '../../src/stats/bootstrap.ts'
import { detectableInStandardErrors } from '../../src/stats/effect-size.ts'
import { holm } from '../../src/stats/holm.ts'
import type { Interval } from '../../src/stats/interval.ts'
import { tInterval } from '../../src/stats/mean-interval.ts'
import { medianInterval } from '../../src/stats/median-interval.ts'
import { mannWhitney, wilcoxonSignedRank } from '../../src/stats/rank-tests.ts'
import { welch } from '../../src/stats/two-samples.ts'

type Bounds = readonly [number, number]
interface Golden {
  readonly t: Bounds
  readonly welch: { readonly p: number; readonly df: number; readonly interval: Bounds }
  readonly bca: Readonly<Record<'lognormal' | 'normal', Bounds>>
  readonly mann_whitney: { readonly 'a lognormal': number; readonly long: number }
  readonly wilcoxon: { readonly normal: number; readonly tripled: number }
  readonly median: { readonly ranks: number; readonly coverage: number }
  readonly holm: readonly number[]
  readonly noncentrality: Readonly<Record<string, number>>
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8')) as unknown
const { samples, long } = read('statistics.json') as {
  readonly samples: Readonly<Record<string, number[]>>
  readonly long: readonly [number[], number[]]
}
const r = read('statistics-r.json') as Golden

const bounds = ({ lower, upper }: Interval): (number | null)[] => [lower, upper]
const near = ([lower, upper]: Bounds, digits: number) => [
  expect.closeTo(lower, digits) as number,
  expect.closeTo(upper, digits) as number,
]

it("Student's t and Welch", () => {
  expect(bounds(tInterval(samples.lognormal))).toEqual(near(r.t, 12))
  const { interval, p, degreesOfFreedom } = welch(samples.a, samples.b)
  expect(bounds(interval)).toEqual(near(r.welch.interval, 12))
  expect([p, degreesOfFreedom]).toEqual(near([r.welch.p, r.welch.df], 11))
})

// Two bootstraps of about 100,000 resamples, other draws: the bounds' standard error is 0.3 % of the interval's width.
it.each(['lognormal', 'normal'] as const)('BCa of the mean of %s, within what resampling leaves open', (name) => {
  const { lower, upper, method } = bcaInterval(samples[name], 'mean', { resamples: 100_000 })
  expect(method).toBe('bootstrap BCa')
  const width = r.bca[name][1] - r.bca[name][0]
  expect(Math.abs(Number(lower) - r.bca[name][0]) / width).toBeLessThan(0.015)
  expect(Math.abs(Number(upper) - r.bca[name][1]) / width).toBeLessThan(0.015)
})

it('Mann and Whitney, and Wilcoxon, exact and approximated', () => {
  const exact = mannWhitney(samples.a, samples.lognormal.slice(0, 9))
  expect(exact).toMatchObject({ method: 'exact', p: expect.closeTo(r.mann_whitney['a lognormal'], 14) })
  expect(mannWhitney(...long)).toMatchObject({ p: expect.closeTo(r.mann_whitney.long, 12) })
  const differences = samples.normal.map((value) => value - 9.5)
  expect(wilcoxonSignedRank(differences)).toMatchObject({
    method: 'exact',
    p: expect.closeTo(r.wilcoxon.normal, 12),
  })
  expect(wilcoxonSignedRank([...differences, ...differences, ...differences])).toMatchObject({
    method: 'normal approximation',
    p: expect.closeTo(r.wilcoxon.tripled, 12),
  })
})

it('the median of two thousand values, where 0.5^n is 0', () => {
  const values = Array.from({ length: 2000 }, (_, i) => i + 1)
  const { lower, upper, coverage } = medianInterval(values)
  expect([lower, upper]).toEqual([r.median.ranks, 2001 - r.median.ranks])
  expect(coverage).toBeCloseTo(r.median.coverage, 12)
})

it('Holm', () => {
  expect(holm([0.01, 0.04, 0.02, 0.03, 0.9])).toEqual(r.holm.map((p) => expect.closeTo(p, 14) as number))
})

it.each(Object.entries(r.noncentrality))(
  'the change seen four times in five, %s degrees of freedom',
  (degrees, shift) => {
    expect(Math.abs(detectableInStandardErrors(Number(degrees)) / shift - 1)).toBeLessThan(1e-8)
  },
)
