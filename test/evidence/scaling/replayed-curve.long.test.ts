// Goal: faithful replays of a curve are refused as rarely as Holm promises, and what is called detectable is seen in 80 %, both within
// the binomial error. Left out: trials that are not normal, or drift (the table of coverage under "Statistics").
import { expect, it } from 'vitest'
import { replayedCurve } from '../../../src/evidence/scaling/replayed-curve.ts'
import { detectableInStandardErrors } from '../../../src/stats/effect-size.ts'
import { drawn } from './made-scaling.ts'

const REPLAYS = 200
const SD = 0.1

/** Three standard errors of a share of so many replays. */
const error = (share: number): number => 3 * Math.sqrt((share * (1 - share)) / REPLAYS)

it.each([2, 3, 6])('of %i trials a point at most one faithful replay in twenty is refused', (count) => {
  const refused = Array.from({ length: REPLAYS }, (_, i) =>
    replayedCurve(drawn(2 * i, count, SD), drawn(2 * i + 1, count, SD)),
  ).filter(({ verdict }) => verdict === 'false')
  expect(refused.length / REPLAYS).toBeLessThanOrEqual(0.05 + error(0.05))
})

it('a speedup that is higher by what is called detectable is found in 80 %', () => {
  const count = 10
  const standardError = SD * Math.sqrt(2 / count)
  const factor = Math.exp(detectableInStandardErrors(2 * count - 2, 0.8, 0.05 / 3) * standardError)
  const found = Array.from({ length: REPLAYS }, (_, i) =>
    replayedCurve(drawn(2 * i, count, SD), drawn(2 * i + 1, count, SD, { '8-nodes': factor })),
  ).filter(({ points }) => points[2].outcome === 'differs')
  expect(Math.abs(found.length / REPLAYS - 0.8)).toBeLessThanOrEqual(error(0.8))
})
