import type { RecordedRun } from '../../record/recorded-run.ts'
import type { Study } from '../../study/schema.ts'

/** A run made twice more, and what came of it. */
export interface RunCheck {
  readonly held: boolean
  /** What was run, and what was equal. */
  readonly text: string
  readonly seed: number
  readonly steps: number
  readonly trials: readonly CheckedTrial[]
}

interface CheckedTrial {
  readonly trial: string
  readonly digests: readonly [string | null, string | null]
  /** The first step after which weights are not those of the run itself; undefined: not compared. */
  readonly firstOtherStep: number | null | undefined
}

const CHECK_STEPS = 20

/** The smallest cut of a study that still runs every arm: its first seed, and as many steps as a difference needs to show. */
export function checkStudyOf(study: Study): Study {
  const steps = Math.min(CHECK_STEPS, study.training.steps)
  return { ...study, seeds: study.seeds.slice(0, 1), repeats: 1, training: { ...study.training, steps } }
}

/**
 * Holds two runs of the cut against each other, and the first against the run itself where its orders were planned.
 * @param second made in the orders that the first recorded.
 */
export function compareCheck(run: RecordedRun, first: RecordedRun, second: RecordedRun): RunCheck {
  const sameCode = first.manifest.code.sourceDigest === run.manifest.code.sourceDigest
  const { arrivalOrdered } = run.manifest.determinism
  const trials = first.trials.map(({ trial, arm, weightsSha256 }): CheckedTrial => {
    const again = second.trials.find((other) => other.trial === trial)?.weightsSha256 ?? null
    const comparable = sameCode && !arrivalOrdered.includes(arm)
    const firstOtherStep = comparable ? firstOtherWeights(run, first, trial) : undefined
    return { trial, digests: [weightsSha256, again], firstOtherStep }
  })
  const [seed] = first.study.seeds
  const { steps } = first.study.training
  const equal = trials.filter(({ digests: [one, other] }) => one === other)
  const compared = trials.filter(({ firstOtherStep }) => firstOtherStep !== undefined)
  const odd = compared.find(({ firstOtherStep }) => firstOtherStep !== null)
  const toRun = !sameCode
    ? 'the run itself was of other code and was not compared'
    : compared.length === 0
      ? 'the run itself was added as it came and was not compared'
      : odd === undefined
        ? `weights after every step are those of the run itself (${compared.length} of ${trials.length} arms)`
        : `${odd.trial} leaves the run itself at step ${odd.firstOtherStep}`
  const cut = `seed ${seed}, ${steps} of ${run.study.training.steps} steps, twice in fresh processes`
  return {
    held: equal.length === trials.length && odd === undefined,
    text: `${cut}: digests of ${equal.length} of ${trials.length} arms are equal; ${toRun}`,
    seed,
    steps,
    trials,
  }
}

function firstOtherWeights(run: RecordedRun, cut: RecordedRun, trial: string): number | null {
  const original = run.stepsOf(trial)
  const other = cut.stepsOf(trial).find(({ step, weightsHash }) => original[step - 1]?.weightsHash !== weightsHash)
  return other?.step ?? null
}
