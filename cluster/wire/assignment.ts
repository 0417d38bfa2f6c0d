import type { MeasuredPoint } from '../../src/reduce/measure.ts'
import type { Arm, Study } from '../../src/study/schema.ts'

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
}

/** What falls to a node of what is dealt to the nodes in turn; undefined where there is nothing. */
export function ofNode<T>(dealt: readonly T[], node: number): T | undefined {
  return dealt.length === 0 ? undefined : dealt[node % dealt.length]
}

/** All-reduces to be timed, one point after the other. */
export interface BenchAssignment {
  readonly kind: 'bench'
  readonly points: readonly MeasuredPoint[]
}
