import { ReducibleError } from '../core/errors.ts'
import { rankOrderSchedule } from './algorithms/rank-order.ts'
import { ringSchedule } from './algorithms/ring.ts'
import type { Schedule } from './schedule.ts'
import { verifySchedule } from './verify.ts'

const ALGORITHMS = {
  ring: ringSchedule,
  'rank-order': rankOrderSchedule,
} as const

export type AlgorithmName = keyof typeof ALGORITHMS

/** The schedule of an algorithm, proved before it is handed out. @throws {ReducibleError} invalid-schedule. */
export function scheduleOf(algorithm: AlgorithmName, rankCount: number): Schedule {
  const schedule = ALGORITHMS[algorithm](rankCount)
  const [flaw] = verifySchedule(schedule)
  if (flaw !== undefined) throw new ReducibleError('invalid-schedule', `${algorithm} over ${rankCount} ranks: ${flaw}`)
  return schedule
}
