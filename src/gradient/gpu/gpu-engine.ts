import assert from 'node:assert'
import {
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  ROWS_PER_BLOCK,
  ROWS_PER_TILE,
  type StepOutput,
  tilesOf,
  type WorkCount,
} from '../engine.ts'
import { type ByteRows, type DenseRows, type Problem, type ProblemShape, problemShape } from '../problem.ts'
import type { OpenDevice } from './device.ts'
import { compileKernels, type Kernel, type KernelName } from './kernels.ts'

/** One dispatch, everything bound. */
interface Dispatch {
  readonly kernel: Kernel
  readonly buffers: GPUBindGroup
  readonly groups: readonly [number, number]
}

/** A source of rows on the GPU: the data whole, and the ids of the rows in use. */
interface ResidentRows {
  readonly columns: number
  readonly gather: KernelName
  readonly features: GPUBuffer
  readonly answers: GPUBuffer
}

/** A dispatch list that turns the rows in `rowIds` into one vector, and the buffer it lands in. */
interface RowsPlan {
  readonly rowIds: GPUBuffer
  readonly rowCount: number
  readonly dispatches: readonly Dispatch[]
  readonly total: GPUBuffer
  readonly totalLength: number
}

const HASH_BYTES = 16
const TIMESTAMP_BYTES = 16

/**
 * SGD shard gradients, the update and the weights' hash as WGSL dispatches. One submit and one mapping per call.
 * Weights stay on the GPU; what the coordinator learns of them is read back from there.
 */
export class GpuEngine implements GradientEngine {
  readonly #gpu: OpenDevice
  readonly #shape: ProblemShape
  readonly #kernels: ReadonlyMap<KernelName, Kernel>
  readonly #problem: Problem
  readonly #weights: GPUBuffer
  readonly #reduced: GPUBuffer
  readonly #hash: GPUBuffer
  readonly #readback: GPUBuffer
  readonly #timestamps: { readonly set: GPUQuerySet; readonly resolved: GPUBuffer } | undefined
  readonly #train: ResidentRows
  readonly #evaluation: ResidentRows
  readonly #update: Dispatch
  readonly #hashWeights: Dispatch
  #gradientPlan: RowsPlan | undefined
  #lastRows: Uint32Array | undefined

  /** Uploads the data, compiles every kernel and runs each once. @param kernelsFolder for tests that change a kernel. */
  static async open(
    gpu: OpenDevice,
    problem: Problem,
    settings: EngineSettings,
    kernelsFolder?: string,
  ): Promise<GpuEngine> {
    const kernels = await compileKernels(gpu, kernelsOf(problem), kernelsFolder)
    const engine = new GpuEngine(gpu, problem, settings, kernels)
    await engine.#warm()
    return engine
  }

