// Goal: the order a rank reports is the one its sums were really made in: the proved one when all goes as planned, the
// real one when it does not. Left out: what the coordinator does with it (test/cluster/membership.test.ts).
import { describe, expect, it } from 'vitest'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { f32Arithmetic } from '../../src/reduce/arithmetic/f32.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { orderCertificate, parseOrder, unpackOrders } from '../../src/reduce/order.ts'
import { isArrivalOrdered, type RankRound, rankProgram, type Schedule } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import type { Transport } from '../../src/reduce/transport/transport.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import { CASES, caseName, caseSchedule, RANK_COUNTS } from './cases.ts'
import { bitsOf, evaluate, reduceWitnessed, wideVectors } from './vectors.ts'

const LENGTH = 100

/** The f32 sum in an order of one chunk, by nothing but additions. */
function summed(order: string, vectors: readonly Float32Array[]): Float32Array {
  const tree = parseOrder(order)
  return vectors[0].map((_, i) =>
    evaluate(
      tree,
      (rank) => vectors[rank][i],
      (a, b) => Math.fround(a + b),
    ),
  )
}

const planned = CASES.filter((which) => !isArrivalOrdered(caseSchedule(which, 4)))

it('every algorithm but arrival has a plan', () => {
  expect(new Set(CASES.map(({ name }) => name)).size - new Set(planned.map(({ name }) => name)).size).toBe(1)
  expect(isArrivalOrdered(scheduleOf('arrival', 1))).toBe(false)
})

describe.each(planned.map((which) => [caseName(which), which] as const))('%s', (_, which) => {
  it.each(RANK_COUNTS)('over %i ranks is witnessed on every rank in the order that was proved', async (rankCount) => {
    const schedule = caseSchedule(which, rankCount)
    const { order } = provenOrder(schedule)
    const vectors = wideVectors(rankCount, rankCount + 1)
    const { orders } = await reduceWitnessed(schedule, memoryTransports(rankCount), vectors)
    expect(orders).toEqual(Array.from({ length: rankCount }, () => order))
  })
})

describe('arrival', () => {
  /** Sends of a rank wait for an event, and rank 0 tells what it has taken. */
  async function reduceWith(
    waitsFor: Readonly<Record<number, number>>,
  ): Promise<{ results: Float32Array[]; orders: string[] }> {
    const rankCount = 4
    const taken = Array.from({ length: rankCount }, () => Promise.withResolvers<void>())
    const transports = memoryTransports(rankCount).map((inner, rank): Transport => {
      const wrapped: Transport = Object.create(inner)
      return Object.assign(wrapped, {
        async send(...args: Parameters<Transport['send']>) {
          if (rank > 0 && waitsFor[rank] !== undefined) await taken[waitsFor[rank]].promise
          return inner.send(...args)
        },
        async receive(...args: Parameters<Transport['receive']>) {
          const order = await inner.receive(...args)
          if (rank === 0) taken[args[0]].resolve()
          return order
        },
      })
    })
    return reduceWitnessed(scheduleOf('arrival', rankCount), transports, wideVectors(rankCount, LENGTH))
  }

  it.each<[string, Record<number, number>]>([
    ['(((0 1) 2) 3)', {}],
    ['(((0 2) 3) 1)', { 1: 3, 3: 2 }],
    ['(((0 3) 2) 1)', { 1: 2, 2: 3 }],
    ['(((0 2) 1) 3)', { 1: 2, 3: 1 }],
  ])('is witnessed as %s where ranks are held back until others were taken: %j', async (order, waitsFor) => {
    const { results, orders } = await reduceWith(waitsFor)
    expect(orders).toEqual([order, order, order, order])
    const want = bitsOf(summed(order, wideVectors(4, LENGTH)))
    for (const result of results) expect(bitsOf(result)).toEqual(want)
  })

  it('in another order has other bits', async () => {
    const [[a], [b]] = [(await reduceWith({})).results, (await reduceWith({ 1: 3, 3: 2 })).results]
    expect(bitsOf(a)).not.toEqual(bitsOf(b))
  })
})

