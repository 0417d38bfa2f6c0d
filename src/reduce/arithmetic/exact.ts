import assert from 'node:assert'
import { LOWEST_BIT, SUM_FLAGS, SUM_PLANES, SUM_WORDS } from '../../core/exact-words.ts'
import type { Agreement, Arithmetic } from './arithmetic.ts'
import { maximumArithmetic } from './maximum.ts'
import { bytesOf, doublesOf } from './views.ts'

/** Every finite term is a whole multiple of 2^lowest, and below 2^highest in magnitude. Of nothing but zeros highest ≤ lowest. */
export interface BitRange {
  readonly lowest: number
  readonly highest: number
  /** No NaN, no infinity. */
  readonly allFinite: boolean
}

/** The loops over elements; transport/shared-arithmetic.ts has the same in SIMD code. */
export interface ExactLoops {
  /** The range of f32 values. */
  rangeOf(vector: Float32Array): BitRange
  /** limbs[i] = values[i] · scale, a power of two. */
  widen(values: Float32Array, limbs: Float64Array, scale: number): void
  /** limbs[at + i] += terms[i]. */
  add(limbs: Float64Array, at: number, terms: Float64Array): void
  /** limbs[at + i] = terms[i]. */
  copy(limbs: Float64Array, at: number, terms: Float64Array): void
  /** values[i] = limbs[i] · scale, rounded to nearest even. */
  narrow(limbs: Float64Array, values: Float32Array, scale: number): void
}

/** What holds every f32 value, and every sum of words. */
const FULL_RANGE: BitRange = { lowest: LOWEST_BIT, highest: 128, allFinite: false }
const WORDS_RANGE: BitRange = { lowest: LOWEST_BIT, highest: LOWEST_BIT + 32 * SUM_WORDS, allFinite: false }
/** Vectors that a sum can have. */
export const MAX_TERMS = 65_536

/**
 * The width of a limb: sums of `terms` limbs stay below 2^53, where every integer is an f64 and every addition exact.
 */
export function limbBits(terms: number): number {
  assert(Number.isInteger(terms) && terms >= 1 && terms <= MAX_TERMS, `at most ${MAX_TERMS} terms (got ${terms})`)
  return 53 - Math.ceil(Math.log2(terms))
}

/** How many limbs hold a range. */
export function limbCount({ lowest, highest }: Pick<BitRange, 'lowest' | 'highest'>, terms: number): number {
  return Math.max(1, Math.ceil((highest - lowest) / limbBits(terms)))
}

/** In plain code; those below. */
export const PLAIN_LOOPS: ExactLoops = { rangeOf, widen, add, copy, narrow }

/**
 * The exact sum, rounded to f32 once at the end: the same bits in every order, over any number of ranks. Fixed point
 * relative to the range that all ranks agree on before they add: a value is Σ limb[k] · 2^(lowest + k·limbBits), limbs are
 * integers in f64, and as no sum of limbs rounds, addition is associative. 8 bytes a limb and element; as many limbs as the
 * range takes, 6 or 7 for all of f32. NaN and infinities travel in the first limb, −0 in all of them.
 *
 * By itself, without an agreement, it is ready for every f32 value and 65,536 terms.
 */
export const exactArithmetic: Arithmetic = exactArithmeticBy(PLAIN_LOOPS)

/** The exact arithmetic over other loops. */
export function exactArithmeticBy(loops: ExactLoops): Arithmetic {
  return {
    ...limbArithmetic(FULL_RANGE, MAX_TERMS, loops),
    agreement: agreementOn(
      (vectors) => vectors.map((vector) => loops.rangeOf(vector)).reduce(joined),
      (range, terms) => limbArithmetic(range, terms, loops),
    ),
  }
}

/** One rank's contribution as exact-words.ts lays it out, and the elements of it that take part. */
export interface ExactWords {
  readonly words: Uint32Array
  readonly start: number
}

/** The words of leaves that lie one after the other, by leaf. */
export function wordsOfLeaves(words: Uint32Array, leaves: number): Uint32Array[] {
  const length = words.length / leaves
  return Array.from({ length: leaves }, (_, leaf) => words.subarray(leaf * length, (leaf + 1) * length))
}

/**
 * The exact arithmetic whose terms are words, as an engine made them: a contributed vector only says how many there are,
 * and takes the result.
 * @param wordsOf the words behind each contributed vector.
 */
