// Goal: every kernel, dispatched by GpuEngine on the embedded SwiftShader, gives the bits of its twin: vectors, weights,
// hash and evaluation sums over several steps, on shapes that do not fit blocks and tiles, with values at both ends of
// f32. A kernel that was changed is seen, and whatever goes wrong on the device fails the call in flight.
// Left out: the arithmetic below the kernels (arithmetic.test.ts), other adapters, speed, and a device lost by itself,
// which no call provokes.
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReducibleError } from '../../src/core/errors.ts'
import { type EngineSettings, hashText } from '../../src/gradient/engine.ts'
import { type OpenDevice, openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { kernelsDigest, kernelsFolder } from '../../src/gradient/gpu/kernels.ts'
import { type Problem, problemShape } from '../../src/gradient/problem.ts'
import { softmaxCrossEntropy } from '../../src/gradient/twin/losses.ts'
import { weightsHash } from '../../src/gradient/twin.ts'
import { type LeafOutput, OneLeaf, openGpuEngine, openTwin } from './one-leaf.ts'
import { leastSquaresProblem, mlpProblem, partlyOddFloats, softmaxProblem, tinyFloats } from './problems.ts'
import { bitsWithOneNaN, floatsOf, randomFloats, randomRows, randomWords } from './random.ts'
import { ADAPTER } from './test-adapter.ts'

/** Everything an engine said of a run, by step. Floats as bits, every NaN as 0x7fc00000. */
type Trace = ReadonlyMap<string, Uint32Array | string>

/** What the engines are asked: the rows of every step, and what is reduced after it. */
interface Script {
  readonly batches: readonly Uint32Array[]
  /** The reduced vector after a step; the engine's own where there is none, as on a single rank. */
  readonly reduced?: readonly Float32Array[]
  readonly settings?: Partial<EngineSettings>
}

function settingsOf({ batches, settings }: Script): EngineSettings {
  return { learningRate: 0.05, batchRows: batches[0].length, ...settings }
}

async function traceOf(engine: OneLeaf, problem: Problem, { batches, reduced }: Script): Promise<Trace> {
  const trace = new Map<string, Uint32Array | string>()
  const note = (step: number, { vector, weightsHash: hash, weights }: LeafOutput): void => {
    trace.set(`vector of step ${step}`, bitsWithOneNaN(vector)).set(`hash of step ${step}`, hash)
    if (weights) trace.set(`weights of step ${step}`, bitsWithOneNaN(weights))
  }
  let output = await engine.first(batches[0])
  note(0, output)
  for (let step = 1; step < batches.length; step++) {
    output = await engine.step(reduced?.[step - 1] ?? output.vector.slice(), batches[step], true)
    note(step, output)
  }
  const last = await engine.finish(reduced?.[batches.length - 1] ?? output.vector.slice(), evaluationRowsOf(problem))
  return trace
    .set('evaluation sums', bitsWithOneNaN(last.sums))
    .set('last weights', bitsWithOneNaN(last.weights))
    .set('last hash', last.weightsHash)
}

function evaluationRowsOf({ evaluation }: Problem): Uint32Array {
  return randomRows(55, evaluation.rowCount, evaluation.rowCount)
}

async function gpuTrace(problem: Problem, script: Script, folder?: string): Promise<Trace> {
  await using engine = await openGpuEngine(problem, settingsOf(script), folder)
  return await traceOf(engine, problem, script)
}

async function twinTrace(problem: Problem, script: Script): Promise<Trace> {
  return traceOf(openTwin(problem, settingsOf(script)), problem, script)
}

/** One line per part of the traces that differs, with the first element that does. */
function differences(got: Trace, want: Trace): string[] {
  expect([...got.keys()]).toEqual([...want.keys()])
  return [...want].flatMap(([part, expected]) => {
    const actual = got.get(part)
    if (typeof expected === 'string' || !(actual instanceof Uint32Array)) {
      return actual === expected ? [] : [`${part}: got ${actual}, want ${expected}`]
    }
    const at = expected.findIndex((word, i) => actual[i] !== word)
    if (at < 0 && actual.length === expected.length) return []
    return [`${part}[${at}] of ${expected.length}: got ${actual[at]?.toString(16)}, want ${expected[at]?.toString(16)}`]
  })
}

async function gpuAgainstTwin(problem: Problem, script: Script): Promise<{ want: Trace; different: string[] }> {
  const want = await twinTrace(problem, script)
  return { want, different: differences(await gpuTrace(problem, script), want) }
}

/** Rows in random order: others every step, then the same again, then one row fewer, then others. */
function minibatches(problem: Problem, rowCount: number): Uint32Array[] {
  const rows = (seed: number, count: number): Uint32Array => randomRows(seed, count, problem.train.rowCount)
  const fewer = Math.max(1, rowCount - 1)
  return [rows(60, rowCount), rows(61, rowCount), rows(61, rowCount), rows(62, fewer), rows(63, rowCount)]
}

function temporaryKernels(): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
  cpSync(kernelsFolder, folder, { recursive: true })
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** Replaces the one place of a kernel file that reads `from`. */
function change(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text.split(from)).toHaveLength(2)
  writeFileSync(join(folder, file), text.replace(from, to))
}

