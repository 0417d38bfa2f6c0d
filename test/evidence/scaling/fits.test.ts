// Goal: each model finds its own parameters in a curve it made, the held-out error prefers it, and a fit with no more points than
// parameters is refused. Left out: which model is right of a real machine.
import { describe, expect, it } from 'vitest'
import {
  bestFit,
  type FitPoint,
  fitModels,
  type ModelName,
  predictSeconds,
} from '../../../src/evidence/scaling/fits.ts'
import { scheduleOf } from '../../../src/reduce/algorithms.ts'
import { costOf } from '../../../src/reduce/cost.ts'

const COUNTS = [1, 2, 3, 4, 6, 8, 12, 16]

function curve(
  seconds: (ranks: number, cost: FitPoint['cost']) => number,
  counts = COUNTS,
  algorithm = 'ring',
): FitPoint[] {
  return counts.map((ranks) => {
    const cost = costOf(scheduleOf(algorithm, ranks), 1 << 16, 4)
    return { ranks, work: 1, cost, secondsPerStep: seconds(ranks, cost) }
  })
}

function fitOf(points: readonly FitPoint[], name: ModelName) {
  const found = fitModels(points).find(({ model }) => model === name)
  if (!found) throw new Error(name)
  return found
}

describe('a fitted curve', () => {
  it('of Amdahl has his serial part', () => {
    const { coefficients, heldOutError } = fitOf(
      curve((n) => 0.1 + 0.9 / n),
      'Amdahl',
    )
    expect(coefficients).toEqual({ serial: expect.closeTo(0.1, 9), parallel: expect.closeTo(0.9, 9) })
    expect(heldOutError).toBeCloseTo(0, 9)
  })

  it('of Gustafson has his throughput', () => {
    const { coefficients } = fitOf(
      curve((n) => 1 / (0.2 + 0.8 * n)),
      'Gustafson',
    )
    expect(coefficients).toEqual({ serial: expect.closeTo(0.2, 9), parallel: expect.closeTo(0.8, 9) })
  })

  it('of the universal law turns back where coherence costs', () => {
    const made = curve((n) => (1 + 0.05 * (n - 1) + 0.01 * n * (n - 1)) / n)
    const found = fitOf(made, 'USL')
    expect(found.heldOutError).toBeCloseTo(0, 9)
    expect(found.coefficients).toEqual({
      alone: expect.closeTo(1, 9),
      contention: expect.closeTo(0.05, 9),
      coherence: expect.closeTo(0.01, 9),
    })
    expect(bestFit(fitModels(made))?.model).toBe('USL')
  })

  it('of α-β-γ cannot tell adding from sending on a ring, and says so', () => {
    const made = curve((n, { rounds, criticalBytes }) => 0.24 / n + 1e-3 * rounds + 2e-8 * criticalBytes)
    const { coefficients, notTold, heldOutError } = fitOf(made, 'alpha-beta-gamma')
    expect(notTold).toEqual(['gamma'])
    expect(coefficients?.alpha).toBeCloseTo(1e-3, 9)
    expect(coefficients?.beta).toBeCloseTo(2e-8, 12)
    expect(heldOutError).toBeLessThan(1e-6)
  })

  it('predicts what it was fitted to', () => {
    const made = curve((n) => 0.1 + 0.9 / n)
    const { coefficients } = fitOf(made, 'Amdahl')
    expect(predictSeconds('Amdahl', coefficients ?? {}, made[3])).toBeCloseTo(made[3].secondsPerStep, 9)
  })

  it('is refused with no more points than parameters, held out too', () => {
    const two = fitOf(
      curve((n) => 1 / n, [1, 2]),
      'Amdahl',
    )
    expect(two).toMatchObject({ coefficients: null, reason: '2 points, and 2 parameters need 3' })
    const three = fitOf(
      curve((n) => 1 / n, [1, 2, 4]),
      'Amdahl',
    )
    expect(three.coefficients).not.toBeNull()
    expect(three).toMatchObject({ heldOutError: null, reason: 'held out, 2 points are left for 2 parameters' })
    const four = fitOf(
      curve((n) => 1 / n, [1, 2, 4, 8]),
      'Amdahl',
    )
    expect(four.heldOutError).not.toBeNull()
  })

  it('of weak scaling counts the work that grows', () => {
    const made = curve((n) => 0.05 * n + 0.95).map((point) => ({ ...point, work: point.ranks }))
    const { coefficients } = fitOf(made, 'Amdahl')
    expect(coefficients).toEqual({ serial: expect.closeTo(0.05, 9), parallel: expect.closeTo(0.95, 9) })
  })
})