export function exactArithmeticOver(
  wordsOf: (vector: Float32Array) => ExactWords,
  loops: ExactLoops = PLAIN_LOOPS,
): Arithmetic {
  const ofRange = (range: BitRange, terms: number): Arithmetic =>
    limbArithmetic(range, terms, loops, (vector, limbs) =>
      splitWords(wordsOf(vector), vector.length, range, limbBits(terms), limbs),
    )
  return {
    ...ofRange(WORDS_RANGE, MAX_TERMS),
    agreement: agreementOn(
      (vectors) => vectors.map((vector) => rangeOfWords(wordsOf(vector), vector.length)).reduce(joined),
      ofRange,
    ),
  }
}

/** Ranks agree on [highest, −lowest, 1 where something is not finite]: the maximum over ranks is the range of all. */
function agreementOn(
  rangeOfAll: (vectors: readonly Float32Array[]) => BitRange,
  over: (range: BitRange, terms: number) => Arithmetic,
): Agreement {
  return {
    maximum: maximumArithmetic,
    needs(vectors) {
      const { lowest, highest, allFinite } = rangeOfAll(vectors)
      return Float32Array.of(highest, -lowest, allFinite ? 0 : 1)
    },
    over: ([highest, minusLowest, notFinite], terms) => {
      const bits = highest === Number.NEGATIVE_INFINITY ? { lowest: 0, highest: 0 } : { lowest: -minusLowest, highest }
      return over({ ...bits, allFinite: notFinite === 0 }, terms)
    },
    bytesPerElementMax: (terms) => 8 * limbCount(WORDS_RANGE, terms),
  }
}

const NO_BITS: BitRange = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY, allFinite: true }

function joined(a: BitRange, b: BitRange): BitRange {
  return {
    lowest: Math.min(a.lowest, b.lowest),
    highest: Math.max(a.highest, b.highest),
    allFinite: a.allFinite && b.allFinite,
  }
}

/** Sums in limbs of one range. @param split fills the limbs, [elements, limbs], from what a vector stands for. */
function limbArithmetic(
  range: BitRange,
  terms: number,
  loops: ExactLoops,
  split: (vector: Float32Array, limbs: Float64Array) => void = (vector, limbs) =>
    splitValues(vector, limbs, range, limbBits(terms), loops),
): Arithmetic {
  const count = limbCount(range, terms)
  return {
    name: 'exact',
    bytesPerElement: 8 * count,
    begin(vector, workspace) {
      const own = workspace === undefined ? borrow(count * vector.length) : undefined
      const limbs = own ?? doublesOf(workspace ?? new Uint8Array(0))
      split(vector, limbs)
      // A piece may begin inside an element; a limb lies in one piece.
      const limbAt = (start: number): number => Math.round(start * count)
      return {
        encode: (start, end) => bytesOf(limbs.subarray(start * count, end * count)),
        add: (bytes, start) => loops.add(limbs, limbAt(start), doublesOf(bytes)),
        copy: (bytes, start) => loops.copy(limbs, limbAt(start), doublesOf(bytes)),
        finish() {
          if (count === 1) loops.narrow(limbs, vector, 2 ** range.lowest)
          else joinLimbs(limbs, vector, range.lowest, limbBits(terms), count)
          if (!range.allFinite) unifyNaNs(vector)
          if (own) giveBack(own)
        },
      }
    },
  }
}

/** Limbs of sums that are done: fresh pages cost as much as all the rest. */
const spares: Float64Array[] = []
const SPARES_MAX = 4

function borrow(length: number): Float64Array {
  const at = spares.findIndex((spare) => spare.length >= length)
  const spare = at < 0 ? new Float64Array(length) : spares.splice(at, 1)[0]
  return new Float64Array(spare.buffer, 0, length)
}

function giveBack(limbs: Float64Array): void {
  if (spares.length === SPARES_MAX) spares.shift()
  spares.push(new Float64Array(limbs.buffer))
}

const double = new Float64Array(1)
const wordsOfDouble = new Uint32Array(double.buffer)

