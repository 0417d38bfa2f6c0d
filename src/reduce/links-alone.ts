import { allPairsOf } from './algorithms/pairs.ts'
import { type PairFigures, pairFigures } from './links.ts'
import { type MeasuredPoint, PAIR, type PointResult } from './measure.ts'

/** How every pair of nodes is measured while all others rest: what a capture has the time for and a run has not. */
export interface AloneTerms {
  readonly latencyBytes: number
  readonly bandwidthBytes: number
  /** Round trips that do not count. */
  readonly warmup: RoundTrips
  readonly samples: RoundTrips
}

interface RoundTrips {
  readonly latency: number
  readonly bandwidth: number
}

export const ALONE: AloneTerms = {
  latencyBytes: 4,
  bandwidthBytes: 1 << 20,
  warmup: { latency: 20, bandwidth: 5 },
  samples: { latency: 41, bandwidth: 15 },
}

/** Links that are shaped need a payload of some length, however slow they are, and vary little. */
export function aloneWith(bandwidthBytes: number): AloneTerms {
  return { ...ALONE, bandwidthBytes, warmup: { latency: 20, bandwidth: 1 }, samples: { latency: 41, bandwidth: 5 } }
}

/** Two points for each pair, in the order of allPairsOf. A barrier stands before each: one pair is busy at a time. */
export function alonePoints(nodeCount: number, terms: AloneTerms): MeasuredPoint[] {
  const common = { arithmetic: 'f32', place: 'in', check: false, ranksPerNode: 1, sync: 'none' } as const
  const { latencyBytes, bandwidthBytes, warmup, samples } = terms
  return allPairsOf(nodeCount).flatMap((pair) => {
    const point = { ...common, algorithm: `${PAIR}${pair.join('-')}` }
    return [
      { ...point, elements: latencyBytes / 4, warmup: warmup.latency, iterations: samples.latency },
      { ...point, elements: bandwidthBytes / 4, warmup: warmup.bandwidth, iterations: samples.bandwidth },
    ]
  })
}

/** @param byPoint what each node measured, by node, for each of alonePoints. */
export function aloneFigures(
  nodeCount: number,
  byPoint: readonly (readonly Pick<PointResult, 'seconds'>[])[],
  bandwidthBytes: number,
): PairFigures[] {
  return allPairsOf(nodeCount).map((nodes, pair) =>
    pairFigures(nodes, byPoint.slice(2 * pair, 2 * pair + 2), bandwidthBytes),
  )
}
