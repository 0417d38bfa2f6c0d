import { arraySplit } from '../core/array-split.ts'
import type { Move } from '../reduce/schedule.ts'
import { MoveLists, MoveTable, NONE } from './move-table.ts'
import type { Network } from './network.ts'
import { OverlapTest } from './overlap.ts'
import type { Pass } from './passes.ts'

/**
 * The all-reduces of a step over a network, in bytes alone: what the executor of src/reduce does on every rank, without the
 * values. Rounds are asked for when the first rank comes to them and forgotten when the last has left them, so that memory is
 * bounded by how far ranks drift apart.
 */
export class TimedRanks {
  readonly #network: Network
  readonly #passes: readonly Pass[]
  readonly #moves = new MoveTable()
  /** By rank, virtual nanoseconds: how far it has come. */
  readonly #clock: Float64Array
  /** When all that a rank sends in its round has left. */
  readonly #sent: Float64Array
  /** The round that a rank is in, numbered through all passes; −1: between two. */
  readonly #round: Int32Array
  /** The first and last of what a rank still has to send and to receive, in order. */
  readonly #sends: MoveLists
  readonly #receives: MoveLists
  /** Messages of an arrival-ordered round that have come, and how many of the round are still to be added. */
  readonly #arrived: MoveLists
  readonly #arrivalsLeft: Int32Array
  readonly #overlap: OverlapTest
  #pass = 0
  #passRound = 0
  #rounds = 0
  #moveCount = 0

  /** @param clock by rank: when it begins; afterwards, when it has ended. */
  constructor(network: Network, passes: readonly Pass[], clock: Float64Array) {
    const { nodeCount } = network
    this.#network = network
    this.#passes = passes
    this.#clock = clock
    this.#sent = new Float64Array(nodeCount)
    this.#round = new Int32Array(nodeCount).fill(NONE)
    this.#sends = new MoveLists(nodeCount)
    this.#receives = new MoveLists(nodeCount)
    this.#arrived = new MoveLists(nodeCount)
    this.#arrivalsLeft = new Int32Array(nodeCount)
    this.#overlap = new OverlapTest()
    network.onSegment = (message, bytes, atNs) => this.#take(message, bytes, atNs)
  }

