// Goal: `exact` is the exact sum rounded once, against sums of BigInt, for every kind of f32 and whatever order, number of
// ranks and split of the terms; no limb can overflow over 65,536 terms; limbs follow from the range.
// Left out: the kernel that makes words (test/gradient/exact.test.ts).
import { describe, expect, it, test } from 'vitest'
import { SUM_FLAGS, SUM_PLANES, SUM_WORDS } from '../../src/core/exact-words.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import type { Arithmetic } from '../../src/reduce/arithmetic/arithmetic.ts'
import { exactArithmetic, exactArithmeticOver, limbBits, limbCount } from '../../src/reduce/arithmetic/exact.ts'
import { f64Arithmetic } from '../../src/reduce/arithmetic/f64.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { randomFloats, randomWords } from '../gradient/random.ts'
import { exactSum, nearestF32, putUnits, wordsOfSums } from './exact-sums.ts'
import { bitsOf, reduceWitnessed, wideVectors } from './vectors.ts'

const LENGTH = 97
const LARGEST = 3.4028234663852886e38

/** f32[length] of one distribution for each rank. */
type Distribution = (rank: number, length: number) => Float32Array

const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  'of near one': (rank, length) => randomFloats(rank, length, 0.5, 2),
  'of both signs': (rank, length) => randomFloats(rank, length, -1, 1),
  'of 2^±12': (rank, length) => wideVectors(rank + 1, length)[rank],
  'of any finite bits': (rank, length) => finiteOf(randomWords(rank, length)),
  'subnormal, with zeros': (rank, length) =>
    finiteOf(randomWords(rank, length).map((word) => (word % 5 === 0 ? word & 0x80000000 : word & 0x807fffff))),
  'near the largest': (rank, length) => finiteOf(randomWords(rank, length).map((word) => word | 0x7f000000)),
  'that cancel': (rank, length) => {
    const values = finiteOf(randomWords(rank >> 1, length))
    return rank % 2 === 0 ? values : values.map((value) => -value)
  },
  'that cancel but for little': (rank, length) => {
    const values = finiteOf(randomWords(rank >> 2, length))
    if (rank % 2 === 1) return finiteOf(randomWords(rank + 99, length).map((word) => word & 0xbfffffff))
    return rank % 4 === 0 ? values : values.map((value) => -value)
  },
  'with special ones': (rank, length) =>
    randomFloats(rank, length, -1, 1).map((value, i) => {
      const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e-45, LARGEST]
      return randomWords(rank, length)[i] % 8 === 0 ? special[(i + rank) % special.length] : value
    }),
  'all zeros of one sign': (_, length) => new Float32Array(length).fill(-0),
  'zeros of either sign': (rank, length) => Float32Array.from({ length }, (_, i) => (i % (rank + 2) === 0 ? 0 : -0)),
}

function finiteOf(words: Uint32Array): Float32Array {
  const finite = words.map((word) => ((word & 0x7f800000) === 0x7f800000 ? word & 0xff7fffff : word))
  return new Float32Array(finite.buffer)
}

function sumsOf(vectors: readonly Float32Array[]): Float32Array {
  return vectors[0].map((_, i) => exactSum(vectors.map((vector) => vector[i])))
}

async function reduce(algorithm: string, arithmetic: Arithmetic, vectors: readonly Float32Array[]) {
  return (
    await reduceWitnessed(scheduleOf(algorithm, vectors.length), memoryTransports(vectors.length), vectors, arithmetic)
  ).results
}

