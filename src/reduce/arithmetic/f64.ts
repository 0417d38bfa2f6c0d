import type { Arithmetic } from './arithmetic.ts'
import { bytesOf, doublesOf } from './views.ts'

/** Sums in f64, rounded to f32 once at the end; 8 bytes an element. */
export const f64Arithmetic: Arithmetic = {
  name: 'f64',
  bytesPerElement: 8,
  begin(vector, workspace = new Uint8Array(8 * vector.length)) {
    const sums = doublesOf(workspace)
    sums.set(vector)
    return {
      encode: (start, end) => bytesOf(sums.subarray(start, end)),
      add(bytes, start) {
        const terms = doublesOf(bytes)
        for (let i = 0; i < terms.length; i++) sums[start + i] += terms[i]
      },
      copy: (bytes, start) => sums.set(doublesOf(bytes), start),
      finish: () => vector.set(sums),
    }
  },
}
