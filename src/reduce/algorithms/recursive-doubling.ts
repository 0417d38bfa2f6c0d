import { isPowerOfTwo } from '../../core/powers-of-two.ts'
import type { Schedule } from '../schedule.ts'
import { foldOnto } from './fold.ts'
import { powerWithin, rankRange } from './ranks.ts'

/**
 * Recursive doubling: in round k ranks whose numbers differ in bit k exchange whole vectors and both add. lg P rounds and
 * lg P · payloadBytes per rank for a power of two; other counts are folded onto the largest power of two below.
 * The tree is complete: ((0 1) (2 3)) …
 *
 * @source Thakur, Rabenseifner & Gropp 2005, Optimization of collective communication operations in MPICH, section 4.
 */
export function recursiveDoublingSchedule(rankCount: number): Schedule {
  rankRange(rankCount)
  const { power, exponent } = powerWithin(2, rankCount)
  const core: Schedule = {
    algorithm: 'recursive-doubling',
    rankCount: power,
    chunkCount: 1,
    roundCount: exponent,
    round: (index) =>
      rankRange(power).map((from) => ({ from, to: from ^ (1 << index), chunk: 0, width: 1, kind: 'add' })),
    isLink: differInOneBit,
  }
  return foldOnto(core, rankCount)
}

/** The links of a hypercube. */
export function differInOneBit(a: number, b: number): boolean {
  return isPowerOfTwo(a ^ b)
}
