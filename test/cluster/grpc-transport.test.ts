// Goal: over real gRPC on loopback an all-reduce gives the bits of the memory transport; what comes out of turn, from a
// peer that is gone, or by a pull that is not of this trial is refused by name. Left out: several processes (the
// end-to-end tests), speed (bench/).
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import {
  Client,
  type ClientReadableStream,
  credentials,
  Server,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { DEFAULT_EXCHANGE, listenOnLoopback } from '../../cluster/wire/channel.ts'
import { GrpcTransport } from '../../cluster/wire/grpc-transport.ts'
import { exchangeService, PULL_METHOD, type PullRequest } from '../../cluster/wire/messages.ts'
import { decodeSegment, encodeSegment } from '../../cluster/wire/segment.ts'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { rankProgram, sourcesOf } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { bitsOf, reduceAll, wideVectors } from '../reduce/vectors.ts'

const TRIAL = 'grpc.seed-0'
const ALGORITHMS = ['ring', 'rank-order']

/** All ranks of a trial in this process, connected as the algorithm needs it, and closed with the stack. */
async function ranksOf(
  stack: AsyncDisposableStack,
  algorithm: string,
  rankCount: number,
  options = DEFAULT_EXCHANGE,
): Promise<GrpcTransport[]> {
  const ranks = Array.from({ length: rankCount }, (_, rank) =>
    stack.use(new GrpcTransport(TRIAL, rank, rankCount, options)),
  )
  const addresses = await Promise.all(ranks.map((rank) => rank.listen()))
  const schedule = scheduleOf(algorithm, rankCount)
  for (const transport of ranks)
    transport.connect(addresses, sourcesOf(rankProgram(schedule, transport.rank), transport.rank))
  return ranks
}

describe.each(ALGORITHMS)('%s over gRPC', (algorithm) => {
  it.each([1, 2, 3, 4, 5])('gives %i ranks the bits of the memory transport, call after call', async (rankCount) => {
    await using stack = new AsyncDisposableStack()
    const schedule = scheduleOf(algorithm, rankCount)
    const ranks = await ranksOf(stack, algorithm, rankCount)
    const memory = memoryTransports(rankCount)
    for (const [call, length] of [0, 1, rankCount, 1000].entries()) {
      const vectors = wideVectors(rankCount, length)
      const want = await reduceAll(schedule, memory, vectors, call)
      expect((await reduceAll(schedule, ranks, vectors, call)).map(bitsOf)).toEqual(want.map(bitsOf))
    }
  })

  it('cuts a chunk longer than one segment and puts it together again', async () => {
    await using stack = new AsyncDisposableStack()
    const schedule = scheduleOf(algorithm, 2)
    const vectors = wideVectors(2, 700_001)
    expect(700_001 / schedule.chunkCount).toBeGreaterThan(DEFAULT_EXCHANGE.segmentBytes / 4)
    const ranks = await ranksOf(stack, algorithm, 2)
    const [want] = (await reduceAll(schedule, memoryTransports(2), vectors)).map(bitsOf)
    for (const result of await reduceAll(schedule, ranks, vectors)) {
      expect(Buffer.compare(Buffer.from(bitsOf(result).buffer), Buffer.from(want.buffer))).toBe(0)
    }
    // Two halves each in a ring, one whole vector each in rank order.
    expect(ranks.map(({ bytesSent }) => bytesSent)).toEqual([2_800_004, 2_800_004])
  })
})

describe('segments', () => {
  const small = { segmentBytes: 4096, windowBytes: 65_535, connections: 1 }

  it.each([
    ['over one connection', small],
    ['over two', { ...small, connections: 2 }],
    ['over five', { ...small, connections: 5 }],
    ['longer than a chunk', { ...small, segmentBytes: 1 << 22, connections: 3 }],
  ])('%s give the bits of the memory transport, call after call', async (_, options) => {
    for (const algorithm of ['ring', 'bcube:2', 'all-pairs']) {
      await using stack = new AsyncDisposableStack()
      const ranks = await ranksOf(stack, algorithm, 3, options)
      const memory = memoryTransports(3)
      for (const [call, length] of [1, 20_000, 0, 50_001].entries()) {
        const vectors = wideVectors(3, length)
        const got = await reduceAll(scheduleOf(algorithm, 3), ranks, vectors, call)
        const want = await reduceAll(scheduleOf(algorithm, 3), memory, vectors, call)
        expect(got.map((result) => sha256OfFloats(result))).toEqual(want.map((result) => sha256OfFloats(result)))
      }
    }
  })

  it('are taken by whoever came first, over several connections too', async () => {
    await using stack = new AsyncDisposableStack()
    const ranks = await ranksOf(stack, 'arrival', 3, { ...small, connections: 2 })
    for (let call = 0; call < 5; call++) {
      const results = await reduceAll(scheduleOf('arrival', 3), ranks, wideVectors(3, 5000), call)
      expect(new Set(results.map((result) => sha256OfFloats(result))).size).toBe(1)
    }
  })

  it('of two payloads to one rank never mix, though neither send was awaited', async () => {
    await using stack = new AsyncDisposableStack()
    const [rank0, rank1] = await ranksOf(stack, 'ring', 2, { ...small, connections: 2 })
    const tags = [0, 1, 2].map((chunk) => ({ call: 0, round: 0, chunk }))
    const payloads = tags.map((_, i) => new Uint8Array(50_000 + i).fill(i + 1))
    const sending = tags.map((tag, i) => rank1.send(0, tag, { bytes: payloads[i], order: '1' }))
    for (const [i, tag] of tags.entries()) {
      const got = new Uint8Array(payloads[i].length)
      await rank0.receive(1, tag, got.length, (piece, at) => got.set(piece, at))
      expect(Buffer.compare(got, payloads[i])).toBe(0)
    }
    await Promise.all(sending)
  })

  it('are laid out in buffers that are not made again once a rank is warm, and are counted', async () => {
    await using stack = new AsyncDisposableStack()
    const ranks = await ranksOf(stack, 'ring', 2, small)
    const schedule = scheduleOf('ring', 2)
    let call = 0
    const reduceTimes = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) await reduceAll(schedule, ranks, wideVectors(2, 20_000), call++)
    }
    await reduceTimes(1)
    const warm = ranks.map(({ buffersMade }) => buffersMade)
    expect(Math.min(...warm)).toBeGreaterThan(0)
    const before = ranks[0].messages
    await reduceTimes(20)
    expect(ranks.map(({ buffersMade }) => buffersMade)).toEqual(warm)
    const { sent, received, bytesSent, bytesReceived } = ranks[0].messages
    // Two rounds of 40,000 bytes in segments of 4096.
    expect([sent - before.sent, received - before.received]).toEqual([400, 400])
    expect(bytesSent - before.bytesSent).toBeGreaterThan(20 * 80_000)
    expect(bytesReceived).toBe(bytesSent)
  })
})

