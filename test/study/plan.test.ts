// Goal: the trials of a study run in an order that spreads what drifts over all arms, each under a name of its own.
// Left out: running them.
import { describe, expect, it } from 'vitest'
import { planTrials, trajectorySteps } from '../../src/study/plan.ts'
import { studySchema } from '../../src/study/schema.ts'

function planned(names: readonly string[], seeds: readonly (number | string)[], repeats = 1): string[] {
  const study = studySchema.parse({
    purpose: 'A plan.',
    workload: { name: 'linear' },
    arms: names.map((name, i) => ({ name, nodes: i + 1 })),
    training: { steps: 1, learningRate: 1 },
    seeds,
    repeats,
  })
  return planTrials(study).map(({ id }) => id)
}

describe('the plan of a study', () => {
  it('runs all arms of a seed together, forward and backward in turn', () => {
    expect(planned(['a', 'b', 'c'], ['0-2'])).toEqual([
      ...['a.seed-0', 'b.seed-0', 'c.seed-0'],
      ...['c.seed-1', 'b.seed-1', 'a.seed-1'],
      ...['a.seed-2', 'b.seed-2', 'c.seed-2'],
    ])
  })

  it('counts how often an arm has run with a seed', () => {
    expect(planned(['a', 'b'], [7, 5, 7, 7])).toEqual([
      ...['a.seed-7', 'b.seed-7'],
      ...['b.seed-5', 'a.seed-5'],
      ...['a.seed-7.again-1', 'b.seed-7.again-1'],
      ...['b.seed-7.again-2', 'a.seed-7.again-2'],
    ])
  })

  it('repeats the whole list of seeds, not each seed', () => {
    expect(planned(['a'], [0, 1], 2)).toEqual(['a.seed-0', 'a.seed-1', 'a.seed-0.again-1', 'a.seed-1.again-1'])
  })

  it('says of each trial which arm, seed and repeat it is', () => {
    const [first, , third] = planTrials(
      studySchema.parse({
        purpose: 'A plan.',
        workload: { name: 'linear' },
        arms: [{ name: 'a', nodes: 3 }],
        training: { steps: 1, learningRate: 1 },
        seeds: [4, 5, 4],
      }),
    )
    expect(first).toMatchObject({ id: 'a.seed-4', arm: { name: 'a', nodes: 3 }, seed: 4, repeat: 0 })
    expect(third).toMatchObject({ id: 'a.seed-4.again-1', seed: 4, repeat: 1 })
  })

  it('gives every trial a name of its own', () => {
    const ids = planned(['a', 'b', 'c'], ['0-9', 3, '0-4'], 3)
    expect(ids).toHaveLength(3 * 16 * 3)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

it.each([
  [1, [1]],
  [2, [1, 2]],
  [3, [1, 2, 3]],
  [200, [1, 2, 5, 10, 20, 50, 100, 200]],
  [201, [1, 2, 5, 10, 20, 50, 100, 200, 201]],
])('of %i steps, the weights are compared after %j: the last one is always among them, once', (steps, want) => {
  expect(trajectorySteps(steps)).toEqual(want)
})
