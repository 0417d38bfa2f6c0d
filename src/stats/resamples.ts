import { streamKey, threefry } from '../core/streams.ts'

/**
 * Uniform 32-bit words for resampling, many millions of them: sfc32, started from the `resample` stream of a seed. Never for training,
 * whose draws are found by their counters.
 * @source Doty-Humphrey 2010, PractRand: sfc, with 12 words thrown away at the start.
 */
export function resamplingWords(seed: number): () => number {
  const key = streamKey(seed, 'resample', 0)
  let [a, b] = threefry(key, [0, 0])
  let [c] = threefry(key, [1, 0])
  let counter = 1
  const next = (): number => {
    const word = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    return word >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A place below n, each with the same chance but for n / 2^32. */
export function placeBelow(n: number, word: number): number {
  return Math.floor((word / 2 ** 32) * n)
}
