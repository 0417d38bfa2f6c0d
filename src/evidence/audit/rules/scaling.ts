import { prettyJson } from '../../../record/files.ts'
import { codeDigests } from '../../../record/source-digest.ts'
import { scalingCsv } from '../../scaling/csv.ts'
import { scalingOf } from '../../scaling/scaling.ts'
import { type Finding, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import { digestOf, type RunEvidence } from '../run-evidence.ts'

/** Of a scaling run: its curve is that of its records. */
export const SCALING_RULES: readonly AuditRule[] = [
  {
    id: 'scaling-follows',
    guards: ['scaling.json', 'scaling.csv'],
    states: 'speedups, phases, fits and what was controlled are those that the records give',
    consequence: 'the curve is not the one that was measured',
    fix: 'run `reducible scale --redraw` after removing the file that differs',
    // Other sources may word it otherwise.
    appliesTo: ({ files, manifest }) =>
      files.has('scaling.json') && manifest.code.sourceDigest === codeDigests().sourceDigest,
    check: checkScaling,
  },
]

function checkScaling(run: RunEvidence): Finding[] {
  const byTrial = Map.groupBy(run.steps, ({ trial }) => trial)
  const scaling = scalingOf({
    invocation: run.manifest.runId,
    study: run.study,
    cluster: run.cluster,
    trials: run.trials.map(({ record }) => record),
    stepsOf: (trial) => byTrial.get(trial) ?? [],
  })
  const wanted = { 'scaling.json': prettyJson(scaling), 'scaling.csv': scalingCsv(scaling) }
  return Object.entries(wanted).flatMap(([file, text]) => {
    const want = digestOf(Buffer.from(text))
    const got = run.files.has(file) ? digestOf(run.bytesOf(file)) : undefined
    return got === want ? [] : [wrong(file, got ?? 'no file', `${want}, of the records`)]
  })
}
