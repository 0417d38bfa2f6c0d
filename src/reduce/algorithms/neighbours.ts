import type { Schedule } from '../schedule.ts'
import { rankRange, wrapRank } from './ranks.ts'

/**
 * Every rank sends its whole vector to the next one, all at once: no all-reduce, but what links carry when all of them
 * are busy. The bench measures it beside the algorithms.
 */
export function neighboursSchedule(rankCount: number): Schedule {
  const ranks = rankRange(rankCount)
  const next = (rank: number): number => wrapRank(rank + 1, rankCount)
  return {
    algorithm: 'neighbours',
    rankCount,
    chunkCount: 1,
    roundCount: rankCount === 1 ? 0 : 1,
    round: () => ranks.map((from) => ({ from, to: next(from), chunk: 0, width: 1, kind: 'copy' })),
    isLink: (from, to) => to === next(from),
  }
}
