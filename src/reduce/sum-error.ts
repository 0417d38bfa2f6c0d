import { fillInput, type InputKind } from './inputs.ts'

/** |sum − exact| of elements in units of u · Σ|x|, u = 2^-24: what one f32 rounding of the whole sum could cost. */
interface SumError {
  readonly maxUnits: number
  readonly meanUnits: number
}

/** Elements that are looked at: so many runs of so many, spread evenly over the vector. */
const RUNS = 64
const RUN_ELEMENTS = 64

const UNIT = 2 ** -24

/**
 * How far a result of the benchmark's own inputs is off, over 4,096 elements of it or all. The reference is summed in f64,
 * which adds at most 2^-29 units a rank. Elements whose sum is not finite, or of zeros only, count nothing.
 * @param result f32, of any length.
 */
export function sumError(result: Float32Array, rankCount: number, kind: InputKind | undefined): SumError {
  const runs = Math.min(RUNS, Math.ceil(result.length / RUN_ELEMENTS))
  const input = new Float32Array(RUN_ELEMENTS)
  let [most, total, count] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const start = Math.floor((run * result.length) / runs)
    const sums = new Float64Array(RUN_ELEMENTS)
    const magnitudes = new Float64Array(RUN_ELEMENTS)
    for (let rank = 0; rank < rankCount; rank++) {
      fillInput(input, rank, start, kind)
      for (let i = 0; i < RUN_ELEMENTS; i++) {
        sums[i] += input[i]
        magnitudes[i] += Math.abs(input[i])
      }
    }
    for (let i = 0; i < Math.min(RUN_ELEMENTS, result.length - start); i++) {
      const units = Math.abs(result[start + i] - sums[i]) / (UNIT * magnitudes[i])
      if (!Number.isFinite(units)) continue
      most = Math.max(most, units)
      total += units
      count++
    }
  }
  return { maxUnits: most, meanUnits: count === 0 ? 0 : total / count }
}
