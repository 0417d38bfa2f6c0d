import { MAILBOX_BYTES, type SharedArena } from './shared-arena.ts'
import type { MoveTag } from './transport.ts'

/** What one rank tells another: where a payload lies, which one it is, and a piece of its order's text. */
export interface Letter {
  readonly tag: MoveTag
  /** In the arena. */
  readonly address: number
  readonly byteLength: number
  readonly text: string
  /** False: more text follows in the next letter. */
  readonly isLast: boolean
  /** Numbers the letters of all ranks in the order they were written. */
  readonly stamp: number
}

const TEXT_OFFSET = 64
/** Characters of text that one letter carries. */
export const LETTER_TEXT_MAX = MAILBOX_BYTES - TEXT_OFFSET

const EMPTY = 0
const FULL = 1

/**
 * Room for one letter from one rank to another. Only the sender fills it and only the receiver empties it, so the state
 * word orders every other access: plain writes before the store, plain reads after the load.
 */
export class SharedMailbox {
  readonly #state: Int32Array
  readonly #fields: Uint32Array
  readonly #text: Buffer

  constructor(arena: SharedArena, from: number, to: number) {
    const { buffer } = arena
    const address = arena.mailboxAddress(from, to)
    this.#state = new Int32Array(buffer, address, 1)
    this.#fields = new Uint32Array(buffer, address + 4, 8)
    this.#text = Buffer.from(buffer, address + TEXT_OFFSET, LETTER_TEXT_MAX)
  }

  isEmpty(): boolean {
    return Atomics.load(this.#state, 0) === EMPTY
  }

  fill({ tag, address, byteLength, text, isLast, stamp }: Letter): void {
    const { call, round, chunk } = tag
    this.#fields.set([call, round, chunk, address, byteLength, stamp, isLast ? 1 : 0, text.length])
    this.#text.write(text, 'latin1')
    Atomics.store(this.#state, 0, FULL)
  }

  /** The letter, if there is one; it stays until `empty`. */
  read(): Letter | undefined {
    if (this.isEmpty()) return undefined
    const [call, round, chunk, address, byteLength, stamp, isLast, textLength] = this.#fields
    const text = this.#text.toString('latin1', 0, textLength)
    return { tag: { call, round, chunk }, address, byteLength, stamp, isLast: isLast === 1, text }
  }

  empty(): void {
    Atomics.store(this.#state, 0, EMPTY)
  }
}
