import type { RunAudit } from '../evidence/audit/audit-run.ts'
import type { AuditRow } from '../evidence/audit/views.ts'

/** JUnit XML: a suite a run folder, a case an input; what nobody can tell counts as skipped, with the reason. */
export function auditJunit(
  audits: readonly { readonly audit: RunAudit; readonly rows: readonly AuditRow[] }[],
): string {
  const suites = audits.map(({ audit, rows }) => suiteOf(audit.runId ?? audit.folder, rows))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

function suiteOf(name: string, rows: readonly AuditRow[]): string {
  const failures = rows.filter(({ status }) => status === 'fail').length
  const skipped = rows.filter(({ status }) => status === 'unknown' || status === 'not applicable').length
  const head = `name="${escaped(name)}" tests="${rows.length}" failures="${failures}" errors="0" skipped="${skipped}"`
  return `  <testsuite ${head}>\n${rows.map((row) => caseOf(name, row)).join('')}  </testsuite>\n`
}

function caseOf(suite: string, row: AuditRow): string {
  const { input, status, consequence } = row
  const names = `classname="${escaped(suite)}" name="${escaped(input)}"`
  switch (status) {
    case 'pass':
      return `    <testcase ${names}/>\n`
    case 'fail':
      return (
        `    <testcase ${names}>\n      <failure message="${escaped(consequence ?? '')}">` +
        `${escaped(detailOf(row))}</failure>\n    </testcase>\n`
      )
    case 'unknown':
    case 'not applicable': {
      const why = [
        status,
        ...row.unknown.map(({ path, reason }) => (path === null ? reason : `${path}: ${reason}`)),
      ].join('; ')
      return `    <testcase ${names}>\n      <skipped message="${escaped(why)}"/>\n    </testcase>\n`
    }
  }
}

function detailOf({ missing, wrong, fix }: AuditRow): string {
  return [
    ...missing.map((path) => `missing ${path}`),
    ...wrong.map(({ path, got, want }) => `wrong ${path}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`),
    `fix: ${fix}`,
  ].join('\n')
}

/** Control characters have no place in XML 1.0. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character]).replace(/\p{Cc}/gu, (c) => (c === '\n' ? c : '�'))
}
