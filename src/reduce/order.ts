import { sha256 } from '../core/digest.ts'

/**
 * The order of a sum as text: a leaf is its rank, a sum is `(a b)`. Addition commutes, so siblings are sorted by their
 * smallest leaf and one association has one text: `((0 1) 2)` is also the text of 2 + (1 + 0).
 */
export type OrderTree = string

/** The tree of a sum of two sums. */
export function joinOrders(a: OrderTree, b: OrderTree): OrderTree {
  const first = firstLeaf(a) - firstLeaf(b) || (a < b ? -1 : 1)
  return first < 0 ? `(${a} ${b})` : `(${b} ${a})`
}

/** In a sorted tree the first leaf is the smallest. */
function firstLeaf(tree: OrderTree): number {
  let at = 0
  while (tree[at] === '(') at++
  return Number.parseInt(tree.slice(at), 10)
}

/** Trees of consecutive chunks as one text: equal neighbours once, with their number: `(0 1)*3;(1 2)`. */
export function packOrders(trees: readonly OrderTree[]): string {
  const parts: string[] = []
  for (let i = 0; i < trees.length; ) {
    let run = 1
    while (trees[i + run] === trees[i]) run++
    parts.push(run === 1 ? trees[i] : `${trees[i]}*${run}`)
    i += run
  }
  return parts.join(';')
}

/** The trees of a packed text. */
export function unpackOrders(text: string): OrderTree[] {
  return text.split(';').flatMap((part) => {
    const [tree, run = '1'] = part.split('*')
    return Array.from({ length: Number(run) }, () => tree)
  })
}

/** A packed order of ranks as the order of their leaves, where each adds `leavesPerRank` by the complete binary tree. */
export function orderOfLeaves(packed: string, leavesPerRank: number): string {
  const subtree = (first: number, count: number): OrderTree =>
    count === 1 ? String(first) : `(${subtree(first, count / 2)} ${subtree(first + count / 2, count / 2)})`
  return packed.replace(/(?<![*\d])\d+/g, (rank) => subtree(Number(rank) * leavesPerRank, leavesPerRank))
}

/** The certificate of an order: SHA-256 of the packed trees of all chunks. */
export function orderCertificate(packed: string): string {
  return sha256(packed)
}

/** A tree as nested pairs, for those who evaluate or draw it. */
export type ParsedOrder = number | readonly [ParsedOrder, ParsedOrder]

/** Parses the text of a tree. @throws {SyntaxError} it is not one. */
export function parseOrder(tree: OrderTree): ParsedOrder {
  let at = 0
  const parse = (): ParsedOrder => {
    if (tree[at] === '(') {
      at++
      const left = parse()
      expectAt(' ')
      const right = parse()
      expectAt(')')
      return [left, right]
    }
    const digits = /^\d+/.exec(tree.slice(at))
    if (!digits) throw new SyntaxError(`'${tree}' is not an order: want a rank at ${at}`)
    at += digits[0].length
    return Number(digits[0])
  }
  const expectAt = (character: string): void => {
    if (tree[at] !== character) throw new SyntaxError(`'${tree}' is not an order: want '${character}' at ${at}`)
    at++
  }
  const order = parse()
  if (at !== tree.length) throw new SyntaxError(`'${tree}' is not an order: it goes on at ${at}`)
  return order
}
