import type { TrialOrders } from '../../src/record/recorded-run.ts'
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
  /** Dawn's names of the adapters, dealt to the nodes in turn; none for a CPU engine. */
  readonly adapterNames: readonly string[]
  /** Steps after which rank 0 sends its weights. */
  readonly trajectorySteps: readonly number[]
  /** Steps whose gradients every rank sends. */
  readonly gradientSteps: readonly number[]
  /** The orders to add in, where a recorded trial is replayed. */
  readonly orders: TrialOrders | undefined
}

/** What falls to a node of what is dealt to the nodes in turn; undefined where there is nothing. */
export function ofNode<T>(dealt: readonly T[], node: number): T | undefined {
  return dealt.length === 0 ? undefined : dealt[node % dealt.length]
}

/** All-reduces to be timed, one point after the other. */
export interface BenchAssignment {
  readonly kind: 'bench'
  readonly points: readonly MeasuredPoint[]
  /** Ranks that each node holds, a thread each where they are several. */
  readonly ranksPerNode: number
  readonly exchange: ExchangeOptions
  /** No point is begun this long after the start; absent: all are. */
  readonly budgetSeconds?: number
}