describe.each(Object.keys(DISTRIBUTIONS))('values %s', (name) => {
  it('come to the exact sum, rounded once, in every order over every number of ranks', async () => {
    for (const algorithm of EVERY_ALGORITHM) {
      for (const rankCount of [1, 2, 3, 4, 7, 8]) {
        const vectors = Array.from({ length: rankCount }, (_, rank) => DISTRIBUTIONS[name](rank, LENGTH))
        const want = bitsOf(sumsOf(vectors))
        for (const result of await reduce(algorithm, exactArithmetic, vectors)) expect(bitsOf(result)).toEqual(want)
      }
    }
  })

  it('come to the same bits however they are dealt to ranks as words, even where a rank has a bit of an element', async () => {
    const terms = Array.from({ length: 12 }, (_, term) => DISTRIBUTIONS[name](term, LENGTH))
    const want = bitsOf(sumsOf(terms))
    for (const rankCount of [1, 2, 3, 5, 12]) {
      const schedule = scheduleOf('ring', rankCount)
      const results = await Promise.all(
        memoryTransports(rankCount).map(async (transport, rank) => {
          const own = terms.filter((_, term) => (term * 7) % rankCount === rank)
          const words = wordsOfSums(Array.from({ length: LENGTH }, (_, i) => own.map((vector) => vector[i])))
          const result = new Float32Array(LENGTH)
          const arithmetic = exactArithmeticOver(() => ({ words, start: 0 }))
          await allReduce(schedule, arithmetic, rankProgram(schedule, rank), transport, 0, result)
          return result
        }),
      )
      for (const result of results) expect(bitsOf(result)).toEqual(want)
    }
  })

  it('are never further from the exact sum than by way of f64', async () => {
    const vectors = Array.from({ length: 8 }, (_, rank) => DISTRIBUTIONS[name](rank, LENGTH))
    const want = sumsOf(vectors)
    const [[exact], [inF64]] = await Promise.all(
      [exactArithmetic, f64Arithmetic].map((arithmetic) => reduce('rank-order', arithmetic, vectors)),
    )
    for (let i = 0; i < LENGTH; i++) {
      if (!Number.isFinite(want[i])) continue
      expect(Math.abs(exact[i] - want[i])).toBeLessThanOrEqual(Math.abs(inF64[i] - want[i]))
    }
  })
})

test('f64 would be another sum where little is left: the inputs show it', async () => {
  const vectors = Array.from({ length: 4 }, (_, rank) => DISTRIBUTIONS['that cancel but for little'](rank, LENGTH))
  const [[exact], [inF64]] = await Promise.all(
    [exactArithmetic, f64Arithmetic].map((arithmetic) => reduce('rank-order', arithmetic, vectors)),
  )
  expect(bitsOf(inF64)).not.toEqual(bitsOf(exact))
})

test('a sum just beside the middle of two f32 values is rounded by what lies 200 bits below', async () => {
  const tiny = 2 ** -149
  for (const [terms, want] of [
    [[1, 2 ** -24], 1],
    [[1, 2 ** -24, tiny], 1 + 2 ** -23],
    [[1, 2 ** -24, -tiny], 1],
    [[1 + 2 ** -23, 2 ** -24], 1 + 2 ** -22],
    [[1 + 2 ** -23, 2 ** -24, -tiny], 1 + 2 ** -23],
    [[-1, -(2 ** -24), -tiny], -1 - 2 ** -23],
    [[2, -(2 ** -24), -tiny], 2 - 2 ** -23],
    [[2, -(2 ** -24)], 2],
    [[2 ** 100, -(2 ** 100), tiny], tiny],
    [[LARGEST, 2 ** 103], Number.POSITIVE_INFINITY],
    [[LARGEST, 2 ** 103, -tiny], LARGEST],
    [[LARGEST, LARGEST, -LARGEST], LARGEST],
    [[2 ** -126, -tiny], 2 ** -126 - tiny],
  ] as const) {
    const vectors = terms.map((value) => Float32Array.of(value))
    expect((await reduce('rank-order', exactArithmetic, vectors)).map(([value]) => value)).toEqual(
      terms.map(() => Math.fround(want)),
    )
  }
})

test('the cancellation probe 1e8, 1, −1e8, 1 is 2 in all 24 placements', async () => {
  const placements = permutations([1e8, 1, -1e8, 1])
  expect(placements).toHaveLength(24)
  for (const placement of placements) {
    const vectors = placement.map((value) => Float32Array.of(value))
    for (const algorithm of ['rank-order', 'recursive-doubling', 'ring']) {
      expect((await reduce(algorithm, exactArithmetic, vectors)).map(([value]) => value)).toEqual([2, 2, 2, 2])
    }
  }
})

