import type { StepRecord, TrialRecord } from '../../record/trial-record.ts'
import { TIMED_STEPS_MIN, WARM_UP_STEPS } from '../scaling/trial-times.ts'

/** What a diagnosis reads: the records of one run, and nothing of what its study says about disturbances. */
export interface DiagnosedRun {
  readonly simulated: boolean
  readonly trials: readonly TrialRecord[]
  stepsOf(trial: string): readonly StepRecord[]
  /** Rows of a batch by node. */
  rowsOf(arm: string, nodes: number): readonly number[]
  /** Cores of the one machine that all nodes were on; null where they were on several. */
  readonly cores: number | null
  /** What kinds of machines nodes were on, in words. */
  readonly machineKinds: readonly string[]
  /** Where the trials stand. */
  readonly trialsFile: 'comparison.json' | 'simulation.json'
}

/** A trial, and its steps after the warm-up. */
export interface CohortTrial {
  readonly record: TrialRecord
  readonly all: readonly StepRecord[]
  readonly timed: readonly StepRecord[]
}

/** Trials of one arm on as many nodes: they should do the same, in the same time. */
export interface Cohort {
  readonly arm: string
  readonly nodes: number
  readonly rows: readonly number[]
  readonly trials: readonly CohortTrial[]
}

/** In the order in which they first ran. */
export function cohortsOf(run: DiagnosedRun): Cohort[] {
  const groups = Map.groupBy(run.trials, ({ arm, nodes }) => `${arm} ${nodes}`)
  return [...groups.values()].map((records) => {
    const [{ arm, nodes }] = records
    const trials = records.map((record) => {
      const all = run.stepsOf(record.trial)
      return { record, all, timed: all.filter(({ step }) => step > WARM_UP_STEPS) }
    })
    return { arm, nodes, rows: run.rowsOf(arm, nodes), trials }
  })
}

/** Part of a trial, and a value of each of its steps: times in nanoseconds. */
export interface Stretch {
  readonly trial: string
  readonly values: readonly number[]
}

/** Steps of a stretch, where a trial has enough of them for two. */
const STRETCH_STEPS_MIN = 4

/** Halves of trials, so that what changes inside one is seen too; a short trial whole, one that is too short not at all. */
export function stretchesOf(trials: readonly CohortTrial[], timeOf: (step: StepRecord) => number): Stretch[] {
  return trials.flatMap(({ record: { trial }, timed }) => {
    const values = timed.map(timeOf)
    if (values.length < TIMED_STEPS_MIN) return []
    const half = Math.floor(values.length / 2)
    const parts = half < STRETCH_STEPS_MIN ? [values] : [values.slice(0, half), values.slice(half)]
    return parts.map((part) => ({ trial, values: part }))
  })
}
