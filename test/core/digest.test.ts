// Goal: digests are SHA-256 as everybody computes it, and equal exactly where results count as equal.
// Left out: what is digested where.
import { describe, expect, it } from 'vitest'
import { sha256, sha256OfFloats } from '../../src/core/digest.ts'

describe('a digest', () => {
  it('of text and bytes is SHA-256, however they are cut', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' // FIPS 180-4, example B.1
    expect(sha256('abc')).toBe(abc)
    expect(sha256('a', Uint8Array.of(0x62), '', 'c')).toBe(abc)
  })

  it('of floats is that of their bytes, little-endian', () => {
    const bytes = Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)
    expect(sha256OfFloats(Float32Array.of(1, -2))).toBe(sha256(bytes))
    expect(sha256OfFloats(Float32Array.of(1), Float32Array.of(-2))).toBe(sha256(bytes))
    expect(sha256OfFloats(Float32Array.of(9, 1, -2, 9).subarray(1, 3))).toBe(sha256(bytes))
  })

  it('counts every NaN as the same', () => {
    const nans = [0x7fc00000, 0xffc00000, 0x7f800001, 0x7fc12345]
    const digests = nans.map((bits) => sha256OfFloats(new Float32Array(Uint32Array.of(bits).buffer)))
    expect(new Set(digests)).toEqual(new Set([sha256(Uint8Array.of(0, 0, 0xc0, 0x7f))]))
  })

  it.each([
    ['the zeros', 0, -0],
    ['a subnormal and zero', 2 ** -149, 0],
    ['neighbours', 1, 1 + 2 ** -23],
    ['infinities', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ])('tells %s apart', (_, a, b) => {
    expect(sha256OfFloats(Float32Array.of(a))).not.toBe(sha256OfFloats(Float32Array.of(b)))
  })
})