describe('a payload over gRPC', () => {
  const due = { call: 5, round: 0, chunk: 0 }

  async function rankZeroGets(tag: typeof due, length: number): Promise<{ taken: number[]; order: string }> {
    await using stack = new AsyncDisposableStack()
    const [rank0, rank1] = await ranksOf(stack, 'ring', 2)
    const taken: number[] = []
    await rank1.send(0, tag, { bytes: new Uint8Array(length).fill(7), order: '(0 1)*3;1' })
    const order = await rank0.receive(1, due, 8, (piece) => taken.push(...piece))
    return { taken, order }
  }

  it('that is due is taken, and its order with it', async () => {
    expect(await rankZeroGets(due, 8)).toEqual({ taken: Array(8).fill(7), order: '(0 1)*3;1' })
  })

  it.each([
    ['of another all-reduce', { ...due, call: 4 }, 8],
    ['of another round', { ...due, round: 1 }, 8],
    ['of another chunk', { ...due, chunk: 1 }, 8],
    ['too short', due, 7],
    ['too long', due, 9],
    ['of nothing', due, 0],
  ])('%s is refused, naming both ranks', async (_, tag, length) => {
    await expect(rankZeroGets(tag, length)).rejects.toMatchObject({
      code: 'payload-mismatch',
      rank: 0,
      message: expect.stringMatching(/^rank 0 got .* from rank 1, want /),
    })
  })
})

