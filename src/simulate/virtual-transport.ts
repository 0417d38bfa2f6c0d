import assert from 'node:assert'
import { setImmediate } from 'node:timers/promises'
import type { Agreement, Arithmetic } from '../reduce/arithmetic/arithmetic.ts'
import { checkPayload, type MoveTag, type Payload, type Transport } from '../reduce/transport/transport.ts'
import type { Network } from './network.ts'

/** A payload on its way, and what of it has come. */
interface Message {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly tag: MoveTag
  readonly bytes: Uint8Array
  readonly order: string
  /** Segments that have come and are not taken. */
  readonly segments: { readonly bytes: number; readonly atNs: number }[]
  hasCome: boolean
}

/**
 * Ranks that run the executor of src/reduce over a virtual network: real payloads, virtual time. A rank's clock moves on when
 * it merges what has come, when it adds, and when it has to wait for what it sent.
 */
export class VirtualRanks {
  /** By rank, virtual nanoseconds. */
  readonly clock: Float64Array
  readonly #network: Network
  readonly #messages = new Map<number, Message>()
  #nextMessage = 0
  /** By rank. */
  readonly #states: RankState[]

  constructor(network: Network) {
    this.clock = new Float64Array(network.nodeCount)
    this.#network = network
    this.#states = Array.from({ length: network.nodeCount }, () => new RankState(network.nodeCount))
    network.onSegment = (message, bytes, atNs) => this.#take(message, bytes, atNs)
  }

  transport(rank: number): Transport {
    const ranks = this
    const state = this.#states[rank]
    return {
      rank,
      rankCount: this.#network.nodeCount,
      get bytesSent() {
        return state.bytesSent
      },
      async send(to, tag, payload) {
        ranks.#send(rank, to, tag, payload)
      },
      receive: (from, tag, byteLength, take) => ranks.#receive(rank, from, tag, byteLength, take),
      firstOf: (others) => ranks.#firstOf(rank, others),
    }
  }

