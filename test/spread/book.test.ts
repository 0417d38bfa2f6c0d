// Goal: section 5.7's table comes out digit for digit, and NumPy's for other arrays. Left out: how it is printed (end-to-end).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { BOOK_ARRAY, bookTable } from '../../src/spread/book.ts'

interface NumpyTable {
  readonly seed: number
  readonly count: number
  readonly mix: number
  readonly sums: Readonly<Record<string, string>>
  readonly exact: string
  readonly max_spread: string
}

const golden = (name: string) => JSON.parse(readFileSync(join(projectRoot, 'test/golden', name), 'utf8'))

it("the published four sums are the generator's, to the last bit", () => {
  const { ascending, descending, order_a, order_b, max_spread, relative_spread } = golden('book.json').section_5_7
  const table = bookTable(BOOK_ARRAY)
  expect(Object.values(table.sums)).toEqual([ascending, descending, order_a, order_b].map(Number))
  expect(table.maxSpread.toExponential(6)).toBe(Number(max_spread).toExponential(6))
  expect(table.relativeSpread?.toExponential(2)).toBe(Number(relative_spread).toExponential(2))
})

it.each(golden('spread-numpy.json').tables as NumpyTable[])(
  'NumPy makes the same of seed $seed, $count numbers, mix $mix',
  (table) => {
    const { seed, count, mix, sums, exact, max_spread } = table
    const ours = bookTable({ ...BOOK_ARRAY, seed, count, mix })
    expect(ours.sums).toEqual(Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number(sum)])))
    expect(ours.exact).toBe(Number(exact))
    expect(ours.maxSpread.toExponential(6)).toBe(Number(max_spread).toExponential(6))
  },
)

it('another seed gives other sums', () => {
  const { sums } = bookTable({ ...BOOK_ARRAY, seed: 8, count: 100 })
  expect(sums).not.toEqual(bookTable({ ...BOOK_ARRAY, seed: 9, count: 100 }).sums)
})
