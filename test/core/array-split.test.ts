// Goal: parts are dealt as NumPy's array_split deals them. Left out: who uses the parts.
import { describe, expect, it } from 'vitest'
import { arraySplit } from '../../src/core/array-split.ts'

describe('an array split', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16])(
    'into %i parts leaves nothing out, and gives the first parts one more',
    (n) => {
      for (const length of [0, 1, n - 1, n, n + 1, 1000]) {
        const parts = Array.from({ length: n }, (_, index) => arraySplit(length, n, index))
        expect(parts[0].start).toBe(0)
        expect(parts.at(-1)?.end).toBe(length)
        for (let i = 1; i < n; i++) expect(parts[i].start).toBe(parts[i - 1].end)
        const sizes = parts.map(({ start, end }) => end - start)
        const short = Math.floor(length / n)
        expect(sizes).toEqual(sizes.map((_, i) => (i < length % n ? short + 1 : short)))
      }
    },
  )

  it.each([
    [0, 0],
    [-1, 0],
    [1.5, 0],
    [3, -1],
    [3, 3],
  ])('into %d parts has no part %d', (parts, index) => {
    expect(() => arraySplit(10, parts, index)).toThrow()
  })
})
