/**
 * Goal: a rank that has two ways to others loses nothing between them: what comes first, whichever way, is taken first, and
 * a wait that lost the race is still a wait. Both ways are the memory transport here.
 * Left out: the real ways (node-ranks.long.test.ts).
 */
import { describe, expect, it } from 'vitest'
import { MixedTransport } from '../../cluster/wire/mixed-transport.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import type { Transport } from '../../src/reduce/transport/transport.ts'

const tag = { call: 0, round: 0, chunk: 0 }
const payload = { bytes: Uint8Array.of(1, 2), order: '1' }

/** Rank 0 of four; rank 1 is its neighbour, ranks 2 and 3 are not. */
function rankZero(deadlineMs = 5000): { mixed: MixedTransport; shared: Transport[]; grpc: Transport[] } {
  const shared = memoryTransports(4)
  const grpc = memoryTransports(4)
  return { mixed: new MixedTransport(shared[0], grpc[0], (rank) => rank < 2, deadlineMs), shared, grpc }
}

describe('what arrives first', () => {
  it.each([[[1, 2, 3]], [[2, 1, 3]], [[2, 3, 1]], [[3, 2, 1]]])(
    'is told first, whichever way it comes: %j',
    async (arrivals) => {
      const { mixed, shared, grpc } = rankZero()
      const wanted = new Set([1, 2, 3])
      for (const from of arrivals) {
        const first = mixed.firstOf([...wanted]) // both ways wait before anything is there, and one of them goes on waiting
        await (from === 1 ? shared : grpc)[from].send(0, tag, payload)
        expect(await first).toBe(from)
        expect(await mixed.receive(from, tag, 2, () => {})).toBe('1')
        wanted.delete(from)
      }
    },
  )

  it('on one way is told before what came later on the other, though nobody asked in between', async () => {
    const { mixed, shared, grpc } = rankZero()
    const first = mixed.firstOf([1, 2])
    await shared[1].send(0, tag, payload)
    expect(await first).toBe(1)
    await grpc[2].send(0, tag, payload)
    await mixed.receive(1, tag, 2, () => {})
    await shared[1].send(0, { ...tag, round: 1 }, payload)
    expect(await mixed.firstOf([2, 1])).toBe(2)
  })

  it('may be the end of a wait that lost its race before', async () => {
    const { mixed, shared } = rankZero(50)
    await shared[1].send(0, tag, payload)
    expect(await mixed.firstOf([1, 2])).toBe(1)
    await expect(mixed.firstOf([2])).rejects.toMatchObject({ code: 'peer-lost', rank: 0 })
  })
})

it('bytes are counted by the way they went', async () => {
  const { mixed } = rankZero()
  await mixed.send(1, tag, payload)
  await mixed.send(3, tag, { ...payload, bytes: new Uint8Array(5) })
  expect(mixed.bytesByWay).toEqual({ shared: 2, grpc: 5 })
  expect(mixed.bytesSent).toBe(7)
})

it('a wait for another node ends at its deadline, and says for whom', async () => {
  const { mixed, grpc } = rankZero(50)
  await grpc[2].send(0, tag, payload)
  await expect(mixed.receive(2, tag, 2, () => {})).resolves.toBe('1')
  await expect(mixed.receive(2, tag, 2, () => {})).rejects.toMatchObject({
    code: 'peer-lost',
    rank: 0,
    message: 'rank 0 gave up: it waited 50 ms for a payload from rank 2',
  })
})
