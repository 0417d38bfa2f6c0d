import type { AuditRow, RowStatus } from '../evidence/audit/views.ts'
import { DEPENDENCIES } from '../evidence/audit/views.ts'
import type { ViewedAudit } from './audit.ts'
import { wrap } from './table.ts'

const STATUS_TEXT: Readonly<Record<RowStatus, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  unknown: 'unknown',
  'not applicable': 'n/a',
}

/** Findings of a row that are shown. */
const MOST_SHOWN = 6
const VALUE_LENGTH_MAX = 60

/** One run folder, a row an input. */
export function auditText(viewed: ViewedAudit): string {
  const { audit, rows, view } = viewed
  const deep = audit.rules.some(({ rule }) => rule.deep)
  const again = deep ? 'data, rows and the float64 oracle made again' : '--deep makes data, rows and the oracle again'
  return [
    wrap(`audit of ${audit.runId ?? 'a folder without a run id'}, view ${view}`, '  '),
    '',
    ...rows.flatMap((row) => (view === 'table' ? tableLines(row) : rowLines(row))),
    '',
    ...beyondLines(viewed),
    wrap(`${countText(rows.map(({ status }) => status))}; ${audit.rules.length} rules; ${again}`, '  '),
  ].join('\n')
}

/** Many run folders, a line each, and which input fails most. */
export function summaryText(audits: readonly ViewedAudit[]): string {
  const lines = audits.map(({ audit, status, rows, beyond }) => {
    const passed = rows.filter((row) => row.status === 'pass').length
    const others = [
      ...rows.filter((row) => row.status === 'fail' || row.status === 'unknown').map(({ id }) => id),
      ...beyond,
    ]
    const why = others.length === 0 ? '' : `: ${others.join(', ')}`
    return wrap(
      `${STATUS_TEXT[status].padEnd(8)} ${passed}/${rows.length}  ${audit.runId ?? audit.folder}${why}`,
      ' '.repeat(14),
    )
  })
  const failing = Map.groupBy(
    audits.flatMap(({ rows }) => rows.filter(({ status }) => status === 'fail')),
    ({ input }) => input,
  )
  const [most] = [...failing].toSorted(([, a], [, b]) => b.length - a.length)
  const worst = most ? `; fails most: ${most[0]} (${most[1].length} of ${audits.length})` : ''
  return [
    ...lines,
    '',
    wrap(`${audits.length} runs: ${countText(audits.map(({ status }) => status))}${worst}`, '  '),
  ].join('\n')
}

const INDENT = ' '.repeat(11)

function rowLines(row: AuditRow): string[] {
  const { input, status, evidence, consequence, fix } = row
  const head = `${STATUS_TEXT[status].padEnd(8)} ${input}`
  return [
    wrap(`${head.padEnd(43)} ${evidence.join(' ')}`.trimEnd(), ' '.repeat(44)),
    ...findingLines(row),
    ...adviceLines(consequence, fix),
  ]
}

function tableLines(row: AuditRow): string[] {
  const { id, status, consequence, fix } = row
  const { pinned, distributed } = DEPENDENCIES[id]
  const indent = ' '.repeat(35)
  return [
    wrap(`${STATUS_TEXT[status].padEnd(8)} ${id.padEnd(12)} pinned by    ${pinned}`, indent),
    wrap(`${' '.repeat(21)} distributed  ${distributed}`, indent),
    ...findingLines(row),
    ...adviceLines(consequence, fix),
  ]
}

function findingLines({ missing, wrong, unknown }: AuditRow): string[] {
  const lines = [
    ...wrong.map(({ path, got, want }) => `  wrong    ${path}: got ${shown(got)}, want ${shown(want)}`),
    ...missing.map((path) => `  missing  ${path}`),
    ...unknown.map(({ path, reason }) => `  unknown  ${path === null ? '' : `${path}: `}${reason}`),
  ]
  const more = lines.length - MOST_SHOWN
  const text = lines.slice(0, MOST_SHOWN).map((line) => wrap(line, INDENT))
  return more > 0 ? [...text, `${INDENT}and ${more} more (--json has all)`] : text
}

function adviceLines(consequence: string | null, fix: string | null): string[] {
  if (consequence === null || fix === null) return []
  return [wrap(`  effect   ${consequence}`, INDENT), wrap(`  fix      ${fix}`, INDENT)]
}

function beyondLines({ beyond }: ViewedAudit): string[] {
  return beyond.length === 0 ? [] : [wrap(`beyond this view FAIL: ${beyond.join(', ')} (--view six)`, '  ')]
}

function countText(statuses: readonly RowStatus[]): string {
  const counts = Object.keys(STATUS_TEXT).flatMap((status) => {
    const count = statuses.filter((one) => one === status).length
    return count === 0 ? [] : [`${count} ${status}`]
  })
  return counts.join(', ')
}

function shown(value: unknown): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  const text = whole.replace(/[0-9a-f]{64}/g, (digest) => `${digest.slice(0, 12)}…`)
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX - 1)}…` : text
}
