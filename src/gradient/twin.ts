import assert from 'node:assert'
import { mix32 } from '../core/mix.ts'
import { add, bitsOf, mul, settle } from './arithmetic.ts'
import { drawsOfStep, initialWeights, type StepDraws } from './draws.ts'
import {
  type BatchPart,
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  type Leaf,
  type OnBucket,
  type OnPhase,
  ROWS_PER_BLOCK,
  ROWS_PER_TILE,
  type StepOutput,
  startsOfLeaves,
  tilesOf,
  type WorkCount,
} from './engine.ts'
import { type Bucket, bucketsOf, type Problem, type ProblemShape, problemShape } from './problem.ts'
import { denseGradient, sumBlocks } from './twin/dense.ts'
import { sumBlocksExact } from './twin/exact.ts'
import { meanLoss } from './twin/losses.ts'
import { TwinModel } from './twin/model.ts'
import { type GatheredRows, gatherRows, gatherShiftedRows } from './twin/rows.ts'

/** Twin of sgd-update.wgsl, in place. */
export function sgdUpdate(w: Float32Array, sum: Float32Array, learningRate: number, scale: number): void {
  for (let i = 0; i < w.length; i++) {
    w[i] = add(w[i], -mul(learningRate, mul(scale, settle(sum[i]))))
  }
}

/** Twin of momentum-update.wgsl, in place. velocity f32[weightCount]. */
export function momentumUpdate(
  w: Float32Array,
  velocity: Float32Array,
  sum: Float32Array,
  { learningRate, scale, momentum }: { learningRate: number; scale: number; momentum: number },
): void {
  for (let i = 0; i < w.length; i++) {
    velocity[i] = add(mul(momentum, velocity[i]), mul(scale, settle(sum[i])))
    w[i] = add(w[i], -mul(learningRate, velocity[i]))
  }
}

const HASH_SEEDS = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]

/** Twin of weights-hash.wgsl: u32[4]. */
export function weightsHash(w: Float32Array): Uint32Array {
  const hash = new Uint32Array(4)
  for (let i = 0; i < w.length; i++) {
    const bits = Number.isNaN(w[i]) ? 0x7fc00000 : bitsOf(w[i])
    HASH_SEEDS.forEach((seed, k) => {
      hash[k] += mix32(mix32((i + seed) | 0) + bits)
    })
  }
  return hash
}

const NO_GPU_WORK: WorkCount = { dispatches: 0, updateDispatches: 0, gpuNs: null, updateGpuNs: null }

/**
 * `engine: cpu`: the kernels' twin behind the GPU's interface. Its bits are the GPU's; its dispatch counts are 0.
 * It runs only where a study asks for it by name.
 */
export class TwinEngine implements GradientEngine {
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #buckets: readonly Bucket[]
  readonly #model: TwinModel
  readonly #isExact: boolean
  readonly #learningRate: number
  readonly #scale: number
  readonly #momentum: number
  readonly #weights: Float32Array
  readonly #velocity: Float32Array
  #step = 0

  constructor(problem: Problem, settings: EngineSettings) {
    this.#problem = problem
    this.#shape = problemShape(problem)
    this.#buckets = bucketsOf(this.#shape, settings.buckets ?? 'layers')
    this.#model = new TwinModel(problem, this.#shape)
    this.#isExact = settings.exact ?? false
    this.#learningRate = Math.fround(settings.learningRate)
    this.#scale = Math.fround(this.#shape.gradientFactor / settings.batchRows)
    this.#momentum = Math.fround(settings.momentum ?? 0)
    this.#weights = initialWeights(problem, this.#shape)
    this.#velocity = new Float32Array(this.#momentum > 0 ? this.#shape.weightCount : 0)
  }

  async first(part: BatchPart, onBucket?: OnBucket, onPhase?: OnPhase): Promise<StepOutput> {
    return this.#gradient(part, false, onBucket, onPhase)
  }

