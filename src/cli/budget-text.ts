import type { Budget } from '../evidence/budget/budget.ts'
import type { Explanation } from '../evidence/budget/explained.ts'
import type { BudgetRow, Effect, Status } from '../evidence/budget/sources.ts'
import type { Study } from '../study/schema.ts'
import { studyLine } from './execute-study.ts'
import { formatTable, wrap } from './table.ts'

/** A budget for people. */
export function budgetText(
  { run, mode, deterministic, rows, recheck, metric, reporting }: Budget,
  study: Study,
): string {
  const counted = (status: Status): number => rows.filter(({ numeric }) => numeric?.status === status).length
  const counts = `numeric sources: ${counted('eliminated')} eliminated, ${counted('bounded')} bounded, ${counted('open')} open`
  return [
    wrap(`Determinism budget of ${run}`, '  '),
    wrap(`Study: ${studyLine(study)}; ${mode}; deterministic mode ${deterministic ? 'on' : 'off'}`, '  '),
    '',
    statusTable(rows),
    '',
    wrap(`${counts}; ${recheck.text}`, '  '),
    '',
    ...rows.flatMap(rowLines),
    `${metric.replace('-', ' ')}, as it is to be reported`,
    ...reporting.flatMap(({ arm, form, value, reason }) => [
      wrap(`  ${arm}: ${value}`, '    '),
      wrap(`    ${form}: ${reason}`, '      '),
    ]),
    wrap('  a seed is no evidence for a time: times are reported with their own spread, whatever stands here', '    '),
  ].join('\n')
}

/** A mode for people. */
export function explanationText({ mode, rows, seedReaches, reporting }: Explanation): string {
  const marked = mode === 'sync' ? '; `budget RUN` measures' : '; this mode does not run yet'
  return [
    wrap(`Determinism budget of ${mode} training: explained, not measured${marked}`, '  '),
    '',
    statusTable(rows),
    '',
    ...rows.flatMap(rowLines),
    wrap(`what a seed reaches: ${seedReaches}`, '  '),
    wrap(`to be reported as ${reporting}`, '  '),
  ].join('\n')
}

/** All modes side by side: what a seed does not reach in each, and the form of reporting that follows. */
export function modesText(modes: readonly Explanation[]): string {
  const titles = [...new Set(modes.flatMap(({ rows }) => rows.map(({ title }) => title)))]
  const cells = titles.map((title) => [
    title,
    ...modes.map(({ rows }) => statusOf(rows.find((row) => row.title === title)?.numeric ?? null)),
  ])
  const header = ['source of numeric differences', ...modes.map(({ mode }) => mode)]
  return [
    wrap('Determinism budget by mode: explained, not measured; async and elastic do not run yet', '  '),
    '',
    formatTable(
      header,
      cells,
      header.map(() => 'left'),
    ),
    '',
    ...modes.flatMap(({ mode, seedReaches, reporting }) => [
      wrap(`${mode}: ${seedReaches}`, '  '),
      wrap(`  to be reported as ${reporting}`, '    '),
    ]),
  ].join('\n')
}

function statusTable(rows: readonly BudgetRow[]): string {
  const cells = rows.map(({ title, numeric, performance }) => [title, statusOf(numeric), statusOf(performance)])
  return formatTable(['source', 'numeric', 'performance'], cells, ['left', 'left', 'left'])
}

function statusOf(effect: Effect | null): string {
  return effect?.status ?? '–'
}

function rowLines({ title, numeric, performance, notCovered }: BudgetRow): string[] {
  const same = numeric !== null && numeric === performance
  const effects = same
    ? effectLines('numeric, performance', numeric)
    : [...effectLines('numeric', numeric), ...effectLines('performance', performance)]
  return [title, ...effects, wrap(`  not covered: ${notCovered}`, '    '), '']
}

function effectLines(what: string, effect: Effect | null): string[] {
  if (effect === null) return []
  const { status, mechanism, evidence, where, bound } = effect
  const at = where === null ? '' : ` (${where})`
  return [
    wrap(`  ${what} ${status}: ${mechanism}`, '    '),
    ...(bound === null ? [] : [wrap(`  by how much: ${bound}${evidence === null ? at : ''}`, '    ')]),
    ...(evidence === null ? [] : [wrap(`  seen: ${evidence}${at}`, '    ')]),
  ]
}
