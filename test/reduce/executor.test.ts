// Goal: the executor leaves every rank with the same bits, those of the stated order with one f32 rounding per addition,
// and refuses what a peer sends out of turn. Left out: the schedules themselves (schedules.test.ts) and gRPC
// (test/cluster/grpc-transport.test.ts).
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { f32Arithmetic } from '../../src/reduce/arithmetic/f32.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram, type Schedule } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import type { Transport } from '../../src/reduce/transport/transport.ts'
import { bitsOf, reduceAll, wideVectors } from './vectors.ts'

const RANK_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16]

/** The rank whose contribution to element i comes first; the others follow in rank order, around the ring. */
const FIRST_RANK = {
  'rank-order': (_i: number, _length: number, _rankCount: number) => 0,
  // The first (length mod P) chunks are one longer than the rest; chunk c starts at rank c + 1.
  ring: (i: number, length: number, rankCount: number) => {
    const short = Math.floor(length / rankCount)
    const inLongChunks = (length % rankCount) * (short + 1)
    const chunk =
      i < inLongChunks ? Math.floor(i / (short + 1)) : (length % rankCount) + Math.floor((i - inLongChunks) / short)
    return (chunk + 1) % rankCount
  },
}
type ChainAlgorithm = keyof typeof FIRST_RANK
const ALGORITHMS = Object.keys(FIRST_RANK) as ChainAlgorithm[]

/** What the docstrings promise, element by element, without chunks, rounds or moves. */
function reference(algorithm: ChainAlgorithm, vectors: readonly Float32Array[]): Float32Array {
  const rankCount = vectors.length
  return vectors[0].map((_, i, { length }) => {
    const first = FIRST_RANK[algorithm](i, length, rankCount)
    let sum = vectors[first][i]
    for (let k = 1; k < rankCount; k++) sum = Math.fround(sum + vectors[(first + k) % rankCount][i])
    return sum
  })
}

function reduceInMemory(algorithm: ChainAlgorithm, vectors: readonly Float32Array[]): Promise<Float32Array[]> {
  return reduceAll(scheduleOf(algorithm, vectors.length), memoryTransports(vectors.length), vectors)
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const grid = RANK_COUNTS.flatMap((n) =>
    [...new Set([0, 1, n - 1, n, n + 1, 1000])].map((length) => [n, length] as const),
  )
  it.each(grid)('over %i ranks gives %i elements the bits of its order, on every rank', async (rankCount, length) => {
    const vectors = wideVectors(rankCount, length)
    const want = bitsOf(reference(algorithm, vectors))
    for (const result of await reduceInMemory(algorithm, vectors)) expect(bitsOf(result)).toEqual(want)
  })

  it('can be called again and again over the same transports', async () => {
    const schedule = scheduleOf(algorithm, 3)
    const transports = memoryTransports(3)
    for (let call = 0; call < 3; call++) {
      const vectors = wideVectors(3, 10 + call)
      const want = bitsOf(reference(algorithm, vectors))
      for (const result of await reduceAll(schedule, transports, vectors, call)) expect(bitsOf(result)).toEqual(want)
    }
  })
})

it('a chunk that is sent and added to in the same round leaves as it was before, however late the sending starts', async () => {
  const swap: Schedule = {
    algorithm: 'swap',
    rankCount: 2,
    chunkCount: 1,
    roundCount: 1,
    round: () => [
      { from: 0, to: 1, chunk: 0, width: 1, kind: 'add' },
      { from: 1, to: 0, chunk: 0, width: 1, kind: 'add' },
    ],
    isLink: () => true,
  }
  const [lateRank, rank1] = memoryTransports(2)
  const late: Transport = {
    ...lateRank,
    async send(to, tag, payload) {
      await setImmediate()
      return lateRank.send(to, tag, payload)
    },
  }
  const results = await reduceAll(swap, [late, rank1], [Float32Array.of(1), Float32Array.of(10)])
  expect(results).toEqual([Float32Array.of(11), Float32Array.of(11)])
})

