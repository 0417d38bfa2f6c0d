import type { MoveTag, Payload, Transport } from './transport.ts'

/** How long a rank has been at its all-reduces; what is left of their time was waited. */
export interface TransportTime {
  /** Laying out and handing over what was sent. */
  readonly sendNs: number
  /** Adding or storing what came. */
  readonly addNs: number
}

/** A transport whose own work, and that of whoever takes what it brings, is timed. */
export class TimedTransport implements Transport {
  readonly rank: number
  readonly rankCount: number
  readonly #timed: Transport
  #addNs = 0

  constructor(timed: Transport) {
    this.rank = timed.rank
    this.rankCount = timed.rankCount
    this.#timed = timed
  }

  get bytesSent(): number {
    return this.#timed.bytesSent
  }

  /** So far. */
  get spent(): TransportTime {
    return { sendNs: this.#timed.sendNs ?? 0, addNs: this.#addNs }
  }

  /** Since an earlier `spent`. */
  spentSince(before: TransportTime): TransportTime {
    const { sendNs, addNs } = this.spent
    return { sendNs: sendNs - before.sendNs, addNs: addNs - before.addNs }
  }

  send(to: number, tag: MoveTag, payload: Payload): Promise<void> {
    return this.#timed.send(to, tag, payload)
  }

  receive(
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string> {
    return this.#timed.receive(from, tag, byteLength, (piece, atByte) => {
      const began = performance.now()
      take(piece, atByte)
      this.#addNs += (performance.now() - began) * 1e6
    })
  }

  firstOf(ranks: readonly number[]): Promise<number> {
    return this.#timed.firstOf(ranks)
  }
}
