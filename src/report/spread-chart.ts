import type { TopLevelSpec } from 'vega-lite'
import type { ArraySpread } from '../spread/array-spread.ts'
import type { Point } from '../spread/points.ts'
import { FIGURE, svgOf } from './svg.ts'

const LOG = { type: 'log' } as const
const RELATIVE = 'spread over |exact sum|'

/**
 * Relative spread against the mix (median over arrays, with its interval) and against the condition number (every
 * array), both log–log, as SVG. What is 0 has no place on a logarithmic axis and is left out; undefined where nothing is left.
 */
export async function spreadChart(
  points: readonly Point[],
  arrays: readonly ArraySpread[],
): Promise<string | undefined> {
  const byMix = points.flatMap(({ values, mix, overExact }) =>
    mix > 0 && overExact !== null && overExact.value > 0
      ? [
          {
            values,
            mix,
            relative: overExact.value,
            low: positive(overExact.interval[0]),
            high: positive(overExact.interval[1]),
          },
        ]
      : [],
  )
  const byCondition = arrays.flatMap(({ values, mix, condition, random: { overExact } }) =>
    condition !== null && overExact !== null && overExact > 0 ? [{ values, mix, condition, relative: overExact }] : [],
  )
  if (byMix.length === 0 || byCondition.length === 0) return undefined
  const y = { field: 'relative', type: 'quantitative', scale: LOG, title: RELATIVE, axis: { format: '.0e' } } as const
  const color = { field: 'values', type: 'nominal', title: 'values' } as const
  const x = { field: 'mix', type: 'quantitative', scale: LOG, title: 'mix', axis: { format: '.0e' } } as const
  const spec: TopLevelSpec = {
    ...FIGURE,
    title: `Reduction-order spread: ${arrays[0].random.orders} random orders of ${arrays[0].count} f64`,
    hconcat: [
      {
        title: 'median over arrays, 95 % interval',
        data: { values: byMix },
        encoding: { x, color },
        layer: [
          { mark: { type: 'line', point: true }, encoding: { y } },
          {
            transform: [{ filter: 'isValid(datum.low) && isValid(datum.high)' }],
            mark: 'rule',
            encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
          },
        ],
      },
      {
        title: 'every array',
        data: { values: byCondition },
        mark: { type: 'point', size: 20 },
        encoding: {
          x: { field: 'condition', type: 'quantitative', scale: LOG, title: 'Σ|x| / |Σx|', axis: { format: '.0e' } },
          y,
          color,
          shape: color,
        },
      },
    ],
  }
  return svgOf(spec)
}

function positive(bound: number | null): number | null {
  return bound !== null && bound > 0 ? bound : null
}
