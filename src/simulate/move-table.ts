import type { Move } from '../reduce/schedule.ts'
import { doubled } from './doubled.ts'

/** No move, no segment. */
export const NONE = -1

/** A list of moves for every rank, linked through an array of the table. */
export class MoveLists {
  readonly first: Int32Array
  readonly #last: Int32Array

  constructor(rankCount: number) {
    this.first = new Int32Array(rankCount).fill(NONE)
    this.#last = new Int32Array(rankCount).fill(NONE)
  }

  append(rank: number, move: number, next: Int32Array): void {
    next[move] = NONE
    if (this.first[rank] === NONE) this.first[rank] = move
    else next[this.#last[rank]] = move
    this.#last[rank] = move
  }

  removeFirst(rank: number, next: Int32Array): void {
    this.first[rank] = next[this.first[rank]]
  }
}

/** The moves that somebody has still to make, in arrays that are used again. */
export class MoveTable {
  to = new Int32Array(1024)
  chunk = new Int32Array(1024)
  width = new Int32Array(1024)
  round = new Int32Array(1024)
  isAdded = new Int32Array(1024)
  isArrival = new Int32Array(1024)
  /** Has anything of it come? */
  isSent = new Int32Array(1024)
  bytes = new Float64Array(1024)
  /** Bytes that have not come. */
  left = new Float64Array(1024)
  nextSend = new Int32Array(1024)
  nextReceive = new Int32Array(1024)
  nextArrived = new Int32Array(1024)
  /** What has come and is not merged, in order. */
  firstSegment = new Int32Array(1024)
  lastSegment = new Int32Array(1024)
  readonly segments = new KeptSegments()
  #free = new Int32Array(1024)
  #freeCount = 0
  #made = 0

  take({ to, chunk, width, kind }: Move, bytes: number, round: number, arrivalOrdered: boolean): number {
    const move = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#make()
    this.to[move] = to
    this.chunk[move] = chunk
    this.width[move] = width
    this.round[move] = round
    this.isAdded[move] = kind === 'add' ? 1 : 0
    this.isArrival[move] = arrivalOrdered ? 1 : 0
    this.isSent[move] = 0
    this.bytes[move] = bytes
    this.left[move] = bytes
    this.firstSegment[move] = NONE
    return move
  }

  giveBack(move: number): void {
    this.#free[this.#freeCount++] = move
  }

  /** Keeps a segment until its message is merged. */
  keep(move: number, bytes: number, atNs: number): void {
    const segment = this.segments.take(bytes, atNs)
    if (this.firstSegment[move] === NONE) this.firstSegment[move] = segment
    else this.segments.next[this.lastSegment[move]] = segment
    this.lastSegment[move] = segment
  }

  #make(): number {
    if (this.#made === this.to.length) {
      this.to = doubled(this.to)
      this.chunk = doubled(this.chunk)
      this.width = doubled(this.width)
      this.round = doubled(this.round)
      this.isAdded = doubled(this.isAdded)
      this.isArrival = doubled(this.isArrival)
      this.isSent = doubled(this.isSent)
      this.bytes = doubled(this.bytes)
      this.left = doubled(this.left)
      this.nextSend = doubled(this.nextSend)
      this.nextReceive = doubled(this.nextReceive)
      this.nextArrived = doubled(this.nextArrived)
      this.firstSegment = doubled(this.firstSegment)
      this.lastSegment = doubled(this.lastSegment)
      this.#free = doubled(this.#free)
    }
    return this.#made++
  }
}

class KeptSegments {
  bytes = new Float64Array(1024)
  atNs = new Float64Array(1024)
  next = new Int32Array(1024)
  #free = new Int32Array(1024)
  #freeCount = 0
  #made = 0

  take(bytes: number, atNs: number): number {
    const segment = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#make()
    this.bytes[segment] = bytes
    this.atNs[segment] = atNs
    this.next[segment] = NONE
    return segment
  }

  giveBack(segment: number): void {
    this.#free[this.#freeCount++] = segment
  }

  #make(): number {
    if (this.#made === this.bytes.length) {
      this.bytes = doubled(this.bytes)
      this.atNs = doubled(this.atNs)
      this.next = doubled(this.next)
      this.#free = doubled(this.#free)
    }
    return this.#made++
  }
}
