// Goal: distances in f32 steps, over zero and exponents too, and the first place at which two arrays differ.
import { describe, expect, it } from 'vitest'
import { firstDifference, ulpDistance } from '../../src/core/ulp.ts'

const TINY = 2 ** -149

describe('the distance in ULP', () => {
  it.each([
    [1, 1, 0],
    [0, -0, 0],
    [1, 1 + 2 ** -23, 1],
    [2, 2 - 2 ** -23, 1],
    [0, TINY, 1],
    [-TINY, TINY, 2],
    [-1, -1 - 2 ** -23, 1],
    [3.4028234663852886e38, Number.POSITIVE_INFINITY, 1],
  ])('of %f and %f is %i, either way round', (a, b, ulp) => {
    expect(ulpDistance(a, b)).toBe(ulp)
    expect(ulpDistance(b, a)).toBe(ulp)
  })

  it('of a NaN is none', () => {
    expect(ulpDistance(Number.NaN, 1)).toBeNull()
  })
})

describe('the first difference', () => {
  it('is named with its highest bit, distance and bits', () => {
    expect(firstDifference(Float32Array.of(1, 2, 3), Float32Array.of(1, 2 + 2 ** -22, 4))).toEqual({
      element: 1,
      bit: 0,
      ulp: 1,
      bits: ['40000000', '40000001'],
    })
  })

  it('may be the sign of a zero alone, which is no distance', () => {
    expect(firstDifference(Float32Array.of(0), Float32Array.of(-0))).toMatchObject({ bit: 31, ulp: 0 })
  })

  it('of equal arrays is none', () => {
    expect(firstDifference(Float32Array.of(1, 2), Float32Array.of(1, 2))).toBeUndefined()
  })
})
