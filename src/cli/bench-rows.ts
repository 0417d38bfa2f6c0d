import { availableParallelism } from 'node:os'
import type { MeasuredByRank } from '../../cluster/coordinator/collect-points.ts'
import { leavesOf } from '../reduce/algorithms.ts'
import type { Arithmetic } from '../reduce/arithmetic/arithmetic.ts'
import { ARITHMETICS } from '../reduce/arithmetics.ts'
import { type CostModel, costOf, predictSeconds } from '../reduce/cost.ts'
import {
  type Aggregate,
  type MeasuredPoint,
  NEIGHBOURS,
  type PointResult,
  pointSchedule,
  sampleOf,
} from '../reduce/measure.ts'
import { isArrivalOrdered, type Schedule } from '../reduce/schedule.ts'
import { NO_SKEW } from '../reduce/skew.ts'
import { type Quantile, quantile } from '../stats/quantiles.ts'

/** One row: one tuple of what was asked, and what was measured. Times in µs; GB/s is 1e9 bytes per second. */
export interface BenchRow extends Cell {
  readonly algorithm: string
  /** Ranks that hierarchical adds up before it goes on between such groups; null for other algorithms. */
  readonly innerRanks: number | null
  readonly arithmetic: string
  readonly type: 'f32'
  readonly redop: 'sum'
  readonly place: 'in' | 'out'
  readonly sizeBytes: number
  readonly count: number
  /** Timed all-reduces. */
  readonly samples: number
  readonly launches: number
  /** What the quantiles are of: all-reduces of one launch, or launches, each by its own quantile. */
  readonly unit: 'all-reduce' | 'launch'
  readonly timeP50Us: Quantile
  readonly timeMinUs: number
  readonly timeP95Us: Quantile
  readonly timeP99Us: Quantile
  /** p50 from the arrival of the last rank to the end on the last; null: ranks were not skewed. The other times are from own arrival. */
  readonly timeFromLastP50Us: Quantile | null
  /** The ± share of p50 asked for, and whether its interval is within; null: not asked for. */
  readonly ciShare: number | null
  readonly ciReached: boolean | null
  readonly algbwGBs: number
  /** algbw · 2(n−1)/n; null for one rank, which moves nothing. */
  readonly busbwGBs: number | null
  /** Payload bytes that the busiest rank sent in one all-reduce. */
  readonly wireBytesMax: number
  /** Wire bytes of one element: under `exact` as many limbs as the inputs take; null for one rank, which sends nothing. */
  readonly bytesPerElement: number | null
  /** The same through shared memory alone, and over gRPC alone, where another rank may be the busiest. */
  readonly wireBytesSharedMax: number
  readonly wireBytesGrpcMax: number
  /** busbw over what neighbours reach all at once, over the same ranks and size in the same launch; null for one rank. */
  readonly efficiency: number | null
  /** Elements that differ from the twin's bits, over all ranks and timed all-reduces; null: not checked. */
  readonly wrong: number | null
  /** |sum − exact| in units of u·Σ|x|, u = 2^-24, over 4,096 elements of a result; null: not checked. */
  readonly errorMaxUnits: number | null
  readonly errorMeanUnits: number | null
  /** NaNs and infinities in a result. */
  readonly nonFinite: number
  readonly digest: string
  readonly twinDigest: string
  /** Do all ranks hold the same digest? */
  readonly ranksAgree: boolean
  readonly orderCertificate: string
  readonly orderKnownBefore: boolean
  /** The most memory that any rank's process had held by then; a process holds the ranks of a node. */
  readonly peakResidentBytesMax: number
  /** Share of the time of the point that a thread was ready and had no core: of the thread that waited most; null: not known. */
  readonly coreWaitMax: number | null
  /** Payload buffers that our transport made during the timed all-reduces, over ranks. */
  readonly buffersMade: number
  /** Messages of grpc-js during the timed all-reduces and their barriers, over ranks; each is one buffer of its own on either side. */
  readonly messagesSent: number
  readonly messagesReceived: number
  readonly messageBytesSent: number
  readonly messageBytesReceived: number
  readonly predictedUs: number | null
  /** (predicted − measured) / measured. */
  readonly predictionError: number | null
  readonly oversubscribed: boolean
  /** What else is to be known of the row. */
  readonly note: string | null
}

