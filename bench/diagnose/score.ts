import { formatTable } from '../../src/cli/table.ts'
import type { Diagnosis } from '../../src/evidence/diagnose/diagnose.ts'
import { type SourceName, VARIATION_SOURCES } from '../../src/evidence/diagnose/finding.ts'
import { binomialInterval } from '../../src/stats/binomial-interval.ts'
import { type Case, STRONG } from './cases.ts'

/** What was said of a case. */
export interface Answer extends Case {
  readonly named: readonly SourceName[]
  /** Those that the records leave open. */
  readonly open: readonly SourceName[]
  /** `cannot tell`: nothing is named that is not there, and what is missing is left open. */
  readonly outcome: 'right' | 'cannot tell' | 'wrong'
}

export function answerOf(one: Case, { findings }: Diagnosis): Answer {
  const withStanding = (standing: string): SourceName[] =>
    findings.filter((found) => found.standing === standing).map(({ source }) => source)
  const [named, open] = [withStanding('named'), withStanding('open')]
  const missing = one.sources.filter((source) => !named.includes(source))
  const isFalse = named.some((source) => !one.sources.includes(source))
  const outcome = isFalse || missing.some((source) => !open.includes(source)) ? 'wrong' : 'cannot tell'
  return { ...one, named, open, outcome: outcome === 'cannot tell' && missing.length === 0 ? 'right' : outcome }
}

/** How often something was so, with its exact 95 % interval. */
export interface Rate {
  readonly hits: number
  readonly of: number
  readonly share: number | null
  readonly interval: readonly [number, number] | null
}

function rateOf(hits: number, of: number): Rate {
  if (of === 0) return { hits, of, share: null, interval: null }
  const { lower, upper } = binomialInterval(hits, of)
  return { hits, of, share: hits / of, interval: [lower, upper] }
}

/** The figures that the targets are about. */
export interface Score {
  /** Clean cases of which a source was named. */
  readonly falseAlarms: Rate
  /** Clean cases of which nothing was named, and something left open. */
  readonly cleanCannotTell: Rate
  /** Of cases with an injection above STRONG. */
  readonly strongRight: Rate
  readonly strongCannotTell: Rate
  readonly weakRight: Rate
  /** The strong ones by what was injected: the source, or two. */
  readonly strongBySource: Readonly<Record<string, Rate>>
}

export function scoreOf(answers: readonly Answer[]): Score {
  const clean = answers.filter(({ sources }) => sources.length === 0)
  const injected = answers.filter(({ sources }) => sources.length > 0)
  const strong = injected.filter(({ strength }) => strength > STRONG)
  const count = (of: readonly Answer[], outcome: Answer['outcome']): Rate =>
    rateOf(of.filter((answer) => answer.outcome === outcome).length, of.length)
  return {
    falseAlarms: rateOf(clean.filter(({ named }) => named.length > 0).length, clean.length),
    cleanCannotTell: rateOf(
      clean.filter(({ named, open }) => named.length === 0 && open.length > 0).length,
      clean.length,
    ),
    strongRight: count(strong, 'right'),
    strongCannotTell: count(strong, 'cannot tell'),
    weakRight: count(
      injected.filter(({ strength }) => strength <= STRONG),
      'right',
    ),
    strongBySource: Object.fromEntries(
      [...Map.groupBy(strong, labelOf)].map(([label, of]) => [label, count(of, 'right')]),
    ),
  }
}

const LABELS = ['none', ...VARIATION_SOURCES, 'two of them'] as const

function labelOf({ sources }: Case): (typeof LABELS)[number] {
  return sources.length === 2 ? 'two of them' : (sources[0] ?? 'none')
}

/** Cases by what was injected, and how many of them each source was named of. */
export function confusionOf(answers: readonly Answer[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    LABELS.map((label) => {
      const of = answers.filter((answer) => labelOf(answer) === label)
      const named = VARIATION_SOURCES.map((source) => [source, of.filter((one) => one.named.includes(source)).length])
      const none = of.filter((one) => one.named.length === 0)
      const open = none.filter((one) => one.open.length > 0).length
      return [label, { cases: of.length, ...Object.fromEntries(named), none: none.length - open, 'cannot tell': open }]
    }),
  )
}

export function scoreText(title: string, answers: readonly Answer[]): string {
  const confusion = confusionOf(answers)
  const columns = Object.keys(confusion.none)
  const rows = Object.entries(confusion).map(([label, row]) => [label, ...columns.map((column) => String(row[column]))])
  const score = scoreOf(answers)
  const { strongBySource, ...rates } = score
  return [
    title,
    '',
    formatTable(
      ['injected', ...columns],
      rows,
      ['injected', ...columns].map((_, i) => (i === 0 ? 'left' : 'right')),
    ),
    '',
    ...Object.entries(rates).map(([name, rate]) => `${name}: ${rateText(rate)}`),
    ...Object.entries(strongBySource).map(([label, rate]) => `  ${label}: ${rateText(rate)}`),
  ].join('\n')
}

/** `59 of 60, 98.3 % [91.1 %, 100.0 %]`. */
export function rateText({ hits, of, share, interval }: Rate): string {
  if (share === null || interval === null) return 'no case'
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
  return `${hits} of ${of}, ${percent(share)} [${interval.map(percent).join(', ')}]`
}
