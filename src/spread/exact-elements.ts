import { ExactSum } from './exact-sum.ts'

/** What every element of an all-reduce ought to be. */
export interface ExactElements {
  /** Σx, rounded once to f64. */
  readonly sum: Float64Array
  /** Σ|x| likewise. */
  readonly magnitude: Float64Array
}

/** Sums contributions element by element. @param vectors of one length. */
export function exactElements(vectors: readonly Float32Array[]): ExactElements {
  const [{ length }] = vectors
  const [sum, magnitude] = [new Float64Array(length), new Float64Array(length)]
  const terms = new Float64Array(vectors.length)
  for (let i = 0; i < length; i++) {
    for (let rank = 0; rank < vectors.length; rank++) terms[rank] = vectors[rank][i]
    const exact = new ExactSum().add(terms)
    sum[i] = exact.sum()
    magnitude[i] = exact.magnitude()
  }
  return { sum, magnitude }
}
