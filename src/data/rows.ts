import { createHash } from 'node:crypto'
import * as np from 'numpy-ts'
import { arraySplit } from '../core/array-split.ts'

/** Which rows of the training data every step uses, the same at every node count. */
export interface RowMap {
  readonly batchRows: number
  /** The rows of the whole batch of step 1, 2, … in order. */
  rowsOfStep(step: number): Uint32Array
}

/**
 * `full`: every step uses all rows in their own order; nothing is random. Otherwise an epoch's permutation is the next
 * draw of NumPy's default_rng(seed).permutation(rowCount), and step t of the epoch uses positions [tB, (t+1)B); the
 * rows left over after the last whole batch wait for another permutation.
 */
export function rowMap(rowCount: number, batch: number | 'full', seed: number): RowMap {
  if (batch === 'full') {
    const all = Uint32Array.from({ length: rowCount }, (_, row) => row)
    return { batchRows: rowCount, rowsOfStep: () => all }
  }
  const generator = np.random.default_rng(seed)
  const permutations: Uint32Array[] = []
  const stepsPerEpoch = Math.floor(rowCount / batch)
  return {
    batchRows: batch,
    rowsOfStep(step) {
      const epoch = Math.floor((step - 1) / stepsPerEpoch)
      while (permutations.length <= epoch) {
        permutations.push(Uint32Array.from(generator.permutation(rowCount).data as BigInt64Array, Number))
      }
      const start = ((step - 1) % stepsPerEpoch) * batch
      return permutations[epoch].subarray(start, start + batch)
    },
  }
}

/** The contiguous part of a batch that rank `rank` of `rankCount` computes. */
export function rowsOfRank(rows: Uint32Array, rankCount: number, rank: number): Uint32Array {
  const { start, end } = arraySplit(rows.length, rankCount, rank)
  return rows.subarray(start, end)
}

/** SHA-256 over the row ids (u32 little-endian) of steps 1 … steps. */
export function rowMapDigest(map: RowMap, steps: number): string {
  const hash = createHash('sha256')
  let last: Uint32Array | undefined
  for (let step = 1; step <= steps; step++) {
    const rows = map.rowsOfStep(step)
    if (rows === last) hash.update('the same rows again')
    else hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    last = rows
  }
  return hash.digest('hex')
}
