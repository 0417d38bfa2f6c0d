// Goal: a study of spread says what it lacks or has wrong, with file, line and key. Left out: files of configs/ (load.test.ts) and
// what is known only with the gradients (test/end-to-end/spread-cluster.long.test.ts).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { messageOf } from '../../src/core/errors.ts'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { loadSpreadStudy } from '../../src/study/load.ts'
import { algorithmsOf, leavesStudyOf, ordersStudyOf } from '../../src/study/spread-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'spread-study-'))
afterAll(() => rmSync(folder, { recursive: true }))

const STUDY = `purpose: What does it do?
workload: { name: linear }
training: { steps: 30, learningRate: 0.1 }
gradients: { source: step, step: 5 }
ranks: [2, 4]
randomOrders: 2
orders: { nodes: 4, algorithms: [ring, 'permutation:2'] }
`

function load(text: string) {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, text)
  return loadSpreadStudy(file)
}

function problemOf(part: string, replacement: string): string {
  expect(STUDY).toContain(part)
  try {
    load(STUDY.replace(part, replacement))
  } catch (thrown) {
    return messageOf(thrown).replace(`${folder}/`, '')
  }
  return expect.unreachable()
}

describe('a study of spread', () => {
  it('has every algorithm by default, and random orders beside them', () => {
    expect(algorithmsOf(load(STUDY))).toEqual([...EVERY_ALGORITHM, 'permutation:2'])
  })

  it('becomes a study with an arm an order, and one that ends with the gradients asked for', () => {
    const study = load(STUDY)
    if (study.orders === undefined) return expect.unreachable()
    const { arms, training } = ordersStudyOf(study, study.orders)
    expect(arms.map(({ name, nodes, algorithm }) => [name, nodes, algorithm])).toEqual([
      ['ring', 4, 'ring'],
      ['permutation-2', 4, 'permutation:2'],
    ])
    expect(training).toEqual(study.training)
    expect(leavesStudyOf(study, 4, 5)).toMatchObject({
      training: { steps: 5 },
      arms: [{ nodes: 4, algorithm: 'fixed-tree:4' }],
    })
  })

  it('names what is wrong', () => {
    expect(problemOf('randomOrders', 'randomOrder')).toBe(
      "study.yaml:6: unknown key 'randomOrder'; did you mean 'randomOrders'?",
    )
    expect(problemOf('ranks: [2, 4]\n', '')).toBe('study.yaml: ranks: is missing, which gradients from a step need')
    expect(problemOf('training: { steps: 30, learningRate: 0.1 }\n', '')).toContain('training: is missing')
    expect(problemOf('ranks: [2, 4]', 'ranks: [2, 2]')).toContain('study.yaml:5: ranks: must be different')
    expect(problemOf('ranks: [2, 4]', 'ranks: [1]')).toContain('study.yaml:5: ranks.0')
    expect(problemOf("'permutation:2'", 'star')).toContain('orders.algorithms.1: must be one of')
    expect(problemOf('source: step, step: 5', 'source: distribution, values: normal, elements: 0')).toContain(
      'gradients.elements',
    )
  })

  it('must ask for something', () => {
    expect(() => load('purpose: Nothing.\n')).toThrow('there is nothing to measure')
  })
})