  /** @returns how many moves there were. */
  run(): number {
    for (let rank = 0; rank < this.#network.nodeCount; rank++) this.#goOn(rank)
    while (!this.#network.isQuiet) this.#network.advance()
    const stuck = this.#round.findIndex((round) => round !== NONE)
    if (stuck >= 0) throw new Error(`rank ${stuck} waits for ever in round ${this.#round[stuck]}`)
    return this.#moveCount
  }

  /** Carries a rank as far as what has come allows. */
  #goOn(rank: number): void {
    for (;;) {
      if (this.#round[rank] === NONE && !this.#begin(rank)) return
      if (!this.#merge(rank)) return
      this.#clock[rank] = Math.max(this.#clock[rank], this.#sent[rank])
      this.#round[rank] = NONE
    }
  }

  /** Sends what the next round wants sent. @returns false where there is no further round. */
  #begin(rank: number): boolean {
    const moves = this.#moves
    while (this.#sends.first[rank] === NONE && this.#receives.first[rank] === NONE)
      if (!this.#askForRound()) return false
    const send = this.#sends.first[rank]
    const receive = this.#receives.first[rank]
    const round = Math.min(
      send === NONE ? Number.POSITIVE_INFINITY : moves.round[send],
      receive === NONE ? Number.POSITIVE_INFINITY : moves.round[receive],
    )
    this.#round[rank] = round
    const waits = this.#overlap.isIn(moves, send, receive, round)
    let any = false
    for (;;) {
      const first = this.#sends.first[rank]
      if (first === NONE || moves.round[first] !== round) break
      this.#network.offer(first, moves.to[first], moves.bytes[first])
      this.#sends.removeFirst(rank, moves.nextSend)
      any = true
    }
    this.#sent[rank] = any ? this.#network.sendOffered(rank, this.#clock[rank]) : this.#clock[rank]
    if (waits) this.#clock[rank] = this.#sent[rank]
    if (receive !== NONE && moves.round[receive] === round && moves.isArrival[receive] === 1)
      this.#expectArrivals(rank, round)
    return true
  }

  #expectArrivals(rank: number, round: number): void {
    const moves = this.#moves
    for (;;) {
      const first = this.#receives.first[rank]
      if (first === NONE || moves.round[first] !== round) return
      this.#receives.removeFirst(rank, moves.nextReceive)
      this.#arrivalsLeft[rank]++
    }
  }

  /** Merges what has come of the round, in its order. @returns true where nothing more is to come. */
  #merge(rank: number): boolean {
    const moves = this.#moves
    while (this.#arrivalsLeft[rank] > 0) {
      const move = this.#arrived.first[rank]
      if (move === NONE || !this.#mergeSegments(rank, move)) return false
      this.#arrived.removeFirst(rank, moves.nextArrived)
      this.#arrivalsLeft[rank]--
      moves.giveBack(move)
    }
    for (;;) {
      const move = this.#receives.first[rank]
      if (move === NONE || moves.round[move] !== this.#round[rank]) return true
      if (!this.#mergeSegments(rank, move)) return false
      this.#receives.removeFirst(rank, moves.nextReceive)
      moves.giveBack(move)
    }
  }

  /** @returns true where the message is whole. */
  #mergeSegments(rank: number, move: number): boolean {
    const moves = this.#moves
    for (;;) {
      const segment = moves.firstSegment[move]
      if (segment === NONE) return moves.left[move] === 0 && moves.isSent[move] === 1
      moves.firstSegment[move] = moves.segments.next[segment]
      this.#add(rank, move, moves.segments.bytes[segment], moves.segments.atNs[segment])
      moves.segments.giveBack(segment)
    }
  }

  #add(rank: number, move: number, bytes: number, atNs: number): void {
    const nsPerByte = this.#moves.isAdded[move] === 1 ? this.#network.addNsPerByte[rank] : 0
    this.#clock[rank] = Math.max(this.#clock[rank], atNs) + bytes * nsPerByte
  }

  /** A segment has come: merged where its turn is now, else kept. */
  #take(move: number, bytes: number, atNs: number): void {
    const moves = this.#moves
    const rank = moves.to[move]
    moves.left[move] -= bytes
    if (moves.isSent[move] === 0) {
      moves.isSent[move] = 1
      if (moves.isArrival[move] === 1) this.#arrived.append(rank, move, moves.nextArrived)
    }
    moves.keep(move, bytes, atNs)
    if (this.#round[rank] === moves.round[move]) this.#goOn(rank)
  }

  /** Lists the moves of one more round. @returns false where there is none. */
  #askForRound(): boolean {
    while (this.#pass < this.#passes.length && this.#passRound > this.#passes[this.#pass].schedule.roundCount) {
      this.#pass++
      this.#passRound = 0
    }
    if (this.#pass === this.#passes.length) return false
    const pass = this.#passes[this.#pass]
    if (this.#passRound === 0) this.#listOwnAdditions(pass)
    else this.#listMoves(pass, this.#passRound - 1)
    this.#passRound++
    this.#rounds++
    return true
  }

  #listMoves({ schedule, elements, bytesPerElement }: Pass, round: number): void {
    const { chunkCount } = schedule
    const arrivalOrdered = schedule.isArrivalOrdered?.(round) ?? false
    for (const move of schedule.round(round)) {
      const { from, to, chunk, width } = move
      const { start } = arraySplit(elements, chunkCount, chunk)
      const { end } = arraySplit(elements, chunkCount, chunk + width - 1)
      this.#list(move, (end - start) * bytesPerElement, arrivalOrdered)
      if (from !== to) this.#moveCount++
    }
  }

  /** A rank's additions of its own as messages to itself. */
  #listOwnAdditions({ elements, bytesPerElement, ownAdditions }: Pass): void {
    for (let rank = 0; ownAdditions > 0 && rank < this.#network.nodeCount; rank++) {
      const move = { from: rank, to: rank, chunk: 0, width: 1, kind: 'add' } as const
      for (let i = 0; i < ownAdditions; i++) this.#list(move, elements * bytesPerElement, false)
    }
  }

  #list(move: Move, bytes: number, arrivalOrdered: boolean): void {
    const moves = this.#moves
    const { from, to } = move
    const listed = moves.take(move, bytes, this.#rounds, arrivalOrdered)
    this.#receives.append(to, listed, moves.nextReceive)
    if (from !== to) this.#sends.append(from, listed, moves.nextSend)
    else {
      moves.keep(listed, bytes, 0)
      moves.left[listed] = 0
      moves.isSent[listed] = 1
    }
  }
}
