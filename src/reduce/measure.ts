import { sha256OfFloats } from '../core/digest.ts'
import { gatherInOrder } from './algorithms/gather.ts'
import { neighboursSchedule } from './algorithms/neighbours.ts'
import { scheduleOf } from './algorithms.ts'
import { ARITHMETICS, type ArithmeticName } from './arithmetics.ts'
import { allReduce } from './executor.ts'
import { roundingInput } from './inputs.ts'
import { orderCertificate } from './order.ts'
import { isArrivalOrdered, rankProgram, type Schedule } from './schedule.ts'
import type { Transport } from './transport/transport.ts'
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
 * @param nextCall numbers the all-reduces of the transport.
 * @param clock seconds, on a clock that never goes back.
 */
export async function measurePoint(
  point: MeasuredPoint,
  transport: Transport,
  nextCall: () => number,
  clock: () => number,
): Promise<PointResult> {
  const { rank, rankCount } = transport
  const { elements, warmup, iterations, place, check } = point
  const schedule = pointSchedule(point, rankCount)
  const program = rankProgram(schedule, rank)
  const arithmetic = ARITHMETICS[point.arithmetic]
  const input = roundingInput(rank, elements)
  const result = new Float32Array(elements)
  const twin = new PointTwin(point, rankCount)
  const seconds: number[] = []
  let wrong = 0
  let order = ''
  let wireBytes = 0
  for (let iteration = -warmup; iteration < iterations; iteration++) {
    result.set(input)
    await barrier(transport, nextCall())
    const start = clock()
    if (place === 'out') result.set(input)
    const bytesBefore = transport.bytesSent
    order = await allReduce(schedule, arithmetic, program, transport, nextCall(), result)
    const end = clock()
    wireBytes = transport.bytesSent - bytesBefore
    if (iteration < 0) continue
    seconds.push(end - start)
    if (check) wrong += countDifferences(result, await twin.resultFor(rank, order))
  }
  return {
    seconds,
    wrong,
    digest: sha256OfFloats(result),
    twinDigest: check ? sha256OfFloats(await twin.resultFor(rank, order)) : '',
    orderCertificate: orderCertificate(order),
    wireBytes,
  }
}

/** Resolves when every rank has come here: an all-reduce of one element. */
async function barrier(transport: Transport, call: number): Promise<void> {
  const schedule = scheduleOf('rank-order', transport.rankCount)
  const program = rankProgram(schedule, transport.rank)
  await allReduce(schedule, ARITHMETICS.f32, program, transport, call, new Float32Array(1))
}

/** What the twin makes of a point; computed once per order. */
export class PointTwin {
  readonly #point: MeasuredPoint
  readonly #rankCount: number
  readonly #results = new Map<string, Promise<Float32Array[]>>()

  constructor(point: MeasuredPoint, rankCount: number) {
    this.#point = point
    this.#rankCount = rankCount
  }

  /** The result of a rank; the order is looked at where nobody knew it before. */
  async resultFor(rank: number, order: string): Promise<Float32Array> {
    const schedule = pointSchedule(this.#point, this.#rankCount)
    const replayed = isArrivalOrdered(schedule)
    const key = replayed ? order : ''
    const known = this.#results.get(key) ?? this.#compute(replayed ? asGathered(order) : schedule)
    this.#results.set(key, known)
    return (await known)[rank]
  }

  async #compute(schedule: Schedule): Promise<Float32Array[]> {
    const inputs = Array.from({ length: this.#rankCount }, (_, rank) => roundingInput(rank, this.#point.elements))
    return (await reduceInProcess(schedule, this.#point.arithmetic, inputs)).results
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
