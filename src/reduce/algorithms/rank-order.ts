import assert from 'node:assert'
import type { Schedule } from '../schedule.ts'

/**
 * Gather to rank 0, which adds in rank order 0 + 1 + 2 + …, then one broadcast, in P rounds.
 * Rank 0 receives and sends (P−1) · payloadBytes; every other rank one payload each way.
 *
 * @param rankCount P ≥ 1; P = 1 is the empty schedule.
 * @throws {AssertionError} rankCount is not a positive integer.
 */
export function rankOrderSchedule(rankCount: number): Schedule {
  assert(Number.isInteger(rankCount) && rankCount >= 1)
  const others = Array.from({ length: rankCount - 1 }, (_, i) => i + 1)
  return {
    algorithm: 'rank-order',
    rankCount,
    chunkCount: 1,
    roundCount: rankCount === 1 ? 0 : rankCount,
    round(index) {
      if (index < rankCount - 1) return [{ from: index + 1, to: 0, chunk: 0, kind: 'add' }]
      return others.map((to) => ({ from: 0, to, chunk: 0, kind: 'copy' }))
    },
    isLink: (from, to) => from !== to && (from === 0 || to === 0),
  }
}