describe('least squares on the GPU', () => {
  const shapes = [1, 63, 64, 65, 200].flatMap((rows) => [1, 16, 784].map((columns) => ({ rows, columns })))

  it.each(shapes)('gives the bits of the twin on $rows rows of $columns columns', async ({ rows, columns }) => {
    const problem = leastSquaresProblem(300, columns)
    const { different } = await gpuAgainstTwin(problem, { batches: minibatches(problem, rows) })
    expect(different).toEqual([])
  })

  it.each([
    { rows: 4097, columns: 16, what: 'one row more than a tile' },
    { rows: 8229, columns: 1, what: 'three tiles' },
    { rows: 4100, columns: 784, what: 'a gather of more than 65,535 workgroups' },
  ])('gives the bits of the twin on $what', async ({ rows, columns }) => {
    const problem = leastSquaresProblem(rows, columns)
    const batches = [21, 22].map((seed) => randomRows(seed, rows, rows))
    const { different } = await gpuAgainstTwin(problem, { batches })
    expect(different).toEqual([])
  })

  it('gives the bits of the twin on subnormals, negative zeros and huge values', async () => {
    const problem = leastSquaresProblem(150, 16, partlyOddFloats)
    const batches = minibatches(problem, 100)
    const reduced = [31, 32, 33, 34, 35].map((seed) => partlyOddFloats(seed, 17))
    const { want, different } = await gpuAgainstTwin(problem, { batches, reduced, settings: { learningRate: 1 } })
    expect(different).toEqual([])
    expect(kindsOf(want)).toEqual({ finite: true, infinite: true, nan: true })
  })

  it('gives the bits of the twin where every value is about 2^-126', async () => {
    const problem = leastSquaresProblem(150, 16, tinyFloats)
    const reduced = [41, 42, 43, 44, 45].map((seed) => tinyFloats(seed, 17))
    const settings = { learningRate: 1, batchRows: 2 } // a factor of 1: the weights are sums of the reduced values
    const { want, different } = await gpuAgainstTwin(problem, { batches: minibatches(problem, 100), reduced, settings })
    expect(different).toEqual([])
    const weights = want.get('last weights') as Uint32Array
    expect(weights.some((word) => (word & 0x7fffffff) > 0x800000)).toBe(true)
    expect(weights.every((word) => (word & 0x7fffffff) === 0 || (word & 0x7fffffff) > 0x800000)).toBe(true)
  })
})