/** From the exponents of the greatest and the least magnitude: a value's last bit lies 23 below its first. */
function rangeOf(vector: Float32Array): BitRange {
  const words = new Int32Array(vector.buffer, vector.byteOffset, vector.length)
  let greatest = 0
  let least = 0x7fffffff
  let allFinite = true
  for (let i = 0; i < words.length; i++) {
    const magnitude = words[i] & 0x7fffffff
    if (magnitude >= 0x7f800000) allFinite = false
    else {
      if (magnitude > greatest) greatest = magnitude
      if (magnitude < least && magnitude !== 0) least = magnitude
    }
  }
  return rangeOfMagnitudes(greatest, least, allFinite)
}

/** @param greatest bits of the greatest finite magnitude, 0 where all are zeros. @param least bits of the least above zero. */
export function rangeOfMagnitudes(greatest: number, least: number, allFinite: boolean): BitRange {
  if (greatest === 0) return { ...NO_BITS, allFinite }
  const exponentOf = (magnitude: number): number => Math.max(magnitude >>> 23, 1)
  return { lowest: exponentOf(least) - 150, highest: exponentOf(greatest) - 126, allFinite }
}

function widen(values: Float32Array, limbs: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) limbs[i] = values[i] * scale
}

function add(limbs: Float64Array, at: number, terms: Float64Array): void {
  for (let i = 0; i < terms.length; i++) limbs[at + i] += terms[i]
}

function copy(limbs: Float64Array, at: number, terms: Float64Array): void {
  limbs.set(terms, at)
}

function narrow(limbs: Float64Array, values: Float32Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = limbs[i] * scale
}

/** One NaN for all. Apart from `narrow`, which would take four times as long. */
function unifyNaNs(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = Number.NaN
}

/** Each limb has the sign of its value, and lies below 2^width. */
function splitValues(
  values: Float32Array,
  limbs: Float64Array,
  range: BitRange,
  width: number,
  loops: ExactLoops,
): void {
  const count = limbs.length / Math.max(1, values.length)
  const scale = 2 ** -range.lowest
  if (count <= 1) {
    loops.widen(values, limbs, scale)
    return
  }
  const units = Array.from({ length: count }, (_, k) => 2 ** (k * width))
  for (let i = 0; i < values.length; i++) {
    let rest = values[i] * scale
    const at = i * count
    if (rest === 0) limbs.fill(rest, at, at + count)
    else if (!Number.isFinite(rest)) {
      limbs[at] = rest
      limbs.fill(0, at + 1, at + count)
    } else {
      for (let k = count - 1; k > 0; k--) {
        limbs[at + k] = Math.trunc(rest / units[k])
        rest -= limbs[at + k] * units[k]
      }
      limbs[at] = rest
    }
  }
}

/**
 * The sum of an element's limbs, rounded to f32 once. Carries go up until every limb but the last lies within half a unit of
 * the next; then limbs are added from the top. The first addition that rounds rounds to odd, which keeps on which side of
 * the f64 the sum lies: rounded to f32 after that, it is the f32 nearest to the sum.
 * @source Boldo & Melquiond 2008, Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd.
 */
function joinLimbs(limbs: Float64Array, values: Float32Array, lowest: number, width: number, count: number): void {
  const unit = 2 ** width
  const carried = new Float64Array(count)
  for (let i = 0; i < values.length; i++) {
    const at = i * count
    if (!Number.isFinite(limbs[at])) {
      values[i] = limbs[at]
      continue
    }
    let carry = 0
    let isMinusZero = true
    for (let k = 0; k < count; k++) {
      const limb = limbs[at + k]
      isMinusZero &&= Object.is(limb, -0)
      const sum = limb + carry
      carry = k === count - 1 ? 0 : Math.round(sum / unit)
      carried[k] = sum - carry * unit
    }
    let k = count - 1
    let sum = carried[k]
    let error = 0
    while (k > 0 && error === 0) {
      k--
      const high = sum * unit
      sum = high + carried[k]
      error = carried[k] - (sum - high) // exact: |high| ≥ |carried[k]| or high is 0
    }
    values[i] = isMinusZero ? -0 : (error === 0 ? sum : toOdd(sum, error)) * 2 ** (lowest + k * width) + 0
  }
}

/** Of the two f64 values that `sum + error` lies between, the one with an odd last bit. `sum` is the nearer one. */
function toOdd(sum: number, error: number): number {
  double[0] = sum
  if (wordsOfDouble[0] & 1) return sum
  const away = sum > 0 === error > 0
  // From an even last bit one step never carries upwards; downwards it borrows.
  if (away) wordsOfDouble[0] |= 1
  else {
    if (wordsOfDouble[0] === 0) wordsOfDouble[1]--
    wordsOfDouble[0]--
  }
  return double[0]
}

