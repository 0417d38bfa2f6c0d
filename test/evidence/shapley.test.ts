// Goal: what each input makes of a difference adds up to all of it, is what separate runs would find, and comes with an
// interval that holds the truth as often as it says. Left out: running the combinations (replay.long.test.ts).
import * as np from 'numpy-ts'
import { describe, expect, it } from 'vitest'
import {
  attribute,
  type Combination,
  type CombinationValues,
  combinations,
  type Effect,
} from '../../src/evidence/shapley.ts'

const [BATCH, SEEDS] = [1, 2]

/** A number by its inputs of B: two effects and what they make together, and a value a seed around it. */
function twoInputs(combination: Combination): CombinationValues {
  const [batch, seeds] = [combination & BATCH, combination & SEEDS].map((bit) => (bit === 0 ? 0 : 1))
  const level = 10 + 3 * batch - 5 * seeds + 2 * batch * seeds
  return { seeds: seeds ? 'B' : 'A', values: [-1, 0.25, 0.75].map((deviation) => level + deviation * (1 + batch)) }
}

const sum = (effects: readonly Effect[]): number => effects.reduce((total, { value }) => total + value, 0)

describe('two inputs that act together', () => {
  const { whole, inputs, interaction, interactionFromB } = attribute(['study', 'seeds'], twoInputs)

  it('have the shares that separate runs find, from either side', () => {
    expect(inputs.map(({ share }) => share.value)).toEqual([3, -5])
    expect(inputs.map(({ shareFromB }) => shareFromB.value)).toEqual([5, -3])
  })

  it('split in halves what they make together', () => {
    expect(inputs.map(({ shapley }) => shapley.value)).toEqual([4, -4])
  })

  it('add up to the whole with the interaction', () => {
    expect(whole.value).toBe(0)
    expect(interaction.value).toBe(2)
    expect(sum([...inputs.map(({ share }) => share), interaction])).toBe(whole.value)
    expect(sum([...inputs.map(({ shareFromB }) => shareFromB), interactionFromB])).toBe(whole.value)
    expect(sum(inputs.map(({ shapley }) => shapley))).toBe(whole.value)
  })
})

it('every split adds up for four inputs of arbitrary numbers', () => {
  const random = np.random.default_rng(5).standard_normal([16]).data as Float64Array
  const { whole, inputs, interaction } = attribute(['a', 'b', 'c', 'd'], (combination) => ({
    seeds: 'A',
    values: [random[combination]],
  }))
  expect(whole).toEqual({ value: expect.closeTo(random[15] - random[0], 14), interval: null })
  expect(sum(inputs.map(({ shapley }) => shapley))).toBeCloseTo(whole.value, 14)
  expect(sum([...inputs.map(({ share }) => share), interaction])).toBeCloseTo(whole.value, 14)
  expect(combinations(4)).toHaveLength(16)
})

it('an input that does nothing has no share, and equal ones have equal shares', () => {
  const { inputs } = attribute(['one', 'other', 'idle'], (combination) => {
    const both = (combination & 3) === 3 ? 6 : 0
    return { seeds: 'A', values: [both, both] }
  })
  expect(inputs.map(({ shapley }) => shapley.value)).toEqual([expect.closeTo(3, 14), expect.closeTo(3, 14), 0])
})

it('a share whose seeds are the same is judged by pairs: what a seed does to both sides cancels', () => {
  const values = (level: number): number[] => [100, 200, 300].map((seed) => seed + level)
  const { whole } = attribute(['study'], (combination) => ({ seeds: 'A', values: values(combination) }))
  expect(whole).toEqual({ value: 1, interval: [1, 1] })
  const unpaired = attribute(['seeds'], (c) => ({ seeds: c === 0 ? 'A' : 'B', values: values(c) })).whole
  expect(unpaired.value).toBe(1)
  expect(unpaired.interval?.[0]).toBeLessThan(-200)
})

it('intervals hold the true effect in 95 of 100 cases, paired or not', () => {
  const generator = np.random.default_rng(41)
  const draw = (count: number): number[] => [...(generator.standard_normal([count]).data as Float64Array)]
  const draws = 4000
  const held = { share: 0, seeds: 0, shapley: 0 }
  for (let i = 0; i < draws; i++) {
    const [ofA, ofB] = [draw(5), draw(6)]
    const noise = combinations(2).map((combination) => draw((combination & SEEDS) === 0 ? 5 : 6))
    const { inputs } = attribute(['study', 'seeds'], (combination) => {
      const bySeed = (combination & SEEDS) === 0 ? ofA : ofB
      const level = (combination & BATCH) === 0 ? 0 : 1
      return {
        seeds: (combination & SEEDS) === 0 ? 'A' : 'B',
        values: bySeed.map((value, place) => value + level + 0.3 * noise[combination][place]),
      }
    })
    const holds = ({ interval }: Effect, truth: number): number =>
      interval !== null && interval[0] <= truth && truth <= interval[1] ? 1 : 0
    held.share += holds(inputs[0].share, 1)
    held.seeds += holds(inputs[1].share, 0)
    held.shapley += holds(inputs[0].shapley, 1)
  }
  // Four standard errors of a share of 0.95; Welch's intervals may be a point off at five seeds.
  const tolerance = 4 * Math.sqrt((0.95 * 0.05) / draws)
  expect(Math.abs(held.share / draws - 0.95)).toBeLessThan(tolerance)
  expect(Math.abs(held.seeds / draws - 0.95)).toBeLessThan(tolerance + 0.01)
  expect(Math.abs(held.shapley / draws - 0.95)).toBeLessThan(tolerance + 0.01)
})
