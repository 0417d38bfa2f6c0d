import assert from 'node:assert'
import type { Span } from '../../core/array-split.ts'
import { SUM_PLANES } from '../../core/exact-words.ts'
import { drawsOfStep, initialWeights } from '../draws.ts'
import {
  type BatchPart,
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  type Leaf,
  type OnBucket,
  type OnPhase,
  type StepOutput,
  startsOfLeaves,
  type WorkCount,
} from '../engine.ts'
import { type Bucket, bucketsOf, type Problem, type ProblemShape, problemShape } from '../problem.ts'
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
/** When the first pass of a call began, when its update was over, and when its last pass was. */
const TIMESTAMPS = 3
const TIMESTAMP_BYTES = 8 * TIMESTAMPS
const HEAD_BYTES = HASH_BYTES + TIMESTAMP_BYTES

/**
 * SGD shard gradients, the update and the weights' hash as WGSL dispatches. A submit and a mapping per bucket, all given to
 * the queue at once: while one bucket is read back and reduced, the GPU makes the next.
 * Weights stay on the GPU; what the coordinator learns of them is read back from there.
 */
export class GpuEngine implements GradientEngine {
  readonly #gpu: OpenDevice
  readonly #builder: DispatchBuilder
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #context: PlanContext
  readonly #isExact: boolean
  readonly #weights: GPUBuffer
  readonly #draws: GPUBuffer
  readonly #reduced: GPUBuffer
  readonly #hash: GPUBuffer
  readonly #buckets: readonly Bucket[]
  readonly #timestamps: { readonly set: GPUQuerySet; readonly resolved: GPUBuffer } | undefined
  readonly #train: ResidentRows
  readonly #evaluation: ResidentRows
  readonly #update: Dispatch
  readonly #hashWeights: Dispatch
  #gradientPlan: { readonly leafRows: readonly number[]; readonly plan: MappedPlan } | undefined
  #lastPart: Pick<BatchPart, 'rows' | 'positions'> | undefined
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
    this.#buckets = bucketsOf(shape, settings.buckets ?? 'layers')
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, QUERY_RESOLVE } = GPUBufferUsage
    this.#weights = builder.buffer('weights', shape.weightCount * 4, STORAGE | COPY_SRC | COPY_DST)
    builder.write(this.#weights, initialWeights(problem, shape))
    this.#draws = builder.buffer('draws', 16, UNIFORM | COPY_DST)
    this.#reduced = builder.buffer('reduced gradient', shape.vectorLength * 4, STORAGE | COPY_DST)
    this.#hash = builder.buffer('weights hash', HASH_BYTES, STORAGE | COPY_SRC | COPY_DST)
    if (device.features.has('timestamp-query')) {
      this.#timestamps = {
        set: device.createQuerySet({ type: 'timestamp', count: TIMESTAMPS }),
        resolved: builder.buffer('timestamps', TIMESTAMP_BYTES, QUERY_RESOLVE | COPY_SRC),
      }
    }
    this.#train = uploadRows(builder, problem.train)
    this.#evaluation = problem.evaluation === problem.train ? this.#train : uploadRows(builder, problem.evaluation)
    this.#isExact = settings.exact ?? false
    this.#context = { builder, problem, shape, weights: this.#weights, draws: this.#draws, exact: this.#isExact }
    this.#update = this.#planUpdate(settings)
    const hashThreads = Math.min(shape.weightCount, MAX_HASH_THREADS)
    this.#hashWeights = builder.dispatch(
      'weights-hash',
      [builder.params(shape.weightCount, hashThreads), this.#weights, this.#hash],
      hashThreads,
    )
  }

  async first(part: BatchPart, onBucket?: OnBucket, onPhase?: OnPhase): Promise<StepOutput> {
    return this.#gradient([], part, false, onBucket, onPhase)
  }

  async step(
    reduced: Float32Array,
    part: BatchPart,
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    this.#uploadReduced(reduced)
    return this.#gradient([this.#update], part, wantWeights, onBucket, onPhase)
  }

  async finish(reduced: Float32Array, part: BatchPart): Promise<EvaluationOutput> {
    this.#uploadReduced(reduced)
    const plan = this.#mapped(planEvaluation(this.#context, this.#evaluation, leafRowsOf(part)))
    this.#builder.write(plan.rowIds, part.rows)
    const { weights, ...rest } = await this.#submit([this.#update], plan, part.leaves, true)
    assert(weights !== undefined)
    return { weights, ...rest }
  }

  /**
   * Every dispatch of a step over the first `rowCount` rows, and of an evaluation over as many, to be timed one by one
   * (bench-adapter.ts): the same plans that step and finish submit.
   */
  dispatchesOver(rowCount: number): readonly Dispatch[] {
    const plans = [
      planGradient(this.#context, this.#train, [rowCount], this.#buckets),
      planEvaluation(this.#context, this.#evaluation, [rowCount]),
    ]
    for (const { rowIds } of plans)
      this.#builder.write(
        rowIds,
        Uint32Array.from({ length: rowCount }, (_, row) => row),
      )
    const ofPlans = plans.flatMap(({ stages }) => stages.flatMap(({ dispatches }) => dispatches))
    return [this.#update, this.#hashWeights, ...ofPlans]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gpu[Symbol.dispose]()
  }

  async #gradient(
    before: readonly Dispatch[],
    part: BatchPart,
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    const { rows, positions } = part
    const leafRows = leafRowsOf(part)
    if (this.#gradientPlan?.leafRows.join() !== leafRows.join()) {
      const plan = planGradient(this.#context, this.#train, leafRows, this.#buckets)
      this.#gradientPlan = { leafRows, plan: this.#mapped(plan) }
      this.#lastPart = undefined
    }
    const { plan } = this.#gradientPlan
    if (!sameRows(this.#lastPart?.rows, rows)) this.#builder.write(plan.rowIds, rows)
    if (!sameRows(this.#lastPart?.positions, positions)) this.#builder.write(plan.positions, positions)
    this.#lastPart = { rows: rows.slice(), positions: positions.slice() } // the caller may fill its arrays anew
    this.#step++
    if (this.#problem.loss === 'mlp-cross-entropy') {
      const { dropoutKey, shiftKey } = drawsOfStep(this.#problem.network.seed, this.#step)
      this.#builder.write(this.#draws, Uint32Array.of(...dropoutKey, ...shiftKey))
    }
    onPhase?.('upload')
    return this.#submit(before, plan, part.leaves, wantWeights, onBucket, onPhase)
  }

  /** Gives every stage of a plan what its bucket is read back through: hash and timestamps, the leaves' elements, weights. */
  #mapped(plan: RowsPlan): MappedPlan {
    const words = plan.leafCount * plan.planes
    const readbacks = plan.stages.map(({ bucket }, index) => {
      const weightBytes = index === 0 ? this.#shape.weightCount * 4 : 0
      const bytes = HEAD_BYTES + words * (bucket.end - bucket.start) * 4 + weightBytes
      return this.#builder.buffer('readback', bytes, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ)
    })
    return { ...plan, readbacks }
  }

  /** `before`, the hash of the weights it leaves, then the plan over its rows; each bucket is read back when it is there. */
  async #submit(
    before: readonly Dispatch[],
    plan: MappedPlan,
    leaves: readonly Leaf[],
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    const stages = plan.stages.map((stage, index) => ({
      ...stage,
      readback: plan.readbacks[index],
      isFirst: index === 0,
      isLast: index === plan.stages.length - 1,
    }))
    const mappings = stages.map(({ bucket, dispatches, readback, isFirst, isLast }) => {
      const weightCount = isFirst && wantWeights ? this.#shape.weightCount : 0
      const head = { isFirst, isLast, weightCount, before: isFirst ? before : [] }
      this.#submitStage(isFirst ? [this.#hashWeights, ...dispatches] : dispatches, plan, bucket, readback, head)
      const bytes = HEAD_BYTES + (leaves.length * plan.planes * (bucket.end - bucket.start) + weightCount) * 4
      const mapping = readback.mapAsync(GPUMapMode.READ, 0, padTo(bytes, 8))
      mapping.catch(() => {}) // awaited below, where an earlier one may have failed already
      return { bucket, readback, bytes, mapping }
    })
    onPhase?.('dispatch')
    let weightsHash = ''
    let weights: Float32Array | undefined
    let gpuNs: Pick<WorkCount, 'gpuNs' | 'updateGpuNs'> = { gpuNs: null, updateGpuNs: null }
    for (const [index, { bucket, readback, bytes, mapping }] of mappings.entries()) {
      await this.#gpu.wait(mapping)
      onPhase?.('compute')
      const mapped = readback.getMappedRange(0, padTo(bytes, 8))
      const floats = new Float32Array(mapped, HEAD_BYTES, (bytes - HEAD_BYTES) / 4)
      const count = bucket.end - bucket.start
      const sums = new Uint32Array(mapped, HEAD_BYTES, leaves.length * plan.planes * count)
      leaves.forEach((leaf, index) => {
        const target = this.#sumsOf(leaf)
        for (let plane = 0; plane < plan.planes; plane++) {
          const at = (index * plan.planes + plane) * count
          target.set(sums.subarray(at, at + count), (plane * target.length) / plan.planes + bucket.start)
        }
      })
      if (index === 0) {
        weightsHash = hashText(new Uint32Array(mapped, 0, 4))
        if (wantWeights) weights = floats.slice(sums.length)
      }
      if (index === mappings.length - 1 && this.#timestamps) {
        gpuNs = elapsedNs(new BigUint64Array(mapped, HASH_BYTES, TIMESTAMPS), before.length > 0)
      }
      readback.unmap()
      onPhase?.('readback')
      onBucket?.(bucket)
    }
    const dispatches = stages.reduce((sum, stage) => sum + stage.dispatches.length, before.length + 1)
    return { weightsHash, weights, work: { dispatches, updateDispatches: before.length, ...gpuNs } }
  }

  #submitStage(
    dispatches: readonly Dispatch[],
    plan: RowsPlan,
    bucket: Span,
    readback: GPUBuffer,
    { isFirst, isLast, weightCount, before }: StageHead,
  ): void {
    const { device } = this.#gpu
    const encoder = device.createCommandEncoder()
    const timed = this.#timestamps
    if (isFirst) encoder.clearBuffer(this.#hash)
    if (before.length > 0) {
      encodePass(
        encoder,
        before,
        timed && { querySet: timed.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
      )
    }
    const begins = isFirst && before.length === 0
    const timestampWrites = timed && {
      querySet: timed.set,
      ...(begins && { beginningOfPassWriteIndex: 0 }),
      ...(isLast && { endOfPassWriteIndex: 2 }),
    }
    encodePass(encoder, dispatches, begins || isLast ? timestampWrites : undefined)
    if (isFirst) encoder.copyBufferToBuffer(this.#hash, 0, readback, 0, HASH_BYTES)
    if (timed && isLast) {
      encoder.resolveQuerySet(timed.set, 0, TIMESTAMPS, timed.resolved, 0)
      encoder.copyBufferToBuffer(timed.resolved, 0, readback, HASH_BYTES, TIMESTAMP_BYTES)
    }
    const bytes = (bucket.end - bucket.start) * 4
    const planes = plan.leafCount * plan.planes
    for (let plane = 0; plane < planes; plane++) {
      const from = (plane * plan.vectorLength + bucket.start) * 4
      encoder.copyBufferToBuffer(plan.total, from, readback, HEAD_BYTES + plane * bytes, bytes)
    }
    if (weightCount > 0) {
      encoder.copyBufferToBuffer(this.#weights, 0, readback, HEAD_BYTES + planes * bytes, weightCount * 4)
    }
    device.queue.submit([encoder.finish()])
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

  /** Where a leaf wants its sums, as bits: f32[length], or under `exact` u32[SUM_PLANES, length]. */
  #sumsOf({ vector, words }: Leaf): Uint32Array {
    if (!this.#isExact) return new Uint32Array(vector.buffer, vector.byteOffset, vector.length)
    assert(words !== undefined, 'an exact sum goes to words')
    return words
  }

  #uploadReduced(reduced: Float32Array): void {
    assert.equal(reduced.length, this.#shape.vectorLength)
    this.#builder.write(this.#reduced, reduced)
  }

  /** Runs every pipeline once, with an update by zero gradients, so that step 1 pays no first use. */
  async #warm(): Promise<void> {
    const rows = Uint32Array.of(0)
    const leafOf = (length: number): Leaf => ({
      rowCount: 1,
      vector: new Float32Array(length),
      words: new Uint32Array(SUM_PLANES * length),
    })
    const part = { rows, positions: rows, leaves: [leafOf(this.#shape.vectorLength)] }
    await this.#gradient([this.#update], part, false)
    await this.#submit([], this.#mapped(planEvaluation(this.#context, this.#evaluation, [1])), [leafOf(2)], false)
    this.#step = 0
  }
}

/** What a stage does beside the dispatches of its bucket. */
interface StageHead {
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Weights to be read back. */
  readonly weightCount: number
  /** The update of the step before, in a pass of its own so that it is timed by itself. */
  readonly before: readonly Dispatch[]
}

function encodePass(
  encoder: GPUCommandEncoder,
  dispatches: readonly Dispatch[],
  timestampWrites: GPUComputePassTimestampWrites | undefined,
): void {
  const pass = encoder.beginComputePass(timestampWrites && { timestampWrites })
  for (const dispatch of dispatches) encodeDispatch(pass, dispatch)
  pass.end()
}

/** A plan and, by stage, the buffers its results are mapped from. */
interface MappedPlan extends RowsPlan {
  readonly readbacks: readonly GPUBuffer[]
}

function leafRowsOf(part: BatchPart): number[] {
  startsOfLeaves(part)
  return part.leaves.map(({ rowCount }) => rowCount)
}

const MAX_HASH_THREADS = 16384

function kernelsOf({ loss }: Problem, { momentum = 0, exact = false }: EngineSettings): KernelName[] {
  const update: KernelName = momentum === 0 ? 'sgd-update' : 'momentum-update'
  const sum: KernelName = exact ? 'sum-blocks-exact' : 'sum-blocks'
  const common: KernelName[] = ['dense-gradient', sum, 'mean-loss', update, 'weights-hash']
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

function elapsedNs(
  [begin, updated, end]: BigUint64Array,
  hasUpdate: boolean,
): Pick<WorkCount, 'gpuNs' | 'updateGpuNs'> {
  return { gpuNs: Number(end - begin), updateGpuNs: hasUpdate ? Number(updated - begin) : 0 }
}
