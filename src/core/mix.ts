/**
 * A bijection of 32 bits in which every input bit reaches every output bit; kernels/weights-hash.wgsl has it too.
 * @returns an unsigned 32-bit integer.
 * @source C. Wellons 2018, hash-prospector, "lowbias32".
 */
export function mix32(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}
