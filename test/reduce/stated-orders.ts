import type { ParsedOrder } from '../../src/reduce/order.ts'
import type { Case } from './cases.ts'

/**
 * The orders that the docstrings of src/reduce/algorithms/ state, chunk by chunk, first operand first: written down
 * without rounds or moves.
 */
export function statedOrders({ name, ranksPerNode }: Case, rankCount: number): ParsedOrder[] {
  const [kind, parameter = ''] = name.split(/:(.*)/s)
  const P = rankCount
  const chunks = (count: number, orderOf: (chunk: number) => ParsedOrder): ParsedOrder[] => range(count).map(orderOf)
  const around = (chunk: number): ParsedOrder => chain(range(P).map((i) => (chunk + 1 + i) % P))
  switch (kind) {
    case 'ring':
      return chunks(P, around)
    case 'ring-segmented':
      return chunks(4 * P, (chunk) => around(Math.floor(chunk / 4)))
    case 'rank-order':
    case 'arrival':
      return [chain(range(P))]
    case 'reverse-rank':
      return [chain(range(P).reverse())]
    case 'permutation':
      return [chain(DRAWN_BY_NUMPY[P])]
    case 'all-pairs':
      return chunks(P, () => chain(range(P)))
    case 'binomial-tree':
    case 'fixed-tree':
      return [binomial(0, 2 ** Math.ceil(Math.log2(P)), P)]
    case 'double-binary-tree':
      return [inOrder(range(P)), inOrder(P % 2 === 0 ? range(P).reverse() : range(P).map((i) => (i + 1) % P))]
    case 'recursive-doubling':
      return [doubling(folded(P, 2))]
    case 'halving-doubling':
      return chunks(largestPower(2, P), (chunk) => digitwise(folded(P, 2), 2, chunk))
    case 'bcube':
      return chunks(largestPower(Number(parameter), P), (chunk) =>
        digitwise(folded(P, Number(parameter)), Number(parameter), chunk),
      )
    case 'hierarchical': {
      const [inner, outer] = parameter.split('/')
      const nodes = range(Math.ceil(P / ranksPerNode)).map((node) => {
        const first = node * ranksPerNode
        const orders = statedOrders({ name: inner, ranksPerNode: 1 }, Math.min(ranksPerNode, P - first))
        return orders.map((order) => renamed(order, (rank) => first + rank))
      })
      const between = statedOrders({ name: outer, ranksPerNode: 1 }, nodes.length)
      const count = [...nodes, between].map(({ length }) => length).reduce(leastCommonMultiple)
      const partOf = (orders: readonly ParsedOrder[], chunk: number): ParsedOrder =>
        orders[Math.floor((chunk * orders.length) / count)]
      return chunks(count, (chunk) => renamed(partOf(between, chunk), (node) => partOf(nodes[node], chunk)))
    }
  }
  throw new Error(`no order is stated for ${name}`)
}

/** numpy.random.default_rng(1).permutation(P), NumPy 2. */
export const DRAWN_BY_NUMPY: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [0, 1],
  3: [0, 1, 2],
  4: [0, 1, 2, 3],
  5: [4, 0, 1, 2, 3],
  6: [4, 0, 2, 1, 5, 3],
  7: [5, 0, 1, 4, 2, 6, 3],
  8: [5, 0, 1, 4, 2, 6, 3, 7],
  9: [7, 0, 1, 4, 2, 5, 8, 6, 3],
  13: [1, 10, 7, 9, 12, 4, 5, 8, 0, 2, 11, 6, 3],
  16: [1, 12, 7, 10, 14, 4, 5, 8, 0, 9, 2, 13, 11, 6, 3, 15],
}

/** The text of an order with siblings sorted by their smallest rank: equal for equal associations. */
export function textOf(order: ParsedOrder): string {
  const write = (node: ParsedOrder): { text: string; least: number } => {
    if (typeof node === 'number') return { text: String(node), least: node }
    const [a, b] = [write(node[0]), write(node[1])].sort((x, y) => x.least - y.least)
    return { text: `(${a.text} ${b.text})`, least: a.least }
  }
  return write(order).text
}

function chain(orders: readonly ParsedOrder[]): ParsedOrder {
  return orders.reduce((sum, next) => [sum, next])
}

/** A parent adds the child at distance 1 first, then at 2, 4, …; what is beyond P is not there. */
function binomial(rank: number, size: number, P: number): ParsedOrder {
  let sum: ParsedOrder = rank
  for (let distance = 1; distance < size; distance *= 2) {
    if (rank + distance < P) sum = [sum, binomial(rank + distance, distance, P)]
  }
  return sum
}

/** The root stands behind a full tree of 2^k − 1 ranks; of its children the lower is added first, the left if equal. */
function inOrder(ranks: readonly number[]): ParsedOrder {
  const before = largestPower(2, ranks.length) - 1
  const children = [ranks.slice(0, before), ranks.slice(before + 1)].filter(({ length }) => length > 0)
  const height = ({ length }: readonly number[]): number => Math.floor(Math.log2(length))
  const lowerFirst = children.sort((a, b) => height(a) - height(b))
  return lowerFirst.map(inOrder).reduce((sum, child) => [sum, child], ranks[before] as ParsedOrder)
}

/** What each core rank holds once the further ranks have sent to rank mod core count, the lower ones first. */
function folded(P: number, base: number): ParsedOrder[] {
  const core = largestPower(base, P)
  return range(core).map((rank) => chain(range(P).filter((other) => other % core === rank)))
}

/** Neighbours first, then pairs of them, … */
function doubling(held: readonly ParsedOrder[]): ParsedOrder {
  if (held.length === 1) return held[0]
  return doubling(range(held.length / 2).map((i) => [held[2 * i], held[2 * i + 1]]))
}

/**
 * Chunk c is added digit by digit, the most significant first: the rank whose digit is that of c adds the others of its
 * group to its own in rank order.
 */
function digitwise(held: readonly ParsedOrder[], base: number, chunk: number): ParsedOrder {
  if (held.length === 1) return held[0]
  const unit = held.length / base
  const own = Math.floor(chunk / unit)
  const digits = [own, ...range(base).filter((digit) => digit !== own)]
  const added = range(unit).map((rest) => chain(digits.map((digit) => held[digit * unit + rest])))
  return digitwise(added, base, chunk % unit)
}

function renamed(order: ParsedOrder, leaf: (rank: number) => ParsedOrder): ParsedOrder {
  return typeof order === 'number' ? leaf(order) : [renamed(order[0], leaf), renamed(order[1], leaf)]
}

function largestPower(base: number, limit: number): number {
  return base > limit ? 1 : base * largestPower(base, Math.floor(limit / base))
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a
  while (multiple % b !== 0) multiple += a
  return multiple
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
