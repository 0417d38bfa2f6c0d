/** How many f32 values lie between two, each end counted once: 0 for equal ones, ±0 among them; null where one is NaN. */
export function ulpDistance(a: number, b: number): number | null {
  if (Number.isNaN(a) || Number.isNaN(b)) return null
  return Math.abs(placeOf(a) - placeOf(b))
}

/** f32 values numbered in rising order, both zeros 0. */
function placeOf(value: number): number {
  const [bits] = new Uint32Array(Float32Array.of(value).buffer)
  return bits < 0x80000000 ? bits : 0x80000000 - bits
}

/** Where two arrays first hold other bits. */
export interface FirstDifference {
  readonly element: number
  /** The highest bit that differs: 31 is the sign, 30 to 23 the exponent. */
  readonly bit: number
  /** Null where one is NaN. */
  readonly ulp: number | null
  /** Bits as eight hex digits. */
  readonly bits: readonly [string, string]
}

/** The first element of other bits in two f32 arrays of one length; undefined where all are equal. */
export function firstDifference(a: Float32Array, b: Float32Array): FirstDifference | undefined {
  const [aBits, bBits] = [a, b].map((array) => new Uint32Array(array.buffer, array.byteOffset, array.length))
  const element = aBits.findIndex((word, i) => word !== bBits[i])
  if (element < 0) return undefined
  const hex = (word: number): string => word.toString(16).padStart(8, '0')
  return {
    element,
    bit: 31 - Math.clz32(aBits[element] ^ bBits[element]),
    ulp: ulpDistance(a[element], b[element]),
    bits: [hex(aBits[element]), hex(bBits[element])],
  }
}
