import { arrivalReplay } from '../../src/reduce/algorithms/gather.ts'
import { isArrivalOrdered, type RankRound, rankProgram, type Schedule } from '../../src/reduce/schedule.ts'

/** A schedule, and one rank's part of it. */
export interface RankPlan {
  readonly schedule: Schedule
  readonly program: readonly RankRound[]
}

export function rankPlan(schedule: Schedule, rank: number): RankPlan {
  return { schedule, program: rankProgram(schedule, rank) }
}

/** The same plan, or where nobody knows its order before and one is forced, the plan that adds in that packed order. */
export function inForcedOrder(plan: RankPlan, rank: number, forced: string | undefined): RankPlan {
  if (forced === undefined || !isArrivalOrdered(plan.schedule)) return plan
  return rankPlan(arrivalReplay(forced), rank)
}
