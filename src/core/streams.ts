/**
 * Random numbers that are found, not drawn in turn: a pure function of a key and a counter, on 32-bit integers only, so
 * that a kernel and its twin agree on every bit, and what a row of a batch draws does not depend on who computes it.
 *
 * A stream is (seed, name, step): `streamKey` makes its key. Within it a draw is named by two counters:
 *
 * | stream            | step          | first counter                  | second counter                                |
 * |-------------------|---------------|--------------------------------|-----------------------------------------------|
 * | `initial-weights` | 0             | layer, from 0                  | element of the layer's weights, row-major     |
 * | `dropout`         | step, from 1  | position in the global batch   | hidden unit, numbered through all hidden layers |
 * | `shift`           | step, from 1  | position in the global batch   | 0                                             |
 * | `skew`            | all-reduce, from 0 | rank                      | 0                                             |
 * | `order`           | order, from 0 | pair of draws, from 0          | 0                                             |
 * | `resample`        | 0             | sample, from 0                 | place in the sample                           |
 * | `network`         | sender        | its message, from 0            | 0                                             |
 * | `delay`, `unrest` | step          | rank                           | 0                                             |
 *
 * No key of training holds a rank or a node count; `skew` delays ranks in benchmarks, `resample` serves statistics, `network`
 * delays simulated messages, `delay` gradients where a study injects that, `unrest` simulated ones.
 */

/** Two 32-bit words, 0 … 2^32 − 1 each. */
export type WordPair = readonly [number, number]

/** The numbers are part of every key: a new stream takes a new one, and none is ever reused. */
const STREAM_NUMBERS = {
  'initial-weights': 0,
  dropout: 1,
  shift: 2,
  order: 3,
  skew: 4,
  resample: 5,
  network: 6,
  delay: 7,
  unrest: 8,
} as const

export type StreamName = keyof typeof STREAM_NUMBERS

/** The key of a stream. @param seed 0 … 2^53 − 1. @param step 0 … 2^32 − 1. */
export function streamKey(seed: number, name: StreamName, step: number): WordPair {
  return threefry([seed >>> 0, Math.floor(seed / 2 ** 32)], [STREAM_NUMBERS[name], step])
}

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const

/**
 * Threefry-2x32, 20 rounds: two uniform words for a key and a counter. Twin of `threefry` in kernels/streams.wgsl.
 * @source Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3; constants and known answers
 * of Random123 (`kat_vectors`).
 */
export function threefry([key0, key1]: WordPair, [counter0, counter1]: WordPair): WordPair {
  const keys = [key0, key1, key0 ^ key1 ^ 0x1bd11bda]
  let a = (counter0 + key0) | 0
  let b = (counter1 + key1) | 0
  for (let group = 0; group < 5; group++) {
    for (const rotation of ROTATIONS[group % 2]) {
      a = (a + b) | 0
      b = ((b << rotation) | (b >>> (32 - rotation))) ^ a
    }
    a = (a + keys[(group + 1) % 3]) | 0
    b = (b + keys[(group + 2) % 3] + group + 1) | 0
  }
  return [a >>> 0, b >>> 0]
}
