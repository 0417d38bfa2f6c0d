import { type Dropout, dropoutOf, firstUnits, NO_DROPOUT, type StepDraws } from '../draws.ts'
import type { Problem, ProblemShape } from '../problem.ts'
import { denseBackward, denseForward, reluDropout } from './dense.ts'
import { leastSquares, type RowResults, softmaxCrossEntropy } from './losses.ts'
import type { GatheredRows } from './rows.ts'

/** What the way forward leaves of a tile. `delta` is the last layer's. */
export interface Forward extends RowResults {
  /** What went into each layer, f32[rows, inputs] each. */
  readonly inputs: readonly Float32Array[]
}

/** A problem's loss over tiles, and the deltas its gradient is made of. */
export class TwinModel {
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #dropout: Dropout
  readonly #firstUnits: readonly number[]

  constructor(problem: Problem, shape: ProblemShape) {
    this.#problem = problem
    this.#shape = shape
    const network = problem.loss === 'mlp-cross-entropy' ? problem.network : undefined
    this.#dropout = network ? dropoutOf(network) : NO_DROPOUT
    this.#firstUnits = network ? firstUnits(network.hidden) : []
  }

  /**
   * @param positions of the tile's rows in the global batch.
   * @param draws of the step; none in evaluation, where nothing is dropped.
   */
  forward(
    weights: Float32Array,
    { x, y }: GatheredRows,
    positions: Uint32Array,
    draws: StepDraws | undefined,
  ): Forward {
    if (this.#problem.loss === 'least-squares') return { inputs: [x], ...leastSquares(x, weights, y) }
    const { layers } = this.#shape
    const inputs = [x]
    for (const [index, firstUnit] of this.#firstUnits.entries()) {
      const units = denseForward(inputs[index], weights, layers[index])
      const dropout = draws ? this.#dropout : NO_DROPOUT
      reluDropout(units, layers[index].outputs, positions, firstUnit, dropout, draws ?? NO_DRAWS)
      inputs.push(units)
    }
    const last = layers.length - 1
    return { inputs, ...softmaxCrossEntropy(denseForward(inputs[last], weights, layers[last]), y) }
  }

  /** The delta of each layer, f32[rows, outputs] each. */
  backward(weights: Float32Array, { inputs, delta }: Forward): Float32Array[] {
    const { layers } = this.#shape
    const deltas = [delta]
    for (let index = layers.length - 1; index > 0; index--) {
      deltas.unshift(denseBackward(deltas[0], weights, layers[index], inputs[index], this.#dropout.scale))
    }
    return deltas
  }
}

const NO_DRAWS: StepDraws = { dropoutKey: [0, 0], shiftKey: [0, 0] }
