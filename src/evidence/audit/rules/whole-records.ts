import { MANIFEST_VERSION } from '../../../record/manifest-schema.ts'
import { type Finding, missing, wrong } from '../finding.ts'
import type { AuditRule } from '../rule.ts'
import type { RunEvidence } from '../run-evidence.ts'

/** What every run folder has, and what is missing without it; `comparison.json` only where arms were compared. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'manifest.json': [
    'manifest',
    'manifest.code',
    'manifest.environment',
    'manifest.study',
    'manifest.seeds',
    'manifest.data',
    'manifest.cluster',
    'manifest.replay',
  ],
  'study.yaml': ['study'],
  'cluster.yaml': ['cluster'],
  'environment.json': ['environment'],
  'samples.jsonl': ['samples'],
  'steps.jsonl': ['steps'],
  'README.md': ['README.md'],
}

export const WHOLE_RECORDS: AuditRule = {
  id: 'records-are-whole',
  guards: ['manifest', 'study', 'claim', 'cluster', 'environment', 'samples', 'steps', 'comparison', 'verdict'],
  states: 'every record is there and has every field that its schema wants, of its type',
  consequence: 'what is not recorded can be neither checked nor repeated',
  fix: 'restore the file from the original run, or run the study again',
  check(run) {
    const { documents, files } = run
    const other = otherVersion(documents)
    if (other) return [other]
    const absent = Object.entries(REQUIRED).flatMap(([file, paths]) => (files.has(file) ? [] : paths))
    return [
      ...absent.map((path) => missing(path)),
      ...(wantsComparison(run) ? [missing('comparison')] : []),
      ...documents.flatMap(([, { issues }]) => issues),
    ]
  },
}

/** Of another version, no field can be judged by ours. */
export function otherVersion(documents: RunEvidence['documents']): Finding | undefined {
  const manifest = documents.find(([name]) => name === 'manifest')?.[1].value
  const { schemaVersion } = (manifest ?? {}) as { readonly schemaVersion?: unknown }
  if (typeof schemaVersion !== 'number' || schemaVersion === MANIFEST_VERSION) return undefined
  const reader = schemaVersion > MANIFEST_VERSION ? 'the reducible that made the run' : 'the reducible of its commit'
  return wrong('manifest.schemaVersion', schemaVersion, `${MANIFEST_VERSION}; ${reader} reads it`)
}

function wantsComparison(run: RunEvidence): boolean {
  if (!run.files.has('study.yaml') || run.files.has('comparison.json') || !run.files.has('manifest.json')) return false
  return run.hasArms && run.manifest.status === 'done'
}
