import assert from 'node:assert'
import { isPowerOfTwo } from '../core/powers-of-two.ts'
import { joinOrders, type OrderTree } from './order.ts'

/** A black box that adds f32 vectors: one sum for each, made in an order that only it knows. */
export type SumsOf = (vectors: readonly Float32Array[]) => Promise<ArrayLike<number>>

/** So large that adding as many ones as a vector has changes nothing, in f32 as in f64. */
const MASK = 2 ** 100

/**
 * The order in which a black box adds `count` numbers, from its sums alone. Of ones with +M at i and −M at j, those that are
 * added to either before i and j meet are lost in M: what is left counts the leaves outside the smallest subtree that holds
 * both. All pairs are asked in one call, count(count − 1)/2 vectors.
 *
 * @param count at least 1; below 2^24, where counting by ones stays exact.
 * @returns undefined where no tree of additions, each of two operands and rounded, explains every sum.
 * @source Xie, Gao, Zhang, Xue 2025, FPRev: revealing floating-point accumulation orders, USENIX ATC, section 4.
 */
export async function recoverOrder(count: number, sumsOf: SumsOf): Promise<OrderTree | undefined> {
  assert(Number.isInteger(count) && count >= 1)
  const pairs = Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    Array.from({ length: count - 1 - i }, (_, k) => [i, i + 1 + k] as const),
  )
  const sums = await sumsOf(pairs.map(([i, j]) => masked(count, i, j)))
  const leavesOf = new Map(pairs.map(([i, j], at) => [i * count + j, count - sums[at]]))
  const leavesUnder = (a: number, b: number): number | undefined =>
    leavesOf.get(Math.min(a, b) * count + Math.max(a, b))

  /** The tree of these leaves: from the first one up, each sibling is what first meets it in a subtree of one size. */
  const treeOf = ([first, ...others]: readonly number[]): OrderTree | undefined => {
    const bySize = Map.groupBy(others, (leaf) => leavesUnder(first, leaf))
    let tree: OrderTree = String(first)
    const inside = [first]
    for (const [size, sibling] of [...bySize].sort(([a = 0], [b = 0]) => a - b)) {
      const subtree = treeOf(sibling)
      const all = inside.every((a) => sibling.every((b) => leavesUnder(a, b) === size))
      if (subtree === undefined || !all || size !== inside.length + sibling.length) return undefined
      inside.push(...sibling)
      tree = joinOrders(tree, subtree)
    }
    return tree
  }
  return treeOf(Array.from({ length: count }, (_, leaf) => leaf))
}

function masked(count: number, i: number, j: number): Float32Array {
  const vector = new Float32Array(count).fill(1)
  vector[i] = MASK
  vector[j] = -MASK
  return vector
}

/** The order of a loop: `((0 1) 2)`. */
export function sequentialOrder(count: number): OrderTree {
  return Array.from({ length: count }, (_, leaf) => String(leaf)).reduce(joinOrders)
}

/** The order of `count` lanes where, stride by stride, each lane adds the one a stride further: [2, 1] gives `((0 2) (1 3))`. */
export function stridedOrder(count: number, strides: readonly number[]): OrderTree {
  const lanes = Array.from({ length: count }, (_, lane) => String(lane))
  let active = count
  for (const stride of strides) {
    const isStrided = (lane: number): boolean =>
      lane + stride < count && lanes[lane] !== '' && lanes[lane + stride] !== ''
    for (let lane = 0; lane < count; lane++) {
      if (!isStrided(lane)) continue
      lanes[lane] = joinOrders(lanes[lane], lanes[lane + stride])
      lanes[lane + stride] = ''
      active--
    }
  }
  assert.equal(active, 1, 'the strides join all lanes')
  return lanes[0]
}

/** Powers of two from `count`/2 down to 1, for a power of two. */
export function fallingStrides(count: number): number[] {
  return count === 1 ? [] : [count / 2, ...fallingStrides(count / 2)]
}

/** An order in few words: its name where it has one, else the tree. */
export function orderInWords(order: OrderTree, count: number): string {
  if (order === sequentialOrder(count)) return 'one after the other'
  if (isPowerOfTwo(count)) {
    const falling = fallingStrides(count)
    if (order === stridedOrder(count, falling)) return `strides ${falling.join(', ')}`
    const rising = falling.toReversed()
    if (order === stridedOrder(count, rising)) return `strides ${rising.join(', ')}`
  }
  return order
}
