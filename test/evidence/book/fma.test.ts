// Goal: the fused multiply-add is a · b + c, exact, rounded once, for every f64. Left out: its speed, and a CPU's own
// instruction (4,000,000 triples of all exponents, subnormals, overflows and ties gave the bits of C's fma).
import { expect, it } from 'vitest'
import { mix32 } from '../../../src/core/mix.ts'
import { fusedMultiplyAdd } from '../../../src/evidence/book/fma.ts'

it.each([
  ['a double rounding that must not happen: half a unit and a bit', 1 + 2 ** -30, 1 + 2 ** -23, 2 ** -75 - 2 ** -53],
  ['a product that lies halfway, and c far below decides up', 1 + 2 ** -52, 1.5, 2 ** -300],
  ['the same, and c decides down', 1 + 2 ** -52, 1.5, -(2 ** -300)],
  ['the rounding error of a product', 0.1, 10, -1],
  ['a product below the subnormals, c normal', 2 ** -600, 2 ** -600, 1],
  ['a subnormal result of two roundings', 2 ** -537, 1.5 * 2 ** -537, 2 ** -1074],
  ['a product beyond the range, brought back', 2 ** 600, 2 ** 600, -(2 ** 1023)],
  ['a product just beyond the range, brought back', 2 ** 1023, 2, -(2 ** 1023)],
])('%s', (_, a, b, c) => {
  expect(isNearest(fusedMultiplyAdd(a, b, c), a, b, c)).toBe(true)
})

it('is the rational result rounded once, over exponents of every size, where two roundings are not', () => {
  let roundedTwice = 0
  for (let i = 0; i < 20_000; i++) {
    const [a, b, other] = [anyValue(3 * i), anyValue(3 * i + 1), anyValue(3 * i + 2)]
    const c = i % 2 === 0 ? other : -(a * b) * (1 + (i % 5) * 2 ** -52)
    if (!Number.isFinite(c) || !Number.isFinite(a * b)) continue
    expect(isNearest(fusedMultiplyAdd(a, b, c), a, b, c), `${a} · ${b} + ${c}`).toBe(true)
    if (!isNearest(a * b + c, a, b, c)) roundedTwice++
  }
  expect(roundedTwice).toBeGreaterThan(1000)
})

it('treats zeros, infinities and NaN as the instruction does', () => {
  expect(fusedMultiplyAdd(1, 1, -1)).toBe(0)
  expect(fusedMultiplyAdd(-0, 1, -0)).toBe(-0)
  expect(fusedMultiplyAdd(-(2 ** -600), 2 ** -600, 0)).toBe(-0)
  expect(fusedMultiplyAdd(2 ** 600, 2 ** 600, 0)).toBe(Number.POSITIVE_INFINITY)
  expect(fusedMultiplyAdd(2 ** 600, 2 ** 600, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
  expect(fusedMultiplyAdd(0, Number.POSITIVE_INFINITY, 1)).toBeNaN()
})

/** Exponents within 2^±60 mostly, and of every size in one of four. */
function anyValue(seed: number): number {
  const draw = mix32(mix32(seed))
  const span = seed % 4 === 0 ? 1000 : 60
  return (
    (draw % 2 === 0 ? 1 : -1) *
    (1 + mix32(draw + 1) / 2 ** 32 + 2 ** -52) *
    2 ** ((mix32(draw + 2) % (2 * span)) - span)
  )
}

/** Is `value` the f64 nearest to a · b + c, ties to even? Decided by its neighbours, without rounding anything. */
function isNearest(value: number, a: number, b: number, c: number): boolean {
  // In units of 2^-2148, the last place of a product of subnormals.
  const exact = unitsOf(a) * unitsOf(b) + (unitsOf(c) << 1074n)
  if (exact === 0n) return value === 0
  const distance = (other: number): bigint => {
    const gap = (unitsOf(other) << 1074n) - exact
    return gap < 0n ? -gap : gap
  }
  const bits = new BigInt64Array(Float64Array.of(Math.abs(value)).buffer)[0]
  const sign = exact < 0n ? -1 : 1
  const neighbours = [bits - 1n, bits + 1n]
    .filter((at) => at >= 0n)
    .map((at) => sign * new Float64Array(BigInt64Array.of(at).buffer)[0])
    .filter(Number.isFinite)
  const own = distance(value)
  const closest = neighbours.every((other) => own < distance(other) || (own === distance(other) && bits % 2n === 0n))
  return closest && (value === 0 || Math.sign(value) === sign)
}

/** A finite f64 as an integer of units of 2^-1074. */
function unitsOf(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0]
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1)
  return bits >> 63n === 0n ? magnitude : -magnitude
}
