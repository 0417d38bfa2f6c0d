import assert from 'node:assert'
import { mix32 } from '../core/mix.ts'
import { add, bitsOf, mul, settle } from './arithmetic.ts'
import { drawsOfStep, initialWeights, type StepDraws } from './draws.ts'
import {
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  ROWS_PER_BLOCK,
  type StepOutput,
  tilesOf,
  type WorkCount,
} from './engine.ts'
import { type Problem, type ProblemShape, problemShape } from './problem.ts'
import { denseGradient, sumBlocks } from './twin/dense.ts'
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

const NO_GPU_WORK: WorkCount = { dispatches: 0, updateDispatches: 0, gpuNs: null }

/**
 * `engine: cpu`: the kernels' twin behind the GPU's interface. Its bits are the GPU's; its dispatch counts are 0.
 * It runs only where a study asks for it by name.
 */
export class TwinEngine implements GradientEngine {
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #model: TwinModel
  readonly #learningRate: number
  readonly #scale: number
  readonly #momentum: number
  readonly #weights: Float32Array
  readonly #velocity: Float32Array
  #step = 0

  constructor(problem: Problem, settings: EngineSettings) {
    this.#problem = problem
    this.#shape = problemShape(problem)
    this.#model = new TwinModel(problem, this.#shape)
    this.#learningRate = Math.fround(settings.learningRate)
    this.#scale = Math.fround(this.#shape.gradientFactor / settings.batchRows)
    this.#momentum = Math.fround(settings.momentum ?? 0)
    this.#weights = initialWeights(problem, this.#shape)
    this.#velocity = new Float32Array(this.#momentum > 0 ? this.#shape.weightCount : 0)
  }

  async first(rows: Uint32Array, firstPosition = 0): Promise<StepOutput> {
    return this.#gradient(rows, firstPosition, false)
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean, firstPosition = 0): Promise<StepOutput> {
    this.#update(reduced)
    return this.#gradient(rows, firstPosition, wantWeights)
  }

  async finish(reduced: Float32Array, rows: Uint32Array): Promise<EvaluationOutput> {
    this.#update(reduced)
    const { evaluation } = this.#problem
    const partials = tilesOf(rows.length).flatMap(({ first, rows: count }) => {
      const tile = gatherRows(evaluation, rows.subarray(first, first + count))
      const { rowLoss, hit } = this.#model.forward(this.#weights, tile, first, undefined)
      return Array.from(meanLoss(rowLoss, hit))
    })
    const sums = sumBlocks(Float32Array.from(partials), 2)
    return { sums, weightsHash: this.#hash(), weights: this.#weights.slice(), work: NO_GPU_WORK }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #gradient(rows: Uint32Array, firstPosition: number, wantWeights: boolean): StepOutput {
    this.#step++
    const draws =
      this.#problem.loss === 'mlp-cross-entropy'
        ? drawsOfStep(this.#problem.network.seed, this.#step, firstPosition)
        : undefined
    const { layers, vectorLength } = this.#shape
    const partial = new Float32Array(Math.ceil(rows.length / ROWS_PER_BLOCK) * vectorLength)
    for (const { first, rows: count } of tilesOf(rows.length)) {
      const forward = this.#model.forward(
        this.#weights,
        this.#gather(rows.subarray(first, first + count), first, draws),
        first,
        draws,
      )
      const deltas = this.#model.backward(this.#weights, forward)
      const blocks = partial.subarray(
        (first / ROWS_PER_BLOCK) * vectorLength,
        Math.ceil((first + count) / ROWS_PER_BLOCK) * vectorLength,
      )
      for (const [index, layer] of layers.entries()) {
        denseGradient(forward.inputs[index], deltas[index], forward.rowLoss, layer, blocks)
      }
    }
    const vector = sumBlocks(partial, vectorLength)
    const weights = wantWeights ? this.#weights.slice() : undefined
    return { vector, weightsHash: this.#hash(), weights, work: NO_GPU_WORK }
  }

  #gather(rowIds: Uint32Array, first: number, draws: StepDraws | undefined): GatheredRows {
    const problem = this.#problem
    return problem.loss === 'mlp-cross-entropy' && draws
      ? gatherShiftedRows(problem.train, rowIds, first, problem.network, draws)
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
