import { formatMemory } from '../../src/core/units.ts'
import { FIGURE, svgOf } from '../../src/report/svg.ts'
import type { BeyondResult } from './result.ts'

const RANKS = { field: 'ranks', type: 'quantitative', title: 'ranks', scale: { type: 'log', base: 2 } } as const
const ALGORITHM = { field: 'algorithm', type: 'nominal' } as const

/** The time of an all-reduce on the switch, a panel a fabric and size. */
export function timesChart({ times, fabrics }: BeyondResult): Promise<string> {
  const cells = times.filter(({ topology }) => topology === 'switch')
  const values = cells.flatMap(({ fabric, ranks, bytes, seconds }) =>
    seconds.map(({ algorithm, seconds: of }) => ({ fabric, ranks, size: formatMemory(bytes), algorithm, seconds: of })),
  )
  const [{ specNodes }] = fabrics
  return svgOf({
    ...FIGURE,
    title: {
      text: 'One all-reduce on a switch (simulated)',
      subtitle: `beyond ${specNodes} ranks extended: medians of the recorded pairs`,
      anchor: 'start',
    },
    data: { values },
    facet: {
      row: { field: 'fabric', type: 'nominal', title: null, sort: fabrics.map(({ name }) => name) },
      column: { field: 'size', type: 'nominal', title: null, sort: [...new Set(values.map(({ size }) => size))] },
    },
    spec: {
      width: 180,
      height: 180,
      mark: { type: 'line', point: { size: 12 }, strokeWidth: 1.5 },
      encoding: {
        x: RANKS,
        y: {
          field: 'seconds',
          type: 'quantitative',
          title: 'seconds',
          scale: { type: 'log' },
          axis: { format: '.0e' },
        },
        color: ALGORITHM,
      },
    },
  })
}

/** Largest errors where values were carried, and the bounds everywhere. */
export function spreadChart({ spread, depths }: BeyondResult): Promise<string> {
  const shown = [...new Set(depths.map(({ algorithm }) => algorithm))]
  const errors = spread.flatMap(({ ranks, errors: of }) =>
    of.filter(({ algorithm }) => shown.includes(algorithm)).map((one) => ({ ...one, ranks })),
  )
  const y = { type: 'quantitative', title: 'error, in u · Σ|x|', scale: { type: 'log' } } as const
  return svgOf({
    ...FIGURE,
    width: 460,
    height: 280,
    title: {
      text: 'Error of a sum of f32 (simulated) and its bound',
      subtitle: 'points: values carried, up to 64 ranks; lines: the bound, which algorithms of one depth share',
      anchor: 'start',
    },
    layer: [
      {
        data: { values: depths },
        mark: { type: 'line', strokeDash: [4, 3] },
        encoding: { x: RANKS, y: { ...y, field: 'bound' }, color: ALGORITHM },
      },
      {
        data: { values: errors },
        mark: { type: 'point', filled: true, size: 30 },
        encoding: { x: RANKS, y: { ...y, field: 'error' }, color: ALGORITHM },
      },
    ],
  })
}
