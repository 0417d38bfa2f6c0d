import { ReducibleError } from '../../core/errors.ts'
import type { Finding } from './finding.ts'
import type { AuditRule } from './rule.ts'
import { isGoing } from './rules/run.ts'
import { otherVersion, WHOLE_RECORDS } from './rules/whole-records.ts'
import { AUDIT_RULES } from './rules.ts'
import { type RunEvidence, UnreadRecord } from './run-evidence.ts'

/** How a rule came out on one run folder. */
export interface JudgedRule {
  readonly rule: AuditRule
  readonly outcome: 'pass' | 'fail' | 'unknown' | 'not applicable'
  readonly findings: readonly Finding[]
  /** Why it could not be applied, where it could not. */
  readonly leftOpen?: string
}

/** Every rule on one run folder. */
export interface RunAudit {
  readonly folder: string
  /** Null where the folder does not say. */
  readonly runId: string | null
  readonly files: ReadonlySet<string>
  readonly rules: readonly JudgedRule[]
}

/** Applies every rule. @param deep also those that make data and oracle again. */
export async function auditRun(run: RunEvidence, deep: boolean): Promise<RunAudit> {
  const rules = AUDIT_RULES.filter((rule) => deep || !rule.deep)
  const reason = reasonToLeaveOpen(run)
  const judged: JudgedRule[] = []
  for (const rule of rules) {
    const isLeftOpen = reason !== null && rule !== WHOLE_RECORDS
    judged.push(isLeftOpen ? leftOpen(rule, reason) : await judgeRule(rule, run))
  }
  return { folder: run.folder, runId: runIdOf(run), files: new Set(run.files.keys()), rules: judged }
}

async function judgeRule(rule: AuditRule, run: RunEvidence): Promise<JudgedRule> {
  try {
    if (rule.appliesTo && !rule.appliesTo(run)) return { rule, outcome: 'not applicable', findings: [] }
    if (rule.ofEndedRuns && run.manifest.status !== 'done') return leftOpen(rule, 'the run did not end')
    const findings = distinct(await rule.check(run))
    return { rule, outcome: outcomeOf(findings), findings }
  } catch (thrown) {
    // Of our own errors one can come through: a schedule's file that is not here.
    if (thrown instanceof UnreadRecord || thrown instanceof ReducibleError) return leftOpen(rule, thrown.message)
    // A record that breaks its schema can break a rule, too; the schema has named what is wrong with it.
    if (run.documents.every(([, { issues }]) => issues.length === 0)) throw thrown
    return leftOpen(rule, 'a record that it needs is not whole')
  }
}

function outcomeOf(findings: readonly Finding[]): JudgedRule['outcome'] {
  if (findings.length === 0) return 'pass'
  return findings.some(({ kind }) => kind !== 'unknown') ? 'fail' : 'unknown'
}

function leftOpen(rule: AuditRule, reason: string): JudgedRule {
  return { rule, outcome: 'unknown', findings: [], leftOpen: reason }
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.kind} ${finding.path}`, finding])).values()]
}

/** Why nothing can be judged beyond the records themselves. */
function reasonToLeaveOpen(run: RunEvidence): string | null {
  if (otherVersion(run.documents)) return 'its manifest has another schema version'
  try {
    return isGoing(run) ? 'the run is still going' : null
  } catch {
    return null // what is broken there, the rules name
  }
}

function runIdOf(run: RunEvidence): string | null {
  try {
    const { runId } = run.manifest as { readonly runId?: unknown }
    return typeof runId === 'string' ? runId : null
  } catch {
    return null
  }
}
