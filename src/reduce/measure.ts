import { arraySplit, type Span } from '../core/array-split.ts'
import { sha256OfFloats } from '../core/digest.ts'
import { quantile } from '../stats/quantiles.ts'
import { arrivalReplay } from './algorithms/gather.ts'
import { neighboursSchedule } from './algorithms/neighbours.ts'
import { thereAndBackSchedule, tournament } from './algorithms/pairs.ts'
import { scheduleOf } from './algorithms.ts'
import type { Arithmetic } from './arithmetic/arithmetic.ts'
import type { ArithmeticName } from './arithmetics.ts'
import { allReduce } from './executor.ts'
import { fillInput, type InputKind } from './inputs.ts'
import { orderCertificate } from './order.ts'
import { isArrivalOrdered, type RankRound, rankProgram, type Schedule } from './schedule.ts'
import type { Seat } from './seat.ts'
import { delayOf, NO_SKEW, type Skew } from './skew.ts'
import { sumError } from './sum-error.ts'
import { type BytesByWay, type MessageCounts, NO_MESSAGES, type Transport } from './transport/transport.ts'
import { reduceInProcess } from './twin.ts'

/** How a sample is made of what the ranks measured. */
export type Aggregate = 'max' | 'mean' | 'rank0'

/** One point of a benchmark: what is reduced, how, and how often. */
export interface MeasuredPoint {
  /** A name of algorithms.ts, or one of what links carry: NEIGHBOURS, PAIR, PAIRS. */
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly elements: number
  readonly warmup: number
  readonly iterations: number
  /** `out`: the result goes to another buffer; the copy is timed. */
  readonly place: 'in' | 'out'
  readonly check: boolean
  readonly ranksPerNode: number
  /** `none`: ranks go from one all-reduce to the next. `barrier` by default: they begin each together. */
  readonly sync?: 'barrier' | 'none'
  /** None by default. */
  readonly skew?: Skew
  /** `rounding` by default. */
  readonly inputs?: InputKind
  /** More all-reduces until the median is known well enough; by default as many as asked for. */
  readonly untilCi?: UntilCi
}

export interface UntilCi {
  /** The 95 % interval of the median lies within ± this share of it. */
  readonly share: number
  readonly iterationsMax: number
  readonly aggregate: Aggregate
}

/** What one rank measured. Counts are over its timed all-reduces and the barriers before them. */
export interface PointResult {
  /** One per timed all-reduce. */
  readonly seconds: readonly number[]
  /** When this rank came to each timed all-reduce, on the clock of its seat. */
  readonly arrivals: readonly number[]
  /** Elements that differ from the twin's bits, over all timed all-reduces; every timed buffer is looked at. */
  readonly wrong: number
  readonly digest: string
  readonly twinDigest: string
  readonly orderCertificate: string
  /** Payload bytes this rank sent in one all-reduce. */
  readonly wireBytes: number
  /** Of these, through memory that its node shares, */
  readonly wireBytesShared: number
  /** and to other nodes; both 0 where all ranks are tasks of one thread. */
  readonly wireBytesGrpc: number
  /** NaNs and infinities among the elements of the last result. */
  readonly nonFinite: number
  /** How far the last result is off, in units of u·Σ|x|, where it was checked; else 0. */
  readonly errorMaxUnits: number
  readonly errorMeanUnits: number
  /** Is the median known as well as asked for? */
  readonly ciReached: boolean
  /** Payload buffers that our transport made. */
  readonly buffersMade: number
  readonly messagesSent: number
  readonly messagesReceived: number
  readonly messageBytesSent: number
  readonly messageBytesReceived: number
  /** The most memory its process had held by then. */
  readonly peakResidentBytes: number
  /** Share of the point's time that a thread of its node was ready and had no core; not known where no process is the node's own. */
  readonly coreWait?: number | null
}

/** Every rank sends its whole vector to the next one, all at once. */
export const NEIGHBOURS = 'neighbours'
/** `pair:A-B`: two ranks send their vector there and back, alone. */
export const PAIR = 'pair:'
/** `pairs:T`: every rank does so with one other, as turn T of a tournament pairs them. */
export const PAIRS = 'pairs:'