describe('softmax regression on the GPU', () => {
  const shapes = [1, 63, 65, 200].flatMap((rows) =>
    [
      { columns: 4, outputs: 2 },
      { columns: 16, outputs: 10 },
      { columns: 784, outputs: 10 },
    ].map((shape) => ({ rows, ...shape })),
  )

  it.each(shapes)(
    'gives the bits of the twin on $rows rows of $columns columns and $outputs classes',
    async (shape) => {
      const problem = softmaxProblem(300, shape.columns, shape.outputs)
      const { different } = await gpuAgainstTwin(problem, { batches: minibatches(problem, shape.rows) })
      expect(different).toEqual([])
    },
  )

  it.each([
    { rows: 4097, columns: 16, outputs: 10, what: 'one row more than a tile' },
    { rows: 4097, columns: 2052, outputs: 1, what: 'a gather of more than 65,535 workgroups' },
    { rows: 3, columns: 784, outputs: 32, what: 'more weights than the hash has threads' },
  ])('gives the bits of the twin on $what', async ({ rows, columns, outputs }) => {
    const problem = softmaxProblem(rows, columns, outputs)
    const batches = [23, 24].map((seed) => randomRows(seed, rows, rows))
    const { different } = await gpuAgainstTwin(problem, { batches })
    expect(different).toEqual([])
  })

  it('gives the bits of the twin with weights so large that exponentials vanish and losses reach hundreds', async () => {
    const problem = softmaxProblem(100, 16, 10)
    const reduced = [51, 52, 53, 54, 55].map((seed) => randomFloats(seed, 171, -4000, 4000))
    const { want, different } = await gpuAgainstTwin(problem, { batches: minibatches(problem, 100), reduced })
    expect(different).toEqual([])
    expect(floatsOf(want.get('evaluation sums') as Uint32Array)[0]).toBeGreaterThan(100)
  })

  it('gives the bits of the twin with subnormal and huge sums to learn from, until losses are infinite', async () => {
    const problem = softmaxProblem(100, 16, 10)
    const reduced = [61, 62, 63, 64, 65].map((seed) => partlyOddFloats(seed, 171))
    const settings = { learningRate: 1, batchRows: 1 }
    const { want, different } = await gpuAgainstTwin(problem, { batches: minibatches(problem, 100), reduced, settings })
    expect(different).toEqual([])
    expect(kindsOf(want)).toEqual({ finite: true, infinite: true, nan: false })
  })

  it('counts the first of equal logits as the answer, as the twin does', async () => {
    const problem = softmaxProblem(100, 16, 10)
    const reduced = [1, 2].map(() => new Float32Array(171)) // the weights stay 0, so all logits are equal
    const { want, different } = await gpuAgainstTwin(problem, {
      batches: minibatches(problem, 50).slice(0, 2),
      reduced,
    })
    expect(different).toEqual([])
    const { labels } = problem.evaluation
    const zeros = evaluationRowsOf(problem).filter((row) => labels[row] === 0).length
    expect(zeros).toBeGreaterThan(0)
    expect(floatsOf(want.get('evaluation sums') as Uint32Array)[1]).toBe(zeros)
  })
})

/** Which kinds of numbers the vectors and weights of a trace hold. */
function kindsOf(trace: Trace): { finite: boolean; infinite: boolean; nan: boolean } {
  const magnitudes = [...trace.values()]
    .filter((part) => part instanceof Uint32Array)
    .flatMap((words) => [...words].map((word) => word & 0x7fffffff))
  return {
    finite: magnitudes.some((magnitude) => magnitude > 0 && magnitude < 0x7f800000),
    infinite: magnitudes.includes(0x7f800000),
    nan: magnitudes.includes(0x7fc00000),
  }
}

describe('the count of work', () => {
  it('has one update a step, none in the first call, and a time taken by the GPU', async () => {
    const problem = leastSquaresProblem(100, 16)
    const rows = randomRows(70, 100, 100)
    await using engine = await openGpuEngine(problem, { learningRate: 0.05, batchRows: 100 })
    const first = await engine.first(rows)
    const step = await engine.step(first.vector.slice(), rows, false)
    const last = await engine.finish(step.vector.slice(), Uint32Array.of(0))
    expect([first, step, last].map(({ work }) => work.updateDispatches)).toEqual([0, 1, 1])
    expect(first.work.dispatches).toBeGreaterThan(0)
    expect(step.work.dispatches).toBe(first.work.dispatches + 1)
    for (const { work } of [first, step, last]) expect(work.gpuNs).toBeGreaterThan(0)
    expect(step.weights).toBeUndefined()
  })

  it('is zero, without a time, for the twin', async () => {
    const twin = openTwin(leastSquaresProblem(10, 4), { learningRate: 0.05, batchRows: 10 })
    const { work } = await twin.first(Uint32Array.of(0, 1))
    expect(work).toEqual({ dispatches: 0, updateDispatches: 0, gpuNs: null, updateGpuNs: null })
  })
})

