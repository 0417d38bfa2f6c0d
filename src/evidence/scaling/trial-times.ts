import { mean } from 'simple-statistics'
import type { StepRecord, TrialRecord } from '../../record/trial-record.ts'

/** Steps at the start of a trial that are no part of its speed: connections warm up. They are shown apart. */
export const WARM_UP_STEPS = 2
/** Without more timed steps than these a trial has no speed worth the name. */
export const TIMED_STEPS_MIN = 3

/** How long the steps of one trial took, each on its slowest node. */
export interface TrialTimes {
  readonly record: TrialRecord
  readonly steps: readonly StepRecord[]
  readonly firstStepSeconds: number
  /** After the warm-up, every one of them. */
  readonly timedSeconds: readonly number[]
  /** The mean over the timed ones: no step is left out. */
  readonly secondsPerStep: number
}

/** @param steps of the trial, all of them. */
export function trialTimes(record: TrialRecord, steps: readonly StepRecord[]): TrialTimes {
  const seconds = steps.map(({ nodes }) => Math.max(...nodes.map(({ stepNs }) => stepNs)) / 1e9)
  const timedSeconds = seconds.slice(WARM_UP_STEPS)
  return { record, steps, firstStepSeconds: seconds[0], timedSeconds, secondsPerStep: mean(timedSeconds) }
}
