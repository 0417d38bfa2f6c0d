import { SUM_FLAGS, SUM_PLANES, SUM_WORDS } from '../../core/exact-words.ts'
import { bitsOf } from '../arithmetic.ts'

/** Twin of sum-blocks-exact.wgsl. partial f32[blocks, elements]; fills the first elements of words u32[SUM_PLANES, ·]. */
export function sumBlocksExact(partial: Float32Array, elements: number, words: Uint32Array): void {
  const length = words.length / SUM_PLANES
  for (let e = 0; e < elements; e++) {
    let units = 0n
    let flags = 0
    for (let at = e; at < partial.length; at += elements) {
      const word = bitsOf(partial[at])
      const magnitude = word & 0x7fffffff
      if (word !== 0x80000000) flags |= SUM_FLAGS.notMinusZero
      if (magnitude >= 0x7f800000) {
        if (magnitude > 0x7f800000) flags |= SUM_FLAGS.nan
        else flags |= word === magnitude ? SUM_FLAGS.positiveInfinity : SUM_FLAGS.negativeInfinity
        continue
      }
      const exponent = magnitude >>> 23
      const mantissa = BigInt(exponent === 0 ? magnitude : (magnitude & 0x7fffff) | 0x800000)
      const term = mantissa << BigInt(Math.max(exponent, 1) - 1)
      units += word === magnitude ? term : -term
    }
    for (let k = 0; k < SUM_WORDS; k++) words[k * length + e] = Number(BigInt.asUintN(32, units >> BigInt(32 * k)))
    words[SUM_WORDS * length + e] = flags
  }
}
