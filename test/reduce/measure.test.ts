// Goal: a benchmark point counts exactly the elements that are wrong, in every timed all-reduce and on every rank, and
// times nothing but the all-reduce. Left out: real clocks and processes (the end-to-end test of bench).
import { describe, expect, it } from 'vitest'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import { type MeasuredPoint, measurePoint, NEIGHBOURS, type PointResult } from '../../src/reduce/measure.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { isArrivalOrdered } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { processSeat } from '../../src/reduce/transport/process-seat.ts'
import type { MoveTag, Transport } from '../../src/reduce/transport/transport.ts'
import { provenOrder } from '../../src/reduce/verify.ts'

const POINT: MeasuredPoint = {
  algorithm: 'rank-order',
  arithmetic: 'f32',
  elements: 64,
  warmup: 1,
  iterations: 3,
  place: 'in',
  check: true,
  ranksPerNode: 1,
}

/** Which payload gets one bit wrong: what `rank` sends with this tag, in the element given. */
interface Fault extends MoveTag {
  readonly rank: number
  readonly element: number
}

function spoiled(inner: Transport, faults: readonly Fault[]): Transport {
  return Object.assign(Object.create(inner), {
    send(...[to, tag, payload]: Parameters<Transport['send']>) {
      const hits = faults.filter(
        ({ rank, call, round, chunk }) =>
          rank === inner.rank && call === tag.call && round === tag.round && chunk === tag.chunk,
      )
      const bytes = new Uint8Array(payload.bytes)
      for (const { element } of hits) bytes[4 * element + 2] ^= 0x40 // the mantissa's first bit
      return inner.send(to, tag, { ...payload, bytes })
    },
  })
}

/** Measures on all ranks. All-reduces are numbered: 0 the barrier and 1 the all-reduce of the warm-up, then 2 and 3, … */
async function measure(
  rankCount: number,
  changed: Partial<MeasuredPoint> = {},
  faults: readonly Fault[] = [],
): Promise<PointResult[]> {
  let ticks = 0
  return Promise.all(
    memoryTransports(rankCount).map((transport) => {
      const seat = { ...processSeat(spoiled(transport, faults)), clock: () => ticks++ }
      return measurePoint({ ...POINT, ...changed }, seat)
    }),
  )
}

const wrongOf = (results: readonly PointResult[]): number[] => results.map(({ wrong }) => wrong)

describe('a point without a fault', () => {
  it.each([...EVERY_ALGORITHM, NEIGHBOURS])(
    'of %s has nothing wrong, in any arithmetic, over any ranks',
    async (algorithm) => {
      for (const arithmetic of Object.keys(ARITHMETICS) as ArithmeticName[]) {
        for (const rankCount of [1, 2, 3, 5]) {
          const results = await measure(rankCount, { algorithm, arithmetic, ranksPerNode: 2 })
          expect(wrongOf(results)).toEqual(Array(rankCount).fill(0))
          for (const { digest, twinDigest, seconds } of results) {
            expect(digest).toBe(twinDigest)
            expect(seconds).toHaveLength(3)
            expect(seconds.every((time) => time > 0)).toBe(true)
          }
          if (algorithm === NEIGHBOURS) continue
          expect(new Set(results.map(({ digest }) => digest)).size).toBe(1)
          const schedule = scheduleOf(algorithm, rankCount, 2)
          if (isArrivalOrdered(schedule)) continue
          const certificate = orderCertificate(provenOrder(schedule).order)
          for (const { orderCertificate: witnessed } of results) expect(witnessed).toBe(certificate)
        }
      }
    },
  )

  it.each(['in', 'out'] as const)('counts the payload bytes of one all-reduce, %s place', async (place) => {
    const results = await measure(4, { algorithm: 'ring', place })
    expect(results.map(({ wireBytes }) => wireBytes)).toEqual(Array(4).fill((2 * 3 * 64 * 4) / 4))
    expect(wrongOf(results)).toEqual([0, 0, 0, 0])
  })

  it('of no elements has nothing wrong', async () => {
    expect(wrongOf(await measure(3, { elements: 0 }))).toEqual([0, 0, 0])
  })
})

