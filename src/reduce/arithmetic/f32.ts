import type { Arithmetic } from './arithmetic.ts'
import { floatsOf } from './views.ts'

/** One f32 rounding per addition; 4 bytes an element. NaN, Inf, signed zeros and subnormals as IEEE 754 says. */
export const f32Arithmetic: Arithmetic = {
  name: 'f32',
  bytesPerElement: 4,
  begin(sums) {
    return {
      encode: (start, end) => new Uint8Array(sums.buffer, sums.byteOffset + start * 4, (end - start) * 4),
      add(bytes, start) {
        const terms = floatsOf(bytes)
        for (let i = 0; i < terms.length; i++) sums[start + i] += terms[i]
      },
      copy: (bytes, start) => sums.set(floatsOf(bytes), start),
      finish() {},
    }
  },
}
