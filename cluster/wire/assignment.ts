import type { TrialOrders } from '../../src/record/recorded-run.ts'
import type { ArithmeticName } from '../../src/reduce/arithmetics.ts'
import type { MeasuredPoint } from '../../src/reduce/measure.ts'
import type { Arm, Study } from '../../src/study/schema.ts'
import type { ExchangeOptions } from './channel.ts'

/** What a worker is told to do, as JSON in the welcome. */
export type Assignment = TrainingAssignment | BenchAssignment | OrdersAssignment | CaptureAssignment

export interface TrainingAssignment {
  readonly kind: 'training'
  readonly study: Study
  readonly arm: Arm
  readonly seed: number
  /** Of the study, from 0. */
  readonly round: number
  /** Dawn's names of the adapters, dealt to the nodes in turn; none for a CPU engine. */
  readonly adapterNames: readonly string[]
  /** Steps after which rank 0 sends its weights. */
  readonly trajectorySteps: readonly number[]
  /** Steps whose gradients every rank sends. */
  readonly gradientSteps: readonly number[]
  /** The orders to add in, where a recorded trial is replayed. */
  readonly orders: TrialOrders | undefined
  /** What is measured of the links between nodes before the first step; absent: nothing. */
  readonly links?: readonly MeasuredPoint[] | undefined
  /** Does a random draw without a name end the trial? */
  readonly deterministic: boolean
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

/** All-reduces whose results are wanted: the same contributions in one order after the other. */
export interface OrdersAssignment {
  readonly kind: 'orders'
  /** By set, the .npy files of its leaves; a rank holds as many neighbours as every other, a power of two. */
  readonly sets: readonly (readonly string[])[]
  readonly reductions: readonly OrderedReduction[]
  readonly exchange: ExchangeOptions
}

/** What a node sees of itself and of its links is wanted. */
export interface CaptureAssignment {
  readonly kind: 'capture'
  /** Dawn's names of the adapters, dealt to the nodes in turn; none: no node opens one. */
  readonly adapterNames: readonly string[]
  /** What every node measures of its links. */
  readonly points: readonly MeasuredPoint[]
}

/** All-reduces of one kind. */
export interface OrderedReduction {
  /** Place of the contributions in the assignment's sets. */
  readonly set: number
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  /** Parts that the vector is cut into, each reduced by itself. */
  readonly buckets: number
  readonly calls: number
}

/** Ranks of a node under `hierarchical`, where one process holds one rank all the same. */
export function ranksPerNodeOf(rankCount: number): number {
  return rankCount % 2 === 0 ? 2 : 1
}
