// Goal: the order of a black-box sum is recovered from its sums alone, whatever the order: loops, lanes, every all-reduce of
// ours, random trees; and a sum that no tree of roundings explains is said to be one. Left out: sums on a GPU
// (test/gradient/probe.test.ts).
import { describe, expect, it } from 'vitest'
import { joinOrders, type OrderTree, parseOrder, unpackOrders } from '../../src/reduce/order.ts'
import {
  fallingStrides,
  orderInWords,
  recoverOrder,
  type SumsOf,
  sequentialOrder,
  stridedOrder,
} from '../../src/reduce/recover-order.ts'
import { isArrivalOrdered } from '../../src/reduce/schedule.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import { CASES, caseName, caseSchedule } from './cases.ts'
import { evaluate } from './vectors.ts'

/** A box that adds by this tree, every addition rounded to f32. */
function addsBy(order: OrderTree): SumsOf {
  const tree = parseOrder(order)
  const add = (a: number, b: number): number => Math.fround(a + b)
  return async (vectors) => vectors.map((vector) => evaluate(tree, (leaf) => vector[leaf], add))
}

/** A tree over `count` leaves, another for every seed. */
function randomTree(count: number, seed: number): OrderTree {
  const parts = Array.from({ length: count }, (_, leaf) => String(leaf))
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  while (parts.length > 1) {
    const [a] = parts.splice(below(parts.length), 1)
    const [b] = parts.splice(below(parts.length), 1)
    parts.push(joinOrders(a, b))
  }
  return parts[0]
}

describe('the recovered order', () => {
  it.each([
    ['of one number', '0', 1],
    ['of two', '(0 1)', 2],
    ['of a loop', '(((0 1) 2) 3)', 4],
    ['of a loop from the end', '(0 (1 (2 3)))', 4],
    ['of neighbours', '((0 1) (2 3))', 4],
    ['of lanes half apart', '((0 2) (1 3))', 4],
    ['of a lopsided tree', '((0 (3 4)) (1 2))', 5],
  ])('%s is %s', async (_, order, count) => {
    expect(await recoverOrder(count, addsBy(order))).toBe(order)
  })

  it('is the planted one for 200 random trees of up to 40 leaves', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const count = 1 + (seed % 40)
      const order = randomTree(count, seed)
      expect(await recoverOrder(count, addsBy(order))).toBe(order)
    }
  })

  it('does not mind a sum that starts from zero, or f64 partial sums', async () => {
    const loop = (vector: Float32Array): number => vector.reduce((sum, value) => sum + value, 0)
    expect(await recoverOrder(64, async (vectors) => vectors.map(loop))).toBe(sequentialOrder(64))
  })
})

const planned = CASES.filter((which) => !isArrivalOrdered(caseSchedule(which, 4)))

describe.each(planned.map((which) => [caseName(which), which] as const))('%s', (_, which) => {
  it.each([2, 3, 4, 7, 8, 16])('over %i ranks adds every chunk in the order that was proved', async (rankCount) => {
    const schedule = caseSchedule(which, rankCount)
    const { order } = provenOrder(schedule)
    const { chunkCount } = schedule
    // One all-reduce adds every vector in the order of every chunk: element (chunk, pair) of a rank is its number in the pair's.
    let sums: Float32Array | undefined
    let asked = 0
    const sumsOf: SumsOf = async (vectors) => {
      if (sums === undefined) {
        const everyChunk = Array.from({ length: chunkCount }, () => vectors).flat()
        const perRank = Array.from({ length: rankCount }, (_, r) =>
          Float32Array.from(everyChunk, (vector) => vector[r]),
        )
        sums = (await reduceInProcess(schedule, 'f32', perRank)).results[0]
      }
      const chunk = asked++
      return sums.subarray(chunk * vectors.length, (chunk + 1) * vectors.length)
    }
    const recovered = []
    for (let chunk = 0; chunk < chunkCount; chunk++) recovered.push(await recoverOrder(rankCount, sumsOf))
    expect(recovered).toEqual(unpackOrders(order))
  })
})

describe('no order is recovered', () => {
  it.each([
    [
      'an exact sum',
      (vector: Float32Array) => vector.reduce((sum, value) => sum + (Math.abs(value) > 1 ? 0 : value), 0),
    ],
    ['a sum that loses a number', (vector: Float32Array) => vector.subarray(1).reduce((a, b) => Math.fround(a + b))],
    ['three operands added at once', ([a, b, c]: Float32Array) => (Math.abs(a + b + c) === 1 ? 0 : a + b + c)],
  ])('of %s, where a loop over the same numbers gives its own', async (_, sum) => {
    expect(await recoverOrder(3, async (vectors) => vectors.map(sum))).toBeUndefined()
    expect(await recoverOrder(3, addsBy('((0 1) 2)'))).toBe('((0 1) 2)')
  })
})

describe('an order in words', () => {
  it.each([
    [sequentialOrder(5), 5, 'one after the other'],
    [stridedOrder(64, fallingStrides(64)), 64, 'strides 32, 16, 8, 4, 2, 1'],
    [stridedOrder(8, [1, 2, 4]), 8, 'strides 1, 2, 4'],
    ['((0 1) (2 (3 4)))', 5, '((0 1) (2 (3 4)))'],
    ['((0 3) (1 2))', 4, '((0 3) (1 2))'],
  ])('%s of %i is called: %s', (order, count, words) => {
    expect(orderInWords(order, count)).toBe(words)
  })
})
