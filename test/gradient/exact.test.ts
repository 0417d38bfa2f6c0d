// Goal: under `exact` the sums that engines hand over are the exact sums of their blocks: the kernel against its twin and both
// against BigInt, for every kind of f32; and they do not depend on which leaf a block is dealt to.
// Left out: how words are reduced (test/reduce/exact.test.ts), whole trainings (test/end-to-end/exact.long.test.ts).
import { describe, expect, it } from 'vitest'
import { SUM_FLAGS, SUM_PLANES, SUM_WORDS } from '../../src/core/exact-words.ts'
import { dealBlocks } from '../../src/data/dealing.ts'
import type { BatchPart, GradientEngine } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { DispatchBuilder, encodeDispatch, THREADS_PER_GROUP_ROW } from '../../src/gradient/gpu/dispatch.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { compileKernels } from '../../src/gradient/gpu/kernels.ts'
import { type Problem, problemShape } from '../../src/gradient/problem.ts'
import { sumBlocksExact } from '../../src/gradient/twin/exact.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { exactArithmeticOver } from '../../src/reduce/arithmetic/exact.ts'
import { wordsOfSums } from '../reduce/exact-sums.ts'
import { bitsOf } from '../reduce/vectors.ts'
import { leastSquaresProblem, mlpProblem, partlyOddFloats, softmaxProblem } from './problems.ts'
import { floatsOf, randomRows, randomWords } from './random.ts'
import { ADAPTER } from './test-adapter.ts'

/** f32[blocks, length]: any bits, many of one exponent so that sums cross zero, zeros, subnormals, infinities and NaN. */
function oddPartials(seed: number, blocks: number, length: number): Float32Array {
  const kinds: readonly ((word: number) => number)[] = [
    (word) => word,
    (word) => (word & 0x807fffff) | 0x3f800000,
    (word) => (word & 0x80ffffff) | 0x4f000000,
    (word) => word & 0x807fffff,
    (word) => word & 0x80000000,
    (word) => (word & 0x807fffff) | 0x7f000000,
    () => 0x80000000,
    (word) => (word & 1 ? 0xff800000 : 0x7f800000 | (word % 3)),
  ]
  // All blocks of an element are of one kind or of two.
  const words = randomWords(seed, blocks * length).map((word, at) => {
    const element = at % length
    const kind = (element + (element % 3 === 0 ? at : 0)) % kinds.length
    return kinds[kind](word)
  })
  return floatsOf(words)
}

interface Sum {
  readonly firstBlock: number
  readonly blocks: number
  readonly goesOn: boolean
  readonly leaf: number
}

/** Runs the kernel over spans of the partials, one after the other. */
async function kernelSums(partial: Float32Array, length: number, leaves: number, sums: readonly Sum[]) {
  using gpu = await openDevice(ADAPTER)
  const builder = new DispatchBuilder(gpu, await compileKernels(gpu, ['sum-blocks-exact']))
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage
  const from = builder.buffer('partial', partial.byteLength, STORAGE | COPY_DST)
  builder.write(from, partial)
  const bytes = leaves * SUM_PLANES * length * 4
  const total = builder.buffer('total', bytes, STORAGE | COPY_SRC | COPY_DST)
  builder.write(total, new Uint32Array(bytes / 4).fill(0xdeadbeef))
  const readback = builder.buffer('readback', bytes, COPY_DST | MAP_READ)
  const encoder = gpu.device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  for (const { firstBlock, blocks, goesOn, leaf } of sums) {
    for (const [start, end] of [
      [3, length],
      [0, 3],
    ]) {
      const shape = [blocks, end - start, goesOn ? 1 : 0, THREADS_PER_GROUP_ROW, firstBlock, length, start]
      const params = builder.params(...shape, leaf * SUM_PLANES * length)
      encodeDispatch(pass, builder.dispatch('sum-blocks-exact', [params, from, total], end - start))
    }
  }
  pass.end()
  encoder.copyBufferToBuffer(total, 0, readback, 0, bytes)
  gpu.device.queue.submit([encoder.finish()])
  await gpu.wait(readback.mapAsync(GPUMapMode.READ))
  return new Uint32Array(readback.getMappedRange().slice(0), 0, bytes / 4)
}

