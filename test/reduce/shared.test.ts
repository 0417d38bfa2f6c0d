// Goal: ranks that are threads of one node give the twin's bits, and whatever goes wrong among them ends in an error that
// names the rank, never in a hang. Left out: speed (`bench` prints it), and more ranks than 8.

import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, test } from 'vitest'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { PLAIN_LOOPS } from '../../src/reduce/arithmetic/exact.ts'
import { ARITHMETIC_NAMES, ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import type { MeasuredPoint } from '../../src/reduce/measure.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { SharedTransport } from '../../src/reduce/transport/shared.ts'
import { SharedArena } from '../../src/reduce/transport/shared-arena.ts'
import { arenaArithmetic, arenaLoops } from '../../src/reduce/transport/shared-arithmetic.ts'
import { LETTER_TEXT_MAX } from '../../src/reduce/transport/shared-mailbox.ts'
import { openSharedRanks, SharedRanks } from '../../src/reduce/transport/shared-pool.ts'
import { SharedSignals } from '../../src/reduce/transport/shared-signals.ts'
import { compileAdd } from '../../src/reduce/transport/wasm/generate.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'
import type { GrowthTask } from './fixtures/shared-growth.ts'

const ALGORITHMS = ['ring', 'all-pairs', 'halving-doubling', 'recursive-doubling', 'double-binary-tree', 'rank-order']

const POINT: MeasuredPoint = {
  algorithm: 'ring',
  arithmetic: 'f32',
  elements: 64,
  warmup: 0,
  iterations: 2,
  place: 'in',
  check: true,
  ranksPerNode: 1,
}

/** The digest and the certificate that the twin gives every rank. */
async function wantedOf({ algorithm, arithmetic, elements }: MeasuredPoint, rankCount: number) {
  const inputs = Array.from({ length: rankCount }, (_, rank) => roundingInput(rank, elements))
  const { results, order } = await reduceInProcess(scheduleOf(algorithm, rankCount), arithmetic, inputs)
  const common = { wrong: 0, orderCertificate: orderCertificate(order) }
  return { order, byRank: results.map((result) => ({ ...common, digest: sha256OfFloats(result) })) }
}

test.each([1, 2, 3, 4, 5, 8])('%i threads give the bits and the order of the twin', async (rankCount) => {
  const arena = SharedArena.allocate({ rankCount, capacity: 1000, bytesPerElement: 8 })
  await using ranks = new SharedRanks(arena, rankCount, 20_000)
  const vectors = Array.from({ length: rankCount }, (_, rank) => arena.vector(rank).fill(7))
  for (const elements of [...new Set([0, 1, rankCount - 1, rankCount, rankCount + 1, 1000])].sort((a, b) => a - b)) {
    for (const algorithm of ALGORITHMS) {
      for (const arithmetic of ARITHMETIC_NAMES) {
        const place = elements % 2 === 0 ? 'in' : 'out'
        const point = { ...POINT, elements, algorithm, arithmetic, place } as const
        const { byRank } = await wantedOf(point, rankCount)
        expect(await ranks.measure(point)).toMatchObject(byRank)
        expect(vectors.map((vector) => sha256OfFloats(vector.subarray(0, elements)))).toEqual(
          byRank.map(({ digest }) => digest),
        )
        expect(vectors.every((vector) => vector.subarray(elements).every((value) => value === 7))).toBe(true)
      }
    }
  }
})

test('what arrives first is added first, and the twin that adds in the witnessed order has the same bits', async () => {
  await using ranks = openSharedRanks({ rankCount: 4, capacity: 64 })
  const results = await ranks.measure({ ...POINT, algorithm: 'arrival', iterations: 20 })
  expect(results.map(({ wrong }) => wrong)).toEqual([0, 0, 0, 0])
  expect(new Set(results.map(({ digest }) => digest)).size).toBe(1)
})

test('an order longer than a letter arrives whole', async () => {
  // Rank 0 or rank 1 adds first, by turns, so that no two neighbours share a tree; then rank 2 tells all in one move.
  const chunks = Array.from({ length: 300 }, (_, chunk) => chunk)
  const whole = { chunk: 0, width: 300, kind: 'copy' }
  const rounds = [
    chunks.map((chunk) => ({ from: chunk % 2, to: 2, chunk, kind: 'add' })),
    chunks.map((chunk) => ({ from: 1 - (chunk % 2), to: 2, chunk, kind: 'add' })),
    [0, 1].map((to) => ({ ...whole, from: 2, to })),
  ]
  const folder = await mkdtemp(join(tmpdir(), 'schedule-'))
  try {
    const algorithm = `schedule:${join(folder, 'schedule.json')}`
    await writeFile(join(folder, 'schedule.json'), JSON.stringify({ rankCount: 3, chunkCount: 300, rounds }))
    await using ranks = openSharedRanks({ rankCount: 3, capacity: 600, deadlineMs: 5000 })
    const point = { ...POINT, algorithm, elements: 600 }
    const { order, byRank } = await wantedOf(point, 3)
    expect(order.length).toBeGreaterThan(LETTER_TEXT_MAX)
    expect(await ranks.measure(point)).toMatchObject(byRank)
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('memory for buffers', () => {
  const elements = 1 << 17

  /** By rank, then all-reduce: bytes that the thread's buffers grew by. */
  async function growthOf(algorithm: string, rankCount: number, copies: boolean): Promise<number[][]> {
    const { handle } = SharedArena.allocate({ rankCount, capacity: elements, bytesPerElement: 4 })
    const file = new URL('fixtures/shared-growth.ts', import.meta.url)
    return Promise.all(
      Array.from({ length: rankCount }, async (_, rank) => {
        const task: GrowthTask = { handle, rank, algorithm, warmup: 3, iterations: 5, copies }
        const [growth] = (await once(new Worker(file, { workerData: task }), 'message')) as [number[]]
        return growth
      }),
    )
  }

  it.each(['ring', 'halving-doubling', 'recursive-doubling', 'rank-order'])(
    'does not grow by a payload in an all-reduce by %s',
    async (algorithm) => {
      const smallestPayload = (4 * elements) / 4
      for (const growth of (await growthOf(algorithm, 4, false)).flat())
        expect(growth).toBeLessThan(smallestPayload / 4)
    },
  )

  it('grows where each all-reduce copies its vector: the control', async () => {
    const growth = (await growthOf('ring', 2, true)).flat()
    expect(Math.max(...growth)).toBeGreaterThanOrEqual(4 * elements)
  })
})

test('the checked-in add.wasm is what its source compiles to', async () => {
  const fresh = join(import.meta.dirname, `add-${process.pid}.wasm`)
  try {
    compileAdd(fresh)
    const checkedIn = join(import.meta.dirname, '../../src/reduce/transport/wasm/add.wasm')
    expect(await readFile(fresh)).toEqual(await readFile(checkedIn))
  } finally {
    await rm(fresh, { force: true })
  }
})

test.each([0, 1, 3, 15, 16, 17, 4096, 4099])('SIMD code adds and copies %i values as the loop does', (count) => {
  const arena = SharedArena.allocate({ rankCount: 2, capacity: 4200, bytesPerElement: 4 })
  const simd = arenaArithmetic(ARITHMETICS.f32, arena, 0)
  for (const start of [0, 1, 2, 3]) {
    for (const operation of ['add', 'copy'] as const) {
      const terms = arena.vector(1).subarray(1, 1 + count)
      terms.set(wideValues(count, 1))
      const got = arena.vector(0)
      got.set(wideValues(got.length, 2))
      const want = got.slice()
      simd.begin(got)[operation](bytesOf(terms), start)
      ARITHMETICS.f32.begin(want)[operation](bytesOf(terms.slice()), start)
      expect(sha256OfFloats(got)).toBe(sha256OfFloats(want))
    }
  }
})

test.each([0, 1, 3, 4, 15, 16, 17, 4099])(
  'SIMD code for `exact` does to %i values what the plain loops do',
  (count) => {
    const arena = SharedArena.allocate({ rankCount: 2, capacity: 4200, bytesPerElement: 16 })
    const loops = arenaLoops(arena)
    const doubles = (rank: 0 | 1, start: number): Float64Array<ArrayBuffer> =>
      new Float64Array(arena.buffer as ArrayBuffer, arena.workspace(rank, 0).byteOffset + 8 * start, count)
    for (const start of [0, 1, 2]) {
      const values = arena.vector(0).subarray(start, start + count)
      values.set(wideValues(count, start))
      if (count > 2) values[1] = Number.NaN
      expect(loops.rangeOf(values)).toEqual(PLAIN_LOOPS.rangeOf(values))
      const limbs = doubles(0, start)
      for (const scale of [1, 2 ** 149, 2 ** -40]) {
        const want = new Float64Array(count)
        loops.widen(values, limbs, scale)
        PLAIN_LOOPS.widen(values, want, scale)
        expect(limbs).toEqual(want)
        const terms = doubles(1, 3)
        terms.set(limbs.toReversed())
        loops.add(limbs, 0, terms)
        PLAIN_LOOPS.add(want, 0, terms.slice())
        expect(limbs).toEqual(want)
        const [narrowed, wanted] = [arena.vector(1).subarray(1, 1 + count), new Float32Array(count)]
        loops.narrow(limbs, narrowed, 1 / scale)
        PLAIN_LOOPS.narrow(want, wanted, 1 / scale)
        expect([...narrowed]).toEqual([...wanted])
        loops.copy(limbs, 0, terms)
        expect(limbs).toEqual(terms)
      }
    }
  },
)

test('an operand outside of the arena is added too', () => {
  const arena = SharedArena.allocate({ rankCount: 1, capacity: 3, bytesPerElement: 4 })
  const sums = arenaArithmetic(ARITHMETICS.f32, arena, 0).begin(arena.vector(0))
  sums.copy(bytesOf(Float32Array.of(1, 2, 3)), 0)
  sums.add(bytesOf(Float32Array.of(10, 20)), 1)
  expect([...arena.vector(0)]).toEqual([1, 12, 23])
})

test.each([
  { what: 'another round', round: 3, byteLength: 16 },
  { what: 'another size', round: 2, byteLength: 12 },
])('a payload of $what is refused by a message that names both ranks', async ({ round, byteLength }) => {
  const { arena, transports } = ranksOfThisThread(2)
  const bytes = bytesOf(arena.vector(1, 4))
  const sending = transports[1].send(0, { call: 0, round: 2, chunk: 0 }, { bytes, order: '1' })
  const refused = transports[0].receive(1, { call: 0, round, chunk: 0 }, byteLength, () => {})
  await expect(refused).rejects.toMatchObject({ code: 'payload-mismatch', rank: 0 })
  await expect(refused).rejects.toThrow(/rank 0 got .* round 2, chunk 0, 16 bytes from rank 1/)
  // Control: it is still there for who asks rightly.
  await expect(transports[0].receive(1, { call: 0, round: 2, chunk: 0 }, 16, () => {})).resolves.toBe('1')
  await sending
})

test('a rank that never sends ends the wait of the others at their deadline', async () => {
  const { arena, transports } = ranksOfThisThread(2, 50)
  const schedule = scheduleOf('rank-order', 2)
  const arithmetic = arenaArithmetic(ARITHMETICS.f32, arena, 0)
  const waiting = allReduce(schedule, arithmetic, rankProgram(schedule, 0), transports[0], 0, arena.vector(0))
  await expect(waiting).rejects.toMatchObject({ code: 'peer-lost', rank: 0 })
  await expect(waiting).rejects.toThrow(/rank 0 gave up: it waited 50 ms for .* from rank 1/)
})

test('a rank that gives up ends the wait of the others before their deadline', async () => {
  const { arena, transports } = ranksOfThisThread(3, 60_000)
  new SharedSignals(arena, 1, 60_000).abandon()
  const waiting = transports[0].receive(2, { call: 0, round: 0, chunk: 0 }, 4, () => {})
  await expect(waiting).rejects.toThrow('rank 0 gave up: rank 1 failed')
})

test('ranks that wait without blocking may share a thread, and give the bits and the order of the twin', async () => {
  const rankCount = 4
  for (const algorithm of [...ALGORITHMS, 'arrival']) {
    const { arena, transports } = ranksOfThisThread(rankCount, 20_000, { waiting: 'async' })
    const schedule = scheduleOf(algorithm, rankCount)
    const inputs = transports.map((_, rank) => roundingInput(rank, 8))
    inputs.forEach((input, rank) => void arena.vector(rank).set(input))
    const reduceAs = async (transport: SharedTransport, rank: number): Promise<string> => {
      const arithmetic = arenaArithmetic(ARITHMETICS.f32, arena, rank)
      const order = await allReduce(schedule, arithmetic, rankProgram(schedule, rank), transport, 0, arena.vector(rank))
      await transport.flush()
      return order
    }
    const [order] = await Promise.all(transports.map(reduceAs))
    const results = transports.map((_, rank) => sha256OfFloats(arena.vector(rank)))
    if (algorithm === 'arrival') {
      expect(new Set(results).size).toBe(1)
      continue
    }
    const twin = await reduceInProcess(schedule, 'f32', inputs)
    expect({ algorithm, order, results }).toEqual({
      algorithm,
      order: twin.order,
      results: twin.results.map((vector) => sha256OfFloats(vector)),
    })
  }
})

test('a copy whose order fills several letters is sent to its end by a rank that waits for nothing here', async () => {
  const { arena, transports } = ranksOfThisThread(2, 5000, { waiting: 'async' })
  const tag = { call: 0, round: 0, chunk: 0 }
  const order = '(0 1);'.repeat(LETTER_TEXT_MAX)
  await transports[0].send(1, tag, { bytes: bytesOf(arena.vector(0, 4)), order, overwritten: true })
  await expect(transports[1].receive(0, tag, 16, () => {})).resolves.toBe(order)
})

test('ranks of a later node go by their number among all ranks', async () => {
  const { arena, transports } = ranksOfThisThread(2, 50, { waiting: 'async', firstRank: 6, rankCount: 9 })
  expect(transports.map(({ rank, rankCount }) => ({ rank, rankCount }))).toEqual([
    { rank: 6, rankCount: 9 },
    { rank: 7, rankCount: 9 },
  ])
  const tag = { call: 0, round: 0, chunk: 0 }
  arena.vector(1).fill(5)
  const sending = transports[1].send(6, tag, { bytes: bytesOf(arena.vector(1, 1)), order: '7' })
  expect(await transports[0].firstOf([7])).toBe(7)
  const taken: number[] = []
  expect(await transports[0].receive(7, tag, 4, (piece) => void taken.push(...piece))).toBe('7')
  expect(taken).toEqual([...bytesOf(Float32Array.of(5))])
  await sending
  await expect(transports[0].receive(7, tag, 4, () => {})).rejects.toMatchObject({
    rank: 6,
    message: expect.stringMatching(/^rank 6 gave up: it waited 50 ms for .* from rank 7/),
  })
  new SharedSignals(arena, 1, 50, 6).abandon()
  await expect(transports[0].receive(7, tag, 4, () => {})).rejects.toThrow('rank 6 gave up: rank 7 failed')
})

test('a workspace that is given is used in place of the arena', () => {
  const arena = SharedArena.allocate({ rankCount: 1, capacity: 2, bytesPerElement: 8 })
  const arithmetic = arenaArithmetic(ARITHMETICS.f64, arena, 0)
  expect(arena.holds(arithmetic.begin(arena.vector(0)).encode(0, 2))).toBe(true)
  const own = arithmetic.begin(arena.vector(0), new Uint8Array(16))
  expect(arena.holds(own.encode(0, 2))).toBe(false)
})

test('what fails in a thread keeps its code', async () => {
  await using ranks = openSharedRanks({ rankCount: 3, capacity: 8 })
  const failing = ranks.measure({ ...POINT, algorithm: 'no-such', elements: 8 })
  await expect(failing).rejects.toMatchObject({ code: 'usage' })
})

test('a pool of fewer threads than ranks is an error', () => {
  const arena = SharedArena.allocate({ rankCount: 3, capacity: 8, bytesPerElement: 4 })
  expect(() => new SharedRanks(arena, 2, 1000)).toThrow('3 ranks of one node want a thread each (got 2)')
})

test('more memory than WebAssembly has is an error that says how much', () => {
  expect(() => openSharedRanks({ rankCount: 8, capacity: 2 ** 27 })).toThrow(/at most 65536/)
})

interface LocalRanks {
  readonly waiting?: 'blocking' | 'async'
  readonly firstRank?: number
  readonly rankCount?: number
}

/** Ranks whose ends all live in this thread: enough where at most one waits at a time, or all do so without blocking. */
function ranksOfThisThread(
  localCount: number,
  deadlineMs = 5000,
  { waiting = 'blocking', firstRank = 0, rankCount = localCount }: LocalRanks = {},
): { arena: SharedArena; transports: SharedTransport[] } {
  const arena = SharedArena.allocate({ rankCount: localCount, capacity: 8, bytesPerElement: 4 })
  const transports = Array.from({ length: localCount }, (_, local) => {
    const signals = new SharedSignals(arena, local, deadlineMs, firstRank)
    return new SharedTransport(arena, signals, local, { rankCount, waiting })
  })
  return { arena, transports }
}

/** Every kind of f32 value but NaN, whose payload is open: subnormals, zeros and infinities of both signs, all exponents. */
function wideValues(count: number, seed: number): Float32Array {
  const special = [
    0,
    -0,
    1e-45,
    -1e-45,
    1.1754942e-38,
    -1.1754942e-38,
    3.4028235e38,
    -3.4028235e38,
    Infinity,
    -Infinity,
  ]
  const bits = Uint32Array.from({ length: count }, (_, i) => Math.imul(i * 2 + seed, 0x9e3779b1) ^ (i << 13))
  return new Float32Array(bits.buffer).map((value, i) => {
    return i % 3 === seed % 3 || Number.isNaN(value) ? special[(i * seed) % special.length] : value
  })
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