/** What the row of a point is made with. */
export interface RowContext extends Cell {
  readonly aggregate: Aggregate
  /** Bytes per second from rank to neighbour, all at once, by size in bytes. */
  readonly neighbourBandwidth: ReadonlyMap<number, number>
  readonly model: CostModel | undefined
}

/** The ranks that measured a point. */
export interface Cell {
  readonly transport: string
  readonly ranks: number
  /** Processes that hold them, */
  readonly nodes: number
  /** each so many. */
  readonly ranksPerNode: number
}

/** The samples of a point: one per timed all-reduce, in seconds, over ranks as asked. */
export function samplesOf({ byRank }: MeasuredByRank, aggregate: Aggregate): number[] {
  return byRank[0].seconds.map((_, i) =>
    sampleOf(
      byRank.map(({ seconds }) => seconds[i]),
      aggregate,
    ),
  )
}

/** As samplesOf, from the last rank's arrival to the end on the last rank. All ranks must read one clock. */
export function samplesFromLast({ byRank }: MeasuredByRank): number[] {
  return byRank[0].seconds.map((_, i) => {
    const lastArrival = Math.max(...byRank.map(({ arrivals }) => arrivals[i]))
    const lastEnd = Math.max(...byRank.map(({ arrivals, seconds }) => arrivals[i] + seconds[i]))
    return lastEnd - lastArrival
  })
}

/** A quantile in µs: of the samples of the one launch, else of the launches' own quantiles, their median. */
export function quantileUs(launches: readonly (readonly number[])[], q: number): Quantile {
  const ofEach = launches.map((samples) =>
    quantile(
      [...samples].sort((a, b) => a - b),
      q,
    ),
  )
  const { value, interval } =
    ofEach.length === 1
      ? ofEach[0]
      : quantile(
          ofEach.map((one) => one.value).sort((a, b) => a - b),
          0.5,
        )
  const [low, high] = interval
  return { value: value * 1e6, interval: [low === null ? null : low * 1e6, high === null ? null : high * 1e6] }
}

/** The row of a point, from all launches that measured it. */
export function benchRow(launches: readonly MeasuredByRank[], context: RowContext): BenchRow {
  const { point, byRank } = launches[0]
  const { transport, ranks, nodes, ranksPerNode, aggregate, neighbourBandwidth, model } = context
  const samples = launches.map((measured) => samplesOf(measured, aggregate))
  const results = launches.flatMap((measured) => measured.byRank)
  const total = (of: (result: PointResult) => number): number => results.reduce((sum, result) => sum + of(result), 0)
  const most = (of: (result: PointResult) => number): number => Math.max(...results.map(of))
  const p50 = quantileUs(samples, 0.5)
  const sizeBytes = point.elements * 4
  const algbw = (sizeBytes / p50.value) * 1e6
  const busbw = ranks === 1 ? null : (algbw * 2 * (ranks - 1)) / ranks
  const peak = neighbourBandwidth.get(sizeBytes)
  const schedule = pointSchedule(point, ranks)
  const wireBytesMax = Math.max(...results.map(({ wireBytes }) => wireBytes))
  const bytesPerElement = wireBytesPerElement(point, schedule, wireBytesMax)
  const cost = costOf(schedule, point.elements, bytesPerElement ?? ARITHMETICS[point.arithmetic].bytesPerElement)
  const predicted = model && ranks > 1 ? predictSeconds(cost, model) : null
  return {
    transport,
    ranks,
    nodes,
    ranksPerNode,
    algorithm: point.algorithm,
    innerRanks: point.algorithm.startsWith('hierarchical:') ? point.ranksPerNode : null,
    arithmetic: point.arithmetic,
    type: 'f32',
    redop: 'sum',
    place: point.place,
    sizeBytes,
    count: point.elements,
    samples: samples.flat().length,
    launches: launches.length,
    unit: launches.length === 1 ? 'all-reduce' : 'launch',
    timeP50Us: p50,
    timeMinUs: Math.min(...samples.flat()) * 1e6,
    timeP95Us: quantileUs(samples, 0.95),
    timeP99Us: quantileUs(samples, 0.99),
    timeFromLastP50Us: (point.skew ?? NO_SKEW).kind === 'none' ? null : quantileUs(launches.map(samplesFromLast), 0.5),
    ciShare: point.untilCi?.share ?? null,
    ciReached: point.untilCi ? results.every(({ ciReached }) => ciReached) : null,
    algbwGBs: algbw / 1e9,
    busbwGBs: busbw === null ? null : busbw / 1e9,
    wireBytesMax,
    bytesPerElement,
    wireBytesSharedMax: most(({ wireBytesShared }) => wireBytesShared),
    wireBytesGrpcMax: most(({ wireBytesGrpc }) => wireBytesGrpc),
    efficiency: busbw === null || peak === undefined || sizeBytes === 0 ? null : busbw / peak,
    wrong: point.check ? total(({ wrong }) => wrong) : null,
    errorMaxUnits: point.check ? most(({ errorMaxUnits }) => errorMaxUnits) : null,
    errorMeanUnits: point.check ? byRank[0].errorMeanUnits : null,
    nonFinite: byRank[0].nonFinite,
    digest: byRank[0].digest,
    twinDigest: byRank[0].twinDigest,
    ranksAgree: launches.every((one) => one.byRank.every(({ digest }) => digest === one.byRank[0].digest)),
    orderCertificate: byRank[0].orderCertificate,
    orderKnownBefore: !isArrivalOrdered(schedule),
    peakResidentBytesMax: most(({ peakResidentBytes }) => peakResidentBytes),
    coreWaitMax: results.some(({ coreWait }) => typeof coreWait === 'number')
      ? most(({ coreWait }) => coreWait ?? 0)
      : null,
    buffersMade: total(({ buffersMade }) => buffersMade),
    messagesSent: total(({ messagesSent }) => messagesSent),
    messagesReceived: total(({ messagesReceived }) => messagesReceived),
    messageBytesSent: total(({ messageBytesSent }) => messageBytesSent),
    messageBytesReceived: total(({ messageBytesReceived }) => messageBytesReceived),
    predictedUs: predicted === null ? null : predicted * 1e6,
    predictionError: predicted === null ? null : (predicted * 1e6) / p50.value - 1,
    oversubscribed: ranks > availableParallelism(),
    note: leavesOf(point.algorithm) === undefined ? null : NOT_INVARIANT,
  }
}

