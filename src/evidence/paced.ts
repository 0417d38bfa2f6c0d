import { ReducibleError } from '../core/errors.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import type { Study } from '../study/schema.ts'

/** What stands beside every figure of a paced study; undefined where computing was measured. */
export function pacedStamp({ workload }: Pick<Study, 'workload'>): string | undefined {
  if (workload.name !== 'paced') return undefined
  return `paced: ${workload.computeMs} ms a step on one rank, waited out and not computed; ${workload.parameters} f32 sent`
}

/** @throws {ReducibleError} replay-mismatch: one computes, and the other waits. */
export function refuseMixedPace(a: Pick<Study, 'workload'>, b: Pick<Study, 'workload'>): void {
  if (pacedStamp(a) === pacedStamp(b)) return
  const [first, second] = [a, b].map((study) => pacedStamp(study) ?? 'computing measured')
  throw new ReducibleError('replay-mismatch', `the runs differ in their pace: ${first}; and ${second}`, {
    remedy: 'compare paced runs of one pace, or measured ones',
  })
}

/**
 * A thread that is ready may be without a core for this share of a trial. On two cores, 160 ms paced over 2 and 4 nodes of
 * 256 KiB, steps of trials below it were at most 8 % longer than the shortest trial's, beyond it up to 75 %; how busy the
 * cores were told nothing (0.5 to 1.0 either way).
 */
export const CORE_WAIT_MAX = 0.1

/** Did cores, and not links, decide the time of a trial? Unknown where the system does not tell. */
export function coresSaturated({ coreWait }: Pick<TrialRecord, 'coreWait'>): boolean | 'unknown' {
  return typeof coreWait === 'number' ? coreWait > CORE_WAIT_MAX : 'unknown'
}
