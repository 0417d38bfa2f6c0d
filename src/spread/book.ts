import { ExactSum } from './exact-sum.ts'
import { type ArraySpec, drawNumpyOrder, drawValues } from './values.ts'

/** The table of section 5.7. */
export interface BookTable {
  /** Sorted up; sorted down; in the two orders that the generator draws after the numbers. */
  readonly sums: Readonly<Record<'ascending' | 'descending' | 'order_a' | 'order_b', number>>
  /** Rounded once. */
  readonly exact: number
  readonly maxSpread: number
  /** Over |exact|; null where that is 0. */
  readonly relativeSpread: number | null
}

/** The numbers of section 5.7. */
export const BOOK_ARRAY: ArraySpec = {
  values: 'normal',
  mix: 1e8,
  fraction: { numerator: 1, denominator: 3 },
  count: 1_000_000,
  seed: 7,
}

/** Sums an array from left to right in the four orders of section 5.7, with NumPy's numbers and permutations. */
export function bookTable(spec: ArraySpec): BookTable {
  const values = new Float64Array(spec.count)
  const generator = drawValues(spec, values)
  const order = new Uint32Array(spec.count)
  const inNextOrder = (): number => {
    drawNumpyOrder(generator, spec.count, order)
    return sum(order, (index) => values[index])
  }
  const sorted = values.slice().sort()
  const sums = {
    ascending: sum(sorted, (value) => value),
    descending: sum(sorted.toReversed(), (value) => value),
    order_a: inNextOrder(),
    order_b: inNextOrder(),
  }
  const exact = new ExactSum().add(values).sum()
  const maxSpread = Math.max(...Object.values(sums)) - Math.min(...Object.values(sums))
  return { sums, exact, maxSpread, relativeSpread: exact === 0 ? null : maxSpread / Math.abs(exact) }
}

function sum<T extends Float64Array | Uint32Array>(items: T, element: (item: number) => number): number {
  let total = element(items[0])
  for (let i = 1; i < items.length; i++) total += element(items[i])
  return total
}
