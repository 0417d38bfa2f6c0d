import type { JudgedRule, RunAudit } from './audit-run.ts'
import type { Finding } from './finding.ts'
import { type Topic, topicOf } from './rule.ts'

export const AUDIT_VIEWS = ['six', 'five', 'table', 'minimal'] as const
export type AuditView = (typeof AUDIT_VIEWS)[number]

export type RowStatus = 'pass' | 'fail' | 'unknown' | 'not applicable'

/** One input of a result, and what the folder has to show for it. */
export interface AuditRow {
  readonly id: string
  readonly input: string
  readonly status: RowStatus
  /** File and path of what vouches for it. */
  readonly evidence: readonly string[]
  readonly missing: readonly string[]
  readonly wrong: readonly { readonly path: string; readonly got: unknown; readonly want: unknown }[]
  /** What nobody can tell; a null path: a rule could not be applied. */
  readonly unknown: readonly { readonly path: string | null; readonly reason: string }[]
  /** Rules that did not pass. */
  readonly rules: readonly string[]
  readonly consequence: string | null
  readonly fix: string | null
}

interface RowDefinition {
  readonly id: string
  readonly input: string
  readonly topics: readonly Topic[]
  readonly evidence: readonly string[]
}

const COMMIT = ['manifest.json#/code', 'environment.json#/git_commit']
const ENVIRONMENT = ['manifest.json#/environment', 'environment.json']
const DATA = ['manifest.json#/data', 'manifest.json#/rowMaps']
const SEEDS = ['manifest.json#/seeds']
const CLUSTER = ['cluster.yaml', 'manifest.json#/cluster']
const RECORDS = ['comparison.json', 'samples.jsonl', 'steps.jsonl', 'SHA256SUMS']
const CLAIM = ['claim.yaml', 'verdict.json']

/** The five dependencies of a result. @source section 5.7, figure 5.7.1. */
const FIVE: readonly RowDefinition[] = [
  { id: 'code', input: 'code', topics: ['code', 'study'], evidence: [...COMMIT, 'study.yaml'] },
  { id: 'environment', input: 'environment', topics: ['environment'], evidence: ENVIRONMENT },
  { id: 'data', input: 'data', topics: ['data'], evidence: DATA },
  { id: 'seeds', input: 'seeds', topics: ['seeds'], evidence: SEEDS },
  { id: 'cluster', input: 'cluster', topics: ['cluster'], evidence: CLUSTER },
]

const ROWS: Readonly<Record<AuditView, readonly RowDefinition[]>> = {
  // Section 41.8, figure 41.8.1.
  six: [
    { id: 'commit', input: 'code at its commit', topics: ['code'], evidence: COMMIT },
    { id: 'environment', input: 'lockfile, Node, container', topics: ['environment'], evidence: ENVIRONMENT },
    {
      id: 'records',
      input: 'study and records, one run id',
      topics: ['study', 'seeds', 'records', 'claim'],
      evidence: ['study.yaml', ...SEEDS, ...RECORDS, ...CLAIM],
    },
    { id: 'data', input: 'data digests', topics: ['data'], evidence: DATA },
    { id: 'cluster', input: 'cluster', topics: ['cluster'], evidence: CLUSTER },
    { id: 'readme', input: 'README with one command', topics: ['recipe'], evidence: ['README.md'] },
  ],
  five: FIVE,
  table: FIVE,
  // The last look before a result is shown: can it be made again, by others, from what is here; is it luck; is it said narrowly.
  minimal: [
    {
      id: 'repeatable',
      input: 'one command, its seeds',
      topics: ['recipe', 'study', 'seeds'],
      evidence: ['README.md', ...SEEDS],
    },
    {
      id: 'reproducible',
      input: 'code, environment, data, cluster',
      topics: ['code', 'environment', 'data', 'cluster'],
      evidence: [...COMMIT, ...ENVIRONMENT, ...DATA, ...CLUSTER],
    },
    { id: 'evidence', input: 'a record behind each number', topics: ['records'], evidence: RECORDS },
    { id: 'robust', input: 'not one lucky seed', topics: ['robustness'], evidence: ['comparison.json#/arms'] },
    { id: 'narrow', input: 'what is claimed, how strongly', topics: ['claim'], evidence: CLAIM },
  ],
}