describe('one bit wrong', () => {
  it.each<[string, number[], Partial<MeasuredPoint>, Fault[]]>([
    ['in a contribution is wrong on every rank', [1, 1, 1], {}, [{ rank: 1, call: 3, round: 0, chunk: 0, element: 5 }]],
    [
      'in each of two contributions of two all-reduces counts twice',
      [2, 2, 2],
      {},
      [
        { rank: 1, call: 3, round: 0, chunk: 0, element: 5 },
        { rank: 2, call: 7, round: 1, chunk: 0, element: 63 },
      ],
    ],
    [
      'in three elements of one payload counts three times',
      [3, 3, 3],
      {},
      [0, 1, 63].map((element) => ({ rank: 2, call: 5, round: 1, chunk: 0, element })),
    ],
    [
      'in what the first rank broadcasts is right there alone',
      [0, 1, 1],
      {},
      [{ rank: 0, call: 5, round: 2, chunk: 0, element: 9 }],
    ],
    [
      'in the last hop of a ring is wrong on its last rank',
      [0, 0, 1],
      { algorithm: 'ring' },
      [{ rank: 1, call: 3, round: 3, chunk: 0, element: 2 }],
    ],
    ['in a warm-up is not counted', [0, 0, 0], {}, [{ rank: 1, call: 1, round: 0, chunk: 0, element: 5 }]],
    [
      'is not looked for without a check',
      [0, 0, 0],
      { check: false },
      [{ rank: 1, call: 3, round: 0, chunk: 0, element: 5 }],
    ],
    [
      'in what arrives first come first served is wrong on every rank',
      [1, 1, 1],
      { algorithm: 'arrival' },
      [{ rank: 2, call: 3, round: 0, chunk: 0, element: 5 }],
    ],
    [
      'between neighbours is wrong at the next one',
      [0, 0, 1],
      { algorithm: NEIGHBOURS },
      [{ rank: 1, call: 3, round: 0, chunk: 0, element: 5 }],
    ],
  ])('%s: %j', async (_, wrong, changed, faults) => {
    expect(wrongOf(await measure(3, changed, faults))).toEqual(wrong)
  })

  it('in the last all-reduce shows in the digest, which the twin does not share', async () => {
    const results = await measure(3, {}, [{ rank: 0, call: 7, round: 2, chunk: 0, element: 9 }])
    expect(results.map(({ digest, twinDigest }) => digest === twinDigest)).toEqual([true, false, false])
  })
})

describe('the clock', () => {
  it('is read twice an all-reduce: warm-ups, barriers and checks are not timed', async () => {
    let reads = 0
    const seat = { ...processSeat(memoryTransports(1)[0]), clock: () => reads++ }
    const result = await measurePoint({ ...POINT, warmup: 2, iterations: 4 }, seat)
    expect(result.seconds).toEqual([1, 1, 1, 1])
    expect(reads).toBe(2 * 6)
    expect(seat.nextCall()).toBe(2 * 6)
  })
})

describe('the twin of a vector longer than a slice', () => {
  it.each([...EVERY_ALGORITHM, NEIGHBOURS])('of %s has the bits of the vector in one piece', async (algorithm) => {
    for (const [rankCount, elements] of [
      [3, 65_536],
      [3, 150_001],
      [5, 140_003],
    ]) {
      const results = await measure(rankCount, { algorithm, elements, iterations: 1, ranksPerNode: 2 })
      expect(wrongOf(results)).toEqual(Array(rankCount).fill(0))
    }
  })

  it.each([0, 65_535, 65_536, 131_071, 150_000])('notices one bit of element %i', async (element) => {
    const fault = { rank: 1, call: 3, round: 0, chunk: 0, element }
    expect(wrongOf(await measure(3, { elements: 150_001 }, [fault]))).toEqual([1, 1, 1])
  })
})

describe('inputs', () => {
  it('are finite, distinct by rank and element, of both signs and many exponents', () => {
    const all = [0, 1, 2, 3].map((rank) => roundingInput(rank, 4096))
    const values = all.flatMap((input) => [...input])
    expect(values.every((value) => Math.abs(value) >= 2 ** -8 && Math.abs(value) < 2 ** 8)).toBe(true)
    expect(new Set(values).size).toBeGreaterThan(0.999 * values.length)
    expect(new Set(values.map((value) => Math.floor(Math.log2(Math.abs(value))))).size).toBe(16)
    expect(values.filter((value) => value < 0).length / values.length).toBeCloseTo(0.5, 1)
  })

  it('of a shorter vector are the first of a longer one', () => {
    expect([...roundingInput(3, 10)]).toEqual([...roundingInput(3, 1000).subarray(0, 10)])
  })
})
