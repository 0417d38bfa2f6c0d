import assert from 'node:assert'
import { arraySplit } from '../core/array-split.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../reduce/algorithms.ts'
import { type OrderTree, type ParsedOrder, parseOrder, unpackOrders } from '../reduce/order.ts'
import { provenOrder } from '../reduce/verify.ts'

/** The association trees in which an algorithm adds the contributions of its ranks: one for each kind of chunk. */
export interface CollectiveOrder {
  readonly algorithm: string
  readonly trees: readonly OrderTree[]
}

/** The proven orders of every algorithm; nodes of two ranks for `hierarchical` where the rank count is even. */
export function collectiveOrders(rankCount: number): CollectiveOrder[] {
  const ranksPerNode = rankCount % 2 === 0 ? 2 : 1
  return EVERY_ALGORITHM.map((algorithm) => {
    const { order } = provenOrder(scheduleOf(algorithm, rankCount, ranksPerNode))
    return { algorithm, trees: [...new Set(unpackOrders(order))] }
  })
}

/**
 * The sums of an array whose shares (array_split) lie on ranks: every rank adds its share from left to right, then the
 * ranks' sums are added as each tree says.
 */
export function collectiveSums(
  values: Float64Array,
  rankCount: number,
  trees: readonly OrderTree[],
  sequential: (share: Float64Array) => number,
): number[] {
  assert(values.length >= rankCount, 'every rank holds an element')
  const shares = Array.from({ length: rankCount }, (_, rank) => {
    const { start, end } = arraySplit(values.length, rankCount, rank)
    return sequential(values.subarray(start, end))
  })
  const sumOf = (tree: ParsedOrder): number =>
    typeof tree === 'number' ? shares[tree] : sumOf(tree[0]) + sumOf(tree[1])
  return trees.map((tree) => sumOf(parseOrder(tree)))
}
