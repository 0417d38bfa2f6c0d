// Goal: the metric of a replay is held against the recorded values by their prediction interval, with the rates of that very
// case, and never judged by fewer than two values. Left out: the calibration of the interval (test/stats/prediction.test.ts).
import * as np from 'numpy-ts'
import { expect, it } from 'vitest'
import type { ComparedArm } from '../../src/evidence/comparison.ts'
import { checkValues, recoverArms } from '../../src/evidence/recovered-values.ts'
import { predictionHalfWidth } from '../../src/stats/prediction.ts'
import { summarize } from '../../src/stats/summary.ts'

/** An arm as far as these rules read it: a loss a seed. */
function armOf(...losses: readonly (number | null)[]): ComparedArm {
  const trials = losses.map((loss, seed) => ({ trial: `a.seed-${seed}`, seed, repeat: 0, loss, accuracy: null }))
  return { name: 'a', trials } as unknown as ComparedArm
}

const RECORDED = [1, 2, 3, 4]
const outcome = (...now: (number | null)[]): string =>
  checkValues(recoverArms('final-loss', [armOf(...RECORDED)], [armOf(...now)])).outcome

it('equal values pass, and values far off fail', () => {
  expect(outcome(...RECORDED)).toBe('pass')
  expect(outcome(11, 12, 13, 14)).toBe('fail')
})

it('one recorded value has no interval, and neither has an arm that diverged', () => {
  const [{ judged }] = recoverArms('final-loss', [armOf(1)], [armOf(1)])
  expect(judged).toBeNull()
  expect(outcome(null, null)).toBe('not tested')
})

it('a seed that runs twice counts once, and pairs are of equal trials', () => {
  const { trials, ...arm } = armOf(...RECORDED)
  const again = { ...trials[0], repeat: 1, trial: 'a.seed-0.again-1', loss: 99 }
  const [{ recorded, largestPairedDifference }] = recoverArms(
    'final-loss',
    [{ ...arm, trials: [...trials, again] }],
    [armOf(1, 2.5, 3, null)],
  )
  expect(recorded?.n).toBe(4)
  expect(largestPairedDifference).toBe(0.5)
})

it('the smallest change is seen about four times in five', () => {
  // Of a known spread of 1, so that the shift is not of each sample's own s.
  const unit = armOf(...[1, -1, 1, -1, 1, -1, 1, -1, 1, -1].map((value) => value * Math.sqrt(0.9)))
  const shift = recoverArms('final-loss', [unit], [unit])[0].judged?.smallestChange ?? expect.unreachable()
  const generator = np.random.default_rng(3)
  const draws = 4000
  let seen = 0
  for (let i = 0; i < draws; i++) {
    const normals = [...(generator.standard_normal([20]).data as Float64Array)]
    const recorded = summarize(normals.slice(0, 10))
    const now = summarize(normals.slice(10).map((value) => value + shift))
    const half = predictionHalfWidth({ ...recorded, sd: recorded.sd ?? expect.unreachable() }, now.n)
    if (Math.abs(now.mean - recorded.mean) > half) seen++
  }
  expect(Math.abs(seen / draws - 0.8)).toBeLessThan(0.03)
})
