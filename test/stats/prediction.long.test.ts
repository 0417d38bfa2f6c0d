// Goal: the prediction interval of the verdict is calibrated: faithful fresh seeds fall outside as often as it says.
// Left out: data that are not normal (the evidence issue's table), and the miss rates, which have no nominal value.
import * as np from 'numpy-ts'
import { expect, it } from 'vitest'
import { predictionHalfWidth, rejectionRates } from '../../src/stats/prediction.ts'
import { summarize } from '../../src/stats/summary.ts'

const DRAWS = 100_000
const NOMINAL = 0.05
/** Four standard errors of a proportion near the nominal rate. */
const ALLOWED = 4 * Math.sqrt((NOMINAL * (1 - NOMINAL)) / DRAWS)

const GRID = [3, 5, 10, 30].flatMap((n) => [1, 2, 10].map((m) => [n, m] as const))

it.each(GRID)('%i published values and %i fresh ones raise a false alarm in 5 % of cases', (n, m) => {
  const generator = np.random.default_rng(20_261_122)
  const normals = (count: number): number[] => Array.from(generator.standard_normal([count]).data as Float64Array)
  let alarms = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    const { mean, sd } = summarize(normals(n))
    const fresh = summarize(normals(m)).mean
    if (Math.abs(fresh - mean) > predictionHalfWidth({ mean, sd: sd ?? Number.NaN, n }, m)) alarms++
  }
  expect(Math.abs(alarms / DRAWS - NOMINAL)).toBeLessThan(ALLOWED)
})

it('the published rule alone, inside mean ± s, misses about a third of faithful single seeds at n = 10', () => {
  const { publishedRule } = rejectionRates(10, 1, 0)
  expect(publishedRule).toBeGreaterThan(0.34)
  expect(publishedRule).toBeLessThan(0.38)
})
