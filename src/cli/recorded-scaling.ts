import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Scaling, type ScalingRun, scalingOf } from '../evidence/scaling/scaling.ts'
import { readSteps } from '../record/recorded-run.ts'
import type { FinishedRun } from './finished-run.ts'

/** Did `scale` make this run? */
export function isScalingRun(run: string): boolean {
  return existsSync(join(run, 'scaling.json'))
}

/** The steps of a run by trial, read once. */
export function stepsIn(run: string): ScalingRun['stepsOf'] {
  const byTrial = readSteps(run)
  return (trial) => byTrial.get(trial) ?? []
}

/** The curve of a run, out of its records. */
export function recordedScaling(
  { manifest, study, cluster, comparison }: Omit<FinishedRun, 'verdict' | 'samples'>,
  stepsOf: ScalingRun['stepsOf'],
): Scaling {
  const trials = comparison.arms.flatMap((arm) => arm.trials)
  return scalingOf({ invocation: manifest.runId, study, cluster, trials, stepsOf })
}