describe('a peer that goes away', () => {
  const tag = { call: 0, round: 0, chunk: 0 }

  /** Two ranks of which rank 1 can be lost, after a first exchange in both directions. */
  async function acquaintedRanks(stack: AsyncDisposableStack): Promise<GrpcTransport[]> {
    const ranks = await ranksOf(stack, 'ring', 2)
    await reduceAll(scheduleOf('ring', 2), ranks, wideVectors(2, 2))
    return ranks
  }

  it('fails the rank that waits for it', async () => {
    await using stack = new AsyncDisposableStack()
    const [rank0, rank1] = await acquaintedRanks(stack)
    const waiting = rank0.receive(1, tag, 1, () => {})
    await Promise.all([
      expect(waiting).rejects.toMatchObject({
        code: 'peer-lost',
        rank: 0,
        message: expect.stringContaining('rank 0 lost rank 1'),
      }),
      rank1[Symbol.asyncDispose](),
    ])
    await expect(rank0.receive(1, tag, 1, () => {})).rejects.toMatchObject({ code: 'peer-lost' })
  })

  it.each([4, 4 * DEFAULT_EXCHANGE.segmentBytes])('fails the rank that keeps sending it %i bytes', async (length) => {
    await using stack = new AsyncDisposableStack()
    const [rank0, rank1] = await acquaintedRanks(stack)
    const sendForEver = async (): Promise<never> => {
      for (;;) {
        await rank0.send(1, tag, { bytes: new Uint8Array(length), order: '0' })
        await setImmediate() // a send may end without waiting, and the loss is told by the event loop
      }
    }
    await Promise.all([
      expect(sendForEver()).rejects.toMatchObject({
        code: 'peer-lost',
        rank: 0,
        message: expect.stringContaining('rank 0 lost rank 1'),
      }),
      rank1[Symbol.asyncDispose](),
    ])
  })
})

it('a source at which nobody listens is a lost peer', async () => {
  await using stack = new AsyncDisposableStack()
  const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
  const gone = new GrpcTransport(TRIAL, 1, 2)
  const addresses = [await rank0.listen(), await gone.listen()]
  await gone[Symbol.asyncDispose]()
  rank0.connect(addresses, [1])
  await expect(rank0.receive(1, { call: 0, round: 0, chunk: 0 }, 1, () => {})).rejects.toMatchObject({
    code: 'peer-lost',
    rank: 0,
  })
})

describe('a peer that is a plain gRPC server', () => {
  const tag = { call: 0, round: 0, chunk: 0 }

  type PlainSegment = readonly [from: number, atByte: number, bytes: readonly number[], order?: string]

  /** What rank 0 gets of four bytes when rank 1 answers its pull with these segments and then ends. */
  async function rankZeroGets(...segments: PlainSegment[]): Promise<{ taken: number[]; order: string }> {
    await using stack = new AsyncDisposableStack()
    const server = new Server()
    stack.defer(() => server.forceShutdown())
    server.addService(exchangeService, {
      pull(call: ServerWritableStream<PullRequest, Buffer>) {
        for (const [fromRank, atByte, bytes, order = ''] of segments) {
          const header = { fromRank, ...tag, atByte, moveBytes: 4 }
          call.write(encodeSegment(Buffer.alloc(1000), { header, payload: Uint8Array.from(bytes), order }))
        }
        call.end()
      },
    })
    const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
    rank0.connect(['nowhere', await listenOnLoopback(server)], [1])
    const taken: number[] = []
    const order = await rank0.receive(1, tag, 4, (piece, at) => taken.splice(at, 0, ...piece))
    return { taken, order }
  }

  it('is a peer if it keeps to the protocol, however it cuts a chunk', async () => {
    const want = { taken: [1, 2, 3, 4], order: '(1 2)' }
    expect(await rankZeroGets([1, 0, [1, 2, 3, 4], '(1 2)'])).toEqual(want)
    expect(await rankZeroGets([1, 0, [1], '(1 2)'], [1, 1, [2, 3]], [1, 3, [4]])).toEqual(want)
  })

  it.each<[string, PlainSegment[]]>([
    ['says it is another rank', [[2, 0, [1, 2, 3, 4]]]],
    [
      'leaves bytes out',
      [
        [1, 0, [1]],
        [1, 2, [3, 4]],
      ],
    ],
    [
      'repeats bytes',
      [
        [1, 0, [1, 2]],
        [1, 1, [2, 3]],
      ],
    ],
    [
      'sends more bytes than there are',
      [
        [1, 0, [1, 2, 3]],
        [1, 3, [4, 5]],
      ],
    ],
  ])('is refused when it %s', async (_, segments) => {
    await expect(rankZeroGets(...segments)).rejects.toMatchObject({
      code: 'payload-mismatch',
      rank: 0,
      message: expect.stringContaining('on the stream from rank 1'),
    })
  })

  it('is refused when it sends what was taken once more, or late', async () => {
    await using stack = new AsyncDisposableStack()
    const server = new Server()
    stack.defer(() => server.forceShutdown())
    const header = { fromRank: 1, ...tag, atByte: 0, moveBytes: 4 }
    server.addService(exchangeService, {
      pull(call: ServerWritableStream<PullRequest, Buffer>) {
        const payload = Uint8Array.of(1, 2, 3, 4)
        for (let i = 0; i < 2; i++) call.write(encodeSegment(Buffer.alloc(1000), { header, payload, order: '1' }))
      },
    })
    const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
    rank0.connect(['nowhere', await listenOnLoopback(server)], [1])
    await expect(rank0.receive(1, tag, 4, () => {})).resolves.toBe('1')
    await expect(rank0.receive(1, { ...tag, call: 1 }, 4, () => {})).rejects.toMatchObject({
      code: 'payload-mismatch',
      message: expect.stringMatching(/^rank 0 got all-reduce 0, .* from rank 1, want all-reduce 1, /),
    })
  })

  it.each([0, 3, 50, 200])('is refused when it sends %i bytes that are no segment', async (length) => {
    await using stack = new AsyncDisposableStack()
    const server = new Server()
    stack.defer(() => server.forceShutdown())
    server.addService(exchangeService, {
      pull: (call: ServerWritableStream<PullRequest, Buffer>) => void call.write(Buffer.alloc(length, 0xa5)),
    })
    const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
    rank0.connect(['nowhere', await listenOnLoopback(server)], [1])
    await expect(rank0.receive(1, tag, 4, () => {})).rejects.toMatchObject({
      code: 'payload-mismatch',
      rank: 0,
      message: `rank 0 got ${length} bytes that are not a segment, from rank 1`,
    })
  })

  it('is lost when it ends within a chunk', async () => {
    await expect(rankZeroGets([1, 0, [1, 2, 3]])).rejects.toMatchObject({
      code: 'peer-lost',
      message: 'rank 0 lost rank 1: its stream ended',
    })
  })
})

