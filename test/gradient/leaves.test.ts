// Goal: a node's rows are summed leaf by leaf, each as if it were alone, on the GPU as in the twin; buckets are handed over
// in the order of the way back, and how they are cut changes no bit.
// Left out: how leaves are added (test/reduce/leaves.test.ts).
import { describe, expect, it } from 'vitest'
import type { BatchPart, GradientEngine } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { bucketsOf, type Problem, problemShape } from '../../src/gradient/problem.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { openTwin } from './one-leaf.ts'
import { leastSquaresProblem, mlpProblem, softmaxProblem } from './problems.ts'
import { bitsWithOneNaN, randomRows } from './random.ts'
import { ADAPTER } from './test-adapter.ts'

const PROBLEMS: readonly [string, Problem][] = [
  ['least squares', leastSquaresProblem(700, 16)],
  ['softmax regression', softmaxProblem(700, 16, 10)],
  ['a perceptron', mlpProblem(700, 4)],
]
const SETTINGS = { learningRate: 0.1, momentum: 0.9, batchRows: 500 }
const FIRST_POSITION = 17

function partOf(rows: Uint32Array, leafRows: readonly number[], length: number): BatchPart {
  const leaves = leafRows.map((rowCount) => ({ rowCount, vector: new Float32Array(length) }))
  return { rows, positions: rows.map((_, i) => FIRST_POSITION + i), leaves }
}

/** Two steps and an evaluation: every leaf's vector, as bits. The first leaf's vector stands for the reduced one. */
async function traceOf(engine: GradientEngine, problem: Problem, leafRows: readonly number[]): Promise<unknown> {
  const count = leafRows.reduce((sum, rows) => sum + rows, 0)
  const { vectorLength } = problemShape(problem)
  const bitsOf = ({ leaves }: BatchPart): Uint32Array[] => leaves.map(({ vector }) => bitsWithOneNaN(vector))
  const first = partOf(randomRows(1, count, 700), leafRows, vectorLength)
  const second = partOf(randomRows(2, count, 700), leafRows, vectorLength)
  const evaluation = partOf(randomRows(3, count, 350), leafRows, 2)
  const firstOutput = await engine.first(first)
  const secondOutput = await engine.step(first.leaves[0].vector.slice(), second, true)
  const last = await engine.finish(second.leaves[0].vector.slice(), evaluation)
  const hashes = [firstOutput, secondOutput, last].map(({ weightsHash }) => weightsHash)
  return { hashes, bits: [first, second, evaluation].flatMap(bitsOf), weights: secondOutput.weights }
}

describe.each(PROBLEMS)('%s', (_name, problem) => {
  it.each([
    { leafRows: [500] },
    { leafRows: [1] },
    { leafRows: [100, 100, 100, 100, 100] },
    { leafRows: [8, 8, 7, 7] },
    { leafRows: [65, 64, 1, 3] },
    { leafRows: [3000, 2000] },
    { leafRows: [100, 4096, 63] },
  ])('has the bits of the twin over leaves of $leafRows rows, buckets by layers and whole', async ({ leafRows }) => {
    const expected = await traceOf(new TwinEngine(problem, SETTINGS), problem, leafRows)
    for (const buckets of ['layers', 'whole'] as const) {
      await using gpu = await GpuEngine.open(await openDevice(ADAPTER), problem, { ...SETTINGS, buckets })
      expect(await traceOf(gpu, problem, leafRows)).toEqual(expected)
    }
  })

  it('a leaf has the bits that a rank with its rows alone has', async () => {
    const rows = randomRows(4, 300, 700)
    const { vectorLength } = problemShape(problem)
    const part = partOf(rows, [130, 70, 100], vectorLength)
    await new TwinEngine(problem, SETTINGS).first(part)
    const starts = [0, 130, 200, 300]
    for (const [index, leaf] of part.leaves.entries()) {
      const own = rows.subarray(starts[index], starts[index + 1])
      const alone = await openTwin(problem, SETTINGS).first(own, FIRST_POSITION + starts[index])
      expect(bitsWithOneNaN(leaf.vector)).toEqual(bitsWithOneNaN(alone.vector))
    }
  })

  it('hands its buckets over one after the other, in each only what is final', async () => {
    const shape = problemShape(problem)
    const rows = randomRows(5, 200, 700)
    const expected = partOf(rows, [120, 80], shape.vectorLength)
    await new TwinEngine(problem, SETTINGS).first(expected)
    await using gpu = await GpuEngine.open(await openDevice(ADAPTER), problem, SETTINGS)
    const part = partOf(rows, [120, 80], shape.vectorLength)
    const seen: number[][] = []
    await gpu.first(part, ({ start, end }) => {
      seen.push([start, end])
      part.leaves.forEach(({ vector }, leaf) => {
        expect(bitsWithOneNaN(vector.slice(start, end))).toEqual(
          bitsWithOneNaN(expected.leaves[leaf].vector.slice(start, end)),
        )
      })
    })
    expect(seen).toEqual(bucketsOf(shape, 'layers').map(({ start, end }) => [start, end]))
  })
})

it('leaves that do not hold all rows are refused by both engines', async () => {
  const problem = leastSquaresProblem(10, 4)
  const part = partOf(Uint32Array.of(1, 2, 3), [1, 1], 5)
  await using gpu = await GpuEngine.open(await openDevice(ADAPTER), problem, SETTINGS)
  for (const engine of [gpu, new TwinEngine(problem, SETTINGS)]) {
    await expect(engine.first(part)).rejects.toThrow('leaves hold all rows')
  }
})
