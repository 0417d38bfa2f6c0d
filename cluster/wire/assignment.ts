import type { TrialOrders } from '../../src/record/recorded-orders.ts'
import type { MeasuredPoint } from '../../src/reduce/measure.ts'
import type { Arm, Study } from '../../src/study/schema.ts'
import type { ExchangeOptions } from './channel.ts'

/** What a worker is told to do, as JSON in the welcome. */
export type Assignment = TrainingAssignment | BenchAssignment

export interface TrainingAssignment {
  readonly kind: 'training'
  readonly study: Study
  readonly arm: Arm
  readonly seed: number
  /** Dawn's name of the adapter; undefined for a CPU engine. */
  readonly adapterName: string | undefined
  /** Steps after which rank 0 sends its weights. */
  readonly trajectorySteps: readonly number[]
  /** The orders to add in, where a recorded trial is replayed. */
  readonly orders: TrialOrders | undefined
}

/** All-reduces to be timed, one point after the other. */
export interface BenchAssignment {
  readonly kind: 'bench'
  readonly points: readonly MeasuredPoint[]
  readonly exchange: ExchangeOptions
  /** No point is begun this long after the start; absent: all are. */
  readonly budgetSeconds?: number
}