describe('limbs', () => {
  it('leave room for every term: 53 bits of f64 hold the sum of limbs', () => {
    for (const terms of [1, 2, 3, 4, 5, 1000, 65_535, 65_536]) {
      expect(terms * (2 ** limbBits(terms) - 1)).toBeLessThan(2 ** 53)
    }
    expect(() => limbBits(65_537)).toThrow('at most 65536 terms')
  })

  it.each([2, 65_536])('of all ones do not round when %i terms of them are added', (terms) => {
    const arithmetic = exactArithmeticOver(() => ({ words: ones(1n), start: 0 }))
    const { over, needs } = arithmetic.agreement ?? expect.unreachable()
    const value = Float32Array.of(0)
    const agreed = over(needs([value]), terms)
    const sums = agreed.begin(value)
    for (let count = 1; count < terms; count *= 2) sums.add(sums.encode(0, 1).slice(), 0)
    const encoded = new Float64Array(sums.encode(0, 1).slice().buffer)
    expect(Math.max(...encoded)).toBeLessThan(2 ** 53)
    expect(encoded[0]).toBe(terms * (2 ** limbBits(terms) - 1))
    const exact = encoded.reduce((sum, limb, k) => sum + (BigInt(limb) << BigInt(k * limbBits(terms))), 0n)
    expect(exact).toBe(((1n << 200n) - 1n) * BigInt(terms))
    sums.finish()
    expect(value[0]).toBe(nearestF32(((1n << 200n) - 1n) * BigInt(terms)))
  })

  it('are as many as the range takes', () => {
    const agreement = exactArithmetic.agreement ?? expect.unreachable()
    const bytesOver = (terms: number, ...values: number[]): number =>
      agreement.over(agreement.needs([Float32Array.from(values)]), terms).bytesPerElement
    expect(bytesOver(2, 1)).toBe(8)
    expect(bytesOver(2, 0, -0, Number.NaN)).toBe(8)
    expect(bytesOver(2)).toBe(8)
    expect(bytesOver(2, 2 ** -14, 2 ** 14)).toBe(8) // 52 bits
    expect(bytesOver(2, 2 ** -14, 2 ** 15)).toBe(16)
    expect(bytesOver(2, 2 ** -149, LARGEST)).toBe(48)
    expect(bytesOver(65_536, 2 ** -149, LARGEST)).toBe(64)
    expect(agreement.bytesPerElementMax(2)).toBe(56) // of words, which a sum of many f32 values may be
    expect(limbCount({ lowest: -149, highest: 128 }, 65_536) * 8).toBe(exactArithmetic.bytesPerElement)
  })

  it('agree over ranks: one limb here, though no rank alone knows it', async () => {
    const vectors = [2 ** -20, 1, 2 ** 20, 3].map((value) => Float32Array.of(value, -value, 0))
    const transports = memoryTransports(4)
    const { results } = await reduceWitnessed(scheduleOf('ring', 4), transports, vectors, exactArithmetic)
    expect([...results[3]]).toEqual([Math.fround(2 ** 20 + 4 + 2 ** -20), -Math.fround(2 ** 20 + 4 + 2 ** -20), 0])
  })
})

test('random sums as words come to what BigInt says, of any size and sign', () => {
  const length = 400
  const draws = randomWords(5, length * 12)
  const units = Array.from({ length }, (_, i) => {
    const size = BigInt(1 + (draws[12 * i] % 290))
    const magnitude = Array.from({ length: 10 }, (_, k) => BigInt(draws[12 * i + 1 + k])).reduce(
      (sum, word) => (sum << 32n) | word,
    )
    const cut = BigInt.asUintN(Number(size), magnitude)
    return draws[12 * i + 11] % 2 === 0 ? cut : -cut
  })
  const words = new Uint32Array(SUM_PLANES * length)
  units.forEach((each, i) => void putUnits(words, i, each))
  words.fill(SUM_FLAGS.notMinusZero, SUM_WORDS * length)
  for (const { start, count } of [
    { start: 0, count: length },
    { start: 10, count: 7 },
    { start: 399, count: 1 },
  ]) {
    const result = new Float32Array(count)
    const arithmetic = exactArithmeticOver(() => ({ words, start }))
    const { over, needs } = arithmetic.agreement ?? expect.unreachable()
    for (const terms of [1, 8, 65_536]) {
      over(needs([result]), terms)
        .begin(result)
        .finish()
      expect([...result]).toEqual(units.slice(start, start + count).map((each) => nearestF32(each) + 0))
    }
  }
})

/** The words of 2^200 − 1, times a factor. */
function ones(factor: bigint): Uint32Array {
  const words = new Uint32Array(SUM_PLANES)
  putUnits(words, 0, ((1n << 200n) - 1n) * factor)
  words[SUM_WORDS] = SUM_FLAGS.notMinusZero
  return words
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}
