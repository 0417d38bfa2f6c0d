// Goal: two runs are held against each other only in what they share, and their times decide nothing. Left out: how a metric is decided
// (decision.test.ts), and the files (test/end-to-end/smoke.test.ts).
import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../src/evidence/compare-runs.ts'
import type { ComparedArm, Comparison } from '../../src/evidence/comparison.ts'

const trial = (seed: number, loss: number, weightsSha256 = 'w') => ({
  seed,
  repeat: 0,
  loss,
  weightsSha256,
  dataDigests: { rows: `rows of ${seed}` },
})

const arm = (changed: object = {}): ComparedArm =>
  ({
    name: '2-nodes',
    nodes: 2,
    algorithm: 'ring',
    trials: [trial(0, 1), trial(1, 2)],
    medianTrainSeconds: 1,
    stepsPerSecond: 5,
    ...changed,
  }) as unknown as ComparedArm

const run = (arms: readonly ComparedArm[], changed: object = {}): Comparison =>
  ({
    metric: { name: 'final-loss', definition: 'the loss' },
    cluster: { simulated: false },
    numeric: null,
    arms,
    ...changed,
  }) as unknown as Comparison

describe('two runs', () => {
  it('of equal bits are indistinguishable, and their times decide nothing', () => {
    const later = arm({ name: 'called otherwise', medianTrainSeconds: 9, stepsPerSecond: 1 })
    expect(compareRuns(run([arm()]), run([later]))).toMatchObject([
      {
        arm: '2-nodes',
        metric: { decision: 'indistinguishable', difference: 0 },
        trials: 2,
        equalDigests: 2,
        time: { seconds: [1, 9], decision: 'insufficient', reason: 'not one pass' },
      },
    ])
  })

  it('are judged by the noise floor of the first, seed by seed', () => {
    const other = arm({ trials: [trial(1, 2.5, 'x'), trial(0, 1.51)] })
    const measured = { numeric: { noiseFloor: { limit: 0.1 } } }
    const [{ metric, equalDigests }] = compareRuns(run([arm()], measured), run([other]))
    expect(metric).toMatchObject({ decision: 'real', pairs: 2 })
    expect(metric.difference).toBeCloseTo(0.505)
    expect(equalDigests).toBe(1)
  })

  it('share the arms that compute the same way, and no other', () => {
    const four = arm({ name: '4-nodes', nodes: 4 })
    expect(compareRuns(run([arm(), four]), run([four])).map(({ arm: name }) => name)).toEqual(['4-nodes'])
    expect(() => compareRuns(run([arm()]), run([four]))).toThrow('differ in arms: 2-nodes and 4-nodes')
  })

  const otherData = { ...trial(1, 2), dataDigests: { rows: 'others' } }
  it.each([
    ['metric', run([arm()], { metric: { name: 'final-loss', definition: 'another loss' } })],
    ['simulated', run([arm()], { cluster: { simulated: true } })],
    ['seeds of 2-nodes', run([arm({ trials: [trial(0, 1), trial(2, 2)] })])],
    ['data of 2-nodes', run([arm({ trials: [trial(0, 1), otherData] })])],
  ])('that differ in %s are refused', (what, other) => {
    expect(() => compareRuns(run([arm()]), other)).toThrow(`the runs differ in ${what}: `)
  })
})
