import { leavesPerRank, scheduleOf } from '../reduce/algorithms.ts'
import { ARITHMETICS, type ArithmeticName, widestElement } from '../reduce/arithmetics.ts'
import type { Schedule } from '../reduce/schedule.ts'

/** One way of a vector through a schedule. */
export interface Pass {
  readonly schedule: Schedule
  readonly elements: number
  readonly bytesPerElement: number
  /** Vectors of its own that every rank adds before the first round. */
  readonly ownAdditions: number
}

/** Who adds what, and how. */
export interface Collective {
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly nodes: number
}

/** Numbers that ranks under `exact` agree on before they add. */
const AGREED_ELEMENTS = 3

/**
 * What an all-reduce of each bucket sends, bucket after bucket, without any values. Under `exact` elements are as wide as they
 * can come to be, for how wide they are depends on the values.
 */
export function passesOf({ algorithm, arithmetic, nodes }: Collective, buckets: readonly number[]): Pass[] {
  const schedule = scheduleOf(algorithm, nodes)
  const leaves = leavesPerRank(algorithm, nodes)
  const agrees = 'agreement' in ARITHMETICS[arithmetic]
  const bytesPerElement = widestElement(arithmetic, nodes * leaves)
  return buckets.flatMap((elements): Pass[] => {
    const sum = { schedule, elements, bytesPerElement, ownAdditions: leaves - 1 }
    return agrees ? [{ schedule, elements: AGREED_ELEMENTS, bytesPerElement: 4, ownAdditions: 0 }, sum] : [sum]
  })
}

/** Moves of a schedule, without walking through a long one. */
export function moveCountOf(algorithm: string, nodes: number): number {
  if (nodes === 1) return 0
  switch (algorithm) {
    case 'ring':
    case 'all-pairs':
      return 2 * nodes * (nodes - 1)
    case 'ring-segmented':
      return 8 * nodes * (nodes - 1)
    default: {
      const schedule = scheduleOf(algorithm, nodes)
      let count = 0
      for (let round = 0; round < schedule.roundCount; round++) count += schedule.round(round).length
      return count
    }
  }
}
