import { Arrivals } from './arrivals.ts'
import { checkPayload, type MoveTag, type Payload, type Transport } from './transport.ts'

interface Sent {
  readonly tag: MoveTag
  readonly payload: Payload
}

/** All ranks as tasks of one thread: for tests and the twin. Payloads are copied at the send, into buffers used again. */
export function memoryTransports(rankCount: number): Transport[] {
  const free = new Map<number, Uint8Array[]>()
  const arrivals = Array.from({ length: rankCount }, () => new Arrivals<Sent>(rankCount))
  return Array.from({ length: rankCount }, (_, rank) => ({
    rank,
    rankCount,
    bytesSent: 0,
    buffersMade: 0,
    async send(to: number, tag: MoveTag, { bytes, order }: Payload): Promise<void> {
      this.bytesSent += bytes.length
      let copy = free.get(bytes.length)?.pop()
      if (copy === undefined) {
        copy = new Uint8Array(bytes.length)
        this.buffersMade++
      }
      copy.set(bytes)
      arrivals[to].put(rank, { tag, payload: { bytes: copy, order } })
    },
    async receive(from, tag, byteLength, take): Promise<string> {
      const { tag: sent, payload } = await arrivals[rank].take(from)
      checkPayload(rank, from, tag, byteLength, sent, payload.bytes.length)
      take(payload.bytes, 0)
      const ofSize = free.get(byteLength)
      if (ofSize) ofSize.push(payload.bytes)
      else free.set(byteLength, [payload.bytes])
      return payload.order
    },
    firstOf: (ranks) => arrivals[rank].firstOf(ranks),
  }))
}
