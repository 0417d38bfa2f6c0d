import type { Arm, Study } from '../../src/study/schema.ts'

/** What a worker is told to do, as JSON in the welcome. */
export interface Assignment {
  readonly study: Study
  readonly arm: Arm
  readonly seed: number
  /** Dawn's name of the adapter; undefined for a CPU engine. */
  readonly adapterName: string | undefined
  /** Steps after which rank 0 sends its weights. */
  readonly trajectorySteps: readonly number[]
}
