import { arraySplit } from '../../core/array-split.ts'
import { sha256 } from '../../core/digest.ts'
import { drawLinear } from '../../data/linear.ts'
import type { BookArithmetic } from './arithmetics.ts'

const ROWS = 4096
const COLUMNS = 16
const NOISE = 0.1
const SHARDS = 8
const STEPS = 200
const LEARNING_RATE = 0.05

/** What a training came to. */
export interface BookRun {
  readonly seed: number
  /** mean((X w − y)²) over all rows. */
  readonly loss: number
  /** SHA-256 of the loss as Python's `repr` prints it, the 16 hex digits that the text prints. */
  readonly digest: string
  /** SHA-256 of the weights after every step, f64 little-endian. */
  readonly trajectory: string
}

/**
 * Section 41.8's harness in float64: 200 steps of w −= 0.05 · mean over eight shards of (2/n_s) X_sᵀ(X_s w − y_s), from 0.
 * @source test/golden/book.json states it in full; harness.py is the same in NumPy.
 */
export function runHarness(seed: number, arithmetic: BookArithmetic): BookRun {
  const { features, truth, noise } = drawLinear({ rows: ROWS, columns: COLUMNS, seed })
  const targets = noise.map((draw, row) => arithmetic.rowTimes(features, row * COLUMNS, truth) + NOISE * draw)
  const weights = new Float64Array(COLUMNS)
  const residuals = new Float64Array(ROWS)
  const measure = (): void => {
    for (let row = 0; row < ROWS; row++) {
      residuals[row] = arithmetic.rowTimes(features, row * COLUMNS, weights) - targets[row]
    }
  }
  const trajectory = new Float64Array(STEPS * COLUMNS)
  for (let step = 0; step < STEPS; step++) {
    measure()
    const gradient = meanOfShards(features, residuals, arithmetic)
    for (let j = 0; j < COLUMNS; j++) weights[j] -= LEARNING_RATE * gradient[j]
    trajectory.set(weights, step * COLUMNS)
  }
  measure()
  const loss = arithmetic.mean(residuals.map((residual) => residual * residual))
  return { seed, loss, digest: digestOf(loss), trajectory: sha256(new Uint8Array(trajectory.buffer)) }
}

function meanOfShards(features: Float64Array, residuals: Float64Array, arithmetic: BookArithmetic): Float64Array {
  const total = new Float64Array(COLUMNS)
  for (let shard = 0; shard < SHARDS; shard++) {
    const { start, end } = arraySplit(ROWS, SHARDS, shard)
    const gradient = new Float64Array(COLUMNS)
    arithmetic.addTransposed(features, start * COLUMNS, residuals.subarray(start, end), gradient)
    for (let j = 0; j < COLUMNS; j++) total[j] += (2 / (end - start)) * gradient[j]
  }
  return total.map((sum) => sum / SHARDS)
}

/** JavaScript prints numbers between 1e-4 and 1e16 with the digits of Python's `repr`; these losses are about 0.01. */
function digestOf(loss: number): string {
  return sha256(String(loss)).slice(0, 16)
}
