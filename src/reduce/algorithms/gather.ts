import { createRequire } from 'node:module'
import { ReducibleError } from '../../core/errors.ts'
import type { OrderTree } from '../order.ts'
import type { Move, Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

/**
 * Gather to one rank, which adds in rank order 0 + 1 + 2 + …, then one broadcast, in P rounds.
 * Rank 0 receives and sends (P−1) · payloadBytes; every other rank one payload each way.
 */
export function rankOrderSchedule(rankCount: number): Schedule {
  return gatherInOrder('rank-order', rankRange(rankCount))
}

/** As rank-order, from the last rank down: (P−1) + (P−2) + … */
export function reverseRankSchedule(rankCount: number): Schedule {
  return gatherInOrder('reverse-rank', rankRange(rankCount).reverse())
}

/** For numpy-ts, which takes 35 MiB of every process that loads it: ranks of other algorithms do without. */
const requireHere = createRequire(import.meta.url)

/** As rank-order, in the order NumPy's default_rng(seed).permutation(P) draws. */
export function permutationSchedule(rankCount: number, seed: string): Schedule {
  if (!/^\d+$/.test(seed)) throw new ReducibleError('usage', `permutation:SEED wants a whole number (got '${seed}')`)
  const np = requireHere('numpy-ts') as typeof import('numpy-ts')
  const drawn = np.random.default_rng(Number(seed)).permutation(rankRange(rankCount).length).data as BigInt64Array
  return gatherInOrder(`permutation:${seed}`, Array.from(drawn, Number))
}

/** The first rank of `order` gathers, adds in that order, and broadcasts. */
export function gatherInOrder(algorithm: string, order: readonly number[]): Schedule {
  const [root, ...others] = order
  const additions = others.map((from): Move => ({ from, to: root, chunk: 0, width: 1, kind: 'add' }))
  return {
    ...star(algorithm, root, order.length),
    roundCount: others.length === 0 ? 0 : others.length + 1,
    round: (index) => (index < others.length ? [additions[index]] : broadcast(root, others)),
  }
}

/**
 * A parameter server: rank 0 adds what comes first, first; then one broadcast. Two rounds; bytes as in rank-order. The
 * order is not known before it happened, so it is witnessed and recorded.
 */
export function arrivalSchedule(rankCount: number): Schedule {
  const [root, ...others] = rankRange(rankCount)
  return {
    ...star('arrival', root, rankCount),
    roundCount: others.length === 0 ? 0 : 2,
    round: (index) =>
      index === 0
        ? others.map((from) => ({ from, to: root, chunk: 0, width: 1, kind: 'add' }))
        : broadcast(root, others),
    isArrivalOrdered: (index) => index === 0,
  }
}

/** The schedule that adds in the order an arrival was witnessed in: rank 0 with each later one in turn, `(((0 3) 1) 2)`. */
export function arrivalReplay(order: OrderTree): Schedule {
  return gatherInOrder(
    'arrival, replayed',
    Array.from(order.matchAll(/\d+/g), ([leaf]) => Number(leaf)),
  )
}

function star(algorithm: string, root: number, rankCount: number): Omit<Schedule, 'roundCount' | 'round'> {
  return {
    algorithm,
    rankCount,
    chunkCount: 1,
    isLink: (from, to) => from !== to && (from === root || to === root),
  }
}

function broadcast(root: number, others: readonly number[]): Move[] {
  return others.map((to) => ({ from: root, to, chunk: 0, width: 1, kind: 'copy' }))
}
