import { LOWEST_BIT, SUM_FLAGS, SUM_PLANES, SUM_WORDS } from '../../src/core/exact-words.ts'

/** A finite f32 in units of 2^-149: exact, without floating point. */
export function unitsOf(value: number): bigint {
  const word = new Uint32Array(Float32Array.of(value).buffer)[0]
  const field = (word >>> 23) & 0xff
  const fraction = BigInt(word & 0x7fffff)
  const magnitude = field === 0 ? fraction : (fraction | 0x800000n) << BigInt(field - 1)
  return word >>> 31 === 0 ? magnitude : -magnitude
}

/** The f32 nearest to a whole number of units, ties to even. */
export function nearestF32(units: bigint): number {
  const magnitude = units < 0n ? -units : units
  const surplus = BigInt(Math.max(0, magnitude.toString(2).length - 24))
  const half = surplus === 0n ? 0n : 1n << (surplus - 1n)
  let kept = magnitude >> surplus
  const left = magnitude - (kept << surplus)
  if (surplus > 0n && (left > half || (left === half && (kept & 1n) === 1n))) kept++
  const exponent = Number(surplus) + LOWEST_BIT
  // Two factors: 2^exponent alone may be no f64 while the product is, and beyond f32 it becomes infinite below.
  const rounded = Math.fround(Number(kept) * 2 ** exponent)
  return units < 0n ? -rounded : rounded
}

/** The sum of f32 values as IEEE 754 says for one addition: exact, rounded once; −0 of nothing but −0. */
export function exactSum(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN
  const infinities = new Set(values.filter((value) => !Number.isFinite(value)))
  if (infinities.size > 0) return infinities.size === 2 ? Number.NaN : [...infinities][0]
  if (values.every((value) => Object.is(value, -0))) return -0
  return nearestF32(values.reduce((sum, value) => sum + unitsOf(value), 0n)) + 0
}

/** Sums as an engine hands them over. @param sums a list of f32 terms for each element. */
export function wordsOfSums(sums: readonly (readonly number[])[]): Uint32Array {
  const words = new Uint32Array(SUM_PLANES * sums.length)
  for (const [i, terms] of sums.entries()) {
    const finite = terms.filter(Number.isFinite)
    putUnits(
      words,
      i,
      finite.reduce((sum, value) => sum + unitsOf(value), 0n),
    )
    let flags = 0
    if (terms.some(Number.isNaN)) flags |= SUM_FLAGS.nan
    if (terms.includes(Number.POSITIVE_INFINITY)) flags |= SUM_FLAGS.positiveInfinity
    if (terms.includes(Number.NEGATIVE_INFINITY)) flags |= SUM_FLAGS.negativeInfinity
    if (!terms.every((value) => Object.is(value, -0))) flags |= SUM_FLAGS.notMinusZero
    words[SUM_WORDS * sums.length + i] = flags
  }
  return words
}

/** Writes the two's complement of an element. */
export function putUnits(words: Uint32Array, element: number, units: bigint): void {
  const length = words.length / SUM_PLANES
  for (let k = 0; k < SUM_WORDS; k++) words[k * length + element] = Number(BigInt.asUintN(32, units >> BigInt(32 * k)))
}