describe('the kernel of exact sums', () => {
  it.each([
    { blocks: 1, length: 200 },
    { blocks: 2, length: 777 },
    { blocks: 9, length: 1000 },
    { blocks: 64, length: 130 },
  ])('adds $blocks blocks of $length as the twin does, and as BigInt does', async ({ blocks, length }) => {
    const partial = oddPartials(blocks, blocks, length)
    const got = await kernelSums(partial, length, 1, [{ firstBlock: 0, blocks, goesOn: false, leaf: 0 }])
    const twin = new Uint32Array(SUM_PLANES * length)
    sumBlocksExact(partial, length, twin)
    expect(got).toEqual(twin)
    const terms = Array.from({ length }, (_, i) => Array.from({ length: blocks }, (_, b) => partial[b * length + i]))
    expect(twin).toEqual(wordsOfSums(terms))
    const flags = twin.subarray(SUM_WORDS * length)
    const seen = flags.reduce((all, each) => all | each, 0)
    expect(seen).toBe(Object.values(SUM_FLAGS).reduce<number>((all, each) => all | each, 0))
    expect(flags).toContain(0)
  })

  it('goes on from what a total holds, leaf by leaf, and comes to the same words in any order of blocks', async () => {
    const length = 300
    const partial = oddPartials(77, 12, length)
    const got = await kernelSums(partial, length, 2, [
      { firstBlock: 7, blocks: 5, goesOn: false, leaf: 1 },
      { firstBlock: 4, blocks: 3, goesOn: false, leaf: 0 },
      { firstBlock: 0, blocks: 4, goesOn: true, leaf: 0 },
    ])
    for (const [leaf, [first, end]] of [
      [0, 7],
      [7, 12],
    ].entries()) {
      const want = new Uint32Array(SUM_PLANES * length)
      sumBlocksExact(partial.subarray(first * length, end * length), length, want)
      expect(got.subarray(leaf * want.length, (leaf + 1) * want.length)).toEqual(want)
    }
  })
})

const PROBLEMS: readonly [string, Problem][] = [
  ['least squares, odd values', leastSquaresProblem(700, 16, partlyOddFloats)],
  ['softmax regression', softmaxProblem(700, 16, 10)],
  ['a perceptron', mlpProblem(700, 4)],
]
const SETTINGS = { learningRate: 0.1, momentum: 0.9, batchRows: 500, exact: true }

/** A batch of which every leaf computes its positions. */
function partOf(batch: Uint32Array, places: readonly Uint32Array[], length: number): BatchPart {
  const positions = Uint32Array.from(places.flatMap((each) => [...each]))
  const leaves = places.map(({ length: rowCount }) => {
    // Longer than the vector for an evaluation, as a worker has them.
    return { rowCount, vector: new Float32Array(length), words: new Uint32Array(SUM_PLANES * (length + 5)) }
  })
  return { rows: positions.map((position) => batch[position]), positions, leaves }
}

/** Two steps and an evaluation, each reduced over its leaves: the bits of all that comes out. */
async function traceOf(engine: GradientEngine, problem: Problem, places: readonly Uint32Array[]): Promise<unknown> {
  const { vectorLength } = problemShape(problem)
  const rowCount = places.reduce((sum, { length }) => sum + length, 0)
  const [first, second] = [1, 2].map((seed) => partOf(randomRows(seed, rowCount, 700), places, vectorLength))
  const evaluation = partOf(randomRows(3, rowCount, 350), places, 2)
  const firstOutput = await engine.first(first)
  const secondOutput = await engine.step(sumOf(first), second, true)
  const last = await engine.finish(sumOf(second), evaluation)
  const hashes = [firstOutput, secondOutput, last].map(({ weightsHash }) => weightsHash)
  return { hashes, bits: [first, second, evaluation].map((part) => bitsOf(sumOf(part))), weights: last.weights }
}

function sumOf({ leaves }: BatchPart): Float32Array {
  const result = leaves[0].vector.slice()
  const wordsOf = new Map(leaves.map(({ words = expect.unreachable(), vector }) => [vector, { words, start: 0 }]))
  const arithmetic = exactArithmeticOver((vector) => wordsOf.get(vector) ?? expect.unreachable())
  const [own, ...others] = leaves.map(({ vector }) => ({ vector, sums: arithmetic.begin(vector) }))
  for (const { sums } of others) own.sums.add(sums.encode(0, result.length), 0)
  own.sums.finish()
  return own.vector.slice()
}

describe.each(PROBLEMS)('%s', (_name, problem) => {
  it('comes to the same bits however whole blocks are dealt, on the GPU as in the twin', async () => {
    const want = await traceOf(new TwinEngine(problem, SETTINGS), problem, dealBlocks(500, 1, 'contiguous'))
    for (const { leafCount, dealing } of [
      { leafCount: 1, dealing: 'contiguous' },
      { leafCount: 3, dealing: 'contiguous' },
      { leafCount: 8, dealing: 'contiguous' },
      { leafCount: 3, dealing: { seed: 5 } },
      { leafCount: 8, dealing: { seed: 1 } },
    ] as const) {
      const places = dealBlocks(500, leafCount, dealing)
      await using gpu = await GpuEngine.open(await openDevice(ADAPTER), problem, SETTINGS)
      expect(await traceOf(gpu, problem, places)).toEqual(want)
      if (leafCount === 3) expect(await traceOf(new TwinEngine(problem, SETTINGS), problem, places)).toEqual(want)
    }
  })
})

it('without `exact` other leaves come to other bits: the problem would show it', async () => {
  const problem = softmaxProblem(700, 16, 10)
  const vectorOver = async (leafCount: number): Promise<Uint32Array> => {
    const part = partOf(randomRows(1, 500, 700), dealBlocks(500, leafCount, 'contiguous'), 171)
    await new TwinEngine(problem, { ...SETTINGS, exact: false }).first(part)
    const [first, ...others] = part.leaves.map(({ vector }) => vector)
    return bitsOf(first.map((value, i) => others.reduce((sum, vector) => Math.fround(sum + vector[i]), value)))
  }
  expect(await vectorOver(3)).not.toEqual(await vectorOver(1))
})
