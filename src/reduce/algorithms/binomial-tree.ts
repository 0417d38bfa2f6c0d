import { isPowerOfTwo } from '../../core/powers-of-two.ts'
import type { Move, Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

/**
 * Binomial tree: reduce to rank 0, then broadcast, in 2⌈lg P⌉ rounds. Rank 0 sends ⌈lg P⌉ payloads, every other rank
 * one up and what its subtree needs down.
 *
 * @source Thakur, Rabenseifner & Gropp 2005, section 3.
 */
export function binomialTreeSchedule(rankCount: number): Schedule {
  return binomialTree('binomial-tree', rankCount)
}

/**
 * The tree over ranks of `fixed-tree:L`: complete over the leaves where the rank count is a power of two that divides
 * L, so that all such counts add by the same tree (a rank adds its own leaves by its subtree first); otherwise the
 * binomial tree over the ranks, which depends on their number.
 */
export function fixedTreeSchedule(rankCount: number, leaves: string): Schedule {
  return binomialTree(`fixed-tree:${leaves}`, rankCount)
}

function binomialTree(algorithm: string, rankCount: number): Schedule {
  const ranks = rankRange(rankCount)
  const levels = Math.ceil(Math.log2(rankCount))
  const moves = (distance: number, kind: Move['kind']): Move[] =>
    ranks
      .filter((rank) => rank % (2 * distance) === 0 && rank + distance < rankCount)
      .map((parent) => {
        const child = parent + distance
        const [from, to] = kind === 'add' ? [child, parent] : [parent, child]
        return { from, to, chunk: 0, width: 1, kind }
      })
  const isChild = (child: number, parent: number): boolean => {
    const distance = child - parent
    return isPowerOfTwo(distance) && parent % (2 * distance) === 0
  }
  return {
    algorithm,
    rankCount,
    chunkCount: 1,
    roundCount: 2 * levels,
    round: (index) => (index < levels ? moves(1 << index, 'add') : moves(1 << (2 * levels - 1 - index), 'copy')),
    isLink: (from, to) => isChild(from, to) || isChild(to, from),
  }
}
