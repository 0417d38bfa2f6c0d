import type { PointValues, ReplayedCurve } from '../evidence/scaling/replayed-curve.ts'
import { broken, FIGURE, svgOf } from './svg.ts'

const WIDTH = 520
/** The two runs stand beside each other, by this share of the ranks. */
const APART = 0.015

/** What both curves have in common. */
export interface ReplayedOn {
  readonly mode: 'strong' | 'weak'
  readonly paced: string | null
  readonly clusters: readonly [string, string]
}

/** Two measurements of one curve as SVG: every trial, the means with their intervals, and what was judged. */
export function replayChart({ points, bases, verdict, tolerance }: ReplayedCurve, on: ReplayedOn): Promise<string> {
  const places = points.flatMap((point) => [
    { ...point, run: 'then', of: point.recorded },
    ...(point.now === null ? [] : [{ ...point, run: 'now', of: point.now }]),
  ])
  const besides = (ranks: number, run: string): number => ranks * (run === 'then' ? 1 - APART : 1 + APART)
  const shared = ({ run, algorithm, ranks }: (typeof places)[number]) => ({
    run,
    algorithm,
    ranks: besides(ranks, run),
  })
  const means = places.map((place) => ({ ...shared(place), speedup: place.of.value, ...bounds(place.of) }))
  const trials = places.flatMap((place) => place.of.each.map((speedup) => ({ ...shared(place), speedup })))
  const ranks = [...new Set(points.map((point) => point.ranks))].sort((a, b) => a - b)
  const colour = { field: 'run', type: 'nominal', title: 'run', scale: { domain: ['then', 'now'] } } as const
  const x = { field: 'ranks', type: 'quantitative', title: 'ranks', axis: { values: ranks, format: 'd' } } as const
  const y = { field: 'speedup', type: 'quantitative', title: 'speedup', scale: { zero: true } } as const
  const algorithm = { field: 'algorithm', type: 'nominal', title: 'algorithm' } as const
  const outcomes = points.map(({ arm, outcome }) => `${arm} ${outcome}`).join(', ')
  const times = bases.map(({ arm, recorded, now }) => `${arm} ${milliseconds(recorded)} then, ${milliseconds(now)} now`)
  const [then, now] = on.clusters
  return svgOf({
    ...FIGURE,
    width: WIDTH,
    height: 320,
    title: {
      text: `${on.mode === 'strong' ? 'Strong' : 'Weak'} scaling, measured again${on.paced === null ? '' : ' (paced)'}: ${verdict}`,
      subtitle: [
        `same within ${Math.round(100 * tolerance)} %: ${outcomes}`,
        'dots: trials; diamonds: geometric means, 95 % interval by t on logarithms where there are two trials',
        `base: ${times.join('; ')} a step`,
        ...(on.paced === null ? [] : [on.paced]),
        ...(then === now ? [`cluster: ${then}`] : [`cluster then: ${then}`, `cluster now: ${now}`]),
      ].flatMap(broken),
      anchor: 'start',
      subtitleFontSize: 10,
    },
    layer: [
      {
        data: { values: means },
        mark: { type: 'line', opacity: 0.5 },
        encoding: { x, y, color: colour, strokeDash: algorithm },
      },
      {
        data: { values: means },
        transform: [{ filter: 'isValid(datum.lower) && isValid(datum.upper)' }],
        mark: { type: 'rule', strokeWidth: 2, clip: true },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: colour },
      },
      {
        data: { values: trials },
        mark: { type: 'point', size: 18, opacity: 0.8 },
        encoding: { x, y, color: colour },
      },
      {
        data: { values: means },
        mark: { type: 'point', shape: 'diamond', filled: true, size: 70 },
        encoding: { x, y, color: colour },
      },
    ],
  })
}

function bounds({ interval }: PointValues): { lower: number | null; upper: number | null } {
  return { lower: interval?.[0] ?? null, upper: interval?.[1] ?? null }
}

function milliseconds(of: PointValues | null): string {
  return of === null ? 'not measured' : `${(1e3 * of.value).toPrecision(4)} ms`
}
