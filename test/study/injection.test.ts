// Goal: a study injects sources of variation into rounds that follow from it alone; what would disturb nothing, or cannot be done to real
// processes, is refused. Left out: what an injection does (test/simulate/injection.test.ts, test/end-to-end/diagnose.long.test.ts).
import { describe, expect, it } from 'vitest'
import { checkRealInjections } from '../../cluster/inject/injector.ts'
import { checkInjections, delayMs, injectedIn } from '../../src/study/injection.ts'
import { check } from '../../src/study/load.ts'
import { planTrials } from '../../src/study/plan.ts'
import { type Study, studySchema } from '../../src/study/schema.ts'

function studyWith(inject: readonly object[], changed: object = {}): Study {
  const study = {
    purpose: 'Does it disturb?',
    workload: { name: 'paced', computeMs: 60, parameters: 1000 },
    arms: [{ name: 'a', nodes: 3, algorithm: 'arrival' }],
    training: { steps: 10, learningRate: 0.1 },
    seeds: [0, 1],
    repeats: 3,
    inject,
    ...changed,
  }
  return check(study, studySchema, () => 'study')
}

const DELAY = { source: 'arrival-order', delayUs: 100 }
const NETWORK = { source: 'network', rate: 0.5 }
const TENANT = { source: 'tenant', load: 1 }
const LOSS = { source: 'node-count', lose: 1 }
const SLOW = { source: 'unlike-hardware', node: 1, factor: 1.5 }
const NETNS = { launch: 'netns', cluster: 'spec.yaml' }

describe('the rounds of an injection', () => {
  it('are the last of each so many, never the first', () => {
    const rounds = (every: number): number[] =>
      [0, 1, 2, 3, 4, 5].filter((round) => injectedIn(studyWith([{ ...TENANT, every }]), 'tenant', round))
    expect(rounds(2)).toEqual([1, 3, 5])
    expect(rounds(3)).toEqual([2, 5])
  })

  it('lose nodes of every arm, and keep the names of trials', () => {
    const plan = (inject: readonly object[]) =>
      planTrials(studyWith(inject, { repeats: 1 })).map(({ id, arm, round }) => [id, arm.nodes, round])
    expect(plan([LOSS])).toEqual([
      ['a.seed-0', 3, 0],
      ['a.seed-1', 2, 1],
    ])
    expect(plan([SLOW]).map(([, nodes]) => nodes)).toEqual([3, 3])
  })

  it('delay each rank of each step apart, by the mean that is asked for', () => {
    const study = studyWith([DELAY])
    const delays = Array.from({ length: 4000 }, (_, i) => delayMs(study, { round: 0, step: i >> 2, rank: i % 4 }))
    expect(new Set(delays).size).toBe(4000)
    expect(delays.reduce((sum, delay) => sum + delay, 0) / 4000).toBeCloseTo(0.1, 2)
    expect(delayMs(study, { round: 1, step: 0, rank: 0 })).not.toBe(delays[0])
  })
})

it.each([
  [[{ ...NETWORK, rat: 0.4 }], "unknown key 'inject.0.rat'; did you mean 'rate'?"],
  [[{ ...NETWORK, rate: 1 }], 'inject.0.rate'],
  [[{ ...TENANT, every: 1 }], 'inject.0.every'],
  [[TENANT, TENANT], 'must have different sources'],
  [[], 'inject'],
  [[{ source: 'gremlins' }], 'inject.0.source'],
])('the schema refuses %j', (inject, said) => {
  expect(() => studyWith(inject)).toThrow(said)
})

it.each([
  [DELAY, { arms: [{ name: 'a', nodes: 3 }] }, 'every arm adds in a planned order'],
  [LOSS, { arms: [{ name: 'a', nodes: 1 }] }, 'arm a has 1 nodes and would have none left'],
  [SLOW, { arms: [{ name: 'a', nodes: 1 }] }, 'no arm has a node 1'],
  [{ ...TENANT, every: 4 }, { seeds: [0] }, 'it falls into every 4th round, and there are 3'],
  [{ ...TENANT, fromStep: 9 }, { training: { steps: 8, learningRate: 1 } }, 'it begins at step 9, and there are 8'],
])('%j that would disturb nothing is refused', (injection, changed, said) => {
  expect(() => checkInjections(studyWith([injection]))).not.toThrow()
  expect(() => checkInjections(studyWith([injection], changed))).toThrow(said)
})

it.each([
  [NETWORK, {}, NETNS, 'only links between namespaces can be slowed'],
  [TENANT, { launch: 'external' }, {}, 'nothing is started on the machines of others'],
  [DELAY, { workload: { name: 'mnist' } }, {}, 'real mnist takes the time that it takes'],
  [SLOW, { workload: { name: 'linear' } }, {}, 'real linear takes the time that it takes'],
])('a run refuses %j with %j', (injection, wrong, right, said) => {
  expect(() => checkRealInjections(studyWith([injection], wrong))).toThrow(said)
  expect(() => checkRealInjections(studyWith([injection], right))).not.toThrow()
})
