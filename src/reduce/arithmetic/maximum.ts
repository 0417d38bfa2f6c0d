import type { Arithmetic } from './arithmetic.ts'
import { bytesOf, floatsOf } from './views.ts'

/** The greater of two, element by element: not a sum, but it travels as one. No NaN. */
export const maximumArithmetic: Arithmetic = {
  name: 'maximum',
  bytesPerElement: 4,
  begin(vector, workspace = new Uint8Array(4 * vector.length)) {
    const greatest = floatsOf(workspace)
    greatest.set(vector)
    return {
      encode: (start, end) => bytesOf(greatest.subarray(start, end)),
      add(bytes, start) {
        floatsOf(bytes).forEach((value, i) => {
          greatest[start + i] = Math.max(greatest[start + i], value)
        })
      },
      copy: (bytes, start) => greatest.set(floatsOf(bytes), start),
      finish: () => vector.set(greatest),
    }
  },
}
