import {
  type AddTransposed,
  addFusedByPairs,
  addFusedInTurn,
  addInFours,
  addRowByRow,
  fusedLanes,
  leftToRight,
  type RowTimes,
  sumOfFours,
} from './gemv.ts'

/** In which order, and with which roundings, the three sums of section 41.8's harness are made. */
export interface BookArithmetic {
  readonly name: string
  /** What `X @ w` does to a row of X. */
  readonly rowTimes: RowTimes
  /** What `X.T @ r` does. */
  readonly addTransposed: AddTransposed
  readonly mean: (values: Float64Array) => number
}

/** What NumPy makes of the harness on one kind of BLAS kernels. */
export interface BlasArithmetic extends BookArithmetic {
  /** As harness.py names them: OpenBLAS's kinds of x86-64 CPU, or the reference BLAS. */
  readonly kernels: readonly string[]
  readonly fused: boolean
}

/** As the formulas are read, on any machine whose doubles are IEEE 754's. */
export const LEFT_TO_RIGHT: BookArithmetic = {
  name: 'left to right',
  rowTimes: leftToRight,
  addTransposed: addRowByRow,
  mean: (values) => values.reduce((sum, value) => sum + value) / values.length,
}

/**
 * NumPy 2.4.6 on OpenBLAS 0.3.31, and NumPy 1.24.2 on the reference BLAS, all on x86-64. Found by comparing intermediate
 * vectors bit by bit, for the harness's shapes: columns and rows of a shard are multiples of four.
 * @source bench/results/published-digest.json: the weights after each of 200 steps are the same, to the last bit.
 */
export const BLAS_ARITHMETICS: readonly BlasArithmetic[] = [
  numpyOn(['reference BLAS'], false, leftToRight, addRowByRow),
  numpyOn(['Katmai', 'Sandybridge'], false, sumOfFours, addRowByRow),
  numpyOn(['Nehalem'], false, sumOfFours, addInFours),
  numpyOn(['Haswell'], true, fusedLanes, addFusedByPairs),
  numpyOn(['SkylakeX'], true, fusedLanes, addFusedInTurn),
]

function numpyOn(
  kernels: readonly string[],
  fused: boolean,
  rowTimes: RowTimes,
  addTransposed: AddTransposed,
): BlasArithmetic {
  return { name: kernels.join(', '), kernels, fused, rowTimes, addTransposed, mean: pairwiseMean }
}

/** NumPy's `mean` of contiguous values: halves down to blocks of at most 128, a block in eight running sums. */
function pairwiseMean(values: Float64Array): number {
  return pairwiseSum(values) / values.length
}

/** @param values their number is a multiple of eight. */
function pairwiseSum(values: Float64Array): number {
  if (values.length <= 128) {
    const r = values.slice(0, 8)
    for (let i = 8; i < values.length; i++) r[i % 8] += values[i]
    return r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]))
  }
  const half = values.length / 2 - ((values.length / 2) % 8)
  return pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half))
}
