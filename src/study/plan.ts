import { injectedIn } from './injection.ts'
import type { Arm, Study } from './schema.ts'

/** Where the weights are compared with the float64 oracle, beside the last step. */
const TRAJECTORY_STEPS = [1, 2, 5, 10, 20, 50, 100, 200]

/** The steps of a training after which its weights are kept and judged. */
export function trajectorySteps(steps: number): number[] {
  return [...TRAJECTORY_STEPS.filter((step) => step < steps), steps]
}

/** One launch of an arm with one seed: fresh processes. */
export interface Trial {
  /** Unique in its run, and a file name: `8-nodes.seed-3` or `8-nodes.seed-3.again-1`. */
  readonly id: string
  readonly arm: Arm
  readonly seed: number
  /** 0 for the first trial of this arm and seed, then 1, 2, … */
  readonly repeat: number
  /** Of all arms once, from 0. */
  readonly round: number
}

/**
 * The trials of a study in the order they run: seeds in turn, all arms of a seed together, so that what drifts on the
 * machine touches every arm alike. Odd rounds run the arms forward, even ones backward.
 */
export function planTrials(study: Study): Trial[] {
  const rounds = Array.from({ length: study.repeats }, () => study.seeds).flat()
  const seen = new Map<number, number>()
  return rounds.flatMap((seed, round) => {
    const repeat = seen.get(seed) ?? 0
    seen.set(seed, repeat + 1)
    const arms = round % 2 === 0 ? study.arms : study.arms.toReversed()
    const again = repeat === 0 ? '' : `.again-${repeat}`
    const lost = injectedIn(study, 'node-count', round)?.lose ?? 0
    return arms.map((arm) => ({
      id: `${arm.name}.seed-${seed}${again}`,
      arm: lost === 0 ? arm : { ...arm, nodes: arm.nodes - lost },
      seed,
      repeat,
      round,
    }))
  })
}
