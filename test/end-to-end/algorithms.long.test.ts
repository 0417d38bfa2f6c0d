// Goal: the default claim is reproduced by every deterministic reduction order, judged beside one node. Left out: `arrival`, whose order
// nobody knows before it happened.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { documentOf, reducible, Scratch } from './reducible.ts'

const CLAIM = 'configs/claims/capstone-41.8.yaml'

it('reproduce --quick is true under every deterministic algorithm', async () => {
  using scratch = new Scratch()
  const algorithms = EVERY_ALGORITHM.filter((name) => name !== 'arrival')
  const claim = parse(readFileSync(CLAIM, 'utf8'))
  const study = resolve(CLAIM, '..', claim.study)
  const arms = [
    { name: '1-node', nodes: 1 },
    ...algorithms.map((algorithm, i) => ({ name: `order-${i}`, nodes: 4, algorithm })),
  ]
  const file = join(scratch.path, 'claim.yaml')
  writeFileSync(file, JSON.stringify({ ...claim, study, quick: { arms, seeds: [0] } }))

  const finished = await reducible(['reproduce', file, '--quick', '--json', '--out', scratch.path])
  expect(finished.status, finished.stderr).toBe(0)
  const { verdict, arms: judged } = documentOf(finished)
  expect(verdict).toBe('true')
  expect(judged?.slice(1).map((arm) => (arm as { algorithm?: string }).algorithm)).toEqual(algorithms)
})