  private constructor(
    gpu: OpenDevice,
    problem: Problem,
    settings: EngineSettings,
    kernels: ReadonlyMap<KernelName, Kernel>,
  ) {
    const shape = problemShape(problem)
    const { device } = gpu
    this.#gpu = gpu
    this.#problem = problem
    this.#shape = shape
    this.#kernels = kernels
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ, QUERY_RESOLVE } = GPUBufferUsage
    this.#weights = this.#buffer('weights', shape.weightCount * 4, STORAGE | COPY_SRC)
    this.#reduced = this.#buffer('reduced gradient', shape.vectorLength * 4, STORAGE | COPY_DST)
    this.#hash = this.#buffer('weights hash', HASH_BYTES, STORAGE | COPY_SRC | COPY_DST)
    const readbackBytes = (shape.vectorLength + shape.weightCount) * 4 + HASH_BYTES + TIMESTAMP_BYTES + 8
    this.#readback = this.#buffer('readback', readbackBytes, COPY_DST | MAP_READ)
    if (device.features.has('timestamp-query')) {
      this.#timestamps = {
        set: device.createQuerySet({ type: 'timestamp', count: 2 }),
        resolved: this.#buffer('timestamps', TIMESTAMP_BYTES, QUERY_RESOLVE | COPY_SRC),
      }
    }
    this.#train = this.#upload(problem.train)
    this.#evaluation = problem.evaluation === problem.train ? this.#train : this.#upload(problem.evaluation)
    const scale = shape.gradientFactor / settings.batchRows
    this.#update = this.#dispatch(
      'sgd-update',
      this.#params(shape.weightCount, floatBits(settings.learningRate), floatBits(scale), THREADS_PER_GROUP_ROW),
      [this.#reduced, this.#weights],
      shape.weightCount,
    )
    const hashThreads = Math.min(shape.weightCount, MAX_HASH_THREADS)
    this.#hashWeights = this.#dispatch(
      'weights-hash',
      this.#params(shape.weightCount, hashThreads),
      [this.#weights, this.#hash],
      hashThreads,
    )
  }

  async first(rows: Uint32Array): Promise<StepOutput> {
    return this.#gradient([], rows, false)
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean): Promise<StepOutput> {
    this.#uploadReduced(reduced)
    return this.#gradient([this.#update], rows, wantWeights)
  }

  async finish(reduced: Float32Array, rows: Uint32Array): Promise<EvaluationOutput> {
    this.#uploadReduced(reduced)
    const plan = this.#planRows(this.#evaluation, rows.length, 'evaluation')
    this.#upload4(plan.rowIds, rows)
    const { vector, weights, ...rest } = await this.#submit([this.#update], plan, true)
    assert(weights !== undefined)
    return { sums: vector, weights, ...rest }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gpu[Symbol.dispose]()
  }

  async #gradient(before: readonly Dispatch[], rows: Uint32Array, wantWeights: boolean): Promise<StepOutput> {
    if (this.#gradientPlan?.rowCount !== rows.length) {
      this.#gradientPlan = this.#planRows(this.#train, rows.length, 'gradient')
      this.#lastRows = undefined
    }
    if (!sameRows(this.#lastRows, rows)) this.#upload4(this.#gradientPlan.rowIds, rows)
    this.#lastRows = rows.slice() // the caller may fill its array anew
    return this.#submit(before, this.#gradientPlan, wantWeights)
  }

  /** One submit and one mapping: `before`, the hash of the weights it leaves, then the plan over its rows. */
  async #submit(before: readonly Dispatch[], plan: RowsPlan, wantWeights: boolean): Promise<StepOutput> {
    const { device } = this.#gpu
    const dispatches = [...before, this.#hashWeights, ...plan.dispatches]
    const encoder = device.createCommandEncoder()
    const timed = this.#timestamps
    encoder.clearBuffer(this.#hash)
    const pass = encoder.beginComputePass(
      timed && { timestampWrites: { querySet: timed.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 } },
    )
    for (const { kernel, buffers, groups } of dispatches) {
      pass.setPipeline(kernel.pipeline)
      pass.setBindGroup(0, buffers)
      if (kernel.runtimeZero) pass.setBindGroup(1, kernel.runtimeZero)
      pass.dispatchWorkgroups(...groups)
    }
    pass.end()

    const vectorAt = HASH_BYTES + TIMESTAMP_BYTES
    const weightsAt = vectorAt + plan.totalLength * 4
    const usedBytes = weightsAt + (wantWeights ? this.#shape.weightCount * 4 : 0)
    encoder.copyBufferToBuffer(this.#hash, 0, this.#readback, 0, HASH_BYTES)
    if (timed) {
      encoder.resolveQuerySet(timed.set, 0, 2, timed.resolved, 0)
      encoder.copyBufferToBuffer(timed.resolved, 0, this.#readback, HASH_BYTES, TIMESTAMP_BYTES)
    }
    encoder.copyBufferToBuffer(plan.total, 0, this.#readback, vectorAt, plan.totalLength * 4)
    if (wantWeights) encoder.copyBufferToBuffer(this.#weights, 0, this.#readback, weightsAt, usedBytes - weightsAt)
    device.queue.submit([encoder.finish()])

    await this.#gpu.wait(this.#readback.mapAsync(GPUMapMode.READ, 0, padTo(usedBytes, 8)))
    const bytes = this.#readback.getMappedRange(0, padTo(usedBytes, 8)).slice(0)
    this.#readback.unmap()
    const work: WorkCount = {
      dispatches: dispatches.length,
      updateDispatches: before.length,
      gpuNs: timed ? elapsedNs(new BigUint64Array(bytes, HASH_BYTES, 2)) : null,
    }
    return {
      vector: new Float32Array(bytes, vectorAt, plan.totalLength),
      weightsHash: hashText(new Uint32Array(bytes, 0, 4)),
      weights: wantWeights ? new Float32Array(bytes, weightsAt, this.#shape.weightCount) : undefined,
      work,
    }
  }

  /** The dispatches that turn `rowCount` rows of a source into one vector: gather, loss, then gradient or metric sums. */
  #planRows(source: ResidentRows, rowCount: number, purpose: 'gradient' | 'evaluation'): RowsPlan {
    assert(rowCount > 0)
    const { outputs, columns, biasRows, vectorLength } = this.#shape
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage
    const tiles = tilesOf(rowCount)
    const scratchRows = Math.min(ROWS_PER_TILE, rowCount)
    const totalLength = purpose === 'gradient' ? vectorLength : 2
    const partialCount = purpose === 'gradient' ? Math.ceil(rowCount / ROWS_PER_BLOCK) : tiles.length
    const rowIds = this.#buffer('row ids', rowCount * 4, STORAGE | COPY_DST)
    const x = this.#buffer('features', scratchRows * columns * 4, STORAGE)
    const y = this.#buffer('answers', scratchRows * 4, STORAGE)
    const delta = this.#buffer('delta', scratchRows * outputs * 4, STORAGE)
    const logits = this.#buffer('logits', scratchRows * outputs * 4, STORAGE)
    const rowLoss = this.#buffer('row losses', scratchRows * 4, STORAGE)
    const hit = this.#buffer('hits', scratchRows * 4, STORAGE)
    const partial = this.#buffer('partial sums', partialCount * totalLength * 4, STORAGE)
    const total = this.#buffer('total', totalLength * 4, STORAGE | COPY_SRC)

    const dispatches = tiles.flatMap(({ first, rows }, tile) => {
      const gatherWidth = (source.gather === 'gather-rows-u8' ? columns / 4 : columns) + 1
      const gather = this.#dispatch(
        source.gather,
        this.#params(rows, columns, first, THREADS_PER_GROUP_ROW),
        [source.features, source.answers, rowIds, x, y],
        rows * gatherWidth,
      )
      const loss =
        this.#problem.loss === 'least-squares'
          ? [
              this.#dispatch(
                'least-squares',
                this.#params(rows, columns),
                [x, this.#weights, y, delta, rowLoss, hit],
                rows,
              ),
            ]
          : [
              this.#dispatch(
                'dense-forward',
                this.#params(rows, columns, outputs, THREADS_PER_GROUP_ROW),
                [x, this.#weights, logits],
                rows * outputs,
              ),
              this.#dispatch(
                'softmax-cross-entropy',
                this.#params(rows, outputs),
                [logits, y, delta, rowLoss, hit],
                rows,
              ),
            ]
      const sums =
        purpose === 'gradient'
          ? this.#dispatch(
              'dense-gradient',
              this.#params(rows, columns, outputs, biasRows, first / ROWS_PER_BLOCK),
              [x, delta, rowLoss, partial],
              vectorLength,
              Math.ceil(rows / ROWS_PER_BLOCK),
            )
          : this.#dispatch('mean-loss', this.#params(rows, tile), [rowLoss, hit, partial], 1)
      return [gather, ...loss, sums]
    })
    const sum = this.#dispatch('sum-blocks', this.#params(partialCount, totalLength), [partial, total], totalLength)
    return { rowIds, rowCount, dispatches: [...dispatches, sum], total, totalLength }
  }

  #upload(source: DenseRows | ByteRows): ResidentRows {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST
    const features = this.#buffer('data', padTo(source.features.byteLength, 4), usage)
    this.#upload4(features, source.features)
    const answers = this.#buffer('all answers', source.rowCount * 4, usage)
    this.#upload4(answers, source.kind === 'u8' ? Uint32Array.from(source.labels) : source.targets)
    const gather = source.kind === 'u8' ? 'gather-rows-u8' : 'gather-rows-f32'
    return { columns: source.columns, gather, features, answers }
  }

  #uploadReduced(reduced: Float32Array): void {
    assert.equal(reduced.length, this.#shape.vectorLength)
    this.#upload4(this.#reduced, reduced)
  }

  /** writeBuffer, whose length must be a multiple of four bytes. */
  #upload4(buffer: GPUBuffer, values: Float32Array | Uint32Array | Uint8Array): void {
    this.#gpu.device.queue.writeBuffer(buffer, 0, values as Float32Array<ArrayBuffer>)
  }

  #dispatch(name: KernelName, params: GPUBuffer, storage: readonly GPUBuffer[], threads: number, rows = 1): Dispatch {
    const kernel = this.#kernels.get(name)
    assert(kernel !== undefined)
    const buffers = this.#gpu.device.createBindGroup({
      label: name,
      layout: kernel.pipeline.getBindGroupLayout(0),
      entries: [params, ...storage].map((buffer, binding) => ({ binding, resource: { buffer } })),
    })
    const groups = Math.ceil(threads / 64)
    const wide = Math.min(groups, GROUPS_PER_ROW)
    return { kernel, buffers, groups: rows > 1 ? [groups, rows] : [wide, Math.ceil(groups / wide)] }
  }

  #params(...words: number[]): GPUBuffer {
    const buffer = this.#buffer('params', 32, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)
    this.#upload4(buffer, Uint32Array.from(words))
    return buffer
  }

  #buffer(label: string, bytes: number, usage: number): GPUBuffer {
    return this.#gpu.device.createBuffer({ label, size: Math.max(padTo(bytes, 8), 16), usage })
  }

  /** Runs every pipeline once, with a learning rate that finds zero gradients, so that step 1 pays no first use. */
  async #warm(): Promise<void> {
    await this.#gradient([this.#update], Uint32Array.of(0), false)
    const plan = this.#planRows(this.#evaluation, 1, 'evaluation')
    await this.#submit([], plan, false)
  }
}

/** A dispatch wider than 65,535 groups is folded into rows of this many groups. */
const GROUPS_PER_ROW = 32768
const THREADS_PER_GROUP_ROW = GROUPS_PER_ROW * 64
const MAX_HASH_THREADS = 16384

function kernelsOf(problem: Problem): KernelName[] {
  const common: KernelName[] = ['dense-gradient', 'sum-blocks', 'mean-loss', 'sgd-update', 'weights-hash']
  return problem.loss === 'least-squares'
    ? ['gather-rows-f32', 'least-squares', ...common]
    : ['gather-rows-u8', 'dense-forward', 'softmax-cross-entropy', ...common]
}

function sameRows(a: Uint32Array | undefined, b: Uint32Array): boolean {
  return a === b || (a !== undefined && a.length === b.length && a.every((row, i) => row === b[i]))
}

function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]
}

function elapsedNs([begin, end]: BigUint64Array): number {
  return Number(end - begin)
}

function padTo(bytes: number, multiple: number): number {
  return Math.ceil(bytes / multiple) * multiple
}
