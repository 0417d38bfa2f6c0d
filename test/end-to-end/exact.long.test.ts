// Goal: training under `exact` leaves no trace of how it was spread: one digest for every node count, algorithm, cut of the
// gradient, ranks of a node, dealing of blocks, and for the twin on the CPU; what cannot be dealt is refused.
// Left out: speed, and the perceptron (configs/exact-mnist-mlp.yaml, whose kernels test/gradient/exact.test.ts compares).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documentOf, type ResultDocument, reducible, Scratch } from './reducible.ts'

const ARMS = [
  'nodes: 1',
  'nodes: 2, algorithm: ring',
  'nodes: 3, algorithm: rank-order, dealing: "random:3"',
  'nodes: 3, algorithm: arrival',
  'nodes: 2, ranksPerNode: 2, algorithm: hierarchical:ring/ring, dealing: "random:1"',
]

function study(arms: readonly string[], rest: string): string {
  const lines = arms.map((arm, i) => `  - { name: arm-${i}, ${arm} }`)
  return [
    'purpose: Is there a trace of the nodes?',
    'workload: { name: linear, rows: 1000, columns: 16, noise: 0.1 }',
    'arms:',
    ...lines,
    'training: { steps: 4, learningRate: 0.05, batch: 250 }',
    'seeds: [0]',
    rest,
  ].join('\n')
}

async function run(text: string): Promise<ResultDocument> {
  using scratch = new Scratch()
  const file = join(scratch.path, 'study.yaml')
  writeFileSync(file, text)
  return documentOf(await reducible(['run', file, '--json', '--adapter', 'swiftshader', '--out', scratch.path]))
}

function digestsOf({ arms = [] }: ResultDocument): (string | null)[] {
  return arms.flatMap(({ trials }) => trials.map(({ weightsSha256 }) => weightsSha256))
}

it('one digest comes out of every way to spread a training, and of the twin', async () => {
  const onGpu = await run(
    study(
      ARMS.map((arm) => `${arm}, arithmetic: exact`),
      '',
    ),
  )
  expect(onGpu.status, JSON.stringify(onGpu.error)).toBe('done')
  const [first, ...others] = digestsOf(onGpu)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(others).toEqual(ARMS.slice(1).map(() => first))
  expect(digestsOf(await run(study([`${ARMS[1]}, arithmetic: exact`], 'engine: cpu')))).toEqual([first])
})

it('in f32 the same study has a digest for each node count: it would be seen', async () => {
  const document = await run(study([ARMS[0], ARMS[1]], ''))
  expect(new Set(digestsOf(document)).size).toBe(2)
})

it.each([
  {
    arm: 'nodes: 5, arithmetic: exact',
    message: /exact deals whole blocks of 64 rows, and 4 of them cannot be dealt to 5/,
  },
  { arm: 'nodes: 2, dealing: "random:1"', message: /dealing random:1 wants arithmetic exact \(got f32\)/ },
  { arm: 'nodes: 2, dealing: sorted', message: /must be contiguous or random:SEED/ },
])('an arm of { $arm } is refused', async ({ arm, message }) => {
  const document = await run(study([arm], ''))
  expect(document.error?.message).toMatch(message)
})
