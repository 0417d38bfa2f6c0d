import type { Scaling } from '../evidence/scaling/scaling.ts'
import { broken, FIGURE, svgOf } from './svg.ts'

const WIDTH = 520

/**
 * Speedup against ranks as SVG: the ideal, every trial, the median with its interval where it has one, and the model that
 * predicts unseen points best. Beside it stand the base's time, the cluster, and whether computing was paced.
 */
export function scalingChart(scaling: Scaling): Promise<string> {
  const { points, curves, mode, paced, cluster, reason } = scaling
  const base = points.reduce((least, point) => (point.ranks < least.ranks ? point : least))
  const ranks = [...new Set(points.map((point) => point.ranks))].sort((a, b) => a - b)
  const colour = { field: 'algorithm', type: 'nominal', title: 'algorithm' } as const
  const x = { field: 'ranks', type: 'quantitative', title: 'ranks', axis: { values: ranks, format: 'd' } } as const
  const y = { field: 'speedup', type: 'quantitative', title: 'speedup' } as const
  const trials = points.flatMap(({ algorithm, ranks: count, trials: ofPoint }) =>
    ofPoint.map(({ speedup }) => ({ algorithm: algorithmAt(count, algorithm), ranks: count, speedup })),
  )
  const medians = points.map(({ algorithm, ranks: count, speedup }) => ({
    algorithm: algorithmAt(count, algorithm),
    ranks: count,
    speedup: speedup?.ratio ?? 1,
    lower: speedup?.interval[0] ?? null,
    upper: speedup?.interval[1] ?? null,
  }))
  const lines = curves.flatMap(({ algorithm, fitted }) =>
    (fitted?.line ?? []).map((place) => ({ algorithm, model: fitted?.model, ...place })),
  )
  const models = curves.flatMap(({ algorithm, fitted }) => (fitted ? [`${algorithm}: ${fitted.model}`] : []))
  return svgOf({
    ...FIGURE,
    width: WIDTH,
    height: 320,
    title: {
      text: `${mode === 'strong' ? 'Strong' : 'Weak'} scaling${paced === null ? '' : ' (paced)'}`,
      subtitle: [
        `base ${base.arm}: ${(1e3 * base.secondsPerStep).toPrecision(4)} ms a step; grey: ideal; dots: trials; diamonds: medians, 95 % interval where there is one`,
        `line: the model that predicts unseen points best${models.length > 0 ? ` (${models.join(', ')})` : ': none could be held out'}`,
        ...(paced === null ? [] : [paced]),
        ...(reason === null ? [] : [`INCONCLUSIVE: ${reason}`]),
        `cluster: ${cluster}`,
      ].flatMap(broken),
      anchor: 'start',
      subtitleFontSize: 10,
    },
    layer: [
      {
        data: { values: ranks.map((count) => ({ ranks: count, speedup: count / base.ranks })) },
        mark: { type: 'line', color: '#999', strokeDash: [4, 3] },
        encoding: { x, y },
      },
      { data: { values: lines }, mark: { type: 'line', opacity: 0.7 }, encoding: { x, y, color: colour } },
      {
        data: { values: trials },
        transform: [{ filter: 'isValid(datum.speedup)' }],
        mark: { type: 'point', size: 18, opacity: 0.8 },
        encoding: { x, y, color: colour },
      },
      {
        data: { values: medians },
        transform: [{ filter: 'isValid(datum.lower) && isValid(datum.upper)' }],
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: colour },
      },
      {
        data: { values: medians },
        mark: { type: 'point', shape: 'diamond', filled: true, size: 70 },
        encoding: { x, y, color: colour },
      },
    ],
  })
}

/** One rank reduces by none. */
function algorithmAt(ranks: number, algorithm: string): string {
  return ranks === 1 ? 'one rank' : algorithm
}
