import { Arrivals } from './arrivals.ts'
import { checkPayload, type MoveTag, type Payload, type Transport } from './transport.ts'

interface Sent {
  readonly tag: MoveTag
  readonly payload: Payload
}

/** All ranks as tasks of one thread: for tests and the twin. Payloads are copied at the send. */
export function memoryTransports(rankCount: number): Transport[] {
  const arrivals = Array.from({ length: rankCount }, () => new Arrivals<Sent>(rankCount))
  return Array.from({ length: rankCount }, (_, rank) => ({
    rank,
    rankCount,
    bytesSent: 0,
    async send(to: number, tag: MoveTag, { bytes, order }: Payload): Promise<void> {
      this.bytesSent += bytes.length
      arrivals[to].put(rank, { tag, payload: { bytes: new Uint8Array(bytes), order } })
    },
    async receive(from, tag, byteLength, take): Promise<string> {
      const { tag: sent, payload } = await arrivals[rank].take(from)
      checkPayload(rank, from, tag, byteLength, sent, payload.bytes.length)
      take(payload.bytes, 0)
      return payload.order
    },
    firstOf: (ranks) => arrivals[rank].firstOf(ranks),
  }))
}
