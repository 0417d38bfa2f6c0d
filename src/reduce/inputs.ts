import { mix32 } from '../core/mix.ts'

/**
 * Inputs of a benchmark that round: every rank can make every rank's, so every rank can check the result. Values have
 * random signs and mantissas and exponents spread over 2^±8, distinct per rank and element, so that a swap, a loss or
 * another order changes bits.
 * @returns f32[length].
 */
export function roundingInput(rank: number, length: number): Float32Array {
  const values = new Float32Array(length)
  fillInput(values, rank, 0)
  return values
}

/**
 * `rounding`: every value is finite and sums round. `special`: one of sixteen is a NaN, an infinity, a zero of either
 * sign, a subnormal or the largest value.
 */
export const INPUT_KINDS = ['rounding', 'special'] as const
export type InputKind = (typeof INPUT_KINDS)[number]

const SPECIAL_BITS = [
  0x7fc00000, 0x7f800000, 0xff800000, 0x00000000, 0x80000000, 0x00000001, 0x807fffff, 0x7f7fffff, 0xff7fffff,
]

/** Elements `start` and up of a rank's input. */
export function fillInput(values: Float32Array, rank: number, start: number, kind: InputKind = 'rounding'): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (let i = 0; i < values.length; i++) {
    const draw = mix32(mix32(start + i + 0x9e3779b9) + rank)
    const exponent = 127 - 8 + ((draw >>> 24) & 15)
    if (kind === 'special' && draw % 16 === 0) {
      bits[i] = SPECIAL_BITS[Math.floor(draw / 16) % SPECIAL_BITS.length]
      continue
    }
    bits[i] = ((draw << 8) & 0x80000000) | (exponent << 23) | (draw & 0x7fffff)
  }
}
