import { ReducibleError } from '../core/errors.ts'
import { idleChunks } from './idle.ts'
import { joinOrders, type OrderTree, orderCertificate, orderOfLeaves, packOrders } from './order.ts'
import { isArrivalOrdered, roundsOf, type Schedule } from './schedule.ts'

/** What is known of a schedule without running it. */
export interface Proof {
  /** What is wrong, in words; a schedule with flaws is never run. */
  readonly flaws: readonly string[]
  /** Every contribution is counted once on every rank, but not by the same tree: refused for training. */
  readonly ranksDiffer: boolean
  /** Packed trees of rank 0's chunks; for arrival-ordered rounds, as if all came in the order listed. */
  readonly order: string
}

/**
 * Proves a schedule: for every chunk, each rank's contribution is in each rank's result exactly once, by the same
 * association tree on all ranks, every move uses a link of the declared topology, and none is idle.
 */
export function verifySchedule(schedule: Schedule): Proof {
  const { rankCount, chunkCount } = schedule
  const flaws: string[] = []
  const trees = new TreeTable()
  const held = Array.from({ length: rankCount }, (_, rank) =>
    Array.from({ length: chunkCount }, () => trees.leaf(rank)),
  )
  let round = 0
  for (const moves of roundsOf(schedule)) {
    const before = new Map(moves.map(({ from }) => [from, held[from]?.slice()]))
    for (const { from, to, chunk, width, kind } of moves) {
      const what = `round ${round}: rank ${from} to rank ${to}, chunk ${chunk}`
      const last = chunk + width - 1
      if (
        ![from, to].every((rank) => isIndex(rank, rankCount)) ||
        ![chunk, last].every((c) => isIndex(c, chunkCount))
      ) {
        flaws.push(`${what}: there is no such rank or chunk`)
        continue
      }
      if (from !== to && !schedule.isLink(from, to)) flaws.push(`${what}: not a link of the topology`)
      for (let c = chunk; c <= last; c++) {
        const sent = before.get(from)?.[c] ?? trees.leaf(from)
        if (kind === 'copy' && sent === held[to][c]) flaws.push(`${what}: the receiver holds it already`)
        held[to][c] = kind === 'copy' ? sent : trees.sum(held[to][c], sent)
      }
    }
    round++
  }
  if (flaws.length === 0) {
    for (const { round: at, move, chunk } of idleChunks(schedule)) {
      flaws.push(`round ${at}: rank ${move.from} to rank ${move.to}, chunk ${chunk}: no result depends on it`)
    }
  }
  let ranksDiffer = false
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    for (let rank = 0; rank < rankCount; rank++) {
      const tree = held[rank][chunk]
      for (const { source, count } of trees.miscounts(tree, rankCount)) {
        flaws.push(`chunk ${chunk}: rank ${rank} holds the contribution of rank ${source} ${count} times`)
      }
      if (tree !== held[0][chunk]) ranksDiffer = true
    }
  }
  return { flaws, ranksDiffer, order: flaws.length > 0 ? '' : packOrders(held[0].map((tree) => trees.text(tree))) }
}

/** The proof of a schedule that may be run. @throws {ReducibleError} invalid-schedule naming chunk, rank or move. */
export function provenOrder(schedule: Schedule): Proof {
  const proof = verifySchedule(schedule)
  const [flaw] = proof.flaws
  if (flaw === undefined) return proof
  throw new ReducibleError('invalid-schedule', `${schedule.algorithm} over ${schedule.rankCount} ranks: ${flaw}`)
}

/**
 * Certificate of the order that a schedule adds in, where each rank brings this many leaves; undefined where nobody knows it
 * before it happened.
 * @throws {ReducibleError} as provenOrder.
 */
export function plannedCertificate(schedule: Schedule, leavesPerRank: number): string | undefined {
  if (isArrivalOrdered(schedule)) return undefined
  return orderCertificate(orderOfLeaves(provenOrder(schedule).order, leavesPerRank))
}

/** An association tree, interned: two ranks hold the same sum exactly when they hold the same object. */
interface Tree {
  readonly id: number
  readonly children: readonly [Tree, Tree] | undefined
  /** How often each rank's contribution is in the sum. */
  readonly counts: ReadonlyMap<number, number>
}

interface Miscount {
  readonly source: number
  readonly count: number
}

class TreeTable {
  readonly #nodes = new Map<string, Tree>()
  readonly #miscounts = new Map<Tree, Miscount[]>()
  readonly #texts = new Map<Tree, OrderTree>()

  leaf(rank: number): Tree {
    return this.#intern(`leaf ${rank}`, undefined, () => new Map([[rank, 1]]))
  }

  /** Addition commutes, so a node's children are kept in a fixed order. */
  sum(a: Tree, b: Tree): Tree {
    const [first, second] = a.id <= b.id ? [a, b] : [b, a]
    return this.#intern(`${first.id}+${second.id}`, [first, second], () => {
      const counts = new Map(first.counts)
      for (const [rank, count] of second.counts) counts.set(rank, (counts.get(rank) ?? 0) + count)
      return counts
    })
  }

  text(tree: Tree): OrderTree {
    const known = this.#texts.get(tree)
    if (known !== undefined) return known
    const [leaf] = tree.counts.keys()
    const text = tree.children ? joinOrders(this.text(tree.children[0]), this.text(tree.children[1])) : String(leaf)
    this.#texts.set(tree, text)
    return text
  }

  /** The ranks whose contribution is not in the sum exactly once; found once per tree, however many ranks hold it. */
  miscounts(tree: Tree, rankCount: number): readonly Miscount[] {
    const known = this.#miscounts.get(tree)
    if (known) return known
    const sources = Array.from({ length: rankCount }, (_, source) => ({ source, count: tree.counts.get(source) ?? 0 }))
    const found = sources.filter(({ count }) => count !== 1)
    this.#miscounts.set(tree, found)
    return found
  }

  #intern(key: string, children: Tree['children'], counts: () => Map<number, number>): Tree {
    const known = this.#nodes.get(key)
    if (known) return known
    const tree = { id: this.#nodes.size, children, counts: counts() }
    this.#nodes.set(key, tree)
    return tree
  }
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length
}