  /** The same arithmetic on a rank whose additions take virtual time. */
  arithmetic(rank: number, whole: Arithmetic): Arithmetic {
    return timedArithmetic(whole, {
      begin: () => this.settle(rank),
      add: (bytes) => {
        this.#sendAllOf(rank)
        if (this.#states[rank].overwrites) this.#waitForSent(rank)
        this.clock[rank] += bytes * this.#network.addNsPerByte[rank]
      },
    })
  }

  /**
   * Lets the tasks of ranks go on, each until it waits, and moves the network on in between.
   * @param tasks by rank; all end, or one of them fails.
   */
  async run(tasks: readonly Promise<unknown>[]): Promise<void> {
    const all = Promise.all(tasks)
    let isOver = false
    const over = (): void => {
      isOver = true
    }
    all.then(over, over)
    while (!isOver) {
      await setImmediate() // every task has come to where it waits
      if (isOver) break
      this.#sendAll()
      assert(!this.#network.isQuiet, 'ranks wait for what nobody sends')
      const until = this.#network.nextTime + this.#network.lookaheadNs
      do this.#network.advance()
      while (this.#network.nextTime < until)
    }
    await all
    for (const rank of this.#states.keys()) this.settle(rank)
    while (!this.#network.isQuiet) this.#network.advance()
  }

  /** A round of a rank is over: all that it sent in it has left. */
  settle(rank: number): void {
    this.#sendAllOf(rank)
    this.#waitForSent(rank)
    this.#states[rank].overwrites = false
  }

  #send(from: number, to: number, tag: MoveTag, { bytes, order, overwritten = false }: Payload): void {
    const state = this.#states[from]
    this.#enterRound(from, tag)
    state.overwrites ||= overwritten
    state.bytesSent += bytes.length
    if (state.toSend.length === 0) state.sendNs = this.clock[from]
    const id = this.#nextMessage++
    state.toSend.push(id)
    this.#messages.set(id, { id, from, to, tag, bytes: bytes.slice(), order, segments: [], hasCome: false })
  }

  async #receive(
    rank: number,
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string> {
    const state = this.#states[rank]
    this.#enterRound(rank, tag)
    this.#sendAllOf(rank)
    if (state.overwrites) this.#waitForSent(rank)
    const queue = state.inbox[from]
    while (queue.length === 0) await state.woken()
    const [message] = queue
    checkPayload(rank, from, tag, byteLength, message.tag, message.bytes.length)
    for (let at = 0; ; ) {
      while (message.segments.length === 0) await state.woken()
      const { bytes, atNs } = message.segments.shift() ?? assert.fail()
      this.clock[rank] = Math.max(this.clock[rank], atNs)
      take(message.bytes.subarray(at, at + bytes), at)
      at += bytes
      if (at === byteLength) break
    }
    queue.shift()
    state.arrived.splice(state.arrived.indexOf(message), 1)
    this.#messages.delete(message.id)
    return message.order
  }

  async #firstOf(rank: number, ranks: readonly number[]): Promise<number> {
    const state = this.#states[rank]
    for (;;) {
      const first = state.arrived.find(({ from }) => ranks.includes(from))
      if (first) return first.from
      await state.woken()
    }
  }

  #take(id: number, bytes: number, atNs: number): void {
    const message = this.#messages.get(id) ?? assert.fail('a segment of no message')
    const state = this.#states[message.to]
    message.segments.push({ bytes, atNs })
    if (!message.hasCome) {
      message.hasCome = true
      state.inbox[message.from].push(message)
      state.arrived.push(message)
    }
    state.wake()
  }

  /** The first call of a round: the executor has waited for what it sent in the one before. */
  #enterRound(rank: number, { call, round }: MoveTag): void {
    const state = this.#states[rank]
    if (state.call === call && state.round === round) return
    this.settle(rank)
    state.call = call
    state.round = round
  }

  #waitForSent(rank: number): void {
    this.clock[rank] = Math.max(this.clock[rank], this.#states[rank].sentNs)
  }

  #sendAll(): void {
    for (const rank of this.#states.keys()) this.#sendAllOf(rank)
  }

  #sendAllOf(rank: number): void {
    const state = this.#states[rank]
    if (state.toSend.length === 0) return
    for (const id of state.toSend) {
      const { to, bytes } = this.#messages.get(id) ?? assert.fail('a message that is no more')
      this.#network.offer(id, to, bytes.length)
    }
    state.toSend.length = 0
    state.sentNs = this.#network.sendOffered(rank, state.sendNs)
  }
}

class RankState {
  call = -1
  round = -1
  /** Is something of the round overwritten by what it receives? */
  overwrites = false
  /** When it sends what it sends in the round, and when all that has left. */
  sendNs = 0
  sentNs = 0
  bytesSent = 0
  /** Messages of the round that have not been handed to the network. */
  readonly toSend: number[] = []
  /** By sender, in order. */
  readonly inbox: Message[][]
  /** From all senders, in the order they came. */
  readonly arrived: Message[] = []
  #wake: (() => void) | undefined

  constructor(rankCount: number) {
    this.inbox = Array.from({ length: rankCount }, () => [])
  }

  /** Resolves when something more has come. */
  woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  wake(): void {
    this.#wake?.()
  }
}

/** What a rank's clock is told of its sums. */
interface Charges {
  /** An all-reduce begins: all before it is done. */
  readonly begin: () => void
  readonly add: (bytes: number) => void
}

function timedArithmetic(whole: Arithmetic, charges: Charges): Arithmetic {
  const { agreement } = whole
  const timedAgreement: Agreement | undefined = agreement && {
    ...agreement,
    maximum: timedArithmetic(agreement.maximum, charges),
    over: (agreed, terms) => timedArithmetic(agreement.over(agreed, terms), charges),
  }
  return {
    ...whole,
    ...(timedAgreement && { agreement: timedAgreement }),
    begin(vector, workspace) {
      charges.begin()
      const sums = whole.begin(vector, workspace)
      return {
        encode: (start, end) => sums.encode(start, end),
        copy: (bytes, start) => sums.copy(bytes, start),
        finish: () => sums.finish(),
        add(bytes, start) {
          charges.add(bytes.length)
          sums.add(bytes, start)
        },
      }
    },
  }
}
