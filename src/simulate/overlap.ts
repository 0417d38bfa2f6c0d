import { doubled } from './doubled.ts'
import { type MoveTable, NONE } from './move-table.ts'

/** Pairs of moves that are compared one by one; beyond, chunks are marked. */
const PAIRS_MAX = 4096

/** Does a rank overwrite in a round what it sends in it? Then it merges nothing before all has left, as the executor does. */
export class OverlapTest {
  /** By chunk, the last test that found it sent. */
  #marks = new Float64Array(1)
  #test = 0

  /** @param send first of the rank's sends. @param receive first of its receives. */
  isIn(moves: MoveTable, send: number, receive: number, round: number): boolean {
    const sends = count(moves, send, moves.nextSend, round)
    const receives = count(moves, receive, moves.nextReceive, round)
    if (sends * receives <= PAIRS_MAX) return this.#byPairs(moves, send, receive, round)
    return this.#byMarks(moves, send, receive, round)
  }

  #byPairs(
    { nextSend, nextReceive, chunk, width, round: roundOf }: MoveTable,
    send: number,
    receive: number,
    round: number,
  ): boolean {
    for (let a = send; a !== NONE && roundOf[a] === round; a = nextSend[a]) {
      for (let b = receive; b !== NONE && roundOf[b] === round; b = nextReceive[b]) {
        if (chunk[a] < chunk[b] + width[b] && chunk[b] < chunk[a] + width[a]) return true
      }
    }
    return false
  }

  #byMarks(
    { nextSend, nextReceive, chunk, width, round: roundOf }: MoveTable,
    send: number,
    receive: number,
    round: number,
  ): boolean {
    this.#test++
    for (let a = send; a !== NONE && roundOf[a] === round; a = nextSend[a]) {
      for (let c = chunk[a]; c < chunk[a] + width[a]; c++) this.#mark(c)
    }
    for (let b = receive; b !== NONE && roundOf[b] === round; b = nextReceive[b]) {
      for (let c = chunk[b]; c < chunk[b] + width[b]; c++) if (this.#marks[c] === this.#test) return true
    }
    return false
  }

  #mark(chunk: number): void {
    while (chunk >= this.#marks.length) this.#marks = doubled(this.#marks)
    this.#marks[chunk] = this.#test
  }
}

function count({ round: roundOf }: MoveTable, first: number, next: Int32Array, round: number): number {
  let length = 0
  for (let move = first; move !== NONE && roundOf[move] === round; move = next[move]) length++
  return length
}
