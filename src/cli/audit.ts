import { ReducibleError } from '../core/errors.ts'
import { auditRun, type RunAudit } from '../evidence/audit/audit-run.ts'
import { RunEvidence } from '../evidence/audit/run-evidence.ts'
import {
  AUDIT_VIEWS,
  type AuditRow,
  type AuditView,
  failuresBeyond,
  type RowStatus,
  rowsOf,
  statusOfRun,
} from '../evidence/audit/views.ts'
import { writeAtomically } from '../record/files.ts'
import { auditJunit } from '../report/audit-junit.ts'
import { auditSarif } from '../report/audit-sarif.ts'
import { refuseSimulation } from '../simulate/simulation-folder.ts'
import { auditText, summaryText } from './audit-text.ts'
import { type CommonOptions, runCommand } from './command.ts'

export interface AuditOptions extends CommonOptions {
  readonly view: string
  readonly summary?: boolean
  readonly deep?: boolean
  readonly junit?: string
  readonly sarif?: string
  /** Of a claim alone. */
  readonly whatIf?: true | string
}

/** A run folder under one view. */
export interface ViewedAudit {
  readonly audit: RunAudit
  readonly view: AuditView
  readonly status: RowStatus
  readonly rows: readonly AuditRow[]
  /** Rules that failed on what no row of the view is about. */
  readonly beyond: readonly string[]
}

const VERDICT_OF_STATUS = { pass: 'true', 'not applicable': 'true', unknown: 'inconclusive', fail: 'false' } as const

/** `reducible audit RUN…`: each input of a run, what shows it, what is missing or wrong, and what that can do to the number. */
export async function auditCommand(folders: readonly string[], options: AuditOptions): Promise<never> {
  return runCommand('audit', options, async () => {
    if (folders.length === 0) {
      throw new ReducibleError('usage', 'audit wants a run folder, or --claim FILE', {
        remedy: 'try: audit runs/latest',
      })
    }
    if (options.whatIf !== undefined) {
      throw new ReducibleError('usage', '--what-if is about a published claim', {
        remedy: 'name one with --claim FILE',
      })
    }
    const view = parseView(options.view)
    folders.forEach(refuseSimulation)
    const audits: ViewedAudit[] = []
    for (const folder of folders)
      audits.push(viewed(await auditRun(RunEvidence.read(folder), options.deep === true), view))
    if (options.junit !== undefined) writeAtomically(options.junit, auditJunit(audits))
    if (options.sarif !== undefined) writeAtomically(options.sarif, auditSarif(audits.map(({ audit }) => audit)))
    const statuses = audits.map(({ status }) => status)
    const worst = (['fail', 'unknown'] as const).find((status) => statuses.includes(status)) ?? 'pass'
    return {
      verdict: VERDICT_OF_STATUS[worst],
      text: options.summary ? summaryText(audits) : audits.map(auditText).join('\n\n'),
      json: { view, runs: audits.map(jsonOf) },
    }
  })
}

function parseView(name: string): AuditView {
  const view = AUDIT_VIEWS.find((known) => known === name)
  if (view === undefined)
    throw new ReducibleError('usage', `--view must be one of ${AUDIT_VIEWS.join(', ')} (got ${name})`)
  return view
}

function viewed(audit: RunAudit, view: AuditView): ViewedAudit {
  const rows = rowsOf(audit, view)
  const beyond = failuresBeyond(audit, view).map(({ rule }) => rule.id)
  return { audit, view, rows, beyond, status: statusOfRun(rows, beyond) }
}

function jsonOf({ audit: { folder, runId, rules }, status, rows, beyond }: ViewedAudit): object {
  return {
    run: folder,
    runId,
    status,
    rows,
    beyond,
    rules: rules.map(({ rule: { id, states, deep = false }, outcome, findings }) => ({
      id,
      states,
      deep,
      outcome,
      findings,
    })),
  }
}