/** How each dependency is pinned here, and what spreading it over nodes adds. @source requirements A16. */
export const DEPENDENCIES: Readonly<Record<string, { readonly pinned: string; readonly distributed: string }>> = {
  code: {
    pinned: 'commit, source digest, resolved study',
    distributed: 'every worker joins with the same source digest',
  },
  environment: {
    pinned: 'lockfile, Node, C library, container',
    distributed: 'one environment for all processes of the host',
  },
  data: { pinned: 'SHA-256 before preprocessing', distributed: 'workers load and deal the same rows, checked at join' },
  seeds: {
    pinned: 'values, stream, generator, version',
    distributed: 'one seed for all ranks: no stream depends on the node count',
  },
  cluster: {
    pinned: 'machine, adapter, probe, links',
    distributed: 'node counts, adapter of every node, order of every sum',
  },
}

/** The rows of a view. */
export function rowsOf(audit: RunAudit, view: AuditView): AuditRow[] {
  return ROWS[view].map((row) => rowOf(row, audit))
}

/** Rules that failed on something that no row of the view is about. */
export function failuresBeyond(audit: RunAudit, view: AuditView): JudgedRule[] {
  const shown = new Set(ROWS[view].flatMap(({ topics }) => topics))
  return audit.rules.filter(
    ({ rule, findings }) =>
      rule.topic !== 'robustness' &&
      findings.some(({ kind, path }) => kind !== 'unknown' && !shown.has(rule.topic ?? topicOf(path))),
  )
}

/** Of a folder whose rows these are: what fails anywhere fails it. */
export function statusOfRun(rows: readonly AuditRow[], beyond: readonly string[]): RowStatus {
  const statuses = rows.map(({ status }) => status)
  if (beyond.length > 0 || statuses.includes('fail')) return 'fail'
  return statuses.includes('unknown') ? 'unknown' : 'pass'
}

function rowOf({ id, input, topics, evidence }: RowDefinition, { rules, files }: RunAudit): AuditRow {
  const isOf = (judged: JudgedRule, path: string): boolean => topics.includes(judged.rule.topic ?? topicOf(path))
  const ofRow = rules.filter(
    (judged) => judged.rule.guards.some((path) => isOf(judged, path)) || topics.includes(judged.rule.topic as Topic),
  )
  const broken = rules.flatMap((judged) => {
    const findings = judged.findings.filter(({ path }) => isOf(judged, path))
    return findings.length === 0 ? [] : [{ ...judged, findings }]
  })
  const findings = onePerPath(broken.flatMap((judged) => judged.findings))
  const leftOpen = new Set(ofRow.flatMap((judged) => judged.leftOpen ?? []))
  const first = broken.find((judged) => judged.findings.some(isFailure)) ?? broken[0]
  return {
    id,
    input,
    status: statusOf(findings, ofRow),
    evidence: evidence.filter((place) => files.has(place.split('#')[0])),
    missing: findings.filter(({ kind }) => kind === 'missing').map(({ path }) => path),
    wrong: findings.filter(({ kind }) => kind === 'wrong').map(({ path, got, want }) => ({ path, got, want })),
    unknown: [
      ...findings.filter(({ kind }) => kind === 'unknown').map(({ path, reason = '' }) => ({ path, reason })),
      ...[...leftOpen].map((reason) => ({ path: null, reason })),
    ],
    rules: broken.map(({ rule }) => rule.id),
    consequence: first?.rule.consequence ?? null,
    fix: first?.rule.fix ?? null,
  }
}

function isFailure({ kind }: Finding): boolean {
  return kind !== 'unknown'
}

function statusOf(findings: readonly Finding[], rules: readonly JudgedRule[]): RowStatus {
  if (findings.some(isFailure)) return 'fail'
  if (findings.length > 0 || rules.some(({ leftOpen }) => leftOpen !== undefined)) return 'unknown'
  return rules.every(({ outcome }) => outcome === 'not applicable') ? 'not applicable' : 'pass'
}

/** Several rules can name one path: what fails comes before what is unknown. */
function onePerPath(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted((a, b) => Number(isFailure(b)) - Number(isFailure(a)))
  return sorted.filter((finding, at) => sorted.findIndex(({ path }) => path === finding.path) === at)
}
