// Goal: every arithmetic gives every rank the same bits, those of its definition in the schedule's order, worked out
// here without chunks or moves. Left out: the orders themselves (schedules.test.ts).
import { describe, expect, it } from 'vitest'
import { arraySplit } from '../../src/core/array-split.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import type { Arithmetic } from '../../src/reduce/arithmetic/arithmetic.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { type ParsedOrder, parseOrder, unpackOrders } from '../../src/reduce/order.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import { bitsOf, evaluate, reduceWitnessed, wideVectors } from './vectors.ts'

const NAMES = Object.keys(ARITHMETICS) as ArithmeticName[]
const RANK_COUNTS = [1, 2, 3, 4, 5, 6, 8]
const LENGTH = 61

async function reduce(
  algorithm: string,
  arithmetic: ArithmeticName,
  vectors: readonly Float32Array[],
): Promise<Float32Array[]> {
  const transports = memoryTransports(vectors.length)
  return (await reduceWitnessed(scheduleOf(algorithm, vectors.length), transports, vectors, ARITHMETICS[arithmetic]))
    .results
}

/** Adds element by element in the order of its chunk. */
function treeSums(
  algorithm: string,
  vectors: readonly Float32Array[],
  sum: (order: ParsedOrder, leaf: (rank: number) => number) => number,
): number[] {
  const schedule = scheduleOf(algorithm, vectors.length)
  const trees = unpackOrders(provenOrder(schedule).order).map(parseOrder)
  const chunkOf = Array.from({ length: schedule.chunkCount }, (_, chunk) => {
    const { start, end } = arraySplit(vectors[0].length, schedule.chunkCount, chunk)
    return Array.from({ length: end - start }, () => chunk)
  }).flat()
  return chunkOf.map((chunk, i) => sum(trees[chunk], (rank) => vectors[rank][i]))
}

const SMALLEST_NORMAL_EXPONENT = { f16: -14, bf16: -126 }
const FRACTION_BITS = { f16: 10, bf16: 7 }
const LARGEST = { f16: 65_504, bf16: (2 - 2 ** -7) * 2 ** 127 }
type NarrowName = keyof typeof FRACTION_BITS

/** The nearest value of a narrow format, ties to even: by division into units of the last place, without bits. */
function nearest(name: NarrowName, value: number): number {
  if (!Number.isFinite(value) || value === 0) return value
  let exponent = Math.floor(Math.log2(Math.abs(value)))
  if (2 ** exponent > Math.abs(value)) exponent--
  const unit = 2 ** (Math.max(exponent, SMALLEST_NORMAL_EXPONENT[name]) - FRACTION_BITS[name])
  const count = Math.abs(value) / unit
  const low = Math.floor(count)
  const rounded = count - low > 0.5 || (count - low === 0.5 && low % 2 === 1) ? low + 1 : low
  const magnitude = rounded * unit > LARGEST[name] ? Number.POSITIVE_INFINITY : rounded * unit
  return value < 0 ? -magnitude : magnitude
}

/** What a value becomes when it travels. */
function sent(arithmetic: Arithmetic, values: readonly number[]): Float32Array {
  const there = arithmetic.begin(Float32Array.from(values))
  const result = new Float32Array(values.length)
  const here = arithmetic.begin(result)
  here.copy(there.encode(0, values.length), 0)
  here.finish()
  return result
}

