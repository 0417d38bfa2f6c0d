import { arraySplit, type Span } from '../core/array-split.ts'
import { sha256OfFloats } from '../core/digest.ts'
import { gatherInOrder } from './algorithms/gather.ts'
import { neighboursSchedule } from './algorithms/neighbours.ts'
import { scheduleOf } from './algorithms.ts'
import type { ArithmeticName } from './arithmetics.ts'
import { allReduce } from './executor.ts'
import { fillInput } from './inputs.ts'
import { orderCertificate } from './order.ts'
import { isArrivalOrdered, rankProgram, type Schedule } from './schedule.ts'
import type { Seat } from './seat.ts'
import { reduceInProcess } from './twin.ts'

/** One point of a benchmark: what is reduced, how, and how often. */
export interface MeasuredPoint {
  /** A name of algorithms.ts, or `neighbours`: every rank sends its whole vector to the next one, all at once. */
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly elements: number
  readonly warmup: number
  readonly iterations: number
  /** `out`: the result goes to another buffer; the copy is timed. */
  readonly place: 'in' | 'out'
  readonly check: boolean
  readonly ranksPerNode: number
}

/** What one rank measured. */
export interface PointResult {
  /** One per timed all-reduce. */
  readonly seconds: readonly number[]
  /** Elements that differ from the twin's bits, over all timed all-reduces; every timed buffer is looked at. */
  readonly wrong: number
  readonly digest: string
  readonly twinDigest: string
  readonly orderCertificate: string
  /** Payload bytes this rank sent in one all-reduce. */
  readonly wireBytes: number
  /** The most memory its process had held by then. */
  readonly peakResidentBytes: number
}

export const NEIGHBOURS = 'neighbours'

/** The schedule of a point, by the names of algorithms.ts and NEIGHBOURS. */
export function pointSchedule(
  { algorithm, ranksPerNode }: Pick<MeasuredPoint, 'algorithm' | 'ranksPerNode'>,
  rankCount: number,
): Schedule {
  return algorithm === NEIGHBOURS ? neighboursSchedule(rankCount) : scheduleOf(algorithm, rankCount, ranksPerNode)
}

/**
 * Measures one point on one rank. Inputs are restored and a barrier is passed before each timed all-reduce, outside the
 * timed region.
 */
export async function measurePoint(point: MeasuredPoint, seat: Seat): Promise<PointResult> {
  const { transport, clock } = seat
  const { rank, rankCount } = transport
  const { elements, warmup, iterations, place, check } = point
  const schedule = pointSchedule(point, rankCount)
  const program = rankProgram(schedule, rank)
  const arithmetic = seat.arithmetic(point.arithmetic)
  const input = new Float32Array(elements)
  fillInput(input, rank, 0)
  const result = seat.vector(elements)
  const twin = new RankTwin(point, schedule, rank)
  const seconds: number[] = []
  let wrong = 0
  let order = ''
  let wireBytes = 0
  for (let iteration = -warmup; iteration < iterations; iteration++) {
    result.set(input)
    await seat.barrier()
    const start = clock()
    if (place === 'out') result.set(input)
    const bytesBefore = transport.bytesSent
    order = await allReduce(schedule, arithmetic, program, transport, seat.nextCall(), result)
    await seat.flush?.()
    const end = clock()
    wireBytes = transport.bytesSent - bytesBefore
    if (iteration < 0) continue
    seconds.push(end - start)
    if (check) wrong += countDifferences(result, await twin.result(order))
  }
  return {
    seconds,
    wrong,
    digest: sha256OfFloats(result),
    twinDigest: check ? sha256OfFloats(await twin.result(order)) : '',
    orderCertificate: orderCertificate(order),
    wireBytes,
    peakResidentBytes: seat.peakResidentBytes(),
  }
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
      await this.#compute(this.#replayed ? asGathered(order) : this.#schedule)
      this.#order = key
    }
    return this.#result
  }

  async #compute(schedule: Schedule): Promise<void> {
    const { elements, arithmetic } = this.#point
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
        forEachPart(vector, spans, (part, start) => fillInput(part, rank, start))
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

/** The schedule that adds in a recorded order of arrival: rank 0 with each later one in turn, `(((0 3) 1) 2)`. */
function asGathered(order: string): Schedule {
  const leaves = [...order.matchAll(/\d+/g)].map(([leaf]) => Number(leaf))
  return gatherInOrder('arrival, replayed', leaves)
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
