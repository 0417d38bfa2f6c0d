import { roundsOf, type Schedule } from './schedule.ts'

/**
 * An association tree, interned: two ranks hold the same sum exactly when they hold the same node.
 * Addition commutes, so a node's children are kept in a fixed order.
 */
interface Tree {
  readonly id: number
  /** How often each rank's contribution is in the sum. */
  readonly counts: ReadonlyMap<number, number>
}

/**
 * Proves a schedule without running it: for every chunk, each rank's contribution is in each rank's result exactly
 * once, all ranks hold it by the same association tree, and every move uses a link of the declared topology.
 *
 * @returns the flaws found, in words; an empty list is the proof.
 */
export function verifySchedule(schedule: Schedule): string[] {
  const { rankCount, chunkCount } = schedule
  const flaws: string[] = []
  const trees = new TreeTable()
  const held = Array.from({ length: rankCount }, (_, rank) =>
    Array.from({ length: chunkCount }, () => trees.leaf(rank)),
  )
  let round = 0
  for (const moves of roundsOf(schedule)) {
    const before = held.map((chunks) => [...chunks])
    for (const { from, to, chunk, kind } of moves) {
      const inRange = isIndex(from, rankCount) && isIndex(to, rankCount) && isIndex(chunk, chunkCount)
      if (!inRange || !schedule.isLink(from, to)) {
        flaws.push(
          `round ${round}: rank ${from} sends chunk ${chunk} to rank ${to}, which is not a link of the topology`,
        )
        if (!inRange) continue
      }
      const sent = before[from][chunk]
      held[to][chunk] = kind === 'copy' ? sent : trees.sum(held[to][chunk], sent)
    }
    round++
  }
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    for (let rank = 0; rank < rankCount; rank++) {
      const tree = held[rank][chunk]
      for (const { source, count } of trees.miscounts(tree, rankCount)) {
        flaws.push(`chunk ${chunk}: rank ${rank} holds the contribution of rank ${source} ${count} times`)
      }
      if (tree !== held[0][chunk]) flaws.push(`chunk ${chunk}: ranks 0 and ${rank} add in different orders`)
    }
  }
  return flaws
}

interface Miscount {
  readonly source: number
  readonly count: number
}

class TreeTable {
  readonly #nodes = new Map<string, Tree>()
  readonly #miscounts = new Map<Tree, Miscount[]>()

  leaf(rank: number): Tree {
    return this.#intern(`leaf ${rank}`, () => new Map([[rank, 1]]))
  }

  sum(a: Tree, b: Tree): Tree {
    const [first, second] = a.id <= b.id ? [a, b] : [b, a]
    return this.#intern(`${first.id}+${second.id}`, () => {
      const counts = new Map(first.counts)
      for (const [rank, count] of second.counts) counts.set(rank, (counts.get(rank) ?? 0) + count)
      return counts
    })
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

  #intern(key: string, counts: () => Map<number, number>): Tree {
    const known = this.#nodes.get(key)
    if (known) return known
    const tree = { id: this.#nodes.size, counts: counts() }
    this.#nodes.set(key, tree)
    return tree
  }
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length
}
