import type { GradientSet } from '../record/gradient-files.ts'
import type { SpreadStudy } from '../study/spread-schema.ts'
import { drawValues } from './values.ts'

type Distribution = Extract<NonNullable<SpreadStudy['gradients']>, { readonly source: 'distribution' }>

/**
 * Contributions drawn as `spread --orders` draws an array, cut into one share a rank: where values cancel, they do so between
 * ranks.
 */
export function drawnSet({ values, elements, mix }: Distribution, rankCount: number, seed: number): GradientSet {
  const fraction = { numerator: 1, denominator: 3 }
  const drawn = new Float64Array(rankCount * elements)
  drawValues({ values, mix, fraction, count: drawn.length, seed }, drawn)
  const vectors = Array.from({ length: rankCount }, (_, rank) =>
    Float32Array.from(drawn.subarray(rank * elements, (rank + 1) * elements)),
  )
  return { name: values, dtype: 'float32', vectors, largestChange: 0 }
}

/** Are all numbers of all contributions the same? */
export function isAllEqual({ vectors }: GradientSet): boolean {
  const [[first]] = vectors
  return vectors.every((vector) => vector.every((value) => value === first))
}
