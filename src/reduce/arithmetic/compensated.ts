import type { Arithmetic } from './arithmetic.ts'
import { bytesOf, floatsOf } from './views.ts'

/**
 * f32 sums with an f32 error term that travels beside them; 8 bytes an element. The error of each addition is found
 * exactly and added to the term; sum and term are added once, at the end. A sum that is not finite drops its term.
 *
 * @source Neumaier 1974, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen; the exact error by
 * Knuth's TwoSum, The Art of Computer Programming 2, section 4.2.2, theorem B.
 */
export const compensatedArithmetic: Arithmetic = {
  name: 'compensated',
  bytesPerElement: 8,
  begin(vector, workspace = new Uint8Array(8 * vector.length)) {
    // Pairs of sum and error term, interleaved as they travel.
    const pairs = floatsOf(workspace)
    for (let i = 0; i < vector.length; i++) {
      pairs[2 * i] = vector[i]
      pairs[2 * i + 1] = 0
    }
    return {
      encode: (start, end) => bytesOf(pairs.subarray(2 * start, 2 * end)),
      add(bytes, start) {
        const terms = floatsOf(bytes)
        for (let i = 0; i < terms.length; i += 2) {
          const at = 2 * start + i
          const a = pairs[at]
          const b = terms[i]
          const sum = Math.fround(a + b)
          const bRounded = Math.fround(sum - a)
          const error = Math.fround(Math.fround(a - Math.fround(sum - bRounded)) + Math.fround(b - bRounded))
          pairs[at] = sum
          pairs[at + 1] = Number.isFinite(sum) ? Math.fround(Math.fround(pairs[at + 1] + terms[i + 1]) + error) : 0
        }
      },
      copy: (bytes, start) => pairs.set(floatsOf(bytes), 2 * start),
      finish() {
        // −0 + 0 would lose the sign of a sum that has no error.
        for (let i = 0; i < vector.length; i++) {
          vector[i] = pairs[2 * i + 1] === 0 ? pairs[2 * i] : pairs[2 * i] + pairs[2 * i + 1]
        }
      },
    }
  },
}
