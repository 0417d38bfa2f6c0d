// Goal: the exact sum is the rational sum, rounded once, for every finite f64, in any order. Left out: speed.
import { describe, expect, it } from 'vitest'
import { mix32 } from '../../src/core/mix.ts'
import { ExactSum } from '../../src/spread/exact-sum.ts'

/** A finite f64 as an integer of units of 2^-1074. */
function unitsOf(value: number): bigint {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1)
  return bits >> 63n === 0n ? magnitude : -magnitude
}

/** Is `value` the f64 nearest to `units`, ties to even? Decided by its neighbours, without rounding anything. */
function isNearest(value: number, units: bigint): boolean {
  const bits = new BigInt64Array(new Float64Array([Math.abs(value)]).buffer)[0]
  const valueAt = (at: bigint): number => new Float64Array(new BigInt64Array([at]).buffer)[0]
  const target = units < 0n ? -units : units
  const distance = (at: bigint): bigint => {
    const gap = unitsOf(valueAt(at)) - target
    return gap < 0n ? -gap : gap
  }
  const neighbours = [bits - 1n, bits + 1n].filter((at) => at >= 0n && Number.isFinite(valueAt(at)))
  const own = distance(bits)
  const nearest = neighbours.every((at) => own < distance(at) || (own === distance(at) && bits % 2n === 0n))
  return nearest && (units === 0n ? value === 0 : Math.sign(value) === (units < 0n ? -1 : 1))
}

/** Bits of every kind: all exponents up to 2^`span` either way, both signs, subnormals, cancelling copies. */
function anyValues(seed: number, count: number, span: number): Float64Array {
  const values = new Float64Array(count)
  const words = new Uint32Array(values.buffer)
  for (let i = 0; i < count; i++) {
    const draw = mix32(mix32(seed * 1e5 + i))
    const exponent = Math.min(2045, Math.max(0, 1023 - span + (mix32(draw + 1) % (2 * span))))
    words[2 * i] = mix32(draw + 2)
    words[2 * i + 1] = ((draw & 0x80000000) | (exponent << 20) | (draw & 0xfffff)) >>> 0
    if (i > 0 && draw % 4 === 0) values[i] = -values[mix32(draw + 3) % i]
  }
  return values
}

describe('the exact sum', () => {
  it.each([1, 4, 60, 1020, 1100])('is the rational sum, rounded once, with exponents over 2^±%i', (span) => {
    for (let seed = 0; seed < 150; seed++) {
      const values = anyValues(seed, 1 + (seed % 40), span)
      const sum = new ExactSum().add(values)
      const units = values.reduce((total, value) => total + unitsOf(value), 0n)
      expect(isNearest(sum.sum(), units), `seed ${seed}`).toBe(true)
      const magnitude = values.reduce((total, value) => total + unitsOf(Math.abs(value)), 0n)
      expect(isNearest(sum.magnitude(), magnitude), `seed ${seed}`).toBe(true)
    }
  })

  it('is what the check above refuses when it is off by one unit in the last place', () => {
    const values = Float64Array.of(0.1, 0.2, 0.3)
    const units = values.reduce((total, value) => total + unitsOf(value), 0n)
    expect(isNearest(new ExactSum().add(values).sum(), units)).toBe(true)
    expect(isNearest(0.6000000000000001, units)).toBe(false)
  })

  it.each([
    ['ties to even, down', [2 ** 53, 1], 2 ** 53],
    ['ties to even, up', [2 ** 53 + 2, 1], 2 ** 53 + 4],
    ['more than a tie', [2 ** 53, 1, 2 ** -1074], 2 ** 53 + 2],
    ['subnormals', [2 ** -1074, 2 ** -1074, 3 * 2 ** -1073], 2 ** -1071],
    ['a partial sum beyond the range', [Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE], Number.MAX_VALUE],
    ['a large sum just inside', [2 ** 1023, 2 ** 1022, 2 ** 1021], 1.75 * 2 ** 1023],
    ['overflow', [Number.MAX_VALUE, 2 ** 970], Number.POSITIVE_INFINITY],
    ['the largest that does not overflow', [Number.MAX_VALUE, 2 ** 969], Number.MAX_VALUE],
    ['the cancellation probe', [1e8, 1, -1e8, 1], 2],
    ['negative zeros', [-0, -0], -0],
    ['zeros of both signs', [-0, 0], 0],
    ['nothing left', [1, -1], 0],
    ['no values', [], 0],
    ['an infinity', [1, Number.NEGATIVE_INFINITY], Number.NEGATIVE_INFINITY],
    ['both infinities', [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], Number.NaN],
    ['a NaN', [1, Number.NaN], Number.NaN],
  ])('is right for %s', (_, values, sum) => {
    expect(new ExactSum().add(Float64Array.from(values)).sum()).toBe(sum)
  })

  it('carries in time over more values than the low words can hold', () => {
    const values = new Float64Array(2 ** 21 + 5).fill(2 - 2 ** -52)
    const sum = new ExactSum().add(values).add(values)
    expect(isNearest(sum.sum(), 2n * BigInt(values.length) * unitsOf(values[0]))).toBe(true)
    expect(new ExactSum().add(values.fill(-0, 0, 2 ** 21).subarray(0, 2 ** 21)).sum()).toBe(-0)
  })
})
