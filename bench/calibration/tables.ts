import type { IntervalMethod } from '../../src/stats/interval.ts'
import { isValid } from '../../src/stats/validity.ts'
import { markdownRow, withTable } from '../marked-table.ts'
import { type Coverage, SIZES } from './coverage.ts'
import type { VerdictRates } from './rates.ts'

/** docs/methodology.md with the table of true coverage made anew; what the tool refuses is struck out. */
export function withCoverageTable(document: string, coverage: Coverage): string {
  const header = ['method', 'values', ...SIZES.map((n) => `n = ${n}`)]
  const rows = Object.entries(coverage).flatMap(([method, byShape]) =>
    Object.entries(byShape).map(([shape, bySize]) => [
      method,
      shape,
      ...SIZES.map((n) => coverageCell(bySize[n], isValid(method as IntervalMethod, n, shape))),
    ]),
  )
  return withTable(document, 'src/stats/coverage.json', markdownTable(header, rows))
}

function coverageCell(share: number | null, valid: boolean): string {
  if (share === null) return '–'
  const percent = (100 * share).toFixed(1)
  return valid ? percent : `~~${percent}~~`
}

/** The same with the table of what verdicts get wrong. */
export function withRatesTable(document: string, rates: VerdictRates): string {
  const header = ['verdict', 'n', 'false alarms', 'missed at 1 s', 'at 2 s', 'at 3 s']
  const rows = Object.entries(rates).flatMap(([verdict, byCount]) =>
    Object.entries(byCount).map(([n, rate]) => [
      verdict,
      n,
      (100 * rate[0]).toFixed(1),
      ...([1, 2, 3] as const).map((shift) => (100 * (1 - rate[shift])).toFixed(1)),
    ]),
  )
  return withTable(document, 'bench/results/calibration.json', markdownTable(header, rows))
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const numbersFrom = header.findIndex((cell) => cell.startsWith('n'))
  const rule = header.map((_, column) => (column >= numbersFrom ? '---:' : '---'))
  return ['', markdownRow(header), markdownRow(rule), ...rows.map(markdownRow), ''].join('\n')
}
