import { relative } from 'node:path'
import type { PointValues, ReplayedBase, ReplayedPoint } from '../evidence/scaling/replayed-curve.ts'
import type { ScalingReplayVerdict } from './replay-scaling.ts'
import { differenceLines, kindText, stepLines } from './replay-text.ts'
import { formatTable, wrap } from './table.ts'

/** A curve that was measured again, for people. */
export function replayedCurveText(verdict: ScalingReplayVerdict, folder: string, explain: boolean): string {
  const { curve, answers, inputsThatDiffer, steps } = verdict
  const header = ['point', 'then', 'now', 'now/then', '95 %', 'adj. p', 'verdict']
  return [
    `Replay of ${verdict.of}`,
    '',
    ...stepLines(steps, explain),
    '',
    formatTable(header, curve.points.map(pointRow), [
      'left',
      ...header.slice(1, -1).map(() => 'right' as const),
      'left',
    ]),
    wrap(
      `  same: the interval lies within ${Math.round(100 * curve.tolerance)} %; differs: it does not, and the adjusted p is at most 0.05 (${curve.method})`,
      '  ',
    ),
    ...curve.bases.map(baseLine),
    ...curve.limits.map((limit) => wrap(`  ${limit}`, '  ')),
    '',
    wrap(`answers:  ${answers.outcome}: ${answers.detail}`, '          '),
    ...differenceLines(inputsThatDiffer),
    ...curve.reasons.map((reason) => wrap(`  ${reason}`, '    ')),
    wrap(`verdict ${verdict.verdict}: ${kindText(verdict.kind)}, unsigned`, '  '),
    `run ${relative('.', folder)}: figures/replay.svg, replay-verdict.json`,
  ].join('\n')
}

function pointRow({ arm, recorded, now, ratio, interval, pAdjusted, outcome }: ReplayedPoint): string[] {
  return [
    arm,
    times(recorded),
    times(now),
    ratio === null ? '–' : ratio.toFixed(3),
    rangeText(interval),
    pAdjusted === null ? '–' : pAdjusted < 0.001 ? '<0.001' : pAdjusted.toFixed(3),
    outcome,
  ]
}

function baseLine({ arm, recorded, now, ratio, interval }: ReplayedBase): string {
  if (now === null || ratio === null) return `  base ${arm}: ${milliseconds(recorded)} a step then, not measured now`
  const change = `${ratio.toFixed(3)} of it (95 % ${rangeText(interval)})`
  return wrap(
    `  base ${arm}: ${milliseconds(recorded)} a step then, ${milliseconds(now)} now, ${change}; not one pass, so it decides nothing`,
    '  ',
  )
}

function rangeText(interval: readonly [number, number] | null): string {
  return interval === null ? '–' : interval.map((bound) => bound.toFixed(3)).join(' … ')
}

function times(of: PointValues | null): string {
  return of === null ? '–' : `${of.value.toFixed(2)}x`
}

function milliseconds({ value }: PointValues): string {
  return `${(1e3 * value).toPrecision(4)} ms`
}
