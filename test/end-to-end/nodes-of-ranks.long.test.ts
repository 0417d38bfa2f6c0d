// Goal: how ranks are dealt to nodes changes no bit: threads of one process, processes of one rank, and processes of several
// ranks add in the same order to the same weights; fixed-tree:L does so for every number of ranks, and says where it cannot.
// Left out: the transport alone (test/cluster/node-ranks.long.test.ts).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documentOf, reducible, Scratch } from './reducible.ts'

const STUDY = `
purpose: Four ranks in every shape.
workload: { name: linear, rows: 256 }
arms:
  - { name: 4x1, nodes: 4, algorithm: ring }
  - { name: 2x2, nodes: 2, ranksPerNode: 2, algorithm: ring }
  - { name: 1x4, nodes: 1, ranksPerNode: 4, algorithm: ring }
  - { name: tree-2x2, nodes: 2, ranksPerNode: 2, algorithm: 'fixed-tree:8' }
  - { name: tree-1x1, nodes: 1, algorithm: 'fixed-tree:8' }
  - { name: tree-1x3, nodes: 1, ranksPerNode: 3, algorithm: 'fixed-tree:8' }
training: { steps: 5, learningRate: 0.05 }
seeds: [0]
`

it('the same ranks on other nodes end at the same weights, and a fixed tree at its own whatever the ranks', async () => {
  using scratch = new Scratch()
  const study = join(scratch.path, 'shapes.yaml')
  writeFileSync(study, STUDY)
  const finished = await reducible(['run', study, '--json', '--out', scratch.path])
  expect(finished.status, finished.stderr).toBe(0)
  const { arms = [], cluster } = documentOf(finished)
  const digests = new Map(arms.map(({ name, trials }) => [name, trials[0].weightsSha256]))
  expect(cluster).toMatchObject({
    interconnect: { measured: { trial: '4x1.seed-0', nodeCount: 4 }, insideNode: { fabric: 'shared memory' } },
  })
  expect(new Set(['4x1', '2x2', '1x4'].map((name) => digests.get(name))).size).toBe(1)
  expect(digests.get('tree-2x2')).toBe(digests.get('tree-1x1'))
  expect(digests.get('tree-1x3')).not.toBe(digests.get('tree-1x1'))
  expect(digests.get('4x1')).not.toBe(digests.get('tree-1x1'))
  expect(arms).toMatchObject(
    [false, false, false, true, true, false].map((nodeCountInvariant) => ({ nodeCountInvariant })),
  )
})
