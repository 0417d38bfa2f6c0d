import { formatTable, wrap } from '../../src/cli/table.ts'
import type { CheckedPoint, GroupScore } from './check.ts'

/** The table of points, at most 80 columns wide. */
export function pointsTable(points: readonly CheckedPoint[]): string {
  const header = ['n', 'algorithm', 'size', 'said', '90 %', 'took', 'error', 'wait', 'blamed']
  const rows = points.map((point) => {
    const { nodes, algorithm, sizeBytes, predictedSeconds, bounds, measuredSeconds, coreWait } = point
    return [
      String(nodes),
      algorithm,
      `${sizeBytes / 1024}K`,
      ms(predictedSeconds),
      bounds.map((bound) => (bound * 1000).toFixed(0)).join('–'),
      ms(measuredSeconds),
      signed(predictedSeconds / measuredSeconds - 1),
      coreWait === null ? '?' : `${coreWait.toFixed(2)}${point.coresSaturated === true ? '*' : ''}`,
      point.blamed ?? '',
    ]
  })
  return formatTable(
    header,
    rows,
    header.map((name) => (name === 'algorithm' || name === 'blamed' ? 'left' : 'right')),
  )
}

/** What a group of points comes to, beside the baselines. */
export function scoreLines(name: string, score: GroupScore | null): string[] {
  if (score === null) return [`${name}: none`]
  const { points, covered, coverage, coverageInterval, widthMedian, alphaBeta, lastCarried } = score
  const [low, high] = coverageInterval
  return [
    `${name}: ${points} points`,
    `  error, median and p90: ${errorText(score)}`,
    `  of α-β alone: ${errorText(alphaBeta)}; of the last n carried forward: ${errorText(lastCarried)}`,
    wrap(
      `  90 % intervals hold ${covered} of ${points}, ${percent(coverage)} (95 %: ${percent(low)} to ${percent(high)}); ` +
        `median width ${percent(widthMedian)}`,
      '  ',
    ),
  ]
}

/** How often each term is to blame. */
export function blameLine(points: readonly CheckedPoint[]): string {
  const off = points.filter(({ blamed }) => blamed !== null)
  const counts = [...Map.groupBy(off, ({ blamed }) => blamed)].map(([term, of]) => `${term} ${of.length}`)
  return `outside their intervals: ${off.length}${off.length === 0 ? '' : `; to blame: ${counts.join(', ')}`}`
}

/** The median and the 90th percentile. */
export function errorText({ errorMedian, errorP90 }: Pick<GroupScore, 'errorMedian' | 'errorP90'>): string {
  return `${percent(errorMedian)}, ${percent(errorP90)}`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function ms(seconds: number): string {
  return (seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)
}

function signed(share: number): string {
  return `${share >= 0 ? '+' : '−'}${(100 * Math.abs(share)).toFixed(1)} %`
}
