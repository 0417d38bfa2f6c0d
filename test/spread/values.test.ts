// Goal: the mix lands on the stated elements, and cancelling numbers have the stated condition number. Left out: NumPy's
// own draws, which book.test.ts compares.
import { describe, expect, it } from 'vitest'
import { ExactSum } from '../../src/spread/exact-sum.ts'
import { drawValues, parseFraction } from '../../src/spread/values.ts'
import type { VALUE_NAMES } from '../../src/study/value-names.ts'

function drawn(values: (typeof VALUE_NAMES)[number], mix: number, fraction = '1/3', count = 1000): Float64Array {
  const into = new Float64Array(count)
  drawValues({ values, mix, fraction: parseFraction(fraction), count, seed: 7 }, into)
  return into
}

describe('the mix', () => {
  it.each([
    ['1/3', [0, 3, 6, 9]],
    ['0.25', [0, 4, 8]],
    ['2/5', [0, 3, 5, 8]],
    ['0', []],
    ['1', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('with fraction %s multiplies elements %j of ten', (fraction, large) => {
    const [plain, mixed] = [drawn('normal', 1, fraction, 10), drawn('normal', 1e8, fraction, 10)]
    const multiplied = [...mixed.keys()].filter((i) => mixed[i] === 1e8 * plain[i])
    expect(multiplied).toEqual(large)
    expect([...mixed.keys()].filter((i) => mixed[i] === plain[i])).toHaveLength(10 - large.length)
  })

  it.each(['2', '-1', '1/0', '4/3', '', 'a third', '1.5', '.5'])("refuses the fraction '%s'", (text) => {
    expect(() => parseFraction(text)).toThrow('--fraction must be from 0 to 1')
  })
})

describe('values', () => {
  it('near one are near one, lognormal ones are positive', () => {
    expect(drawn('near-one', 1).every((value) => Math.abs(value - 1) < 0.06)).toBe(true)
    expect(drawn('lognormal', 1).every((value) => value > 0)).toBe(true)
  })

  it.each([1, 1e8])('cancelling ones have a condition number of about 2^21 with mix %d', (mix) => {
    const sum = new ExactSum().add(drawn('cancelling', mix))
    expect(Math.abs(Math.log2(sum.magnitude() / sum.sum()) - 21)).toBeLessThan(0.01)
  })
})
