// Goal: a benchmark point counts exactly the elements that are wrong, in every timed all-reduce and on every rank, and
// times nothing but the all-reduce. Left out: real clocks and processes (the end-to-end test of bench).
import { describe, expect, it } from 'vitest'
import { allPairsOf, tournament } from '../../src/reduce/algorithms/pairs.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { fillInput, roundingInput } from '../../src/reduce/inputs.ts'
import {
  type MeasuredPoint,
  measurePoint,
  measurePointInTime,
  NEIGHBOURS,
  PAIR,
  PAIRS,
  type PointResult,
} from '../../src/reduce/measure.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { isArrivalOrdered } from '../../src/reduce/schedule.ts'
import type { Skew } from '../../src/reduce/skew.ts'
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

describe('special inputs', () => {
  it.each(Object.keys(ARITHMETICS) as ArithmeticName[])(
    'of NaNs, infinities, zeros and subnormals are carried by %s as the twin does, and counted',
    async (arithmetic) => {
      for (const algorithm of ['ring', 'rank-order', 'recursive-doubling']) {
        const results = await measure(3, { algorithm, arithmetic, elements: 1021, inputs: 'special' })
        expect(wrongOf(results)).toEqual([0, 0, 0])
        expect(results[0].nonFinite).toBeGreaterThan(20)
        expect(new Set(results.map(({ nonFinite }) => nonFinite)).size).toBe(1)
        expect(new Set(results.map(({ digest }) => digest)).size).toBe(1)
      }
    },
  )

  it('hold every kind, and the others hold none that is not finite', () => {
    const special = new Float32Array(65_536)
    fillInput(special, 1, 0, 'special')
    const bits = new Set(new Uint32Array(special.buffer))
    for (const kind of [0x7fc00000, 0x7f800000, 0xff800000, 0, 0x80000000, 1]) expect(bits).toContain(kind)
    expect(roundingInput(1, 65_536).every(Number.isFinite)).toBe(true)
  })

  it('of a plain point count nothing', async () => {
    expect((await measure(2)).map(({ nonFinite }) => nonFinite)).toEqual([0, 0])
  })
})

describe('ranks that come late', () => {
  /** The delays that ranks ask their seats for, by rank. Nobody waits. */
  async function delaysOf(skew: Skew): Promise<number[][]> {
    const delays: number[][] = [[], [], []]
    await Promise.all(
      memoryTransports(3).map((transport, rank) => {
        const seat = {
          ...processSeat(transport),
          clock: () => 0,
          until: async (at: number) => void delays[rank].push(at),
        }
        return measurePoint({ ...POINT, warmup: 100, iterations: 300, skew }, seat)
      }),
    )
    return delays
  }

  it('come by delays of their own that do not change from run to run and have the mean asked for', async () => {
    const skew = { kind: 'exp', meanMs: 5, seed: 7 } as const
    const delays = await delaysOf(skew)
    expect(delays).toEqual(await delaysOf(skew))
    expect(delays).not.toEqual(await delaysOf({ ...skew, seed: 8 }))
    expect(new Set(delays.flat()).size).toBe(3 * 400)
    const mean = delays.flat().reduce((sum, delay) => sum + delay, 0) / 1200
    expect(Math.abs(mean - 0.005)).toBeLessThan((4 * 0.005) / Math.sqrt(1200)) // four standard errors
  })

  it('may be one rank alone, and nobody by default', async () => {
    const delays = await delaysOf({ kind: 'rank', rank: 2, ms: 3 })
    expect(delays).toEqual([[], [], Array(400).fill(0.003)])
    expect(await delaysOf({ kind: 'none' })).toEqual([[], [], []])
  })

  it('arrive when their delay is over, and are timed from then on', async () => {
    let now = 0
    const seat = {
      ...processSeat(memoryTransports(1)[0]),
      clock: () => now++,
      until: async (at: number) => {
        now = Math.max(now, at)
      },
    }
    const skew = { kind: 'rank', rank: 0, ms: 100_000 } as const
    const { arrivals, seconds } = await measurePoint({ ...POINT, warmup: 1, iterations: 2, skew }, seat)
    expect(seconds).toEqual([1, 1])
    expect(arrivals).toEqual([202, 304])
  })
})

