import type { Finding } from './finding.ts'
import type { RunEvidence } from './run-evidence.ts'

/** One thing that must hold in a run folder. */
export interface AuditRule {
  readonly id: string
  /** Paths whose values it vouches for; `*` stands for any key. */
  readonly guards: readonly string[]
  /** What holds where it passes. */
  readonly states: string
  /** What can happen to the number where it does not. */
  readonly consequence: string
  readonly fix: string
  /** The row it stands in, where that is not the one of its paths. */
  readonly topic?: Topic
  /** Recomputes at a price: only on request. */
  readonly deep?: true
  /** What it wants is written when a run ends. */
  readonly ofEndedRuns?: true
  /** Absent: to every run. */
  readonly appliesTo?: (run: RunEvidence) => boolean
  check(run: RunEvidence): Finding[] | Promise<Finding[]>
}

/** What the fields of a run folder are about. */
export type Topic =
  | 'code'
  | 'environment'
  | 'study'
  | 'seeds'
  | 'data'
  | 'cluster'
  | 'records'
  | 'claim'
  | 'recipe'
  | 'robustness'

/** By path, the longest prefix first; all others are `records`. */
const TOPIC_OF_PATHS: readonly (readonly [string, Topic])[] = [
  ['comparison.arms.*.trials.*.dataDigests', 'data'],
  ['comparison.arms.*.trials.*.rowMapDigest', 'data'],
  ['comparison.cluster', 'cluster'],
  ['manifest.determinism.adapters', 'cluster'],
  ['manifest.code', 'code'],
  ['manifest.environment', 'environment'],
  ['manifest.studyFile', 'study'],
  ['manifest.study', 'study'],
  ['manifest.overrides', 'study'],
  ['manifest.quick', 'study'],
  ['manifest.command', 'study'],
  ['manifest.seeds', 'seeds'],
  ['manifest.data', 'data'],
  ['manifest.rowMaps', 'data'],
  ['manifest.cluster', 'cluster'],
  ['manifest.claimFile', 'claim'],
  ['manifest.claim', 'claim'],
  ['manifest.kind', 'claim'],
  ['manifest.level', 'claim'],
  ['manifest.tier', 'claim'],
  ['manifest.replay', 'recipe'],
  ['environment.git_commit', 'code'],
  ['environment', 'environment'],
  ['cluster', 'cluster'],
  ['study', 'study'],
  ['claim', 'claim'],
  ['verdict', 'claim'],
  ['diff.patch', 'code'],
  ['README.md', 'recipe'],
]

const topics = new Map<string, Topic>()

/** What a field is about. */
export function topicOf(path: string): Topic {
  const known = topics.get(path)
  if (known !== undefined) return known
  const topic = TOPIC_OF_PATHS.find(([prefix]) => isUnder(path, prefix))?.[1] ?? 'records'
  topics.set(path, topic)
  return topic
}

/** Is this path the other or one inside it? A `*` of either stands for any key. */
function isUnder(path: string, prefix: string): boolean {
  const keys = path.split('.')
  return prefix.split('.').every((key, at) => at < keys.length && (key === '*' || keys[at] === '*' || key === keys[at]))
}
