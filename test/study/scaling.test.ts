// Goal: a scaling study's arms differ in what they say and nothing else. Left out: what is measured.
import { describe, expect, it } from 'vitest'
import { applyOverrides } from '../../src/study/overrides.ts'
import { baseOf, scalingMode } from '../../src/study/scaling.ts'
import { type Study, studySchema } from '../../src/study/schema.ts'

function study(arms: readonly object[], batch: number | 'full' = 64): Study {
  return studySchema.parse({
    purpose: '?',
    workload: { name: 'linear' },
    arms: arms.map((arm, i) => ({ name: `arm-${i}`, ...arm })),
    training: { steps: 5, learningRate: 1, batch },
    seeds: [0],
  })
}

describe('the arms of a scaling study', () => {
  it('keep one batch, or one a rank', () => {
    expect(scalingMode(study([{ nodes: 1 }, { nodes: 3 }]))).toBe('strong')
    expect(
      scalingMode(
        study([
          { nodes: 1, batch: 64 },
          { nodes: 3, batch: 192 },
        ]),
      ),
    ).toBe('weak')
    expect(() =>
      scalingMode(
        study([
          { nodes: 1, batch: 64 },
          { nodes: 3, batch: 100 },
        ]),
      ),
    ).toThrow('neither one batch')
  })

  it.each([
    ['arithmetic', { nodes: 2, arithmetic: 'f64' }],
    ['buckets', { nodes: 2, buckets: 'whole' }],
    ['ranksPerNode', { nodes: 2, ranksPerNode: 2 }],
  ])('may not differ in %s', (key, arm) => {
    expect(() => scalingMode(study([{ nodes: 1 }, arm]))).toThrow(`differ in ${key}`)
  })

  it('are of several node counts, each once', () => {
    expect(() => scalingMode(study([{ nodes: 2 }, { nodes: 2, algorithm: 'rank-order' }]))).toThrow('nothing to scale')
    expect(() => scalingMode(study([{ nodes: 1 }, { nodes: 2 }, { nodes: 2 }]))).toThrow('twice')
  })

  it('have the one rank as base of every algorithm, else the least of their own', () => {
    const { arms } = study([{ nodes: 1 }, { nodes: 2 }, { nodes: 2, algorithm: 'rank-order' }])
    expect(baseOf(arms, 'rank-order').name).toBe('arm-0')
    const without = study([{ nodes: 2 }, { nodes: 4 }, { nodes: 3, algorithm: 'rank-order' }]).arms
    expect(baseOf(without, 'rank-order').name).toBe('arm-2')
  })
})

describe('lists on the command line', () => {
  const asked = { nodes: '1,2,4', algorithm: 'ring,rank-order', repeats: '3', mode: 'weak' }
  const made = applyOverrides(study([{ nodes: 1 }, { nodes: 8 }]), asked)

  it('make an arm of each count and algorithm, and one of one rank', () => {
    expect(made.arms.map(({ nodes, algorithm, batch }) => [nodes, algorithm, batch])).toEqual([
      [1, 'ring', 64],
      [2, 'ring', 128],
      [2, 'rank-order', 128],
      [4, 'ring', 256],
      [4, 'rank-order', 256],
    ])
    expect(made.repeats).toBe(3)
  })

  it('come to the same when they are applied again, as the audit does', () => {
    expect(applyOverrides(made, asked)).toEqual(made)
    expect(applyOverrides(made, { mode: 'strong' }).arms.every(({ batch }) => batch === undefined)).toBe(true)
  })

  it.each([
    ['--repeats', { repeats: '0' }],
    ['--mode', { mode: 'sideways' }],
    ['--nodes', { nodes: '1,0' }],
    ['--nodes', { nodes: '1,,2' }],
  ])('are refused where they are none: %s', (flag, overrides) => {
    expect(() => applyOverrides(study([{ nodes: 1 }]), overrides)).toThrow(flag)
  })

  it('keep no batch of a rank where the batch is full', () => {
    expect(() => applyOverrides(study([{ nodes: 1 }], 'full'), { mode: 'weak' })).toThrow('training.batch is full')
  })
})
