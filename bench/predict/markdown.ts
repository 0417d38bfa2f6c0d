import { markdownRow, withTable } from '../marked-table.ts'
import type { CheckedPoint, GroupScore } from './check.ts'
import { blameLine, errorText, percent } from './report.ts'

/** What bench/results/predict.json holds that documents quote. */
export interface PredictResult {
  readonly host: { readonly cpuModel: string; readonly operatingSystem: string }
  readonly forecast: { readonly sha256: string; readonly writtenAtUtc: string }
  readonly firstMeasuredAtUtc: string
  readonly scores: Readonly<Record<'coresFree' | 'coresSaturated' | 'all', GroupScore | null>>
  readonly points: readonly CheckedPoint[]
}

/** docs/methodology.md with the scores of predictions made anew. */
export function withPredictTable(document: string, result: PredictResult): string {
  return withTable(document, 'bench/results/predict.json', predictMarkdown(result))
}

const HEADER = [
  'points',
  'error: median, p90',
  'held by the 90 % interval',
  'median width',
  'α-β alone',
  'last n carried',
]

function predictMarkdown({ host, forecast, firstMeasuredAtUtc, scores, points }: PredictResult): string {
  const { coresFree, coresSaturated, all } = scores
  return [
    `${host.cpuModel}, ${host.operatingSystem}. Written ${forecast.writtenAtUtc}, sha256 ${forecast.sha256.slice(0, 12)}…; first measured ${firstMeasuredAtUtc}.`,
    '',
    markdownRow(HEADER),
    markdownRow(HEADER.map(() => '---')),
    ...rowOf('cores free', coresFree),
    ...rowOf('cores saturated', coresSaturated),
    ...rowOf('all', all),
    '',
    `${capitalised(blameLine(points))}.`,
  ].join('\n')
}

function rowOf(name: string, score: GroupScore | null): string[] {
  if (score === null) return []
  const { points, covered, coverage, coverageInterval, widthMedian, alphaBeta, lastCarried } = score
  const [low, high] = coverageInterval.map(percent)
  return [
    markdownRow([
      `${points}, ${name}`,
      errorText(score),
      `${covered}, ${percent(coverage)} (95 %: ${low}–${high})`,
      percent(widthMedian),
      errorText(alphaBeta),
      errorText(lastCarried),
    ]),
  ]
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
