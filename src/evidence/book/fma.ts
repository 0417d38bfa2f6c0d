import { roundToF64 } from '../../core/round.ts'

/** Splits 53 bits in two halves whose products are exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1

/** Between these no step below overflows, and no part of a product is lost under the subnormals. */
const LARGEST = 2 ** 500
const SMALLEST_PRODUCT = 2 ** -900

const cell = new Float64Array(1)
const words = new Int32Array(cell.buffer)
/** Which of the two words holds the last bits. */
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1

/**
 * a · b + c rounded once, as the FMA instruction of a CPU does it, for all f64.
 *
 * Product and sums are taken apart without error, into a large part and two small ones. Adding the small ones first rounds
 * twice. That can only be wrong where the first rounding made a tie of the second one; there the small ones are added
 * rounded to odd, so that the last addition rounds as if it had seen every bit.
 * @source Boldo & Melquiond 2008, Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b
  const size = Math.abs(product)
  const inRange = size > SMALLEST_PRODUCT && size < LARGEST && Math.abs(a) < LARGEST && Math.abs(b) < LARGEST
  if (!inRange || !(Math.abs(c) < LARGEST)) return outOfRange(a, b, c)

  const scaledA = SPLITTER * a
  const highA = scaledA - (scaledA - a)
  const lowA = a - highA
  const scaledB = SPLITTER * b
  const highB = scaledB - (scaledB - b)
  const lowB = b - highB
  const productError = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)

  const small = c + productError
  const fromC = small - productError
  const smallError = c - fromC + (productError - (small - fromC))

  const sum = product + small
  const fromProduct = sum - small
  const sumError = product - fromProduct + (small - (sum - fromProduct))

  const low = smallError + sumError
  const fromSmall = low - sumError
  const lowError = smallError - fromSmall + (sumError - (low - fromSmall))

  const result = sum + low
  if (lowError === 0) return result
  const fromSum = result - low
  const rest = sum - fromSum + (low - (result - fromSum))
  const noTie = result + rest * (1 + Number.EPSILON) === result
  return noTie ? result : sum + toOdd(low, lowError)
}

/** Of the two values around `value` + `error` the one whose last bit is 1. @param error less than a unit of the last place. */
function toOdd(value: number, error: number): number {
  cell[0] = value
  if ((words[LOW] & 1) === 1) return value
  // An even significand: one up keeps the exponent, and one down may borrow from the upper word.
  if (error > 0 === value > 0) words[LOW] |= 1
  else if (words[LOW]-- === 0) words[1 - LOW]--
  return cell[0]
}

function outOfRange(a: number, b: number, c: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === 0 || b === 0) return a * b + c
  if (!Number.isFinite(c)) return c
  const [x, y, z] = [integerOf(a), integerOf(b), integerOf(c)]
  const exponent = x.exponent + y.exponent
  const lowest = Math.min(exponent, z.exponent)
  const product = (x.integer * y.integer) << BigInt(exponent - lowest)
  const total = product + (z.integer << BigInt(z.exponent - lowest))
  return roundToF64(total, lowest)
}

/** A finite value as integer · 2^exponent. */
function integerOf(value: number): { integer: bigint; exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0]
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n)
  return { integer: value < 0 ? -magnitude : magnitude, exponent: Math.max(1, biased) - 1075 }
}
