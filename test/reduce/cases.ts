import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import type { Schedule } from '../../src/reduce/schedule.ts'

export const RANK_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16]

/** An algorithm, and over how many ranks a node where that matters. */
export interface Case {
  readonly name: string
  readonly ranksPerNode: number
}

/** Every algorithm, more values of their parameters, and hierarchies of nodes of 1 to 4 ranks. */
export const CASES: readonly Case[] = [
  ...EVERY_ALGORITHM,
  'bcube:3',
  'bcube:4',
  'hierarchical:rank-order/halving-doubling',
].flatMap((name) =>
  (name.startsWith('hierarchical') ? [1, 2, 3, 4] : [1]).map((ranksPerNode) => ({ name, ranksPerNode })),
)

export function caseName({ name, ranksPerNode }: Case): string {
  return ranksPerNode === 1 ? name : `${name} by ${ranksPerNode}`
}

export function caseSchedule({ name, ranksPerNode }: Case, rankCount: number): Schedule {
  return scheduleOf(name, rankCount, ranksPerNode)
}