  async step(
    reduced: Float32Array,
    part: BatchPart,
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput> {
    this.#update(reduced)
    onPhase?.('update')
    return this.#gradient(part, wantWeights, onBucket, onPhase)
  }

  async finish(reduced: Float32Array, part: BatchPart): Promise<EvaluationOutput> {
    this.#update(reduced)
    const { evaluation } = this.#problem
    for (const [index, start] of startsOfLeaves(part).entries()) {
      const leaf = part.leaves[index]
      const rowsPerSum = this.#isExact ? ROWS_PER_BLOCK : ROWS_PER_TILE
      const partials = tilesOf(leaf.rowCount, rowsPerSum).flatMap(({ first, rows }) => {
        const span = [start + first, start + first + rows] as const
        const tile = gatherRows(evaluation, part.rows.subarray(...span))
        const { rowLoss, hit } = this.#model.forward(this.#weights, tile, part.positions.subarray(...span), undefined)
        return Array.from(meanLoss(rowLoss, hit))
      })
      this.#handOver(leaf, Float32Array.from(partials), 2)
    }
    return { weightsHash: this.#hash(), weights: this.#weights.slice(), work: NO_GPU_WORK }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #gradient(part: BatchPart, wantWeights: boolean, onBucket?: OnBucket, onPhase?: OnPhase): StepOutput {
    this.#step++
    for (const [index, start] of startsOfLeaves(part).entries()) {
      const leaf = part.leaves[index]
      this.#handOver(leaf, this.#blockSums(part, start, leaf.rowCount), this.#shape.vectorLength)
    }
    const weights = wantWeights ? this.#weights.slice() : undefined
    const weightsHash = this.#hash()
    onPhase?.('compute')
    for (const bucket of this.#buckets) onBucket?.(bucket)
    return { weightsHash, weights, work: NO_GPU_WORK }
  }

  /** The sum of blocks, partial f32[blocks, elements], to where a leaf wants it. */
  #handOver({ vector, words }: Leaf, partial: Float32Array, elements: number): void {
    if (!this.#isExact) vector.set(sumBlocks(partial, elements))
    else {
      assert(words !== undefined, 'an exact sum goes to words')
      sumBlocksExact(partial, elements, words)
    }
  }

  /** f32[blocks, vectorLength] over the rows of a leaf that begins at `start` of the part. */
  #blockSums({ rows, positions }: BatchPart, start: number, rowCount: number): Float32Array {
    const draws =
      this.#problem.loss === 'mlp-cross-entropy' ? drawsOfStep(this.#problem.network.seed, this.#step) : undefined
    const { layers, vectorLength } = this.#shape
    const partial = new Float32Array(Math.ceil(rowCount / ROWS_PER_BLOCK) * vectorLength)
    for (const { first, rows: count } of tilesOf(rowCount)) {
      const at = start + first
      const places = positions.subarray(at, at + count)
      const tile = this.#gather(rows.subarray(at, at + count), places, draws)
      const forward = this.#model.forward(this.#weights, tile, places, draws)
      const deltas = this.#model.backward(this.#weights, forward)
      const blocks = partial.subarray(
        (first / ROWS_PER_BLOCK) * vectorLength,
        Math.ceil((first + count) / ROWS_PER_BLOCK) * vectorLength,
      )
      for (const [index, layer] of layers.entries()) {
        denseGradient(forward.inputs[index], deltas[index], forward.rowLoss, layer, blocks)
      }
    }
    return partial
  }

  #gather(rowIds: Uint32Array, positions: Uint32Array, draws: StepDraws | undefined): GatheredRows {
    const problem = this.#problem
    return problem.loss === 'mlp-cross-entropy' && draws
      ? gatherShiftedRows(problem.train, rowIds, positions, problem.network, draws)
      : gatherRows(problem.train, rowIds)
  }

  #update(reduced: Float32Array): void {
    assert.equal(reduced.length, this.#shape.vectorLength)
    if (this.#momentum === 0) sgdUpdate(this.#weights, reduced, this.#learningRate, this.#scale)
    else {
      const rates = { learningRate: this.#learningRate, scale: this.#scale, momentum: this.#momentum }
      momentumUpdate(this.#weights, this.#velocity, reduced, rates)
    }
  }

  #hash(): string {
    return hashText(weightsHash(this.#weights))
  }
}