describe('two additions that are exchanged', () => {
  const schedule = scheduleOf('rank-order', 4)
  const { order } = provenOrder(schedule)
  const vectors = wideVectors(4, LENGTH)

  async function run(
    transports: readonly Transport[],
    programOf: (schedule: Schedule, rank: number) => RankRound[],
  ): Promise<{ result: Float32Array; orders: string[] }> {
    const results = vectors.map((vector) => vector.slice())
    const orders = await Promise.all(
      transports.map((transport, rank) =>
        allReduce(schedule, f32Arithmetic, programOf(schedule, rank), transport, 0, results[rank]),
      ),
    )
    return { result: results[0], orders }
  }

  it('are not there in a run as planned', async () => {
    const { result, orders } = await run(memoryTransports(4), rankProgram)
    expect(orders).toEqual([order, order, order, order])
    expect(bitsOf(result)).toEqual(bitsOf(summed(order, vectors)))
  })

  it('by an executor that takes two rounds the wrong way round are witnessed, and their bits are', async () => {
    const swapped = (schedule: Schedule, rank: number): RankRound[] => {
      const [first, second, ...rest] = rankProgram(schedule, rank)
      return rank === 0 ? [second, first, ...rest] : rankProgram(schedule, rank)
    }
    const { result, orders } = await run(memoryTransports(4), swapped)
    expect(new Set(orders)).toEqual(new Set(['(((0 2) 1) 3)']))
    expect(orderCertificate(orders[0])).not.toBe(orderCertificate(order))
    expect(bitsOf(result)).toEqual(bitsOf(summed('(((0 2) 1) 3)', vectors)))
    expect(bitsOf(result)).not.toEqual(bitsOf(summed(order, vectors)))
  })

  it('by a transport that hands over the payload of another rank are witnessed, and their bits are', async () => {
    const [rank0, ...others] = memoryTransports(4)
    const mixedUp: Transport = Object.assign(Object.create(rank0), {
      receive(...[from, tag, byteLength, take]: Parameters<Transport['receive']>) {
        const other = from === 1 ? 3 : from === 3 ? 1 : from
        return rank0.receive(other, { ...tag, round: other - 1 }, byteLength, take)
      },
    })
    const { result, orders } = await run([mixedUp, ...others], rankProgram)
    expect(new Set(orders)).toEqual(new Set(['(((0 3) 2) 1)']))
    expect(bitsOf(result)).toEqual(bitsOf(summed('(((0 3) 2) 1)', vectors)))
  })
})

it('a rank that adds what it held itself at the start of a round witnesses it there', async () => {
  const rounds: ReturnType<Schedule['round']>[] = [
    [
      { from: 1, to: 0, chunk: 0, width: 1, kind: 'copy' },
      { from: 2, to: 0, chunk: 0, width: 1, kind: 'add' },
      { from: 0, to: 0, chunk: 0, width: 1, kind: 'add' },
    ],
    [1, 2].map((to) => ({ from: 0, to, chunk: 0, width: 1, kind: 'copy' })),
  ]
  const schedule: Schedule = {
    algorithm: 'own last',
    rankCount: 3,
    chunkCount: 1,
    roundCount: 2,
    round: (index) => rounds[index],
    isLink: () => true,
  }
  const vectors = wideVectors(3, LENGTH)
  const { results, orders } = await reduceWitnessed(schedule, memoryTransports(3), vectors)
  expect(unpackOrders(provenOrder(schedule).order)).toEqual(['(0 (1 2))'])
  expect(orders).toEqual(['(0 (1 2))', '(0 (1 2))', '(0 (1 2))'])
  for (const result of results) expect(bitsOf(result)).toEqual(bitsOf(summed('(0 (1 2))', vectors)))
})