/** The range of words: their lowest bit that is set, and one bit above the highest that differs from the sign. */
function rangeOfWords({ words, start }: ExactWords, length: number): BitRange {
  const stride = words.length / SUM_PLANES
  const planeOf = (k: number): Uint32Array => words.subarray(k * stride + start, k * stride + start + length)
  const signs = planeOf(SUM_WORDS - 1)
  let range = NO_BITS
  for (let k = 0; k < SUM_WORDS; k++) {
    const plane = planeOf(k)
    let anyBit = 0
    let anyMagnitude = 0
    for (let i = 0; i < length; i++) {
      anyBit |= plane[i]
      anyMagnitude |= plane[i] ^ (signs[i] >> 31)
    }
    const base = LOWEST_BIT + 32 * k
    // −2^n has no magnitude bit n in one's complement: hence one more.
    if (anyMagnitude !== 0) range = joined(range, { ...NO_BITS, highest: base + 33 - Math.clz32(anyMagnitude) })
    if (anyBit !== 0) range = joined(range, { ...NO_BITS, lowest: base + 31 - Math.clz32(anyBit & -anyBit) })
  }
  const nonFinite = SUM_FLAGS.nan | SUM_FLAGS.positiveInfinity | SUM_FLAGS.negativeInfinity
  const flags = words.subarray(SUM_WORDS * stride + start, SUM_WORDS * stride + start + length)
  return { ...range, allFinite: flags.every((each) => (each & nonFinite) === 0) }
}

/** Where the bits of one word belong: its low part in limb − 1, if there is one, and its high part in limb. */
interface WordPlace {
  readonly limb: number
  /** The word's unit in units of the limb that takes the low part. */
  readonly scale: number
}

/** Fills limbs [length, count] from words. A word has 32 bits and a limb at least 37: one word lies in at most two limbs. */
function splitWords(
  { words, start }: ExactWords,
  length: number,
  range: BitRange,
  width: number,
  limbs: Float64Array,
): void {
  if (length === 0) return
  const stride = words.length / SUM_PLANES
  const count = limbs.length / length
  const unit = 2 ** width
  const places = Array.from({ length: SUM_WORDS }, (_, k): WordPlace | undefined => {
    const first = LOWEST_BIT + 32 * k - range.lowest
    if (first + 31 < 0 || range.lowest + first > range.highest) return undefined // no bits of the range
    const limb = Math.min(Math.floor((first + 31) / width), count - 1)
    return { limb, scale: 2 ** (first - Math.max(0, limb - 1) * width) }
  })
  for (let i = 0; i < length; i++) {
    const at = start + i
    const out = i * count
    const flags = words[SUM_WORDS * stride + at]
    const notFinite = nonFiniteOf(flags)
    if (notFinite !== 0) {
      limbs.fill(0, out, out + count)
      limbs[out] = notFinite
      continue
    }
    limbs.fill(flags & SUM_FLAGS.notMinusZero ? 0 : -0, out, out + count)
    const sign = words[(SUM_WORDS - 1) * stride + at] >>> 31 === 0 ? 1 : -1
    let carry = sign < 0 ? 1 : 0
    for (let k = 0; k < SUM_WORDS; k++) {
      const place = places[k]
      const word = words[k * stride + at]
      const magnitude = sign < 0 ? ((~word >>> 0) + carry) % 2 ** 32 : word
      carry = carry === 1 && word === 0 ? 1 : 0
      if (magnitude === 0 || place === undefined) continue
      const { limb, scale } = place
      const scaled = magnitude * scale
      const high = limb === 0 ? scaled : Math.trunc(scaled / unit)
      limbs[out + limb] += sign * high
      if (limb > 0) limbs[out + limb - 1] += sign * (scaled - high * unit)
    }
  }
}

/** NaN or an infinity, where flags say so; else 0. */
function nonFiniteOf(flags: number): number {
  const { nan, positiveInfinity, negativeInfinity } = SUM_FLAGS
  if ((flags & (nan | positiveInfinity | negativeInfinity)) === 0) return 0
  if (flags & nan || (flags & positiveInfinity && flags & negativeInfinity)) return Number.NaN
  return flags & positiveInfinity ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}