/** The schedule of a point, by the names of algorithms.ts and those above. */
export function pointSchedule(
  { algorithm, ranksPerNode }: Pick<MeasuredPoint, 'algorithm' | 'ranksPerNode'>,
  rankCount: number,
): Schedule {
  if (algorithm === NEIGHBOURS) return neighboursSchedule(rankCount)
  if (algorithm.startsWith(PAIRS)) {
    return thereAndBackSchedule(rankCount, tournament(rankCount)[Number(algorithm.slice(PAIRS.length))])
  }
  if (algorithm.startsWith(PAIR)) {
    const [a, b] = algorithm.slice(PAIR.length).split('-').map(Number)
    return thereAndBackSchedule(rankCount, [[a, b]])
  }
  return scheduleOf(algorithm, rankCount, ranksPerNode)
}

/**
 * Measures one point on one rank. Inputs are restored and a barrier is passed before each timed all-reduce, outside the
 * timed region.
 * @param stopAt time of the seat's clock after which no more all-reduces are added for `untilCi`.
 */
export async function measurePoint(
  point: MeasuredPoint,
  seat: Seat,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<PointResult> {
  const { iterations, untilCi } = point
  const run = new PointRun(point, seat)
  if (point.sync === 'none') await seat.barrier() // the first one is begun together all the same
  for (let i = 0; i < point.warmup; i++) await run.once()
  run.beginTimed()
  for (let i = 0; i < iterations; i++) await run.once()
  let result = await run.result()
  if (untilCi === undefined) return result
  const samples: number[] = []
  for (;;) {
    const unseen = result.seconds.slice(samples.length).map(Math.fround)
    const seen = await exchange(seat, [...unseen, seat.clock() > stopAt ? 1 : 0])
    unseen.forEach(
      (_, i) =>
        void samples.push(
          sampleOf(
            seen.map((seconds) => seconds[i]),
            untilCi.aggregate,
          ),
        ),
    )
    const ciReached = isMedianWithin(samples, untilCi.share)
    const isLate = seen.some((seconds) => seconds[unseen.length] > 0)
    if (ciReached || isLate || samples.length >= untilCi.iterationsMax) return { ...result, ciReached }
    for (let i = Math.min(iterations, untilCi.iterationsMax - samples.length); i > 0; i--) await run.once()
    result = await run.result()
  }
}

/** As measurePoint, where no rank has come past `stopAt`; else undefined, on all ranks alike. */
export async function measurePointInTime(
  point: MeasuredPoint,
  seat: Seat,
  stopAt: number,
): Promise<PointResult | undefined> {
  if (Number.isFinite(stopAt) && (await isTimeUp(seat, stopAt))) return undefined
  return measurePoint(point, seat, stopAt)
}

/** Has any rank come past a time? All ranks ask together, and all get one answer. */
async function isTimeUp(seat: Seat, stopAt: number): Promise<boolean> {
  return (await exchange(seat, [seat.clock() > stopAt ? 1 : 0])).some(([isLate]) => isLate > 0)
}

/** A sample: what ranks measured of one all-reduce, as one number. */
export function sampleOf(byRank: readonly number[], aggregate: Aggregate): number {
  switch (aggregate) {
    case 'max':
      return Math.max(...byRank)
    case 'mean':
      return byRank.reduce((sum, value) => sum + value, 0) / byRank.length
    case 'rank0':
      return byRank[0]
  }
}

/** Elements of the longest vector that measuring with `untilCi` takes a seat to have room for. */
export function exchangedElements({ iterations }: Pick<MeasuredPoint, 'iterations'>, rankCount: number): number {
  return rankCount * (iterations + 1)
}

/** Does the two-sided 95 % interval of the median lie within ± a share of it? */
function isMedianWithin(samples: readonly number[], share: number): boolean {
  // Each bound is one-sided: 97.5 % each make 95 % together.
  const { value, interval } = quantile(
    samples.toSorted((a, b) => a - b),
    0.5,
    0.975,
  )
  const [low, high] = interval
  return low !== null && high !== null && low >= value * (1 - share) && high <= value * (1 + share)
}

/**
 * Every rank's numbers on every rank, as f32 of the same bits everywhere: what ranks decide by them they decide alike.
 * @returns by rank.
 */
async function exchange(seat: Seat, values: readonly number[]): Promise<number[][]> {
  const { transport } = seat
  const { rank, rankCount } = transport
  const vector = seat.vector(rankCount * values.length).fill(0)
  vector.set(values, rank * values.length)
  const schedule = scheduleOf('rank-order', rankCount)
  await allReduce(schedule, seat.arithmetic('f32'), rankProgram(schedule, rank), transport, seat.nextCall(), vector)
  await seat.flush?.()
  return Array.from({ length: rankCount }, (_, from) => [
    ...vector.subarray(from * values.length, (from + 1) * values.length),
  ])
}

/** The all-reduces of a point on one rank. */
class PointRun {
  readonly #point: MeasuredPoint
  readonly #seat: Seat
  readonly #schedule: Schedule
  readonly #program: readonly RankRound[]
  readonly #arithmetic: Arithmetic
  readonly #input: Float32Array
  readonly #twin: RankTwin
  readonly #seconds: number[] = []
  readonly #arrivals: number[] = []
  readonly #vector: Float32Array
  #started = 0
  #isTimed = false
  #wrong = 0
  #order = ''
  #wireBytes = 0
  #byWay = NO_BYTES
  #before: TransportCounts

  constructor(point: MeasuredPoint, seat: Seat) {
    const { rank, rankCount } = seat.transport
    this.#point = point
    this.#seat = seat
    this.#schedule = pointSchedule(point, rankCount)
    this.#program = rankProgram(this.#schedule, rank)
    this.#arithmetic = seat.arithmetic(point.arithmetic)
    this.#input = new Float32Array(point.elements)
    fillInput(this.#input, rank, 0, point.inputs)
    this.#vector = seat.vector(point.elements)
    this.#twin = new RankTwin(point, this.#schedule, rank)
    this.#before = countsOf(seat.transport)
  }

  /** All-reduces from here on count. */
  beginTimed(): void {
    this.#isTimed = true
    this.#before = countsOf(this.#seat.transport)
  }

  /** One all-reduce. */
  async once(): Promise<void> {
    const { place, check, sync = 'barrier', skew = NO_SKEW } = this.#point
    const { clock, transport } = this.#seat
    const vector = this.#vector
    vector.set(this.#input)
    if (sync === 'barrier') await this.#seat.barrier()
    const delay = delayOf(skew, transport.rank, this.#started++)
    if (delay > 0) await this.#seat.until(clock() + delay)
    const bytesBefore = transport.bytesSent
    const byWayBefore = transport.bytesByWay ?? NO_BYTES
    const start = clock()
    if (place === 'out') vector.set(this.#input)
    const call = this.#seat.nextCall()
    this.#order = await allReduce(this.#schedule, this.#arithmetic, this.#program, transport, call, vector)
    await this.#seat.flush?.()
    const end = clock()
    this.#wireBytes = transport.bytesSent - bytesBefore
    const { shared, grpc } = transport.bytesByWay ?? NO_BYTES
    this.#byWay = { shared: shared - byWayBefore.shared, grpc: grpc - byWayBefore.grpc }
    if (!this.#isTimed) return
    this.#seconds.push(end - start)
    this.#arrivals.push(start)
    if (check) this.#wrong += countDifferences(vector, await this.#twin.result(this.#order))
  }

  async result(): Promise<PointResult> {
    const before = this.#before
    const { buffersMade, messages } = countsOf(this.#seat.transport)
    const { check, inputs } = this.#point
    const error = check ? sumError(this.#vector, this.#schedule.rankCount, inputs) : undefined
    return {
      seconds: [...this.#seconds],
      arrivals: [...this.#arrivals],
      wrong: this.#wrong,
      digest: sha256OfFloats(this.#vector),
      twinDigest: this.#point.check ? sha256OfFloats(await this.#twin.result(this.#order)) : '',
      orderCertificate: orderCertificate(this.#order),
      wireBytes: this.#wireBytes,
      wireBytesShared: this.#byWay.shared,
      wireBytesGrpc: this.#byWay.grpc,
      nonFinite: countNonFinite(this.#vector),
      errorMaxUnits: error?.maxUnits ?? 0,
      errorMeanUnits: error?.meanUnits ?? 0,
      ciReached: true,
      buffersMade: buffersMade - before.buffersMade,
      messagesSent: messages.sent - before.messages.sent,
      messagesReceived: messages.received - before.messages.received,
      messageBytesSent: messages.bytesSent - before.messages.bytesSent,
      messageBytesReceived: messages.bytesReceived - before.messages.bytesReceived,
      peakResidentBytes: this.#seat.peakResidentBytes(),
    }
  }
}

interface TransportCounts {
  readonly buffersMade: number
  readonly messages: MessageCounts
}

const NO_BYTES: BytesByWay = { shared: 0, grpc: 0 }

function countsOf({ buffersMade = 0, messages = NO_MESSAGES }: Transport): TransportCounts {
  return { buffersMade, messages }
}

function countNonFinite(values: Float32Array): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) count++
  return count
}

/** Elements of a vector that the twin reduces at a time, or one of each chunk if that is more. */
const SLICE_ELEMENTS = 65_536

/**
 * What the twin makes of a point on one rank. Every addition is of one element, so the vector is reduced slice by slice:
 * a slice takes equally many elements of every chunk, and the last one what is left, so that array_split cuts a slice
 * where it cut the vector. No more is held than one result and one slice of each rank.
 */
class RankTwin {
  readonly #point: MeasuredPoint
  readonly #schedule: Schedule
  readonly #rank: number
  readonly #replayed: boolean
  #order: string | undefined
  #result = new Float32Array(0)

  constructor(point: MeasuredPoint, schedule: Schedule, rank: number) {
    this.#point = point
    this.#schedule = schedule
    this.#rank = rank
    this.#replayed = isArrivalOrdered(schedule)
  }

  /** The result, valid until the next call; the order is looked at where nobody knew it before. */
  async result(order: string): Promise<Float32Array> {
    const key = this.#replayed ? order : ''
    if (this.#order !== key) {
      await this.#compute(this.#replayed ? arrivalReplay(order) : this.#schedule)
      this.#order = key
    }
    return this.#result
  }

  async #compute(schedule: Schedule): Promise<void> {
    const { elements, arithmetic, inputs } = this.#point
    const { chunkCount, rankCount } = schedule
    if (this.#result.length !== elements) this.#result = new Float32Array(elements)
    const perChunk = Math.max(1, Math.floor(SLICE_ELEMENTS / chunkCount))
    const chunks = Array.from({ length: chunkCount }, (_, chunk) => arraySplit(elements, chunkCount, chunk))
    const sliceCount = Math.max(1, Math.floor(elements / chunkCount / perChunk))
    for (let slice = 0; slice < sliceCount; slice++) {
      const spans = chunks.map(({ start, end }) => ({
        start: start + slice * perChunk,
        end: slice === sliceCount - 1 ? end : start + (slice + 1) * perChunk,
      }))
      const length = spans.reduce((sum, { start, end }) => sum + end - start, 0)
      const vectors = Array.from({ length: rankCount }, (_, rank) => {
        const vector = new Float32Array(length)
        forEachPart(vector, spans, (part, start) => fillInput(part, rank, start, inputs))
        return vector
      })
      const { results } = await reduceInProcess(schedule, arithmetic, vectors)
      forEachPart(results[this.#rank], spans, (part, start) => this.#result.set(part, start))
    }
  }
}

/** Hands over the parts of a slice, which holds spans of a vector one after the other, each with where it lies there. */
function forEachPart(
  slice: Float32Array,
  spans: readonly Span[],
  take: (part: Float32Array, start: number) => void,
): void {
  let at = 0
  for (const { start, end } of spans) {
    take(slice.subarray(at, at + end - start), start)
    at += end - start
  }
}

/** Elements of other bits; NaNs of any payload are equal. */
export function countDifferences(got: Float32Array, want: Float32Array): number {
  const gotBits = new Uint32Array(got.buffer, got.byteOffset, got.length)
  const wantBits = new Uint32Array(want.buffer, want.byteOffset, want.length)
  let count = 0
  for (let i = 0; i < got.length; i++) {
    if (gotBits[i] !== wantBits[i] && !(Number.isNaN(got[i]) && Number.isNaN(want[i]))) count++
  }
  return count
}
