/** Uniform 32-bit words, the same for the same seed (M. O'Neill 2014, PCG: pcg_output_rxs_m_xs_32_32). */
export function randomWords(seed: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  let state = seed >>> 0
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0
    const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0
    words[i] = (word >>> 22) ^ word
  }
  return words
}

/** Uniform f32 values in [low, high). */
export function randomFloats(seed: number, count: number, low: number, high: number): Float32Array {
  return Float32Array.from(randomWords(seed, count), (word) => low + (word / 2 ** 32) * (high - low))
}

/** Row ids below `rowCount`, with repetitions. */
export function randomRows(seed: number, count: number, rowCount: number): Uint32Array {
  return randomWords(seed, count).map((word) => word % rowCount)
}

/** The f32 values that have these bits; NaN payloads are kept. */
export function floatsOf(words: Uint32Array): Float32Array {
  return new Float32Array(words.buffer, words.byteOffset, words.length)
}

/** The bits of f32 values, every NaN as 0x7fc00000. */
export function bitsWithOneNaN(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length).map((word) =>
    (word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word,
  )
}