/** What an element took, from what was sent; where ranks agree on that, they send a few numbers more. */
function wireBytesPerElement(
  { arithmetic: name, elements }: Pick<MeasuredPoint, 'arithmetic' | 'elements'>,
  schedule: Schedule,
  wireBytes: number,
): number | null {
  const { agreement, bytesPerElement }: Arithmetic = ARITHMETICS[name]
  const elementsSent = costOf(schedule, elements, 1).bytesSentMax
  if (elementsSent === 0) return null
  if (agreement === undefined) return bytesPerElement
  const agreeing = costOf(schedule, agreement.needs([new Float32Array(0)]).length, 4).bytesSentMax
  return 8 * Math.max(1, Math.round((wireBytes - agreeing) / elementsSent / 8))
}

/** In the bench a fixed tree is one over the ranks, not over a fixed number of leaves. */
export const NOT_INVARIANT = 'not node-count invariant'

/** Bandwidth between neighbours by size, from the points that measured it. */
export function neighbourBandwidth(measured: readonly MeasuredByRank[], aggregate: Aggregate): Map<number, number> {
  const points = measured.filter(({ point }) => point.algorithm === NEIGHBOURS)
  return new Map(
    [...Map.groupBy(points, ({ point }) => point.elements * 4)].map(([bytes, launches]) => {
      const samples = launches.map((one) => samplesOf(one, aggregate))
      return [bytes, bytes / (quantileUs(samples, 0.5).value / 1e6)]
    }),
  )
}

/**
 * α and β from neighbours: the time of the smallest size is a round, the largest gives the bytes; γ as measured on one
 * core. With one size only, β stands for both.
 */
export function fitModel(bandwidth: ReadonlyMap<number, number>, secondsPerAddedByte: number): CostModel | undefined {
  const points = [...bandwidth].filter(([bytes]) => bytes > 0).sort(([a], [b]) => a - b)
  if (points.length === 0) return undefined
  const [smallest] = points
  const largest = points[points.length - 1]
  const secondsOf = ([bytes, perSecond]: [number, number]): number => bytes / perSecond
  if (smallest === largest) return { secondsPerRound: 0, secondsPerByte: 1 / smallest[1], secondsPerAddedByte }
  const perByte = Math.max(0, (secondsOf(largest) - secondsOf(smallest)) / (largest[0] - smallest[0]))
  const perRound = Math.max(0, secondsOf(smallest) - smallest[0] * perByte)
  return { secondsPerRound: perRound, secondsPerByte: perByte, secondsPerAddedByte }
}