describe('the order of addition', () => {
  const vectors = wideVectors(4, 1000)
  const sum = async (order: readonly number[]): Promise<Uint32Array> =>
    bitsOf(
      (
        await reduceInMemory(
          'rank-order',
          order.map((rank) => vectors[rank]),
        )
      )[0],
    )

  it('shows in the bits', async () => {
    const [ring] = await reduceInMemory('ring', vectors)
    expect(bitsOf(ring)).not.toEqual(await sum([0, 1, 2, 3]))
    expect(await sum([3, 2, 1, 0])).not.toEqual(await sum([0, 1, 2, 3]))
  })

  it('does not show where only the first two change places: addition commutes', async () => {
    expect(await sum([1, 0, 2, 3])).toEqual(await sum([0, 1, 2, 3]))
  })
})

describe('values at the edges of f32', () => {
  const TINY = 2 ** -149
  const HUGE = 3.4028234663852886e38
  const { NaN: NAN, POSITIVE_INFINITY: INFINITY } = Number
  const cases: readonly [a: number, b: number, sum: number][] = [
    [NAN, 1, NAN],
    [INFINITY, 1, INFINITY],
    [-INFINITY, HUGE, -INFINITY],
    [INFINITY, -INFINITY, NAN],
    [HUGE, HUGE, INFINITY],
    [-0, -0, -0],
    [-0, 0, 0],
    [1, -1, 0],
    [TINY, TINY, 2 * TINY],
    [TINY, -TINY, 0],
    [2 ** -126, -TINY, 2 ** -126 - TINY],
    [1, 2 ** -24, 1],
    [1, 3 * 2 ** -24, 1 + 2 ** -22],
  ]
  it.each(ALGORITHMS)('are added by %s as IEEE 754 says', async (algorithm) => {
    const a = Float32Array.from(cases, ([value]) => value)
    const b = Float32Array.from(cases, ([, value]) => value)
    const want = cases.map(([, , sum]) => sum)
    for (const result of await reduceInMemory(algorithm, [a, b])) expect([...result]).toEqual(want)
    for (const result of await reduceInMemory(algorithm, [b, a])) expect([...result]).toEqual(want)
  })

  it('keep their bits on a rank of its own', async () => {
    const values = Float32Array.of(-0, TINY, -TINY, INFINITY, NAN)
    const [result] = await reduceInMemory('ring', [values])
    expect(bitsOf(result)).toEqual(bitsOf(values))
  })
})

describe('a payload', () => {
  /** Rank 0 of two, in rank order, waits for rank 1's whole vector of 8 in round 0 of all-reduce 5. */
  async function rankZeroGets(tag: { call: number; round: number; chunk: number }, length: number): Promise<void> {
    const schedule = scheduleOf('rank-order', 2)
    const [rank0, rank1] = memoryTransports(2)
    await rank1.send(0, tag, { bytes: new Uint8Array(4 * length), order: '1' })
    await allReduce(schedule, f32Arithmetic, rankProgram(schedule, 0), rank0, 5, new Float32Array(8))
  }
  const due = { call: 5, round: 0, chunk: 0 }

  it('that is due is taken', async () => {
    await rankZeroGets(due, 8)
  })

  it.each([
    ['of another all-reduce', { ...due, call: 4 }, 8],
    ['of another round', { ...due, round: 1 }, 8],
    ['of another chunk', { ...due, chunk: 1 }, 8],
    ['too short', due, 7],
    ['too long', due, 9],
    ['of nothing', due, 0],
  ])('%s is refused, naming both ranks, what came and what was due', async (_, tag, length) => {
    await expect(rankZeroGets(tag, length)).rejects.toMatchObject({
      code: 'payload-mismatch',
      rank: 0,
      message:
        `rank 0 got all-reduce ${tag.call}, round ${tag.round}, chunk ${tag.chunk}, ${length * 4} bytes from rank 1, ` +
        'want all-reduce 5, round 0, chunk 0, 32 bytes',
    })
  })
})
