import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** What the chart needs of a row of `bench`. */
interface ChartedRow {
  readonly transport: string
  readonly ranks: number
  readonly algorithm: string
  readonly arithmetic: string
  readonly sizeBytes: number
  readonly busbwGBs: number | null
  readonly errorMeanUnits: number | null
}

/** An error of 0 has no place on a logarithmic axis: it stands at this one, and the title says so. */
const EXACT_AT = 1e-4

/**
 * Spread against speed, as SVG: every algorithm and arithmetic at the largest size, a panel for each transport and rank count.
 * Undefined where no row was checked on more than one rank.
 */
export async function benchChart(rows: readonly ChartedRow[]): Promise<string | undefined> {
  const largest = Math.max(...rows.map(({ sizeBytes }) => sizeBytes))
  const values = rows.flatMap(({ transport, ranks, algorithm, arithmetic, sizeBytes, busbwGBs, errorMeanUnits }) =>
    sizeBytes === largest && busbwGBs !== null && errorMeanUnits !== null
      ? [
          {
            panel: `${transport}, ${ranks} ranks`,
            algorithm,
            arithmetic,
            speed: busbwGBs,
            error: Math.max(EXACT_AT, errorMeanUnits),
          },
        ]
      : [],
  )
  if (values.length === 0) return undefined
  const spec: TopLevelSpec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    title: `All-reduce of ${largest} bytes: error against speed (at ${EXACT_AT}: ${EXACT_AT} or less)`,
    data: { values },
    facet: { field: 'panel', title: null },
    columns: 2,
    spec: {
      mark: { type: 'point', filled: true, size: 60, opacity: 0.8 },
      encoding: {
        x: { field: 'speed', type: 'quantitative', scale: { type: 'log' }, title: 'busbw, GB/s' },
        y: {
          field: 'error',
          type: 'quantitative',
          scale: { type: 'log' },
          title: 'mean |sum − exact|, units of 2^-24 Σ|x|',
          axis: { format: '.0e' },
        },
        color: { field: 'algorithm', type: 'nominal', scale: { scheme: 'category20' } },
        shape: { field: 'arithmetic', type: 'nominal' },
      },
    },
  }
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG()
}
