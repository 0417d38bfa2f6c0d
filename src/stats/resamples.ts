import { streamKey, threefry } from '../core/streams.ts'

/**
 * `count` samples of n values each, drawn with replacement by our own stream, each value or its negative with even chances where
 * `signed`: what a quantity around 0 would show again.
 */
export function resamples(values: readonly number[], n: number, count: number, signed: boolean): number[][] {
  const key = streamKey(RESAMPLE_SEED, 'resample', 0)
  return Array.from({ length: count }, (_, sample) =>
    Array.from({ length: n }, (_, place) => {
      const [which, sign] = threefry(key, [sample, place])
      const value = values[which % values.length]
      return signed && sign % 2 === 1 ? -value : value
    }),
  )
}

const RESAMPLE_SEED = 50_401
