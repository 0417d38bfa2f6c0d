import { markdownRow, withTable } from '../marked-table.ts'
import { type Rate, rateText, type Score } from './score.ts'

/** What bench/results/diagnose-simulated.json and diagnose-real.json hold that documents quote. */
export interface DiagnoseResult {
  readonly host: { readonly cpuModel: string; readonly operatingSystem: string }
  readonly answers: readonly { readonly seed: number }[]
  readonly score: Score
  /** By what was injected: cases, and how many of them each source was named of. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** docs/methodology.md with what `diagnose` said of one kind of runs made anew. */
export function withDiagnoseTable(document: string, kind: 'simulated' | 'real', result: DiagnoseResult): string {
  return withTable(document, `bench/results/diagnose-${kind}.json`, diagnoseMarkdown(kind, result))
}

function diagnoseMarkdown(kind: string, { host, answers, score, confusion }: DiagnoseResult): string {
  const columns = Object.keys(confusion.none)
  const header = [`injected, ${kind}`, ...columns]
  return [
    markdownRow(header),
    markdownRow(header.map(() => '---')),
    ...Object.entries(confusion).map(([label, row]) => markdownRow([label, ...columns.map((one) => String(row[one]))])),
    '',
    `Seeds from ${answers[0].seed} on, ${host.cpuModel}, ${host.operatingSystem}.`,
    '',
    ...ratesOf(kind, score).map(([what, rate]) => `- ${what}: ${rateText(rate)}`),
  ].join('\n')
}

/** Strengths of real runs are not scaled to a noise. */
function ratesOf(kind: string, score: Score): [string, Rate][] {
  const { falseAlarms, cleanCannotTell, strongRight, strongCannotTell, weakRight } = score
  const calm: [string, Rate][] = [
    ['calm runs of which a source was named', falseAlarms],
    ['calm runs of which nothing was named, and something left open', cleanCannotTell],
  ]
  if (kind === 'real') return [...calm, ['right, of the others', strongRight], ['cannot tell', strongCannotTell]]
  return [
    ...calm,
    ['right above 3 standard deviations', strongRight],
    ['cannot tell above 3', strongCannotTell],
    ['right below, where most are too weak to be seen', weakRight],
  ]
}
