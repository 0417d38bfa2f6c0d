// Goal: sorted sums are those of sorted arrays, and the search finds sums of real orders that spread wider than random ones.
// Left out: how wide the widest is, which nobody knows; the search gives a lower bound.
import { expect, it } from 'vitest'
import { allocateOrderMemory, OrderedSums } from '../../src/spread/ordered-sums.ts'
import { searchOrders } from '../../src/spread/searched-orders.ts'
import { drawValues } from '../../src/spread/values.ts'
import { VALUE_NAMES } from '../../src/study/value-names.ts'

function shared(values: ArrayLike<number>): [OrderedSums, Float64Array] {
  const sums = new OrderedSums(allocateOrderMemory({ count: values.length, slots: 1, threads: 1 }))
  sums.values(0).set(values)
  return [sums, sums.values(0)]
}

const added = (values: readonly number[]): number => values.reduce((a, b) => a + b)

it.each([
  ['both signs', [3e15, -0.1, 7, -1e16, 0.3, 1, -5e15, 0.7]],
  ['negative alone', [-3e15, -0.1, -7e15]],
  ['positive alone', [3e15, 0.1, 7e15]],
  ['one', [-4]],
])('sorts an array of %s four ways', (_, values) => {
  const [sums, array] = shared(values)
  const up = values.toSorted((a, b) => a - b)
  const magnitudeUp = values.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  expect(searchOrders(sums, array).sorted).toEqual({
    up: added(up),
    down: added(up.toReversed()),
    magnitudeUp: added(magnitudeUp),
    magnitudeDown: added(magnitudeUp.toReversed()),
  })
  expect([...array]).toEqual(values)
})

it.each(VALUE_NAMES)('of %s numbers finds lower and higher sums than a hundred random orders', (name) => {
  const count = 20_000
  const [sums, values] = shared(new Float64Array(count))
  drawValues({ values: name, mix: 1, fraction: { numerator: 1, denominator: 3 }, count, seed: 7 }, values)
  const random = Array.from({ length: 100 }, (_, index) => {
    sums.drawOrder(7, index)
    return sums.gathered(values)
  })
  const { found } = searchOrders(sums, values)
  expect(found.evaluations).toBe(18)
  expect(found.lowest).toBeLessThan(Math.min(...random))
  expect(found.highest).toBeGreaterThan(Math.max(...random))
  const magnitude = added([...values].map(Math.abs))
  expect(found.highest - found.lowest).toBeLessThan(2 * count * 2 ** -53 * magnitude)
})
