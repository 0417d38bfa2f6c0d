// Goal: one JSON value has one text and one digest, as RFC 8785 has it. Left out: the serializer's own corner cases
// (its package tests them).
import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256OfJson } from '../../src/core/canonical-json.ts'

describe('canonical JSON', () => {
  it('writes numbers, strings and literals as the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts keys by their UTF-16 units, at every depth', () => {
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2, '\u00f6': 3, 1: { b: 1, a: -0 } })).toBe(
      '{"1":{"a":0,"b":1},"ö":3,"\u{1f600}":2,"\ufb33":1}',
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])('refuses what JSON cannot hold: %s', (odd) => {
    expect(() => canonicalJson({ odd })).toThrow(/not allowed/)
  })

  it('gives one digest whatever the order of keys, and another for another value', () => {
    expect(sha256OfJson({ a: 1, b: [2] })).toBe(sha256OfJson({ b: [2], a: 1 }))
    expect(sha256OfJson({ a: 1, b: [2] })).not.toBe(sha256OfJson({ a: 1, b: [3] }))
  })
})
