import assert from 'node:assert'
import type { SharedArena } from './shared-arena.ts'
import { LETTER_TEXT_MAX, SharedMailbox } from './shared-mailbox.ts'
import type { SharedSignals } from './shared-signals.ts'
import { type BytesByWay, checkPayload, type MoveTag, type Payload, type Transport } from './transport.ts'

interface SharedTransportOptions {
  readonly rankCount?: number
  readonly waiting?: 'blocking' | 'async'
}

/**
 * One rank of a node whose ranks are threads. Nothing is copied: a letter says where the payload lies, and the receiver
 * adds out of the sender's memory. Payloads must lie in the arena.
 *
 * By default the thread sleeps when nothing else is left for it to do, timers and I/O included: no GPU device and no gRPC
 * may live in it. One that waits 'async' goes on with all of that.
 *
 * Ranks are numbered as `signals` numbers them, over all nodes; those of other nodes cannot be reached.
 *
 * @throws {ReducibleError} peer-lost, from every wait: its deadline came, or another rank gave up.
 */
export class SharedTransport implements Transport {
  readonly rank: number
  readonly rankCount: number
  bytesSent = 0
  readonly #arena: SharedArena
  readonly #signals: SharedSignals
  readonly #waiting: 'blocking' | 'async'
  /** By rank within the arena. */
  readonly #inboxes: readonly SharedMailbox[]
  readonly #outboxes: readonly Outbox[]
  #waits: Wait[] = []
  #shadow: { readonly tag: MoveTag; readonly parcels: Parcel[] } | undefined

  /** @param rank within the arena. @param rankCount of all nodes; those of the arena by default. */
  constructor(
    arena: SharedArena,
    signals: SharedSignals,
    rank: number,
    { rankCount = arena.shape.rankCount, waiting = 'blocking' }: SharedTransportOptions = {},
  ) {
    this.rank = signals.firstRank + rank
    this.rankCount = rankCount
    this.#arena = arena
    this.#signals = signals
    this.#waiting = waiting
    const ranks = Array.from({ length: arena.shape.rankCount }, (_, index) => index)
    this.#inboxes = ranks.map((from) => new SharedMailbox(arena, from, rank))
    this.#outboxes = ranks.map((to) => new Outbox(new SharedMailbox(arena, rank, to), to, signals))
  }

  get bytesByWay(): BytesByWay {
    return { shared: this.bytesSent, grpc: 0 }
  }

  async send(to: number, tag: MoveTag, { bytes, order, overwritten }: Payload): Promise<void> {
    assert(this.#arena.holds(bytes), 'a payload lies in the arena')
    this.bytesSent += bytes.byteLength
    if (overwritten) return this.#sendShadow(to, tag, bytes, order)
    const parcel = this.#post(to, tag, bytes, order)
    await this.#untilTrue(() => parcel.isTaken, `rank ${to} to take ${textOf(tag)}`)
  }

  async receive(
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string> {
    const inbox = this.#inboxes[this.#local(from)]
    let order = ''
    return this.#until(
      () => {
        for (let letter = inbox.read(); letter; letter = inbox.read()) {
          order += letter.text
          if (letter.isLast) {
            checkPayload(this.rank, from, tag, byteLength, letter.tag, letter.byteLength)
            take(new Uint8Array(this.#arena.buffer, letter.address, byteLength), 0)
          }
          inbox.empty()
          this.#signals.ring(this.#local(from))
          if (letter.isLast) return order
        }
        return undefined
      },
      `${textOf(tag)} from rank ${from}`,
    )
  }

  firstOf(ranks: readonly number[]): Promise<number> {
    return this.#until(
      () => {
        const letters = ranks.flatMap((from) => {
          const letter = this.#inboxes[this.#local(from)].read()
          return letter ? [{ from, stamp: letter.stamp }] : []
        })
        // Stamps wrap around; their difference does not.
        return letters.sort((a, b) => (a.stamp - b.stamp) | 0)[0]?.from
      },
      `anything from ranks ${ranks.join(', ')}`,
    )
  }

  /** Resolves when the other ranks can take all that was sent without this thread. To be awaited before it does other work. */
  flush(): Promise<void> {
    return this.#untilTrue(() => this.#outboxes.every(({ isWritten }) => isWritten), 'its letters to be read')
  }

  /**
   * Copies the payload, so that the send is over at once. The shadow holds what one round sends: it is overwritten when
   * all of that was taken, and whoever takes it does not wait for this round.
   */
  async #sendShadow(to: number, tag: MoveTag, bytes: Uint8Array, order: string): Promise<void> {
    const earlier = this.#shadow
    if (earlier?.tag.call !== tag.call || earlier.tag.round !== tag.round) {
      await this.#untilTrue(
        () => earlier?.parcels.every(({ isTaken }) => isTaken) ?? true,
        'its last copies to be taken',
      )
      if (this.#shadow === earlier) this.#shadow = { tag, parcels: [] }
    }
    const copy = this.#arena.shadowOf(this.#local(this.rank), bytes)
    copy.set(bytes)
    this.#shadow?.parcels.push(this.#post(to, tag, copy, order))
    // What this rank waits for next may be none of this transport's business, and letters still unwritten are.
    if (this.#waiting === 'async') this.flush().catch(() => {})
  }

  #post(to: number, tag: MoveTag, bytes: Uint8Array, order: string): Parcel {
    const texts = Array.from({ length: Math.max(1, Math.ceil(order.length / LETTER_TEXT_MAX)) }, (_, i) =>
      order.slice(i * LETTER_TEXT_MAX, (i + 1) * LETTER_TEXT_MAX),
    )
    const parcel = { tag, address: bytes.byteOffset, byteLength: bytes.byteLength, texts, isTaken: false }
    this.#outboxes[this.#local(to)].post(parcel)
    return parcel
  }

  #local(rank: number): number {
    return rank - this.#signals.firstRank
  }

