import type { Move, Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

export type RankPair = readonly [number, number]

/**
 * Pairs of ranks send their whole vector there and back, all pairs at once: no all-reduce, but what a link carries. Two
 * rounds; the bench halves the time.
 */
export function thereAndBackSchedule(rankCount: number, pairs: readonly RankPair[]): Schedule {
  const move = (from: number, to: number): Move => ({ from, to, chunk: 0, width: 1, kind: 'copy' })
  return {
    algorithm: 'pairs',
    rankCount,
    chunkCount: 1,
    roundCount: 2,
    round: (index) => pairs.map(([a, b]) => (index === 0 ? move(a, b) : move(b, a))),
    isLink: (from, to) => pairs.some(([a, b]) => (a === from && b === to) || (b === from && a === to)),
  }
}

/** Every pair of ranks once, the lower rank first. */
export function allPairsOf(rankCount: number): RankPair[] {
  return rankRange(rankCount).flatMap((a) => rankRange(rankCount).flatMap((b): RankPair[] => (a < b ? [[a, b]] : [])))
}

/**
 * Every pair of ranks once, in turns in each of which as many ranks as can be are busy, each with one other.
 * @source the circle method of round-robin tournaments: one place stands still, the others go round.
 */
export function tournament(rankCount: number): RankPair[][] {
  const places = rankCount + (rankCount % 2) // with an odd count, whoever meets the empty place rests
  const moving = places - 1
  return rankRange(moving).map((turn) => {
    const at = (place: number): number => (place === 0 ? moving : (turn + place - 1) % moving)
    return rankRange(places / 2)
      .map((place): RankPair => {
        const pair = [at(place), at(places - 1 - place)]
        return [Math.min(...pair), Math.max(...pair)]
      })
      .filter(([, b]) => b < rankCount)
  })
}
