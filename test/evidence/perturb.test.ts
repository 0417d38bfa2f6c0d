// Goal: a perturbation changes one input and nothing else, what is not at hand is said and not counted, and tier 3 wants three
// kinds that the conclusion survives and none that it falls to. Left out: running them (replay.long.test.ts).
import { describe, expect, it } from 'vitest'
import {
  type AtHand,
  PERTURBATIONS,
  type Perturbation,
  perturb,
  type Survival,
  tierThree,
} from '../../src/evidence/perturb.ts'
import type { Arm, Study } from '../../src/study/schema.ts'
import { smallStudy } from './studies.ts'

const atHand = { isPossible: (): boolean => true, otherAdapters: ['other GPU'] }
const study = smallStudy({ engine: 'gpu' })
const [one, four] = study.arms

function perturbed(kind: Perturbation, of: Study = study): Study {
  return perturb(of, kind, atHand).study ?? expect.unreachable()
}

describe('a perturbation', () => {
  it.each(PERTURBATIONS)('%s changes one key of the study', (kind) => {
    const changed = perturbed(kind)
    const keys = (Object.keys(study) as (keyof Study)[]).filter((key) => changed[key] !== study[key])
    expect(keys).toEqual([{ seed: 'seeds', nodes: 'arms', order: 'arms', adapter: 'adapter' }[kind]])
  })

  it('of seeds has as many, none of the recorded, and repeats the same ones', () => {
    expect(perturbed('seed').seeds).toEqual([1000, 1001, 1002])
    expect(perturbed('seed', { ...study, seeds: [5, 5, 4000] }).seeds).toEqual([4001, 4001, 7996])
  })

  it('of nodes halves arms of four or more, doubles smaller ones, and leaves one node alone', () => {
    expect(perturbed('nodes').arms).toEqual([one, { ...four, nodes: 2, name: '4-nodes-with-2-nodes' }])
    const three = { ...four, nodes: 3, name: '3-nodes' }
    expect(perturbed('nodes', { ...study, arms: [one, three] }).arms[1]).toMatchObject({ nodes: 6 })
  })

  it('of order takes another algorithm where three ranks or more have an order', () => {
    expect(perturbed('order').arms).toEqual([one, { ...four, algorithm: 'rank-order', name: '4-nodes-by-rank-order' }])
    const ranked: Arm = { ...four, algorithm: 'rank-order' }
    expect(perturbed('order', { ...study, arms: [ranked] }).arms[0].algorithm).toBe('ring')
  })

  it.each([
    ['nodes', { ...study, arms: [one] }, atHand],
    ['order', { ...study, arms: [{ ...four, nodes: 2 }] }, atHand],
    ['nodes', study, { ...atHand, isPossible: (): boolean => false }],
    ['adapter', study, { ...atHand, otherAdapters: [] }],
    ['adapter', smallStudy(), atHand],
  ] satisfies [Perturbation, Study, AtHand][])(
    'of %s is not at hand where nothing can be changed (%#)',
    (kind, of, machine) => {
      expect(perturb(of, kind, machine).study).toBeNull()
    },
  )
})

describe('tier 3', () => {
  const outcome = (kind: Perturbation, survived: boolean | null): Survival => ({ kind, survived })

  it('passes when three kinds are survived', () => {
    expect(
      tierThree([outcome('seed', true), outcome('nodes', true), outcome('order', true), outcome('adapter', null)]),
    ).toBe('pass')
  })

  it('is not tested by two kinds, nor by one kind three times', () => {
    expect(tierThree([outcome('seed', true), outcome('nodes', true), outcome('adapter', null)])).toBe('not tested')
    expect(tierThree([outcome('seed', true), outcome('seed', true), outcome('seed', true)])).toBe('not tested')
  })

  it('fails when the conclusion falls once, whatever it survived', () => {
    const survived = [outcome('seed', true), outcome('nodes', true), outcome('order', true)]
    expect(tierThree([...survived, outcome('adapter', false)])).toBe('fail')
  })
})
