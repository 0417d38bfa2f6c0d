import { median } from 'simple-statistics'
import { quantile } from '../stats/quantiles.ts'
import { type RankPair, tournament } from './algorithms/pairs.ts'
import { type MeasuredPoint, PAIRS, type PointResult } from './measure.ts'

/** What the links between the nodes of one trial carry, measured by its own processes before their first step. */
export interface MeasuredLinks {
  readonly trial: string
  readonly transport: 'grpc'
  readonly nodeCount: number
  /** Pairs of nodes that there are; `pairs` has those that were measured. */
  readonly pairCount: number
  /** Pairs that were busy at the same time, the measured one among them. */
  readonly pairsAtOnce: number
  readonly latencyBytes: number
  readonly bandwidthBytes: number
  /** Round trips before those that count: processes have just started, and carry several times as much once they are warm. */
  readonly warmup: { readonly latency: number; readonly bandwidth: number }
  readonly pairs: readonly PairFigures[]
  readonly summary: {
    readonly latencyNsP50: Extremes
    readonly bandwidthBytesPerSecond: Extremes
  }
}

/** Of half a round trip, as the lower node's clock saw it. */
export interface PairFigures {
  readonly nodes: RankPair
  readonly latencyNsP50: number
  readonly latencySamples: number
  /** Bytes over the p50 of their time, latency included. */
  readonly bandwidthBytesPerSecond: number
  readonly bandwidthSamples: number
}

/** Over pairs. */
interface Extremes {
  readonly median: number
  readonly min: number
  readonly max: number
}

const LATENCY_BYTES = 4
const BANDWIDTH_BYTES = 1 << 18
const WARMUP = { latency: 5, bandwidth: 2 } as const
/** Beyond it a node is measured with one other only: what a run can spare the time for. */
const ALL_PAIRS_NODES_MAX = 4

/**
 * What nodes measure, each with one other in a turn: pairs go there and back, again and again without a barrier between.
 * @param bandwidthBytes of the large payload, a whole number of f32.
 */
export function linkPoints(nodeCount: number, bandwidthBytes = BANDWIDTH_BYTES): MeasuredPoint[] {
  const common = { arithmetic: 'f32', place: 'in', check: false, ranksPerNode: 1, sync: 'none' } as const
  return measuredTurns(nodeCount).flatMap((_, turn) => {
    const point = { ...common, algorithm: `${PAIRS}${turn}` }
    return [
      { ...point, elements: LATENCY_BYTES / 4, warmup: WARMUP.latency, iterations: 15 },
      { ...point, elements: bandwidthBytes / 4, warmup: WARMUP.bandwidth, iterations: 7 },
    ]
  })
}

/** @param byPoint what each node measured, by node, for each of linkPoints, of the same large payload. */
export function linksOf(
  trial: string,
  nodeCount: number,
  byPoint: readonly (readonly Pick<PointResult, 'seconds'>[])[],
  bandwidthBytes = BANDWIDTH_BYTES,
): MeasuredLinks {
  const pairs = measuredTurns(nodeCount).flatMap((ofTurn, turn) =>
    ofTurn.map((nodes) => pairFigures(nodes, byPoint.slice(2 * turn, 2 * turn + 2), bandwidthBytes)),
  )
  return {
    trial,
    transport: 'grpc',
    nodeCount,
    pairCount: (nodeCount * (nodeCount - 1)) / 2,
    pairsAtOnce: Math.floor(nodeCount / 2),
    latencyBytes: LATENCY_BYTES,
    bandwidthBytes,
    warmup: WARMUP,
    pairs,
    summary: {
      latencyNsP50: extremesOf(pairs.map(({ latencyNsP50 }) => latencyNsP50)),
      bandwidthBytesPerSecond: extremesOf(pairs.map(({ bandwidthBytesPerSecond }) => bandwidthBytesPerSecond)),
    },
  }
}

/** @param byPoint what each node measured, by node, of the small payload and then of the large one. */
export function pairFigures(
  nodes: RankPair,
  byPoint: readonly (readonly Pick<PointResult, 'seconds'>[])[],
  bandwidthBytes: number,
): PairFigures {
  const [latency, transfer] = byPoint.map((byNode) => byNode[nodes[0]].seconds)
  return {
    nodes,
    latencyNsP50: Math.round(oneWaySecondsP50(latency) * 1e9),
    latencySamples: latency.length,
    bandwidthBytesPerSecond: Math.round(bandwidthBytes / oneWaySecondsP50(transfer)),
    bandwidthSamples: transfer.length,
  }
}

function measuredTurns(nodeCount: number): RankPair[][] {
  const turns = tournament(nodeCount)
  return nodeCount <= ALL_PAIRS_NODES_MAX ? turns : turns.slice(0, 1)
}

function oneWaySecondsP50(roundTrips: readonly number[]): number {
  return (
    quantile(
      roundTrips.toSorted((a, b) => a - b),
      0.5,
    ).value / 2
  )
}

function extremesOf(values: number[]): Extremes {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}
