import type { StepRecord } from '../../../record/trial-record.ts'
import { phaseTimes } from '../../scaling/phases.ts'
import { type Finding, missing, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

/** Of a trial's steps, what no phase accounts for. */
const REST_MAX = 0.02

/** Of what the time of a trial went to, in runs that recorded it. */
export const PHASE_RULES: readonly AuditRule[] = [
  {
    id: 'phases-add-up',
    guards: ['steps', 'comparison.arms.*.trials.*.coresBusy', 'comparison.arms.*.trials.*.coreWait'],
    states: 'the phases of a trial come to its steps within 2 %, and it says how busy the cores were',
    consequence: 'time is spent on something that nobody measured, and a slow step is put down to the wrong cause',
    fix: 'restore the file from the original run, or run the study again',
    appliesTo: (run) => run.hasArms,
    check: checkPhases,
  },
]

function checkPhases({ trials, steps, cluster }: RunEvidence): Finding[] {
  const byTrial = Map.groupBy(steps, ({ trial }) => trial)
  return trials.flatMap(({ path, record }) => {
    const rest = restOf(byTrial.get(record.trial) ?? [])
    if (rest === undefined) return []
    const found: Finding[] = []
    if (rest > REST_MAX) {
      found.push(
        wrong('steps', `${(100 * rest).toFixed(1)} % of ${record.trial} in no phase`, `at most ${100 * REST_MAX} %`),
      )
    }
    const isKnown = (share: unknown): boolean =>
      typeof share === 'number' || (share === null && !cluster.host.kernel.startsWith('Linux'))
    if (!isKnown(record.coresBusy)) found.push(missing(`${path}.coresBusy`, 'how busy the cores were'))
    if (!isKnown(record.coreWait)) found.push(missing(`${path}.coreWait`, 'how long a thread had no core'))
    return found
  })
}

/** The share of the steps that is in no phase, or in two; undefined where no phases were recorded. */
function restOf(steps: readonly StepRecord[]): number | undefined {
  let [rest, all] = [0, 0]
  for (const node of steps.flatMap(({ nodes }) => nodes)) {
    const times = phaseTimes(node)
    if (times === undefined) continue
    rest += Math.abs(times.rest)
    all += node.stepNs
  }
  return all === 0 ? undefined : rest / all
}
