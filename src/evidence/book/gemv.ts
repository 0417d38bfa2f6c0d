import { fusedMultiplyAdd as fma } from './fma.ts'

/** One row of X times w: as many elements of `features` from `start` as w has. */
export type RowTimes = (features: Float64Array, start: number, weights: Float64Array) => number

/** Adds Xᵀ r to `gradient`, X being the rows of `features` from `start`, one a residual. */
export type AddTransposed = (
  features: Float64Array,
  start: number,
  residuals: Float64Array,
  gradient: Float64Array,
) => void

export const leftToRight: RowTimes = (features, start, weights) => {
  let sum = 0
  for (let j = 0; j < weights.length; j++) sum += features[start + j] * weights[j]
  return sum
}

/** Four products are added from left to right, then to the sum so far. */
export const sumOfFours: RowTimes = (features, start, weights) => {
  let sum = 0
  for (let j = 0; j < weights.length; j += 4) {
    const at = start + j
    const firstTwo = features[at] * weights[j] + features[at + 1] * weights[j + 1]
    sum += firstTwo + features[at + 2] * weights[j + 2] + features[at + 3] * weights[j + 3]
  }
  return sum
}

/** Four lanes of fused multiply-adds, lane i over elements i, i + 4, …; the upper half is added to the lower one first. */
export const fusedLanes: RowTimes = (features, start, weights) => {
  let lane0 = 0
  let lane1 = 0
  let lane2 = 0
  let lane3 = 0
  for (let j = 0; j < weights.length; j += 4) {
    const at = start + j
    lane0 = fma(features[at], weights[j], lane0)
    lane1 = fma(features[at + 1], weights[j + 1], lane1)
    lane2 = fma(features[at + 2], weights[j + 2], lane2)
    lane3 = fma(features[at + 3], weights[j + 3], lane3)
  }
  return lane0 + lane2 + (lane1 + lane3)
}

export const addRowByRow: AddTransposed = (features, start, residuals, gradient) => {
  const columns = gradient.length
  for (let i = 0; i < residuals.length; i++) {
    const at = start + i * columns
    for (let j = 0; j < columns; j++) gradient[j] += features[at + j] * residuals[i]
  }
}

/** Four products a column are added from left to right, then to the gradient. */
export const addInFours = addFourRows((a0, a1, a2, a3, r0, r1, r2, r3) => a0 * r0 + a1 * r1 + a2 * r2 + a3 * r3)

/** Even rows and odd rows by themselves, their second product fused to the first. */
export const addFusedByPairs = addFourRows(
  (a0, a1, a2, a3, r0, r1, r2, r3) => fma(a2, r2, a0 * r0) + fma(a3, r3, a1 * r1),
)

/** `addInFours` as a compiler fuses it: of the first sum the left product. */
export const addFusedInTurn = addFourRows((a0, a1, a2, a3, r0, r1, r2, r3) =>
  fma(a3, r3, fma(a2, r2, fma(a0, r0, a1 * r1))),
)

/** Makes one number of a column's elements in four rows and the four residuals. */
type OfFour = (
  ...numbers: [a0: number, a1: number, a2: number, a3: number, r0: number, r1: number, r2: number, r3: number]
) => number

/** Adds to the gradient once for four rows. */
function addFourRows(ofFour: OfFour): AddTransposed {
  return (features, start, residuals, gradient) => {
    const columns = gradient.length
    for (let i = 0; i < residuals.length; i += 4) {
      const r0 = residuals[i]
      const r1 = residuals[i + 1]
      const r2 = residuals[i + 2]
      const r3 = residuals[i + 3]
      for (let j = 0; j < columns; j++) {
        const a0 = start + i * columns + j
        const a1 = a0 + columns
        const a2 = a1 + columns
        const a3 = a2 + columns
        gradient[j] += ofFour(features[a0], features[a1], features[a2], features[a3], r0, r1, r2, r3)
      }
    }
  }
}
