// Goal: sums by algorithm are those of its proven trees over the ranks' shares. Left out: the proofs (test/reduce).
import { describe, expect, it } from 'vitest'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { collectiveOrders, collectiveSums } from '../../src/spread/collective-orders.ts'

const VALUES = Float64Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1e16 : 1) / (i + 1))
const plain = (share: Float64Array): number => share.reduce((a, b) => a + b)

describe('sums by algorithm', () => {
  it('are made by every algorithm, by trees that hold every rank', () => {
    const orders = collectiveOrders(4)
    expect(orders.map(({ algorithm }) => algorithm)).toEqual(EVERY_ALGORITHM)
    const ranksIn = (tree: string): number[] => (tree.match(/\d+/g) ?? []).map(Number).sort()
    for (const { trees } of orders) for (const tree of trees) expect(ranksIn(tree)).toEqual([0, 1, 2, 3])
  })

  it('add shares as array_split deals them, then as the tree says', () => {
    const shares = [VALUES.subarray(0, 4), VALUES.subarray(4, 7), VALUES.subarray(7)].map(plain)
    expect(collectiveSums(VALUES, 3, ['((0 1) 2)', '((0 2) 1)'], plain)).toEqual([
      shares[0] + shares[1] + shares[2],
      shares[0] + shares[2] + shares[1],
    ])
  })

  it('over one rank are the sequential sum', () => {
    const trees = collectiveOrders(1).flatMap((order) => order.trees)
    expect(new Set(collectiveSums(VALUES, 1, trees, plain))).toEqual(new Set([plain(VALUES)]))
  })
})
