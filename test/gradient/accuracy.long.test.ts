// Goal: the accuracy that kernels/arithmetic.wgsl states, over every float of one period of each function (what repeats
// by exponent is not repeated here). Left out: bits against the GPU, which arithmetic.test.ts compares.
import { expect, it } from 'vitest'
import { exponential, floatOf, logarithm, reciprocal } from '../../src/gradient/arithmetic.ts'

/** |got − exact| in units of the last place of the exact value's f32 neighbourhood. */
function ulps(got: number, exact: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))))
  return Math.abs(got - exact) / 2 ** (exponent - 23)
}

/** The greatest error of a function over every float from `from` up to `to`, both positive. */
function worst(of: (x: number) => number, exact: (x: number) => number, from: number, to: number): number {
  const bits = new DataView(new ArrayBuffer(4))
  bits.setFloat32(0, from)
  let at = bits.getUint32(0)
  bits.setFloat32(0, to)
  const end = bits.getUint32(0)
  let greatest = 0
  for (; at < end; at++) {
    const x = floatOf(at)
    greatest = Math.max(greatest, ulps(of(x), exact(x)))
  }
  return greatest
}

it('the reciprocal is within 2 ULP on all floats of [1, 4)', () => {
  expect(worst(reciprocal, (x) => 1 / x, 1, 4)).toBeLessThan(2)
})

it('the logarithm is within 2 ULP on all floats of [1/2, 2) but 1, where it is 0', () => {
  expect(logarithm(1)).toBe(0)
  expect(worst(logarithm, Math.log, 0.5, 1)).toBeLessThan(2)
  expect(worst(logarithm, Math.log, 1 + 2 ** -23, 2)).toBeLessThan(2)
})

it('the exponential is within 2 ULP on all floats of [1/4, 1), and of [64, 88)', () => {
  expect(worst(exponential, Math.exp, 0.25, 1)).toBeLessThan(2)
  expect(worst(exponential, Math.exp, 64, 88)).toBeLessThan(2)
})