describe.each(NAMES)('%s', (name) => {
  it.each(EVERY_ALGORITHM)('gives every rank of %s the same bits', async (algorithm) => {
    for (const rankCount of RANK_COUNTS) {
      for (const length of [0, 1, LENGTH]) {
        const [first, ...others] = (await reduce(algorithm, name, wideVectors(rankCount, length))).map(bitsOf)
        for (const other of others) expect(other).toEqual(first)
      }
    }
  })

  it('puts as many bytes on the wire as it says', () => {
    const arithmetic = ARITHMETICS[name]
    const sums = arithmetic.begin(new Float32Array(10))
    expect(sums.encode(3, 10).byteLength).toBe(7 * arithmetic.bytesPerElement)
  })

  it('works in memory that is lent, of any content', () => {
    const arithmetic = ARITHMETICS[name]
    const lent = new Uint8Array(16 + 10 * arithmetic.bytesPerElement).fill(0xff).subarray(8, -8)
    const [values, terms] = wideVectors(2, 10)
    const results = [undefined, lent].map((workspace) => {
      const result = values.slice()
      const sums = arithmetic.begin(result, workspace)
      sums.add(arithmetic.begin(terms.slice()).encode(0, 10), 0)
      sums.encode(0, 10)
      sums.finish()
      return bitsOf(result)
    })
    expect(results[1]).toEqual(results[0])
  })

  it('carries NaN and infinities, and keeps the sign of a zero', async () => {
    const { NaN: NAN, POSITIVE_INFINITY: INFINITY } = Number
    const cases = [
      [NAN, 1, NAN],
      [INFINITY, 1, INFINITY],
      [-INFINITY, 1, -INFINITY],
      [INFINITY, INFINITY, INFINITY],
      [INFINITY, -INFINITY, NAN],
      [-0, -0, -0],
      [-0, 0, 0],
      [1, -1, 0],
    ]
    for (const algorithm of ['ring', 'rank-order', 'all-pairs', 'recursive-doubling']) {
      const [a, b, want] = [0, 1, 2].map((column) => cases.map((row) => row[column]))
      for (const vectors of [
        [a, b],
        [b, a],
      ]) {
        for (const result of await reduce(
          algorithm,
          name,
          vectors.map((v) => Float32Array.from(v)),
        )) {
          expect([...result]).toEqual(want)
        }
      }
    }
  })
})

describe.each(EVERY_ALGORITHM)('over %s', (algorithm) => {
  it.each(RANK_COUNTS)('%i ranks, f32 rounds once per addition', async (rankCount) => {
    const vectors = wideVectors(rankCount, LENGTH)
    const want = treeSums(algorithm, vectors, (order, leaf) => evaluate(order, leaf, (a, b) => Math.fround(a + b)))
    expect([...(await reduce(algorithm, 'f32', vectors))[0]]).toEqual(want)
  })

  it.each(RANK_COUNTS)('%i ranks, f64 is the f64 sum in the order of the tree, rounded once', async (rankCount) => {
    // Exponents too far apart for f64 to be exact, so that its order shows.
    const vectors = wideVectors(rankCount, LENGTH).map((vector, rank) => vector.map((v) => v * 2 ** (20 * (rank % 3))))
    const want = treeSums(algorithm, vectors, (order, leaf) => Math.fround(evaluate(order, leaf, (a, b) => a + b)))
    expect([...(await reduce(algorithm, 'f64', vectors))[0]]).toEqual(want)
  })

  it.each(RANK_COUNTS)(
    '%i ranks, compensated is within half a unit of the exact sum of one sign',
    async (rankCount) => {
      const vectors = wideVectors(rankCount, LENGTH).map((vector) => vector.map(Math.abs))
      const [result] = await reduce(algorithm, 'compensated', vectors)
      for (const [i, value] of result.entries()) {
        // 24 bits of 2^-12 to 2^12 over at most 8 ranks: f64 is exact.
        const exact = vectors.reduce((sum, vector) => sum + vector[i], 0)
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 ** -24 * exact)
      }
    },
  )
})

it('compensated keeps what f32 loses', async () => {
  const vectors = [1e8, 1, -1e8, 1].map((value) => Float32Array.of(value))
  for (const [algorithm, inF32] of [
    ['rank-order', 1],
    ['recursive-doubling', 0],
  ] as const) {
    expect([...(await reduce(algorithm, 'f32', vectors))[0]]).toEqual([inF32])
    expect([...(await reduce(algorithm, 'compensated', vectors))[0]]).toEqual([2])
    expect([...(await reduce(algorithm, 'f64', vectors))[0]]).toEqual([2])
  }
})