  async #untilTrue(condition: () => boolean, what: string): Promise<void> {
    await this.#until(() => (condition() ? true : undefined), what)
  }

  /** Resolves with what `attempt` finds; it is made again whenever another rank has rung. */
  #until<T>(attempt: () => T | undefined, what: string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const settle = (): boolean => {
      try {
        const found = attempt()
        if (found !== undefined) resolve(found)
        return found !== undefined
      } catch (thrown) {
        reject(thrown)
        return true
      }
    }
    if (settle()) return promise
    this.#waits.push({ settle, reject, what, deadline: this.#signals.deadline() })
    if (this.#waits.length > 1) return promise
    if (this.#waiting === 'async') void this.#workAsync()
    else this.#workWhenIdle()
    return promise
  }

  /**
   * A tick that is asked for by a promise comes when every promise that was settled has had its say; one that is asked for
   * by a tick comes before. What still waits then waits for another rank.
   */
  #workWhenIdle(): void {
    queueMicrotask(() => process.nextTick(this.#work))
  }

  /** The loop of the thread: settles waits, and sleeps where none can be settled. */
  readonly #work = (): void => {
    for (;;) {
      const bell = this.#signals.bell()
      if (this.#settleWaits() > 0) {
        if (this.#waits.length > 0) this.#workWhenIdle()
        return
      }
      try {
        const { what, deadline } = this.#nextToExpire()
        if (!this.#signals.sleep(bell, deadline)) throw this.#signals.overdue(what)
      } catch (thrown) {
        this.#rejectWaits(thrown)
        return
      }
    }
  }

  /** The same beside everything else that the thread does, for as long as anything waits. */
  async #workAsync(): Promise<void> {
    while (this.#waits.length > 0) {
      const bell = this.#signals.bell()
      if (this.#settleWaits() > 0) continue
      try {
        const { what, deadline } = this.#nextToExpire()
        if (!(await this.#signals.sleepAsync(bell, deadline))) throw this.#signals.overdue(what)
      } catch (thrown) {
        this.#rejectWaits(thrown)
      }
    }
  }

  /** @returns how many waits are over. */
  #settleWaits(): number {
    for (const outbox of this.#outboxes) outbox.advance()
    const before = this.#waits.length
    this.#waits = this.#waits.filter(({ settle }) => !settle())
    return before - this.#waits.length
  }

  /** The wait whose deadline comes first. @throws {ReducibleError} peer-lost: there is no use in waiting. */
  #nextToExpire(): Wait {
    this.#signals.throwIfAbandoned()
    return this.#waits.reduce((a, b) => (a.deadline <= b.deadline ? a : b))
  }

  #rejectWaits(error: unknown): void {
    const waits = this.#waits
    this.#waits = []
    for (const { reject } of waits) reject(error)
  }
}

interface Wait {
  /** Tries, and says whether it is over. */
  settle(): boolean
  reject(error: unknown): void
  readonly what: string
  /** ms. */
  readonly deadline: number
}

/** A payload on its way: as many letters as its order has pieces of text, one at a time. */
interface Parcel {
  readonly tag: MoveTag
  readonly address: number
  readonly byteLength: number
  /** Those not yet sent. */
  readonly texts: string[]
  isTaken: boolean
}

/** What one rank sends to another, in order. */
class Outbox {
  readonly #mailbox: SharedMailbox
  readonly #to: number
  readonly #signals: SharedSignals
  readonly #parcels: Parcel[] = []

  constructor(mailbox: SharedMailbox, to: number, signals: SharedSignals) {
    this.#mailbox = mailbox
    this.#to = to
    this.#signals = signals
  }

  post(parcel: Parcel): void {
    this.#parcels.push(parcel)
    this.advance()
  }

  /** Has the last letter been written? */
  get isWritten(): boolean {
    return this.#parcels.every(({ texts }) => texts.length === 0)
  }

  /** Sends what there is room for. */
  advance(): void {
    while (this.#parcels.length > 0 && this.#mailbox.isEmpty()) {
      const [parcel] = this.#parcels
      const text = parcel.texts.shift()
      if (text === undefined) {
        parcel.isTaken = true
        this.#parcels.shift()
        continue
      }
      const { tag, address, byteLength, texts } = parcel
      const stamp = this.#signals.nextStamp()
      this.#mailbox.fill({ tag, address, byteLength, text, isLast: texts.length === 0, stamp })
      this.#signals.ring(this.#to)
    }
  }
}

function textOf({ call, round, chunk }: MoveTag): string {
  return `all-reduce ${call}, round ${round}, chunk ${chunk}`
}