describe('the digest of the kernels', () => {
  const problem = leastSquaresProblem(150, 16)
  const script: Script = { batches: minibatches(problem, 100) }

  it('is that of an untouched copy, and so are the weights', async () => {
    using copy = temporaryKernels()
    expect(kernelsDigest(copy.folder)).toBe(kernelsDigest())
    expect(differences(await gpuTrace(problem, script, copy.folder), await gpuTrace(problem, script))).toEqual([])
  })

  it.each([
    ['sgd-update.wgsl', 'mul(params.learningRate, gradient)', 'mul(params.learningRate, mul(gradient, 1.0000001))'],
    ['dense-gradient.wgsl', 'blockStarts[id.y + 1u]', 'blockStarts[id.y + 1u] - 1u'],
  ])('changes with one constant of %s, and so does the hash of the weights', async (file, from, to) => {
    using copy = temporaryKernels()
    change(copy.folder, file, from, to)
    expect(kernelsDigest(copy.folder)).not.toBe(kernelsDigest())
    const changed = await gpuTrace(problem, script, copy.folder)
    expect(changed.get('last hash')).not.toBe((await twinTrace(problem, script)).get('last hash'))
  })

  it('changes with one more kernel, and not with a file that is none', () => {
    using copy = temporaryKernels()
    writeFileSync(join(copy.folder, 'notes.md'), 'no kernel')
    expect(kernelsDigest(copy.folder)).toBe(kernelsDigest())
    cpSync(join(copy.folder, 'mean-loss.wgsl'), join(copy.folder, 'mean-loss-2.wgsl'))
    expect(kernelsDigest(copy.folder)).not.toBe(kernelsDigest())
  })
})

/** One fault per file of kernels/, small enough to be overlooked. */
const FAULTS: readonly { file: string; loss: Problem['loss']; from: string; to: string }[] = [
  {
    file: 'arithmetic.wgsl',
    loss: 'softmax-cross-entropy',
    from: 'return settle(a * b)',
    to: 'return settle(b * a * 1.0000001)',
  },
  {
    file: 'dense-backward.wgsl',
    loss: 'mlp-cross-entropy',
    from: 'mul(sums[i], params.scale)',
    to: 'mul(sums[i], 1.0)',
  },
  { file: 'dense-forward.wgsl', loss: 'softmax-cross-entropy', from: 'w[wk + 3u * outputs]', to: 'w[wk + outputs]' },
  {
    file: 'dense-gradient.wgsl',
    loss: 'least-squares',
    from: 'blockStarts[id.y + 1u]',
    to: 'blockStarts[id.y + 1u] - 1u',
  },
  {
    file: 'four-sums.wgsl',
    loss: 'least-squares',
    from: 'add(sums.w, mul(a.w, b))',
    to: 'sums.w + a.w * b * 1.0000001',
  },
  { file: 'gather-rows-f32.wgsl', loss: 'least-squares', from: 'load(targets[sourceRow])', to: 'load(targets[row])' },
  { file: 'gather-rows-u8.wgsl', loss: 'softmax-cross-entropy', from: '0.003921568859368563', to: '0.0039215684' },
  { file: 'gather-shifted-u8.wgsl', loss: 'mlp-cross-entropy', from: 'position, 0u', to: 'position, 1u' },
  { file: 'least-squares.wgsl', loss: 'least-squares', from: 'hit[row] = 0.0', to: 'hit[row] = 1.0' },
  { file: 'mean-loss.wgsl', loss: 'least-squares', from: 'var stride = 32u', to: 'var stride = 16u' },
  {
    file: 'momentum-update.wgsl',
    loss: 'mlp-cross-entropy',
    from: 'velocity[i] = v',
    to: 'velocity[i] = v * 0.9999999',
  },
  { file: 'relu-dropout.wgsl', loss: 'mlp-cross-entropy', from: 'params.firstUnit + index', to: 'index' },
  { file: 'sgd-update.wgsl', loss: 'least-squares', from: 'mul(params.scale, load(sum[i]))', to: 'load(sum[i])' },
  {
    file: 'softmax-cross-entropy.wgsl',
    loss: 'softmax-cross-entropy',
    from: 'select(0.0, -1.0',
    to: 'select(0.0, -0.9999999',
  },
  { file: 'streams.wgsl', loss: 'mlp-cross-entropy', from: 'key.x + 5u', to: 'key.x + 4u' },
  { file: 'sum-blocks-exact.wgsl', loss: 'softmax-cross-entropy', from: 'u32(sum < old)', to: 'u32(sum < step - 1u)' },
  { file: 'sum-blocks.wgsl', loss: 'least-squares', from: 'var b = 1u', to: 'var b = 2u' },
  { file: 'weights-hash.wgsl', loss: 'least-squares', from: '0x846ca68bu', to: '0x846ca68du' },
]

