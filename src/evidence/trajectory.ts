import assert from 'node:assert'
import { type RowMap, rowMap } from '../data/rows.ts'
import { loadWorkload, type Workload } from '../data/workload.ts'
import { type OracleRun, runOracle } from '../gradient/oracle.ts'
import type { Study } from '../study/schema.ts'

/** How far a trial's weights were from the float64 oracle's, at its worst step. */
export interface TrajectoryCheck {
  readonly trial: string
  /** max |w − w64| / max |w64| over the weights of one step; the greatest over the steps checked. */
  readonly deviation: number
  readonly worstStep: number
  readonly steps: readonly number[]
}

/**
 * What f32 rounding may move the weights by, relative to the largest: 1e-5. Faithful runs stay below 1e-6 (`linear`,
 * 200 steps, and `mnist`, 234 steps) and below 2e-6 (`mnist-mlp`, 468 steps); the smallest planted fault of `npm run test:mutation-reproduce` that moves
 * weights at all moves them by more than 1e-2. A final loss can hide what this cannot: with half of the shards dropped
 * section 41.8's ten losses still average 0.0101.
 */
export const TRAJECTORY_TOLERANCE = 1e-5

/** Judges trajectories against the oracle, which runs once per seed and is kept. */
export class TrajectoryJudge {
  readonly #study: Study
  readonly #oracles = new Map<number, Promise<OracleRun>>()
  readonly #keepSteps: readonly number[]

  constructor(study: Study, keepSteps: readonly number[]) {
    this.#study = study
    this.#keepSteps = keepSteps
  }

  /** @param trajectory weights of a trial by step, f32[weightCount] each. */
  async check(trial: string, seed: number, trajectory: ReadonlyMap<number, Float32Array>): Promise<TrajectoryCheck> {
    const oracle = await this.oracle(seed)
    let deviation = 0
    let worstStep = 0
    for (const [step, weights] of trajectory) {
      const exact = oracle.weights.get(step)
      assert(exact !== undefined && exact.length === weights.length)
      const here = relativeDistance(weights, exact)
      if (here > deviation || worstStep === 0) {
        deviation = here
        worstStep = step
      }
    }
    return { trial, deviation, worstStep, steps: [...trajectory.keys()] }
  }

  /** The float64 run of a seed. */
  async oracle(seed: number): Promise<OracleRun> {
    const known = this.#oracles.get(seed)
    if (known) return known
    const { workload, training } = this.#study
    const running = loadWorkload(workload, seed).then(({ exact, problem }: Workload) => {
      const rows: RowMap = rowMap(problem.train.rowCount, training.batch, seed)
      return runOracle(exact, rows, training, this.#keepSteps)
    })
    this.#oracles.set(seed, running)
    return running
  }
}

/** max |a − b| / max |b|; NaN counts as infinitely far. */
function relativeDistance(a: Float32Array, b: Float64Array): number {
  let distance = 0
  let largest = 0
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    distance = Math.max(distance, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference)
    largest = Math.max(largest, Math.abs(b[i]))
  }
  return largest === 0 ? distance : distance / largest
}