it('a sum beyond f32 stays infinite in f32 and compensated, and comes back in f64', async () => {
  const huge = 3.4028234663852886e38
  const vectors = [huge, huge, -huge].map((value) => Float32Array.of(value))
  const results = await Promise.all(
    (['f32', 'compensated', 'f64'] as const).map((name) => reduce('rank-order', name, vectors)),
  )
  expect(results.map(([[value]]) => value)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, huge])
})

describe.each(['f16', 'bf16'] as const)('%s on the wire', (name) => {
  const arithmetic = ARITHMETICS[name]

  it.each(EVERY_ALGORITHM)('leaves results of %s that the format holds', async (algorithm) => {
    for (const rankCount of [1, 2, 3, 5, 8]) {
      const vectors = wideVectors(rankCount, LENGTH)
      for (const value of (await reduce(algorithm, name, vectors))[0]) expect(nearest(name, value)).toBe(value)
    }
  })

  it.each(RANK_COUNTS)(
    'over %i ranks in rank order rounds each contribution, adds in f32, and rounds the sum',
    async (rankCount) => {
      const [own, ...others] = wideVectors(rankCount, LENGTH)
      const want = own.map((value, i) =>
        nearest(
          name,
          others.reduce((sum, vector) => Math.fround(sum + nearest(name, vector[i])), value),
        ),
      )
      for (const result of await reduce('rank-order', name, [own, ...others])) expect([...result]).toEqual([...want])
    },
  )

  it('rounds every value of the format to itself, every middle to even, and beside the middle to the nearer', () => {
    const values: number[] = []
    for (let bits = 0; bits < 1 << 16; bits++) {
      const decoded = new Float32Array(1)
      const sums = arithmetic.begin(decoded)
      sums.copy(new Uint8Array(Uint16Array.of(bits).buffer), 0)
      if (decoded[0] >= 0 && Number.isFinite(decoded[0])) values.push(decoded[0])
    }
    values.sort((a, b) => a - b)
    expect([values.length, values[0], values.at(-1)]).toEqual([name === 'f16' ? 0x7c01 : 0x7f81, 0, LARGEST[name]])
    const probes = values.flatMap((value, i) => {
      const next = values[i + 1] ?? value + (value - values[i - 1])
      const middle = (value + next) / 2
      return [value, middle, neighbour(middle, -1), neighbour(middle, 1)].map(Math.fround).flatMap((v) => [v, -v])
    })
    const got = sent(arithmetic, probes)
    const wrong = probes.filter((probe, i) => !Object.is(got[i], nearest(name, probe)))
    expect(wrong).toEqual([])
  })

  it.each([
    ['the largest', LARGEST[name], LARGEST[name]],
    ['just below the middle beyond it', neighbour(middleBeyond(name), -1), LARGEST[name]],
    ['the middle beyond it', middleBeyond(name), Number.POSITIVE_INFINITY],
    ['its opposite', -middleBeyond(name), Number.NEGATIVE_INFINITY],
    ['half of the smallest', smallest(name) / 2, 0],
    ['one and a half of the smallest', smallest(name) * 1.5, smallest(name) * 2],
    ['not a number', Number.NaN, Number.NaN],
    ['minus zero', -0, -0],
  ])('makes of %s, %d, %d', (_, value, want) => {
    expect([...sent(arithmetic, [value])]).toEqual([want])
  })

  it('makes every NaN a NaN', () => {
    const nans = new Float32Array(Uint32Array.of(0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff, 0x7fc00000).buffer)
    const result = new Float32Array(nans.length)
    const sums = arithmetic.begin(result)
    sums.copy(arithmetic.begin(nans).encode(0, nans.length), 0)
    expect([...result]).toEqual(Array(nans.length).fill(Number.NaN))
  })
})

function middleBeyond(name: NarrowName): number {
  return LARGEST[name] + (name === 'f16' ? 16 : 2 ** 119)
}

function smallest(name: NarrowName): number {
  return name === 'f16' ? 2 ** -24 : 2 ** -133
}

/** The next f32 above or below a positive f32. */
function neighbour(value: number, step: 1 | -1): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)
  if (bits[0] + step >= 0) bits[0] += step
  return new Float32Array(bits.buffer)[0]
}
