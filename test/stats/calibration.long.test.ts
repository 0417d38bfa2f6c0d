// Goal: intervals hold as often, and verdicts err as often, as the committed tables say, which tools consult and docs/methodology.md
// prints. Left out: what each method computes (statistics.test.ts).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { measureCoverage, SIZES } from '../../bench/calibration/coverage.ts'
import { measureRates, type VerdictRates } from '../../bench/calibration/rates.ts'
import { projectRoot } from '../../src/core/paths.ts'
import type { IntervalMethod } from '../../src/stats/interval.ts'
import { isValid } from '../../src/stats/validity.ts'

const committed = (file: string): unknown => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'))

/** The draws are seeded: another last bit of a logarithm may move a data set or two over the edge, no more. */
const SAME = 0.002

/** Of 20,000 data sets at 95 %: four standard errors. */
const EXACT_MIN = 0.95 - 4 * Math.sqrt((0.95 * 0.05) / 20_000)

function expectSame(measured: unknown, expected: unknown): void {
  if (typeof measured === 'number') {
    expect(Math.abs(measured - Number(expected))).toBeLessThanOrEqual(SAME)
    return
  }
  if (measured === null) {
    expect(expected).toBeNull()
    return
  }
  const [ours, theirs] = [measured, expected] as Record<string, unknown>[]
  expect(Object.keys(ours)).toEqual(Object.keys(theirs))
  for (const key of Object.keys(ours)) expectSame(ours[key], theirs[key])
}

describe('the coverage of intervals', () => {
  const measured = measureCoverage()

  it('is what src/stats/coverage.json says', () => {
    expectSame(measured, committed('src/stats/coverage.json'))
  })

  it.each(["Student's t", 'prediction'] as const)('of %s is exact on normal values', (method) => {
    for (const n of SIZES) expect(measured[method].normal[n]).toBeGreaterThanOrEqual(EXACT_MIN)
  })

  it('of order statistics is never below nominal on independent values', () => {
    for (const shape of ['normal', 'lognormal', 'bimodal']) {
      for (const n of [6, 10, 30] as const)
        expect(measured['order statistics'][shape][n]).toBeGreaterThanOrEqual(EXACT_MIN)
    }
  })

  it('is within a point of nominal wherever the tool gives the interval', () => {
    for (const [method, byShape] of Object.entries(measured)) {
      for (const [shape, bySize] of Object.entries(byShape)) {
        for (const n of SIZES.filter((size) => isValid(method as IntervalMethod, size, shape))) {
          expect(bySize[n], `${method}, ${shape}, ${n}`).toBeGreaterThanOrEqual(0.94 - SAME)
        }
      }
    }
  })

  it('is lost where values depend on each other, and the tool says so', () => {
    for (const method of Object.keys(measured) as IntervalMethod[]) {
      for (const n of SIZES) expect(isValid(method, n, 'drifting')).toBe(false)
    }
  })
})

it('verdicts err as often as bench/results/calibration.json says', () => {
  const measured = measureRates()
  expectSame(measured, committed('bench/results/calibration.json') as VerdictRates)
  for (const rates of Object.values(measured['faster or slower (n pairs)'])) {
    expect(rates[0]).toBeLessThan(0.02)
    // A rule that never says anything raises no false alarm either.
    expect(rates[3]).toBeGreaterThan(0.5)
  }
  for (const rates of Object.values(measured['metric differs (n pairs, noise floor 0)'])) {
    expect(Math.abs(rates[0] - 0.05)).toBeLessThan(1 - EXACT_MIN - 0.05)
  }
  for (const rates of Object.values(measured['fresh seeds, one of them (n published)'])) {
    expect(Math.abs(rates[0] - 0.05)).toBeLessThan(0.01)
  }
})
