import { ReducibleError } from '../core/errors.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import type { CodeDigests } from '../record/source-digest.ts'
import { planTrials } from '../study/plan.ts'
import type { Arm, Study } from '../study/schema.ts'

const KEYS_OF_STUDY = ['workload', 'training', 'engine'] as const
const KEYS_OF_ARM: readonly (keyof Arm)[] = ['nodes', 'ranksPerNode', 'algorithm', 'arithmetic', 'buckets']

/**
 * Forced orders give the bits of the recorded run only where all else is as it was. What the data is shows when the workers
 * have loaded it (the coordinator compares it before the first step).
 * @throws {ReducibleError} replay-mismatch naming the first input that differs.
 */
export function checkReplay(study: Study, { kernelsDigest }: CodeDigests, recorded: RecordedRun): void {
  const compare = (what: string, now: unknown, then: unknown): void => {
    if (JSON.stringify(now) === JSON.stringify(then)) return
    const text = `${what} is ${JSON.stringify(now)}, in ${recorded.run} it was ${JSON.stringify(then)}`
    throw new ReducibleError('replay-mismatch', text)
  }
  for (const key of KEYS_OF_STUDY) compare(key, study[key], recorded.study[key])
  for (const arm of study.arms) {
    const then = recorded.study.arms.find(({ name }) => name === arm.name)
    if (then === undefined) {
      const names = recorded.study.arms.map(({ name }) => name).join(', ')
      throw new ReducibleError('replay-mismatch', `arm ${arm.name} is not in ${recorded.run}, which has ${names}`)
    }
    for (const key of KEYS_OF_ARM) compare(`arm ${arm.name}: ${key}`, arm[key], then[key])
  }
  compare('kernels digest', kernelsDigest, recorded.manifest.code.kernelsDigest)
  for (const trial of planTrials(study)) recorded.ordersOf(trial)
}
