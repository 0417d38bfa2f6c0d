import { streamKey, threefry, type WordPair } from '../core/streams.ts'
import type { Network, Problem, ProblemShape } from './problem.ts'

/** What the draws of one step depend on beside the place of the row and the unit. StepDraws in kernels/streams.wgsl. */
export interface StepDraws {
  readonly dropoutKey: WordPair
  readonly shiftKey: WordPair
}

/** @param step from 1. */
export function drawsOfStep(seed: number, step: number): StepDraws {
  return { dropoutKey: streamKey(seed, 'dropout', step), shiftKey: streamKey(seed, 'shift', step) }
}

/** What a network does to its hidden units: `scale` those whose word is at least `threshold`, drop the others. */
export interface Dropout {
  readonly threshold: number
  readonly scale: number
}

/** A unit is dropped where its word is below rate · 2^32, rounded; scale is 1/(1 − rate) in f64. */
export function dropoutOf({ dropoutRate }: Network): Dropout {
  return { threshold: Math.round(dropoutRate * 2 ** 32), scale: 1 / (1 - dropoutRate) }
}

/** Evaluation drops nothing. */
export const NO_DROPOUT: Dropout = { threshold: 0, scale: 1 }

/** @param unit numbered through all hidden layers. */
export function isDropped(dropoutKey: WordPair, position: number, unit: number, threshold: number): boolean {
  return threshold > 0 && threefry(dropoutKey, [position, unit])[0] < threshold
}

/** How far an image moves, −pixels … pixels each; the modulo favours a value by less than 2^-28. */
export function shiftOf(shiftKey: WordPair, position: number, pixels: number): { down: number; right: number } {
  const [down, right] = threefry(shiftKey, [position, 0])
  const span = 2 * pixels + 1
  return { down: (down % span) - pixels, right: (right % span) - pixels }
}

/** The first hidden unit of each hidden layer. */
export function firstUnits(hidden: readonly number[]): number[] {
  return hidden.map((_, layer) => hidden.slice(0, layer).reduce((sum, units) => sum + units, 0))
}

/** The weights training starts from, f32[weightCount]: zeros, or for a network `heWeights` with zero biases. */
export function initialWeights(problem: Problem, { layers, weightCount }: ProblemShape): Float32Array {
  const weights = new Float32Array(weightCount)
  if (problem.loss !== 'mlp-cross-entropy') return weights
  for (const [index, layer] of layers.entries()) {
    weights.set(heWeights(problem.network.seed, index, layer.inputs, layer.outputs), layer.start)
  }
  return weights
}

/**
 * He's initialisation of one layer, f32[inputs, outputs]. Uniform, not normal: Box–Muller needs log and cos, whose last
 * bits differ between JavaScript engines. A uniform value needs one exact product and one rounding, so every machine has
 * the same weights. (√ and / are those of IEEE 754, correctly rounded.)
 * @source He, Zhang, Ren & Sun 2015, Delving deep into rectifiers: variance 2 / inputs, here of ±√(6 / inputs).
 */
export function heWeights(seed: number, layer: number, inputs: number, outputs: number): Float32Array {
  const key = streamKey(seed, 'initial-weights', 0)
  const bound = Math.fround(Math.sqrt(6 / inputs))
  return Float32Array.from({ length: inputs * outputs }, (_, element) => {
    const [word] = threefry(key, [layer, element])
    // 24 random bits, centred: an odd multiple of 2^-24 in (−1, 1). Its product with a 24-bit bound fits f64 exactly.
    return bound * (((word >>> 8) - 2 ** 23 + 0.5) / 2 ** 23)
  })
}
