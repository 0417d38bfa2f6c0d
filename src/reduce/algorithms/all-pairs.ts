import type { Move, Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

/**
 * Each rank reduces one chunk from everybody, in rank order 0 + 1 + 2 + …, and sends the result to everybody. Two
 * rounds; 2(P−1)/P · payloadBytes sent per rank. The order is that of rank-order for every element, so the bits do not
 * depend on where chunks begin (but under f16 and bf16, where an owner's own contribution is not rounded for the wire).
 */
export function allPairsSchedule(rankCount: number): Schedule {
  const ranks = rankRange(rankCount)
  return {
    algorithm: 'all-pairs',
    rankCount,
    chunkCount: rankCount,
    roundCount: rankCount === 1 ? 0 : 2,
    round: (index) =>
      ranks.flatMap((owner) =>
        index === 0 ? gather(owner, ranks) : ranks.filter((to) => to !== owner).map((to) => share(owner, to)),
      ),
    isLink: (from, to) => from !== to,
  }
}

/** The first contribution replaces the owner's, which is then added where its own rank comes. */
function gather(owner: number, ranks: readonly number[]): Move[] {
  return ranks
    .map((from): Move => ({ from, to: owner, chunk: owner, width: 1, kind: from === 0 ? 'copy' : 'add' }))
    .filter(({ from, kind }) => !(from === owner && kind === 'copy'))
}

function share(owner: number, to: number): Move {
  return { from: owner, to, chunk: owner, width: 1, kind: 'copy' }
}
