/**
 * The twin of kernels/arithmetic.wgsl: the same operations on f32 values, bit for bit. JavaScript rounds f64 to f32
 * correctly, and for one add or product of two f32 values the double rounding is innocuous (Figueroa 1995).
 */

const LEAST_KEPT = 2 ** -126
const bitsView = new DataView(new ArrayBuffer(4))

/** The bits of an f32 value. */
export function bitsOf(x: number): number {
  bitsView.setFloat32(0, x)
  return bitsView.getUint32(0)
}

/** The f32 value of 32 bits. */
export function floatOf(bits: number): number {
  bitsView.setUint32(0, bits >>> 0)
  return bitsView.getFloat32(0)
}

/** f32 with every magnitude up to and including 2^-126 made a zero of the same sign. */
export function settle(x: number): number {
  const rounded = Math.fround(x)
  return rounded <= LEAST_KEPT && rounded >= -LEAST_KEPT ? rounded * 0 : rounded
}

/** a + b of settled values, rounded once, settled. */
export function add(a: number, b: number): number {
  return settle(a + b)
}

/** a · b of settled values, rounded once, settled. */
export function mul(a: number, b: number): number {
  return settle(a * b)
}

const LN2_HIGH = 0.693359375
const LN2_LOW = 0.00021219444170128554
const EXP_COEFFICIENTS = [
  0.0013814467238262296, 0.008368780836462975, 0.04166839271783829, 0.1666651964187622, 0.4999999403953552,
]
const LOG_COEFFICIENTS = [
  -0.07634492963552475, 0.12761574983596802, -0.13160182535648346, 0.14201758801937103, -0.16623356938362122,
  0.20001226663589478, -0.2500081956386566, 0.3333333134651184,
]

/** e^x; domain and accuracy as in the kernel. */
export function exponential(x: number): number {
  const magnitude = bitsOf(x) & 0x7fffffff
  const limited = magnitude > 0x42d00000 ? floatOf((bitsOf(x) & 0x80000000) | 0x42d00000) : x
  const shifted = add(mul(limited, Math.fround(1.44269502)), 12582912)
  const n = (bitsOf(shifted) - 0x4b400000) | 0
  const nf = add(shifted, -12582912)
  const r = add(add(limited, -mul(nf, LN2_HIGH)), mul(nf, LN2_LOW))
  const p = add(1, add(r, mul(mul(r, r), horner(EXP_COEFFICIENTS, r))))
  const exponent = (bitsOf(p) >> 23) + n
  if (magnitude > 0x7f800000) return Number.NaN
  if (exponent >= 255) return Number.POSITIVE_INFINITY
  if (exponent <= 0) return 0
  return settle(floatOf(bitsOf(p) + (n << 23)))
}

/** ln x for positive normal x, NaN for NaN; accuracy as in the kernel. */
export function logarithm(x: number): number {
  if (Number.isNaN(x)) return x
  const bits = bitsOf(x) | 0
  const e = (bits - 0x3f3504f3) >> 23
  const f = add(floatOf(bits - (e << 23)), -1)
  const ff = mul(f, f)
  const tail = add(mul(mul(ff, f), horner(LOG_COEFFICIENTS, f)), -mul(e, LN2_LOW))
  return add(add(add(tail, mul(ff, -0.5)), f), mul(e, LN2_HIGH))
}

/** 1 / x for 2^-100 ≤ x ≤ 2^100; accuracy as in the kernel. */
export function reciprocal(x: number): number {
  let r = floatOf(0x7ef311c7 - bitsOf(x))
  for (let i = 0; i < 4; i++) r = add(r, mul(r, add(1, -mul(x, r))))
  return r
}

/** Horner's scheme, highest coefficient first, every operation rounded. */
function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => add(mul(sum, x), coefficient))
}
