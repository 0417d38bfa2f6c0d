// Goal: two records that differ are named at every leaf that differs, and of several that should agree the odd one out.
// Left out: which records are held against each other (end-to-end/audit.test.ts).
import { describe, expect, it } from 'vitest'
import { differences, disagreements } from '../../../src/evidence/audit/finding.ts'
import { topicOf } from '../../../src/evidence/audit/rule.ts'

describe('differences', () => {
  it('are none between equal records, whatever the order of their keys', () => {
    expect(differences('a', { b: 1, c: [Number.NaN, null] }, { c: [Number.NaN, null], b: 1 })).toEqual([])
  })

  it('are named by path: another value, one that is missing, one too many', () => {
    expect(differences('a', { b: [1, 3], extra: 0 }, { b: [1, 2], c: { d: null } })).toEqual([
      { kind: 'wrong', path: 'a.b.1', got: 3, want: 2 },
      { kind: 'wrong', path: 'a.extra', got: 0, want: 'nothing' },
      { kind: 'missing', path: 'a.c', want: { d: null } },
    ])
  })

  it('tell a list from an object, and null from nothing', () => {
    expect(differences('a', [], {})).toHaveLength(1)
    expect(differences('a', null, {})).toEqual([{ kind: 'wrong', path: 'a', got: null, want: {} }])
  })
})

describe('disagreements', () => {
  it('blame the one that differs from most', () => {
    const found = disagreements([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ])
    expect(found).toEqual([{ kind: 'wrong', path: 'b', got: 2, want: '1 as a' }])
  })

  it('blame all where no value has most places, and none where all agree', () => {
    const places = [
      ['a', 'x'],
      ['b', undefined],
    ] as const
    expect(disagreements(places).map(({ kind, path }) => [kind, path])).toEqual([
      ['wrong', 'a'],
      ['missing', 'b'],
    ])
    expect(disagreements([places[0], ['c', 'x']])).toEqual([])
  })
})

it.each([
  ['manifest.code.commit', 'code'],
  ['manifest.studyFile', 'study'],
  ['manifest.claimFile', 'claim'],
  ['manifest.cluster.sha256', 'cluster'],
  ['comparison.arms.0.trials.1.dataDigests.linear.f64', 'data'],
  ['comparison.arms.0.trials.1.loss', 'records'],
  ['cluster.interconnect.fabric', 'cluster'],
  ['environment.git_commit', 'code'],
  ['README.md', 'recipe'],
  ['weights/1-node.seed-0/step-000001.f32', 'records'],
])('%s is about %s', (path, topic) => {
  expect(topicOf(path)).toBe(topic)
})
