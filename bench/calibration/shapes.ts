import * as np from 'numpy-ts'

/** Distributions that measurements come from, with their true mean and median. All have a spread of about 1 around 10. */
export interface Shape {
  readonly mean: number
  readonly median: number
  /** n values from standard normals, of which there are 3n. */
  readonly values: (normals: Float64Array, n: number) => number[]
}

const SIGMA = 0.5
const PERSISTENCE = 0.9
const REPEATS_PER_LAUNCH = 2

export const SHAPES: Readonly<Record<string, Shape>> = {
  normal: { mean: 10, median: 10, values: (z, n) => take(n, (i) => 10 + z[i]) },
  lognormal: {
    mean: 10 * Math.exp(SIGMA ** 2 / 2),
    median: 10,
    values: (z, n) => take(n, (i) => 10 * Math.exp(SIGMA * z[i])),
  },
  bimodal: { mean: 10, median: 10, values: (z, n) => take(n, (i) => 10 + (z[n + i] < 0 ? -1 : 1) + 0.4 * z[i]) },
  // Each value keeps nine tenths of the last one's deviation.
  drifting: {
    mean: 10,
    median: 10,
    values: (z, n) => {
      let deviation = z[0]
      return take(n, (i) => {
        if (i > 0) deviation = PERSISTENCE * deviation + Math.sqrt(1 - PERSISTENCE ** 2) * z[i]
        return 10 + deviation
      })
    },
  },
  // Half of the variance lies between launches of two repeats.
  nested: {
    mean: 10,
    median: 10,
    values: (z, n) => take(n, (i) => 10 + (z[i] + z[n + Math.floor(i / REPEATS_PER_LAUNCH)]) / Math.SQRT2),
  },
}

/** Standard normals of NumPy's default_rng(seed), many at a time. */
export function normals(seed: number): (count: number) => Float64Array {
  const generator = np.random.default_rng(seed)
  let [block, used] = [new Float64Array(0), 0]
  return (count) => {
    if (used + count > block.length) {
      const drawn = generator.standard_normal([Math.max(count, 1 << 18)])
      block = Float64Array.from(drawn.data as Float64Array)
      drawn.dispose()
      used = 0
    }
    used += count
    return block.subarray(used - count, used)
  }
}

function take(n: number, value: (i: number) => number): number[] {
  return Array.from({ length: n }, (_, i) => value(i))
}
