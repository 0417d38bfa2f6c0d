import assert from 'node:assert'
import type { Schedule } from '../schedule.ts'

/**
 * Ring all-reduce: reduce-scatter, then all-gather, in 2(P−1) rounds.
 * Each rank sends to its right neighbour only. Bytes sent per rank: 2(P−1)/P · payloadBytes.
 * Chunk c is added in the order c+1, c+2, … c (mod P), starting at rank c+1.
 *
 * @param rankCount P ≥ 1; P = 1 is the empty schedule, so callers need no special case.
 * @throws {AssertionError} rankCount is not a positive integer.
 * @source Patarasuk & Yuan 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations, section 3.
 */
export function ringSchedule(rankCount: number): Schedule {
  assert(Number.isInteger(rankCount) && rankCount >= 1)
  const wrap = (rank: number): number => ((rank % rankCount) + rankCount) % rankCount
  const ranks = Array.from({ length: rankCount }, (_, rank) => rank)
  const scatterRounds = rankCount - 1
  return {
    algorithm: 'ring',
    rankCount,
    chunkCount: rankCount,
    roundCount: 2 * scatterRounds,
    round(index) {
      const scattering = index < scatterRounds
      return ranks.map((from) => ({
        from,
        to: wrap(from + 1),
        chunk: scattering ? wrap(from - index - 1) : wrap(from - (index - scatterRounds)),
        kind: scattering ? 'add' : 'copy',
      }))
    },
    isLink: (from, to) => to === wrap(from + 1),
  }
}
