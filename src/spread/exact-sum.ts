import { roundToF64 } from '../core/round.ts'

/** The additions after which low words must be carried: 2^21 of less than 2^32 stay below 2^53. */
const CARRY_AFTER = 2 ** 21
const WORD = 2 ** 32

/**
 * The exact sum of f64 values, in any order and number up to 2^31: a superaccumulator. Values of one sign and exponent are
 * integers of one unit, so their high and low words are summed as integers, which f64 does exactly below 2^53. The 4,096
 * sums become one integer in units of 2^-1074 at the end, which is rounded once, ties to even.
 * @source Idea: Neal 2015, Fast exact summation using small and large superaccumulators (one bin an exponent).
 */
export class ExactSum {
  /** By sign and exponent, the upper twelve bits of a value. */
  readonly #high = new Float64Array(4096)
  readonly #low = new Float64Array(4096)
  #count = 0
  #sinceCarry = 0
  /** Infinities and NaNs, added as f64 adds them; 0 where there are none. */
  #notFinite = 0
  /** The and of all sign bits. */
  #signs = -1

  /** Adds all values. @returns this. */
  add(values: Float64Array): this {
    for (let start = 0; start < values.length; ) {
      const end = Math.min(values.length, start + CARRY_AFTER - this.#sinceCarry)
      this.#addFew(values.subarray(start, end))
      this.#sinceCarry += end - start
      this.#count += end - start
      if (this.#sinceCarry === CARRY_AFTER) this.#carry()
      start = end
    }
    return this
  }

  /** Σx, rounded once; 0 for no values, -0 where all are. */
  sum(): number {
    if (this.#notFinite !== 0) return this.#notFinite
    const units = this.#units(-1n)
    return units === 0n && this.#signs < 0 && this.#count > 0 ? -0 : roundToF64(units, -1074)
  }

  /** Σ|x|, rounded once. */
  magnitude(): number {
    return this.#notFinite !== 0 ? Math.abs(this.#notFinite) : roundToF64(this.#units(1n), -1074)
  }

  #addFew(values: Float64Array): void {
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
    const [high, low] = [this.#high, this.#low]
    let signs = this.#signs
    for (let i = 0; i < values.length; i++) {
      const upper = words[2 * i + 1]
      const key = upper >>> 20
      const exponent = key & 0x7ff
      if (exponent === 0x7ff) this.#notFinite += values[i]
      high[key] += (upper & 0xfffff) + (exponent === 0 ? 0 : 0x100000)
      low[key] += words[2 * i]
      signs &= upper
    }
    this.#signs = signs
  }

  #carry(): void {
    for (let key = 0; key < 4096; key++) {
      const carried = Math.floor(this.#low[key] / WORD)
      this.#high[key] += carried
      this.#low[key] -= carried * WORD
    }
    this.#sinceCarry = 0
  }

  /** The sum in units of 2^-1074. @param signOfNegatives what a negative value's magnitude is multiplied with. */
  #units(signOfNegatives: bigint): bigint {
    let units = 0n
    for (let key = 0; key < 4096; key++) {
      if (this.#high[key] === 0 && this.#low[key] === 0) continue
      const integer = (BigInt(this.#high[key]) << 32n) + BigInt(this.#low[key])
      const exponent = Math.max(1, key & 0x7ff)
      units += (key < 2048 ? integer : signOfNegatives * integer) << BigInt(exponent - 1)
    }
    return units
  }
}
