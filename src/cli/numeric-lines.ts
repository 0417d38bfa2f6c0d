import type { Comparison } from '../evidence/comparison.ts'
import { scientific } from './spread-text.ts'
import { wrap } from './table.ts'

/** Whether the arms' difference in the metric is more than the order of addition makes by itself. */
export function numericLines({ metric, numeric }: Comparison): string[] {
  if (numeric === null) return []
  const { base, against, difference, noiseFloor, decision } = numeric
  const what = `${metric.name.replace('-', ' ')} of ${against} less that of ${base}: difference ${scientific(difference, 1)}`
  if (noiseFloor === null) return [wrap(`${what}, noise floor not measured (reducible spread --cluster)`, '  ')]
  const { value, limit, orders } = noiseFloor
  const floor = `noise floor ${scientific(value, 1)} (${orders} orders; real beyond ${scientific(limit, 1)})`
  return [wrap(`${what}, ${floor}: ${decision}`, '  ')]
}
