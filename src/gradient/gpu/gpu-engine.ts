import assert from 'node:assert'
import { drawsOfStep, initialWeights } from '../draws.ts'
import {
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  type StepOutput,
  type WorkCount,
} from '../engine.ts'
import { type Problem, type ProblemShape, problemShape } from '../problem.ts'
import type { OpenDevice } from './device.ts'
import { type Dispatch, DispatchBuilder, encodeDispatch, padTo, THREADS_PER_GROUP_ROW } from './dispatch.ts'
import { compileKernels, type Kernel, type KernelName } from './kernels.ts'
import {
  type PlanContext,
  planEvaluation,
  planGradient,
  type ResidentRows,
  type RowsPlan,
  uploadRows,
} from './rows-plan.ts'

const HASH_BYTES = 16
const TIMESTAMP_BYTES = 16

/**
 * SGD shard gradients, the update and the weights' hash as WGSL dispatches. One submit and one mapping per call.
 * Weights stay on the GPU; what the coordinator learns of them is read back from there.
 */
export class GpuEngine implements GradientEngine {
  readonly #gpu: OpenDevice
  readonly #builder: DispatchBuilder
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #context: PlanContext
  readonly #weights: GPUBuffer
  readonly #draws: GPUBuffer
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
  #step = 0

  /** Uploads the data, compiles every kernel and runs each once. @param kernelsFolder for tests that change a kernel. */
  static async open(
    gpu: OpenDevice,
    problem: Problem,
    settings: EngineSettings,
    kernelsFolder?: string,
  ): Promise<GpuEngine> {
    const kernels = await compileKernels(gpu, kernelsOf(problem, settings), kernelsFolder)
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
    const builder = new DispatchBuilder(gpu, kernels)
    const { device } = gpu
    this.#gpu = gpu
    this.#builder = builder
    this.#problem = problem
    this.#shape = shape
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ, QUERY_RESOLVE } = GPUBufferUsage
    this.#weights = builder.buffer('weights', shape.weightCount * 4, STORAGE | COPY_SRC | COPY_DST)
    builder.write(this.#weights, initialWeights(problem, shape))
    this.#draws = builder.buffer('draws', 32, UNIFORM | COPY_DST)
    this.#reduced = builder.buffer('reduced gradient', shape.vectorLength * 4, STORAGE | COPY_DST)
    this.#hash = builder.buffer('weights hash', HASH_BYTES, STORAGE | COPY_SRC | COPY_DST)
    const readbackBytes = (shape.vectorLength + shape.weightCount) * 4 + HASH_BYTES + TIMESTAMP_BYTES + 8
    this.#readback = builder.buffer('readback', readbackBytes, COPY_DST | MAP_READ)
    if (device.features.has('timestamp-query')) {
      this.#timestamps = {
        set: device.createQuerySet({ type: 'timestamp', count: 2 }),
        resolved: builder.buffer('timestamps', TIMESTAMP_BYTES, QUERY_RESOLVE | COPY_SRC),
      }
    }
    this.#train = uploadRows(builder, problem.train)
    this.#evaluation = problem.evaluation === problem.train ? this.#train : uploadRows(builder, problem.evaluation)
    this.#context = { builder, problem, shape, weights: this.#weights, draws: this.#draws }
    this.#update = this.#planUpdate(settings)
    const hashThreads = Math.min(shape.weightCount, MAX_HASH_THREADS)
    this.#hashWeights = builder.dispatch(
      'weights-hash',
      [builder.params(shape.weightCount, hashThreads), this.#weights, this.#hash],
      hashThreads,
    )
  }

  async first(rows: Uint32Array, firstPosition = 0): Promise<StepOutput> {
    return this.#gradient([], rows, firstPosition, false)
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean, firstPosition = 0): Promise<StepOutput> {
    this.#uploadReduced(reduced)
    return this.#gradient([this.#update], rows, firstPosition, wantWeights)
  }

  async finish(reduced: Float32Array, rows: Uint32Array): Promise<EvaluationOutput> {
    this.#uploadReduced(reduced)
    const plan = planEvaluation(this.#context, this.#evaluation, rows.length)
    this.#builder.write(plan.rowIds, rows)
    const { vector, weights, ...rest } = await this.#submit([this.#update], plan, true)
    assert(weights !== undefined)
    return { sums: vector, weights, ...rest }
  }

  /**
   * Every dispatch of a step over the first `rowCount` rows, and of an evaluation over as many, to be timed one by one
   * (bench-adapter.ts): the same plans that step and finish submit.
   */
  dispatchesOver(rowCount: number): readonly Dispatch[] {
    const plans = [
      planGradient(this.#context, this.#train, rowCount),
      planEvaluation(this.#context, this.#evaluation, rowCount),
    ]
    for (const { rowIds } of plans)
      this.#builder.write(
        rowIds,
        Uint32Array.from({ length: rowCount }, (_, row) => row),
      )
    return [this.#update, this.#hashWeights, ...plans.flatMap(({ dispatches }) => dispatches)]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gpu[Symbol.dispose]()
  }

  async #gradient(
    before: readonly Dispatch[],
    rows: Uint32Array,
    firstPosition: number,
    wantWeights: boolean,
  ): Promise<StepOutput> {
    if (this.#gradientPlan?.rowCount !== rows.length) {
      this.#gradientPlan = planGradient(this.#context, this.#train, rows.length)
      this.#lastRows = undefined
    }
    if (!sameRows(this.#lastRows, rows)) this.#builder.write(this.#gradientPlan.rowIds, rows)
    this.#lastRows = rows.slice() // the caller may fill its array anew
    this.#step++
    if (this.#problem.loss === 'mlp-cross-entropy') {
      const { dropoutKey, shiftKey } = drawsOfStep(this.#problem.network.seed, this.#step, firstPosition)
      this.#builder.write(this.#draws, Uint32Array.of(...dropoutKey, ...shiftKey, firstPosition))
    }
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
    for (const dispatch of dispatches) encodeDispatch(pass, dispatch)
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

  #planUpdate({ learningRate, batchRows, momentum = 0 }: EngineSettings): Dispatch {
    const builder = this.#builder
    const { weightCount, gradientFactor } = this.#shape
    const rates = [Float32Array.of(learningRate), Float32Array.of(gradientFactor / batchRows)]
    if (momentum === 0) {
      const params = builder.params(weightCount, ...rates, THREADS_PER_GROUP_ROW)
      return builder.dispatch('sgd-update', [params, this.#reduced, this.#weights], weightCount)
    }
    const velocity = builder.buffer('velocity', weightCount * 4, GPUBufferUsage.STORAGE)
    const params = builder.params(weightCount, ...rates, Float32Array.of(momentum), THREADS_PER_GROUP_ROW)
    return builder.dispatch('momentum-update', [params, this.#reduced, velocity, this.#weights], weightCount)
  }

  #uploadReduced(reduced: Float32Array): void {
    assert.equal(reduced.length, this.#shape.vectorLength)
    this.#builder.write(this.#reduced, reduced)
  }

  /** Runs every pipeline once, with an update by zero gradients, so that step 1 pays no first use. */
  async #warm(): Promise<void> {
    await this.#gradient([this.#update], Uint32Array.of(0), 0, false)
    await this.#submit([], planEvaluation(this.#context, this.#evaluation, 1), false)
    this.#step = 0
  }
}

const MAX_HASH_THREADS = 16384

function kernelsOf({ loss }: Problem, { momentum = 0 }: EngineSettings): KernelName[] {
  const update: KernelName = momentum === 0 ? 'sgd-update' : 'momentum-update'
  const common: KernelName[] = ['dense-gradient', 'sum-blocks', 'mean-loss', update, 'weights-hash']
  const classifier: KernelName[] = ['gather-rows-u8', 'dense-forward', 'softmax-cross-entropy', ...common]
  switch (loss) {
    case 'least-squares':
      return ['gather-rows-f32', 'least-squares', ...common]
    case 'softmax-cross-entropy':
      return classifier
    case 'mlp-cross-entropy':
      return ['gather-shifted-u8', 'relu-dropout', 'dense-backward', ...classifier]
  }
}

function sameRows(a: Uint32Array | undefined, b: Uint32Array): boolean {
  return a === b || (a !== undefined && a.length === b.length && a.every((row, i) => row === b[i]))
}

function elapsedNs([begin, end]: BigUint64Array): number {
  return Number(end - begin)
}
