import { add, mul } from '../arithmetic.ts'
import { type Dropout, isDropped, type StepDraws } from '../draws.ts'
import { ROWS_PER_BLOCK } from '../engine.ts'
import type { Layer } from '../problem.ts'

/** Twin of dense-forward.wgsl. x f32[rows, inputs], weights of all layers; returns f32[rows, outputs]. */
export function denseForward(x: Float32Array, weights: Float32Array, { inputs, outputs, start }: Layer): Float32Array {
  const rows = x.length / inputs
  const logits = new Float32Array(rows * outputs)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < outputs; k++) {
      let sum = mul(x[i * inputs], weights[start + k])
      for (let j = 1; j < inputs; j++) sum = add(sum, mul(x[i * inputs + j], weights[start + j * outputs + k]))
      logits[i * outputs + k] = add(sum, weights[start + inputs * outputs + k])
    }
  }
  return logits
}

/** Twin of relu-dropout.wgsl, in place. values f32[rows, units], positions u32[rows]. */
export function reluDropout(
  values: Float32Array,
  units: number,
  positions: Uint32Array,
  firstUnit: number,
  { threshold, scale }: Dropout,
  { dropoutKey }: StepDraws,
): void {
  const factor = Math.fround(scale)
  for (let at = 0; at < values.length; at++) {
    const position = positions[Math.floor(at / units)]
    const kept = values[at] > 0 && !isDropped(dropoutKey, position, firstUnit + (at % units), threshold)
    values[at] = kept || Number.isNaN(values[at]) ? mul(values[at], factor) : 0
  }
}

/**
 * Twin of dense-backward.wgsl. delta f32[rows, outputs] of a layer, units f32[rows, inputs] that went into it;
 * returns the delta of the layer below, f32[rows, inputs].
 */
export function denseBackward(
  delta: Float32Array,
  weights: Float32Array,
  { inputs, outputs, start }: Layer,
  units: Float32Array,
  scale: number,
): Float32Array {
  const factor = Math.fround(scale)
  return units.map((unit, at) => {
    if (unit === 0) return 0
    const row = Math.floor(at / inputs) * outputs
    const w = start + (at % inputs) * outputs
    let sum = mul(delta[row], weights[w])
    for (let k = 1; k < outputs; k++) sum = add(sum, mul(delta[row + k], weights[w + k]))
    return mul(sum, factor)
  })
}

/**
 * Twin of dense-gradient.wgsl for one layer and tile: fills its part of partial f32[blocks, length]. The layer that ends
 * before the last element fills that too, with the sum of rowLoss f32[rows].
 */
export function denseGradient(
  x: Float32Array,
  delta: Float32Array,
  rowLoss: Float32Array,
  { inputs, outputs, biasRows, start, end }: Layer,
  partial: Float32Array,
): void {
  const rows = rowLoss.length
  const blocks = Math.ceil(rows / ROWS_PER_BLOCK)
  const length = partial.length / blocks
  for (let block = 0; block < blocks; block++) {
    const sums = partial.subarray(block * length, (block + 1) * length)
    sums.fill(-0, start, end === length - 1 ? length : end) // −0 + x is x: a sum starts from its first operand
    const first = block * ROWS_PER_BLOCK
    for (let i = first; i < Math.min(first + ROWS_PER_BLOCK, rows); i++) {
      for (let j = 0; j < inputs; j++) {
        const value = x[i * inputs + j]
        for (let k = 0; k < outputs; k++) {
          const e = start + j * outputs + k
          sums[e] = add(sums[e], mul(value, delta[i * outputs + k]))
        }
      }
      for (let k = 0; k < outputs * biasRows; k++) {
        const e = start + inputs * outputs + k
        sums[e] = add(sums[e], delta[i * outputs + k])
      }
      if (end === length - 1) sums[end] = add(sums[end], rowLoss[i])
    }
  }
}

/** Twin of sum-blocks.wgsl. partial f32[blocks, elements]. */
export function sumBlocks(partial: Float32Array, elements: number): Float32Array {
  const total = partial.slice(0, elements)
  for (let b = 1; b < partial.length / elements; b++) {
    for (let e = 0; e < elements; e++) total[e] = add(total[e], partial[b * elements + e])
  }
  return total
}
