import type { Comparison, NumericComparison, SpeedComparison } from '../evidence/comparison.ts'
import { scientific } from './spread-text.ts'
import { wrap } from './table.ts'

/** Whether two arms' difference in the metric is more than the order of addition makes by itself. */
export function numericLine({ metric, numeric }: Pick<Comparison, 'metric' | 'numeric'>): string[] {
  if (numeric === null) return []
  const { base, against, difference, interval, pairs, noiseFloor, decision, reason } = numeric
  const range = interval === null ? '' : `, 95 % ${scientific(interval[0], 1)} to ${scientific(interval[1], 1)}`
  const of = `${metric.name.replace('-', ' ')} of ${against} less that of ${base}: ${decision}`
  return [
    wrap(
      `${of} (mean ${scientific(difference, 1)}${range}, ${counted(pairs, 'pair')}; ${floorText(noiseFloor, reason)})`,
      '  ',
    ),
  ]
}

function floorText(noiseFloor: NumericComparison['noiseFloor'], reason: string | null): string {
  if (noiseFloor === null) return reason ?? 'no noise floor was needed: equal in every pair'
  const { value, limit, orders } = noiseFloor
  const floor = `noise floor ${scientific(value, 1)}, ${orders} orders, real beyond ${scientific(limit, 1)}`
  return reason === null ? floor : `${floor}; ${reason}`
}

/** Whether one arm is faster, beside the base's absolute time and what an arm does against itself. */
export function speedLine(speed: SpeedComparison | null, steps: number): string[] {
  if (speed === null) return []
  const { base, against, baseSeconds, ratio, interval, floor, pairs, selfPairs, decision, reason } = speed
  const [lower, upper] = interval
  const range = lower === null || upper === null ? '' : `, 95 % ${lower.toFixed(2)} to ${upper.toFixed(2)}`
  const self =
    floor === null
      ? ''
      : `; an arm against itself stays within ${floor.toFixed(2)} in 99 % (${counted(selfPairs, 'pair')})`
  const why = reason === null ? '' : `; ${reason}`
  return [
    wrap(
      `speed of ${against} against ${base}: ${decision} (median ratio ${ratio.toFixed(2)}${range}, ` +
        `${counted(pairs, 'pair')}${self}${why}; ${base} takes ${baseSeconds.toFixed(2)} s for ${steps} steps)`,
      '  ',
    ),
  ]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