/** The files a compiler can trip over: shared ones in front, a kernel behind one and behind two, a kernel without any. */
const UNCOMPILED = FAULTS.filter(({ file }) =>
  /^(arithmetic|streams|relu-dropout|softmax-cross-entropy|weights-hash)\.wgsl$/.test(file),
)

function problemWith(loss: Problem['loss']): Problem {
  switch (loss) {
    case 'least-squares':
      return leastSquaresProblem(150, 16)
    case 'softmax-cross-entropy':
      return softmaxProblem(150, 16, 10)
    case 'mlp-cross-entropy':
      return mlpProblem(150, 4)
  }
}

describe('a fault planted in a kernel', () => {
  it('is tried in every file of kernels/', () => {
    const files = readdirSync(kernelsFolder).filter((file) => file.endsWith('.wgsl'))
    expect(files.toSorted()).toEqual(FAULTS.map(({ file }) => file))
  })

  it.each(FAULTS)('is seen in $file', async ({ file, loss, from, to }) => {
    const problem = problemWith(loss)
    const settings = { momentum: loss === 'mlp-cross-entropy' ? 0.9 : 0, exact: file === 'sum-blocks-exact.wgsl' }
    const script: Script = { batches: minibatches(problem, 100), settings }
    using copy = temporaryKernels()
    const want = await twinTrace(problem, script)
    expect(differences(await gpuTrace(problem, script, copy.folder), want)).toEqual([])
    change(copy.folder, file, from, to)
    expect(differences(await gpuTrace(problem, script, copy.folder), want)).not.toEqual([])
  })

  it.each(UNCOMPILED)('that keeps $file from compiling ends the opening', async ({ file, loss }) => {
    const failure = await rejectionOf(openingWithFaultyLine(file, loss))
    expect(failure.code).toBe('gpu-failed')
    expect(failure.message).toMatch(/does not compile: .*unknownFunction/)
  })

  it.each(UNCOMPILED)('that keeps $file from compiling is named by file and line', async ({ file, loss }) => {
    const lines = readFileSync(join(kernelsFolder, file), 'utf8').trimEnd().split('\n').length
    const { message } = await rejectionOf(openingWithFaultyLine(file, loss))
    expect(message).toContain(`kernels/${file}:${lines + 1}:`)
  })
})

/** Opens an engine over a copy of the kernels whose file has one more line at its end, which does not compile. */
async function openingWithFaultyLine(file: string, loss: Problem['loss']): Promise<void> {
  using copy = temporaryKernels()
  appendFileSync(join(copy.folder, file), 'fn planted() -> f32 { return unknownFunction(); }\n')
  await using _engine = await openGpuEngine(problemWith(loss), { learningRate: 1, batchRows: 1 }, copy.folder)
}

/** The ReducibleError a promise rejects with; anything else fails the test. */
async function rejectionOf(promise: Promise<unknown>): Promise<ReducibleError> {
  const thrown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(thrown instanceof ReducibleError)) throw new Error(`want a ReducibleError, got ${String(thrown)}`)
  return thrown
}

