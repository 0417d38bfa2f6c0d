import { allPairsOf } from './algorithms/pairs.ts'
import { type PairFigures, pairFigures } from './links.ts'
import { type MeasuredPoint, PAIR, type PointResult } from './measure.ts'

/** How every pair of nodes is measured while all others rest: what a capture has the time for and a run has not. */
export const ALONE = {
  latencyBytes: 4,
  bandwidthBytes: 1 << 20,
  warmup: { latency: 20, bandwidth: 5 },
} as const
const LATENCY_SAMPLES = 41
const BANDWIDTH_SAMPLES = 15

/** Two points for each pair, in the order of allPairsOf. A barrier stands before each: one pair is busy at a time. */
export function alonePoints(nodeCount: number): MeasuredPoint[] {
  const common = { arithmetic: 'f32', place: 'in', check: false, ranksPerNode: 1, sync: 'none' } as const
  const { latencyBytes, bandwidthBytes, warmup } = ALONE
  return allPairsOf(nodeCount).flatMap((pair) => {
    const point = { ...common, algorithm: `${PAIR}${pair.join('-')}` }
    return [
      { ...point, elements: latencyBytes / 4, warmup: warmup.latency, iterations: LATENCY_SAMPLES },
      { ...point, elements: bandwidthBytes / 4, warmup: warmup.bandwidth, iterations: BANDWIDTH_SAMPLES },
    ]
  })
}

/** @param byPoint what each node measured, by node, for each of alonePoints. */
export function aloneFigures(
  nodeCount: number,
  byPoint: readonly (readonly Pick<PointResult, 'seconds'>[])[],
): PairFigures[] {
  return allPairsOf(nodeCount).map((nodes, pair) =>
    pairFigures(nodes, byPoint.slice(2 * pair, 2 * pair + 2), ALONE.bandwidthBytes),
  )
}
