import assert from 'node:assert'
import { checkPayload, type MoveTag, type Transport } from './transport.ts'

/** All ranks as tasks of one thread: for tests and the twin. Payloads are copied at the send. */
export function memoryTransports(rankCount: number): Transport[] {
  const links = Array.from({ length: rankCount * rankCount }, () => new Link())
  return Array.from({ length: rankCount }, (_, rank) => ({
    rank,
    rankCount,
    async send(to: number, tag: MoveTag, payload: Float32Array): Promise<void> {
      links[rank * rankCount + to].put({ tag, payload: payload.slice() })
    },
    async receive(from, tag, length, take): Promise<void> {
      const { tag: sent, payload } = await links[from * rankCount + rank].take()
      checkPayload(rank, from, tag, length, sent, payload.length)
      take(payload, 0)
    },
  }))
}

interface Sent {
  readonly tag: MoveTag
  readonly payload: Float32Array
}

/** One direction between two ranks. */
class Link {
  readonly #sent: Sent[] = []
  #waiting: ((sent: Sent) => void) | undefined

  put(sent: Sent): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting(sent)
    else this.#sent.push(sent)
  }

  async take(): Promise<Sent> {
    const sent = this.#sent.shift()
    if (sent) return sent
    assert(this.#waiting === undefined, 'one receive at a time')
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }
}