describe('an open device', () => {
  const problem = leastSquaresProblem(10, 4)
  const rows = Uint32Array.of(3, 1, 4)
  let gpu: OpenDevice
  let engine: OneLeaf

  beforeAll(async () => {
    gpu = await openDevice(ADAPTER)
    engine = new OneLeaf(await GpuEngine.open(gpu, problem, { learningRate: 1, batchRows: 3 }), problem)
  })

  afterAll(() => engine[Symbol.asyncDispose]())

  /** Whether the device has failed by the next turn of the event loop. */
  const hasFailed = ({ failure }: OpenDevice): Promise<boolean> =>
    Promise.race([failure.catch(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))])

  const queueIsEmpty = (): Promise<string> => gpu.wait(gpu.device.queue.onSubmittedWorkDone().then(() => 'done'))

  it('waits for its queue and answers an engine while nothing is wrong', async () => {
    expect(await queueIsEmpty()).toBe('done')
    expect((await engine.first(rows)).vector).toHaveLength(problemShape(problem).vectorLength)
    expect(await hasFailed(gpu)).toBe(false)
  })

  it('turns an invalid call into the failure of the next wait, and of every later one', async () => {
    gpu.device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE })
    for (const next of [() => engine.step(new Float32Array(5), rows, false), queueIsEmpty, queueIsEmpty]) {
      const failure = await rejectionOf(next())
      expect(failure.code).toBe('gpu-failed')
      expect(failure.message).toMatch(/invalid GPU work: .*usage/s)
      expect(failure.message).toContain(`on adapter ${ADAPTER}`)
    }
    expect(await hasFailed(gpu)).toBe(true)
  })

  it('that was destroyed on purpose ends a wait instead of hanging it, and reports no failure', async () => {
    const closed = await openDevice(ADAPTER)
    const buffer = closed.device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ })
    const mapping = closed.wait(buffer.mapAsync(GPUMapMode.READ))
    closed[Symbol.dispose]()
    expect((await closed.device.lost).reason).toBe('destroyed')
    await expect(mapping).rejects.toThrow()
    expect(await hasFailed(closed)).toBe(false)
  })
})

describe('what once went wrong', () => {
  it('the loss of a row is NaN where a logit of another class is', () => {
    const { rowLoss } = softmaxCrossEntropy(Float32Array.of(0, Number.NaN, 1), Float32Array.of(0))
    expect(rowLoss[0]).toBeNaN()
  })

  it.each([2, 100])(
    'a reduced vector of another length is refused by the GPU engine, as by the twin: %i',
    async (length) => {
      const problem = leastSquaresProblem(10, 4)
      const wrong = (engine: OneLeaf): Promise<unknown> =>
        engine.step(new Float32Array(length), Uint32Array.of(0), false)
      const settings = { learningRate: 1, batchRows: 1 }
      await expect(wrong(openTwin(problem, settings))).rejects.toThrow()
      await using engine = await openGpuEngine(problem, settings)
      await expect(wrong(engine)).rejects.toThrow()
    },
  )

  it('an array of rows that its caller fills anew is read anew', async () => {
    await using engine = await openGpuEngine(leastSquaresProblem(10, 4), { learningRate: 1, batchRows: 1 })
    const rows = Uint32Array.of(3)
    const { vector } = await engine.first(rows)
    rows[0] = 4
    const again = await engine.step(new Float32Array(5), rows, false)
    expect(bitsWithOneNaN(again.vector)).not.toEqual(bitsWithOneNaN(vector))
  })
})

describe('the hash of the weights', () => {
  const words = randomWords(80, 1000).map((word) => word & 0xbfffffff)
  const hashOf = (bits: Uint32Array): string => hashText(weightsHash(floatsOf(bits)))
  const withWord = (at: number, word: number): Uint32Array => words.with(at, word)

  it('is the same for the same weights', () => {
    expect(hashOf(words.slice())).toBe(hashOf(words))
  })

  it('changes with every bit of a weight', () => {
    const flipped = Array.from({ length: 32 }, (_, bit) => hashOf(withWord(500, words[500] ^ (1 << bit))))
    expect(new Set([hashOf(words), ...flipped]).size).toBe(33)
  })

  it('changes when weights trade places', () => {
    const swapped = words.with(1, words[2]).with(2, words[1])
    const rotated = Uint32Array.of(...words.subarray(1), words[0])
    expect(new Set([words, swapped, rotated, words.toReversed()].map(hashOf)).size).toBe(4)
  })

  it('tells the two zeros apart, and a weight from a missing one', () => {
    expect(hashOf(withWord(3, 0))).not.toBe(hashOf(withWord(3, 0x80000000)))
    expect(hashOf(words.subarray(1))).not.toBe(hashOf(words))
    expect(hashOf(Uint32Array.of(0, 0))).not.toBe(hashOf(Uint32Array.of(0)))
  })

  it('takes every NaN for the same one', () => {
    const nans = [0x7fc00000, 0x7f800001, 0xffc00000, 0xffffffff, 0x7fffffff].map((word) => hashOf(withWord(9, word)))
    expect(new Set(nans).size).toBe(1)
    expect(nans[0]).not.toBe(hashOf(withWord(9, 0x7f800000)))
  })
})
