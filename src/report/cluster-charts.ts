import type { ErrorOfAlgorithm } from '../spread/axes.ts'
import type { Envelopes } from '../spread/envelopes.ts'
import { FIGURE, svgOf } from './svg.ts'

const LOG = { type: 'log' } as const
const STEP = { field: 'step', type: 'quantitative', title: 'step' } as const

/** The loss over all orders, and how wide its envelope is: as SVG. */
export function lossChart({ loss, orders }: Envelopes): Promise<string> {
  const values = loss.map(({ step, least, greatest }) => ({
    ...{ step, least, greatest },
    width: greatest > least ? (greatest - least) / greatest : null,
  }))
  const title = `least and greatest of ${orders} orders`
  return svgOf({
    ...FIGURE,
    title: 'Loss under several orders of addition',
    data: { values },
    hconcat: [
      {
        title,
        mark: { type: 'area', line: true, opacity: 0.5 },
        encoding: {
          x: STEP,
          y: { field: 'least', type: 'quantitative', title: 'batch loss' },
          y2: { field: 'greatest' },
        },
      },
      {
        title: 'greatest − least, over the greatest',
        transform: [{ filter: 'isValid(datum.width)' }],
        mark: { type: 'point', size: 6 },
        encoding: {
          x: STEP,
          y: { field: 'width', type: 'quantitative', scale: LOG, title: 'relative width', axis: { format: '.0e' } },
        },
      },
    ],
  })
}

/** How far the weights of several orders grow apart, log–log, as SVG; undefined where they never do. */
export async function growthChart({ growth, orders }: Envelopes): Promise<string | undefined> {
  const values = growth.filter(({ distance }) => distance > 0)
  if (values.length === 0) return undefined
  return svgOf({
    ...FIGURE,
    title: `Distance between the weights of ${orders} orders`,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { ...STEP, scale: LOG },
      y: { field: 'distance', type: 'quantitative', scale: LOG, title: 'max |Δw| / max |w|', axis: { format: '.0e' } },
    },
  })
}

/** The largest distance from the exact sum by algorithm and arithmetic, beside the bound, as SVG. */
export function errorChart(errors: readonly ErrorOfAlgorithm[]): Promise<string> {
  const most = Math.max(...errors.map(({ ranks }) => ranks))
  const x = { type: 'quantitative', title: '|result − exact| in units of u·Σ|x|: p99, largest, bound' } as const
  const y = { field: 'algorithm', type: 'nominal', sort: null, title: null } as const
  const color = { field: 'arithmetic', type: 'nominal', title: 'arithmetic' } as const
  return svgOf({
    ...FIGURE,
    title: `Distance from the exact sum on ${most} ranks`,
    data: { values: errors.filter(({ ranks }) => ranks === most).map((error) => ({ ...error })) },
    layer: [
      { mark: { type: 'point', filled: true }, encoding: { x: { ...x, field: 'max' }, y, color } },
      { mark: { type: 'point', size: 15 }, encoding: { x: { ...x, field: 'p99' }, y, color } },
      {
        transform: [{ filter: 'isValid(datum.bound)' }],
        mark: { type: 'tick', thickness: 2 },
        encoding: { x: { ...x, field: 'bound' }, y, color },
      },
    ],
  })
}
