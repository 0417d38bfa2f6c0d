import * as np from 'numpy-ts'
import { sha256 } from '../core/digest.ts'

/** The regression data of section 41.8, in f64 as it was generated. */
export interface LinearData {
  readonly rowCount: number
  readonly columns: number
  /** f64[rowCount, columns], row-major. */
  readonly features: Float64Array
  /** f64[rowCount]. */
  readonly targets: Float64Array
}

/** What NumPy's default_rng(seed) draws for a regression, in this order: equal to NumPy's bit for bit. */
export interface LinearDraws {
  /** X: f64[rows, columns], row-major. */
  readonly features: Float64Array
  /** w*: f64[columns]. */
  readonly truth: Float64Array
  /** f64[rows], of standard deviation 1. */
  readonly noise: Float64Array
}

/** X ~ N(0, 1), w* ~ N(0, 1), then the noise of y. */
export function drawLinear({ rows, columns, seed }: { rows: number; columns: number; seed: number }): LinearDraws {
  const generator = np.random.default_rng(seed)
  const normals = (count: number): Float64Array =>
    Float64Array.from(generator.standard_normal([count]).data as Float64Array)
  return { features: normals(rows * columns), truth: normals(columns), noise: normals(rows) }
}

/**
 * y = X w* + noise · N(0, 1) over those draws. X w* is added from left to right, which BLAS need not do.
 * @source The ten losses printed in section 41.8 (test/golden/book.json).
 */
export function generateLinear(options: { rows: number; columns: number; noise: number; seed: number }): LinearData {
  const { rows, columns } = options
  const { features, truth, noise } = drawLinear(options)
  const targets = noise.map((draw, row) => {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += features[row * columns + j] * truth[j]
    return sum + options.noise * draw
  })
  return { rowCount: rows, columns, features, targets }
}

/** SHA-256 of the generated numbers, f64 little-endian: features, then targets. */
export function linearDigest(data: LinearData): string {
  return sha256(new Uint8Array(data.features.buffer), new Uint8Array(data.targets.buffer))
}