describe('a pull by a plain gRPC client', () => {
  const right: PullRequest = { trial: TRIAL, fromRank: 0, toRank: 1, connection: 0 }
  const tag = { call: 0, round: 0, chunk: 0 }

  /** Opens a pull at rank 0. */
  function pull(stack: AsyncDisposableStack, address: string, request: PullRequest): ClientReadableStream<Buffer> {
    const client = new Client(address, credentials.createInsecure())
    stack.defer(() => client.close())
    const { path, requestSerialize, responseDeserialize } = PULL_METHOD
    const deadline = Date.now() + 30_000
    const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, { deadline })
    return stream.on('error', () => {}) // every pull ends in one, the last of all when rank 0 shuts down
  }

  it('is served once, and the same pull again is refused', async () => {
    await using stack = new AsyncDisposableStack()
    const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
    const address = await rank0.listen()
    const [[segment]] = await Promise.all([
      once(pull(stack, address, right), 'data'),
      rank0.send(1, tag, { bytes: Uint8Array.of(1, 2), order: '0' }),
    ])
    const { header, payload, order } = decodeSegment(segment)
    expect({ header, payload: [...payload], order }).toEqual({
      header: { fromRank: 0, ...tag, atByte: 0, moveBytes: 2 },
      payload: [1, 2],
      order: '0',
    })
    await expect(once(pull(stack, address, right), 'data')).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
  })

  it.each([
    ['of another trial', { ...right, trial: 'other' }],
    ['from another rank', { ...right, fromRank: 1 }],
    ['by a rank that does not exist', { ...right, toRank: 2 }],
    ['over a connection that does not exist', { ...right, connection: 1 }],
  ])('%s is refused, naming what was asked', async (_, request) => {
    await using stack = new AsyncDisposableStack()
    const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
    const { trial, fromRank, toRank, connection } = request
    await expect(once(pull(stack, await rank0.listen(), request), 'data')).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: `rank 0 of trial ${TRIAL} refuses pull ${connection} of rank ${fromRank} by rank ${toRank} of trial ${trial}`,
    })
  })

  it.each([1, 4 * DEFAULT_EXCHANGE.segmentBytes])(
    'that stops fails the rank that goes on sending it %i bytes',
    async (length) => {
      await using stack = new AsyncDisposableStack()
      const rank0 = stack.use(new GrpcTransport(TRIAL, 0, 2))
      const stream = pull(stack, await rank0.listen(), right)
      stream.once('data', () => stream.cancel())
      const sendForEver = async (): Promise<never> => {
        for (;;) await rank0.send(1, tag, { bytes: new Uint8Array(length), order: '0' })
      }
      await expect(sendForEver()).rejects.toMatchObject({
        code: 'peer-lost',
        rank: 0,
        message: expect.stringContaining('rank 0 lost rank 1'),
      })
    },
  )
})