describe('until the median is known', () => {
  const untilCi = { share: 0.02, iterationsMax: 40, aggregate: 'max' } as const

  /** Measures on two ranks, whose clocks go on by these numbers of seconds from one reading to the next. */
  async function measureUntil(steps: readonly number[], stopAt?: number): Promise<PointResult[]> {
    return Promise.all(
      memoryTransports(2).map((transport) => {
        let now = 0
        let reads = 0
        const clock = (): number => (now += steps[reads++ % steps.length])
        const point = { ...POINT, iterations: 10, untilCi }
        return measurePoint(point, { ...processSeat(transport), clock }, stopAt)
      }),
    )
  }

  it('a steady time ends at the first look, a time that varies goes on to the limit and says so', async () => {
    for (const { seconds, ciReached } of await measureUntil([1])) {
      expect(seconds).toHaveLength(10)
      expect(ciReached).toBe(true)
    }
    const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31]
    for (const { seconds, ciReached, wrong } of await measureUntil(primes)) {
      expect(seconds).toHaveLength(40)
      expect(ciReached).toBe(false)
      expect(wrong).toBe(0)
    }
  })

  it('time that is up ends it on every rank alike', async () => {
    for (const { seconds, ciReached } of await measureUntil([2, 3, 5, 7, 11, 13, 17], 1)) {
      expect(seconds).toHaveLength(10)
      expect(ciReached).toBe(false)
    }
  })

  it('one rank that is late makes all late', async () => {
    const measureUntil = (stopAt: number): Promise<(PointResult | undefined)[]> => {
      const seats = memoryTransports(3).map((transport, rank) => ({ ...processSeat(transport), clock: () => rank }))
      return Promise.all(seats.map((seat) => measurePointInTime(POINT, seat, stopAt)))
    }
    expect(await measureUntil(1)).toEqual([undefined, undefined, undefined])
    expect((await measureUntil(2)).map((result) => result?.seconds)).toEqual(Array(3).fill([0, 0, 0]))
  })
})

describe('pairs of ranks', () => {
  it.each([2, 3, 4, 5, 8, 9])('of %i meet once each, and nobody is in two at once', (rankCount) => {
    const turns = tournament(rankCount)
    expect(turns.flat().sort()).toEqual(allPairsOf(rankCount).sort())
    for (const pairs of turns) {
      expect(new Set(pairs.flat()).size).toBe(2 * Math.floor(rankCount / 2))
    }
  })

  it.each([`${PAIR}0-2`, `${PAIRS}1`])('%s sends there and back, and the twin agrees', async (algorithm) => {
    const results = await measure(4, { algorithm })
    expect(wrongOf(results)).toEqual([0, 0, 0, 0])
    const busy = results.filter(({ wireBytes }) => wireBytes > 0)
    expect(busy.map(({ wireBytes }) => wireBytes)).toEqual(Array(algorithm.startsWith(PAIRS) ? 4 : 2).fill(256))
  })
})

describe('payload buffers', () => {
  it.each(EVERY_ALGORITHM)('of %s are not made once it is warm', async (algorithm) => {
    for (const rankCount of [2, 3, 5]) {
      const results = await measure(rankCount, {
        algorithm,
        elements: 1000,
        warmup: 3,
        iterations: 20,
        ranksPerNode: 2,
      })
      expect(results.map(({ buffersMade }) => buffersMade)).toEqual(Array(rankCount).fill(0))
    }
    // Control: without a warm-up some are.
    const cold = await measure(3, { algorithm, elements: 1000, warmup: 0, iterations: 1 })
    expect(cold.reduce((sum, { buffersMade }) => sum + buffersMade, 0)).toBeGreaterThan(0)
  })
})

it.each([1, 2, 5, 7, 1021])('%i elements, which ranks do not divide, are reduced', async (elements) => {
  for (const algorithm of EVERY_ALGORITHM) {
    expect(wrongOf(await measure(4, { algorithm, elements, place: 'out', sync: 'none', ranksPerNode: 3 }))).toEqual([
      0, 0, 0, 0,
    ])
  }
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
