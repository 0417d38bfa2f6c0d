// Goal: spread --diff finds where two runs part and why: a fault of 1 ULP, or of another order, kernel, adapter or node count
// is planted in one of two runs, and step, rank, element, distance and cause come out. Two runs alike part nowhere.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Divergence } from '../../src/evidence/divergence.ts'
import { type Edit, TreeCopy } from '../mutation/tree.ts'
import { Command, documentOf, reducible, Scratch } from './reducible.ts'

const STEP = 4
const study = (nodes: number, algorithm: string): string => `
purpose: What parts two runs?
workload: { name: linear, rows: 192 }
arms: [{ name: the-arm, nodes: ${nodes}, algorithm: '${algorithm}' }]
training: { steps: 6, learningRate: 0.05 }
seeds: [0]
`

const oneUlpOnRank1: Edit = {
  file: 'cluster/worker/train.ts',
  find: '(bucket, index) => exchange.reduce(bucket, forced?.[index])',
  replace: `(bucket, index) => {
        if (node.index === 1 && step === ${STEP}) {
          new Uint32Array(vector.buffer, vector.byteOffset)[5] += 1
          if (recorder) recorder.copy(bucket)
        }
        return exchange.reduce(bucket, forced?.[index])
      }`,
}
const otherKernel: Edit = {
  file: 'kernels/sum-blocks.wgsl',
  find: '  total[sumAt] = sum;',
  replace: '  total[sumAt] = sum * (1.0 + 0x1p-23);',
}
const otherAdapterName: Edit = {
  file: 'src/gradient/gpu/adapter-record.ts',
  find: 'driver: info.description',
  replace: "driver: 'another driver of ' + info.description",
}

describe('two runs', () => {
  const scratch = new Scratch()
  let base: string

  const runOf = async (text: string, ...edits: readonly Edit[]): Promise<string> => {
    const file = join(scratch.path, 'study.yaml')
    writeFileSync(file, text)
    const words = ['run', file, '--record-gradients', '1-6', '--json', '--out', scratch.path]
    if (edits.length === 0) return documentOf(await reducible(words)).run ?? expect.unreachable()
    using tree = new TreeCopy()
    for (const edit of edits) tree.apply(edit)
    const finished = await new Command(words, {}, tree.root).finished
    expect(finished.status, finished.stderr).toBe(0)
    return documentOf(finished).run ?? expect.unreachable()
  }
  const diffWith = async (run: string): Promise<Divergence> => {
    const finished = await reducible(['spread', '--diff', base, run, '--json'])
    expect(finished.status, finished.stderr).toBe(0)
    const { divergences } = documentOf(finished) as unknown as { divergences: Divergence[] }
    return divergences[0]
  }

  beforeAll(async () => {
    base = await runOf(study(3, 'ring'))
  })
  afterAll(() => scratch[Symbol.dispose]())

  it('that are alike part nowhere', async () => {
    expect(await diffWith(await runOf(study(3, 'ring')))).toMatchObject({
      step: null,
      causes: [],
      firstOtherOrder: null,
    })
  })

  it('part at the 1 ULP that a rank held otherwise: an input', async () => {
    expect(await diffWith(await runOf(study(3, 'ring'), oneUlpOnRank1))).toMatchObject({
      step: STEP,
      where: 'contribution',
      rank: 1,
      difference: { element: 5, ulp: 1 },
      causes: ['input'],
    })
  })

  it('part where the order is another: the sum of equal contributions', async () => {
    const divergence = await diffWith(await runOf(study(3, 'reverse-rank')))
    expect(divergence).toMatchObject({ where: 'sum', rank: null, causes: ['order'], firstOtherOrder: 1 })
    expect(divergence.difference?.ulp).toBeGreaterThanOrEqual(1)
  })

  it('part where the kernel is another, on the first rank in the first step', async () => {
    expect(await diffWith(await runOf(study(3, 'ring'), otherKernel))).toMatchObject({
      step: 1,
      where: 'contribution',
      rank: 0,
      causes: ['kernel'],
    })
  })

  it('part where the adapter is another and a rank has other bits', async () => {
    expect(await diffWith(await runOf(study(3, 'ring'), otherAdapterName, oneUlpOnRank1))).toMatchObject({
      step: STEP,
      where: 'contribution',
      rank: 1,
      difference: { ulp: 1 },
      causes: ['adapter'],
    })
  })

  it('part where the node count is another: contributions cannot be compared, sums can', async () => {
    expect(await diffWith(await runOf(study(4, 'ring')))).toMatchObject({ where: 'sum', causes: ['node count'] })
  })

  it('of other data part by their input', async () => {
    const other = study(3, 'ring').replace('rows: 192', 'rows: 192, noise: 0.2')
    expect(await diffWith(await runOf(other))).toMatchObject({ step: 1, where: 'contribution', causes: ['input'] })
  })
})
