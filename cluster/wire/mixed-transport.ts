import assert from 'node:assert'
import { ReducibleError } from '../../src/core/errors.ts'
import {
  type BytesByWay,
  type MessageCounts,
  type MoveTag,
  NO_MESSAGES,
  type Payload,
  type Transport,
} from '../../src/reduce/transport/transport.ts'
import { withDeadline } from './deadline.ts'

/**
 * One rank of a node that holds several: to its neighbours by shared memory, to ranks of other nodes by gRPC. What each way
 * asks of payloads holds as it stands; the waits of gRPC get a deadline here, those of shared memory have their own.
 */
export class MixedTransport implements Transport {
  readonly rank: number
  readonly rankCount: number
  readonly #shared: Transport
  readonly #grpc: Transport
  readonly #isNeighbour: (rank: number) => boolean
  readonly #deadlineMs: number
  /** Waits for whatever comes first, one a way: those that lost are still waited for. The oldest stands first. */
  readonly #firsts = new Map<Transport, Promise<{ readonly way: Transport; readonly rank: number }>>()

  /** @param isNeighbour is a rank of this node? */
  constructor(shared: Transport, grpc: Transport, isNeighbour: (rank: number) => boolean, deadlineMs: number) {
    assert(shared.rank === grpc.rank && shared.rankCount === grpc.rankCount)
    this.rank = grpc.rank
    this.rankCount = grpc.rankCount
    this.#shared = shared
    this.#grpc = grpc
    this.#isNeighbour = isNeighbour
    this.#deadlineMs = deadlineMs
  }

  get bytesSent(): number {
    return this.#shared.bytesSent + this.#grpc.bytesSent
  }

  get bytesByWay(): BytesByWay {
    return { shared: this.#shared.bytesSent, grpc: this.#grpc.bytesSent }
  }

  get sendNs(): number {
    return (this.#shared.sendNs ?? 0) + (this.#grpc.sendNs ?? 0)
  }

  get buffersMade(): number {
    return (this.#shared.buffersMade ?? 0) + (this.#grpc.buffersMade ?? 0)
  }

  get messages(): MessageCounts {
    return this.#grpc.messages ?? NO_MESSAGES
  }

  send(to: number, tag: MoveTag, payload: Payload): Promise<void> {
    const way = this.#wayTo(to)
    return this.#inTime(way, way.send(to, tag, payload), `rank ${to} to take a payload`)
  }

  receive(
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string> {
    const way = this.#wayTo(from)
    return this.#inTime(way, way.receive(from, tag, byteLength, take), `a payload from rank ${from}`)
  }

  async firstOf(ranks: readonly number[]): Promise<number> {
    for (const [way, its] of Map.groupBy(ranks, (rank) => this.#wayTo(rank))) {
      if (this.#firsts.has(way)) continue
      const what = `anything from ranks ${its.join(', ')}`
      const first = this.#inTime(way, way.firstOf(its), what).then((rank) => ({ way, rank }))
      first.catch(() => {}) // heard by the call that it wins
      this.#firsts.set(way, first)
    }
    const { way, rank } = await Promise.race(this.#firsts.values())
    this.#firsts.delete(way)
    assert(ranks.includes(rank), 'whoever was waited for before still is')
    return rank
  }

  #wayTo(rank: number): Transport {
    return this.#isNeighbour(rank) ? this.#shared : this.#grpc
  }

  #inTime<T>(way: Transport, waiting: Promise<T>, what: string): Promise<T> {
    if (way === this.#shared) return waiting
    const overdue = (): ReducibleError =>
      new ReducibleError('peer-lost', `rank ${this.rank} gave up: it waited ${this.#deadlineMs} ms for ${what}`, {
        rank: this.rank,
      })
    return withDeadline(waiting, this.#deadlineMs, overdue)
  }
}
