import { availableParallelism } from 'node:os'
import { mean } from 'simple-statistics'
import type { MeasuredByRank } from '../../cluster/coordinator/run-bench.ts'
import { ARITHMETICS } from '../reduce/arithmetics.ts'
import { type CostModel, costOf, predictSeconds } from '../reduce/cost.ts'
import { NEIGHBOURS, pointSchedule } from '../reduce/measure.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import { type Quantile, quantile } from '../stats/quantiles.ts'

export type Aggregate = 'max' | 'mean' | 'rank0'

/** One row: one tuple of what was asked, and what was measured. Times in µs; GB/s is 1e9 bytes per second. */
export interface BenchRow {
  readonly transport: string
  readonly ranks: number
  readonly algorithm: string
  readonly arithmetic: string
  readonly type: 'f32'
  readonly redop: 'sum'
  readonly place: 'in' | 'out'
  readonly sizeBytes: number
  readonly count: number
  readonly samples: number
  readonly timeP50Us: Quantile
  readonly timeMinUs: number
  readonly timeP95Us: Quantile
  readonly timeP99Us: Quantile
  readonly algbwGBs: number
  /** algbw · 2(n−1)/n; null for one rank, which moves nothing. */
  readonly busbwGBs: number | null
  /** Payload bytes that the busiest rank sent in one all-reduce. */
  readonly wireBytesMax: number
  /** busbw over what neighbours reach all at once, over the same ranks and size in the same launch; null for one rank. */
  readonly efficiency: number | null
  /** Elements that differ from the twin's bits, over all ranks and timed all-reduces; null: not checked. */
  readonly wrong: number | null
  readonly digest: string
  readonly twinDigest: string
  /** Do all ranks hold the same digest? */
  readonly ranksAgree: boolean
  readonly orderCertificate: string
  readonly orderKnownBefore: boolean
  /** The most memory that any rank's process had held by then; a process holds one rank under grpc, else all of them. */
  readonly peakResidentBytesMax: number
  readonly predictedUs: number | null
  /** (predicted − measured) / measured. */
  readonly predictionError: number | null
  readonly oversubscribed: boolean
}

export interface RowContext {
  readonly transport: string
  readonly ranks: number
  readonly aggregate: Aggregate
  /** Bytes per second from rank to neighbour, all at once, by size in bytes. */
  readonly neighbourBandwidth: ReadonlyMap<number, number>
  readonly model: CostModel | undefined
}

/** The samples of a point: one per timed all-reduce, in seconds, over ranks as asked. */
export function samplesOf({ byRank }: MeasuredByRank, aggregate: Aggregate): number[] {
  return byRank[0].seconds.map((_, iteration) => {
    const seconds = byRank.map((result) => result.seconds[iteration])
    return aggregate === 'max' ? Math.max(...seconds) : aggregate === 'mean' ? mean(seconds) : seconds[0]
  })
}

/** The row of a measured point. */
export function benchRow(measured: MeasuredByRank, context: RowContext): BenchRow {
  const { point, byRank } = measured
  const { transport, ranks, aggregate, neighbourBandwidth, model } = context
  const sorted = samplesOf(measured, aggregate).sort((a, b) => a - b)
  const inMicroseconds = ({ value, interval: [low, high] }: Quantile): Quantile => ({
    value: value * 1e6,
    interval: [low === null ? null : low * 1e6, high === null ? null : high * 1e6],
  })
  const p50 = quantile(sorted, 0.5)
  const sizeBytes = point.elements * 4
  const algbw = sizeBytes / p50.value
  const busbw = ranks === 1 ? null : (algbw * 2 * (ranks - 1)) / ranks
  const peak = neighbourBandwidth.get(sizeBytes)
  const schedule = pointSchedule(point, ranks)
  const cost = costOf(schedule, point.elements, ARITHMETICS[point.arithmetic].bytesPerElement)
  const predicted = model && ranks > 1 ? predictSeconds(cost, model) : null
  return {
    transport,
    ranks,
    algorithm: point.algorithm,
    arithmetic: point.arithmetic,
    type: 'f32',
    redop: 'sum',
    place: point.place,
    sizeBytes,
    count: point.elements,
    samples: sorted.length,
    timeP50Us: inMicroseconds(p50),
    timeMinUs: sorted[0] * 1e6,
    timeP95Us: inMicroseconds(quantile(sorted, 0.95)),
    timeP99Us: inMicroseconds(quantile(sorted, 0.99)),
    algbwGBs: algbw / 1e9,
    busbwGBs: busbw === null ? null : busbw / 1e9,
    wireBytesMax: Math.max(...byRank.map(({ wireBytes }) => wireBytes)),
    efficiency: busbw === null || peak === undefined || sizeBytes === 0 ? null : busbw / peak,
    wrong: point.check ? byRank.reduce((sum, { wrong }) => sum + wrong, 0) : null,
    digest: byRank[0].digest,
    twinDigest: byRank[0].twinDigest,
    ranksAgree: byRank.every(({ digest }) => digest === byRank[0].digest),
    orderCertificate: byRank[0].orderCertificate,
    orderKnownBefore: !isArrivalOrdered(schedule),
    peakResidentBytesMax: Math.max(...byRank.map(({ peakResidentBytes }) => peakResidentBytes)),
    predictedUs: predicted === null ? null : predicted * 1e6,
    predictionError: predicted === null ? null : predicted / p50.value - 1,
    oversubscribed: ranks > availableParallelism(),
  }
}

/** Bandwidth between neighbours by size, from the points that measured it. */
export function neighbourBandwidth(measured: readonly MeasuredByRank[], aggregate: Aggregate): Map<number, number> {
  const points = measured.filter(({ point }) => point.algorithm === NEIGHBOURS)
  return new Map(
    points.map((one) => {
      const sorted = samplesOf(one, aggregate).sort((a, b) => a - b)
      const bytes = one.point.elements * 4
      return [bytes, bytes / quantile(sorted, 0.5).value]
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
