import type { Schedule } from '../schedule.ts'
import { rankRange, wrapRank } from './ranks.ts'

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
  return segmentedRing('ring', rankCount, 1)
}

/**
 * The ring with each chunk cut into four segments that follow each other, so that one is added while the next travels:
 * 8(P−1) rounds of a quarter chunk. Order and bytes as in the ring, per segment.
 */
export function ringSegmentedSchedule(rankCount: number): Schedule {
  return segmentedRing('ring-segmented', rankCount, 4)
}

function segmentedRing(algorithm: string, rankCount: number, segments: number): Schedule {
  const ranks = rankRange(rankCount)
  const scatterRounds = rankCount - 1
  const right = (rank: number): number => wrapRank(rank + 1, rankCount)
  return {
    algorithm,
    rankCount,
    chunkCount: rankCount * segments,
    roundCount: 2 * scatterRounds * segments,
    round(index) {
      const ringRound = Math.floor(index / segments)
      const segment = index % segments
      const scattering = ringRound < scatterRounds
      return ranks.map((from) => {
        const behind = scattering ? ringRound + 1 : ringRound - scatterRounds
        const chunk = wrapRank(from - behind, rankCount) * segments + segment
        return { from, to: right(from), chunk, width: 1, kind: scattering ? 'add' : 'copy' }
      })
    },
    isLink: (from, to) => to === right(from),
  }
}
