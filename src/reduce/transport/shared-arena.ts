import assert from 'node:assert'
import { ReducibleError } from '../../core/errors.ts'

/** What an arena has room for. */
export interface ArenaShape {
  readonly rankCount: number
  /** Elements of a rank's vector, the most. */
  readonly capacity: number
  /** Wire bytes of one element, the most: 4 for f32 alone, 8 for every arithmetic. */
  readonly bytesPerElement: number
}

/** What a thread needs to see an arena that another thread made; passes through `postMessage`. */
export interface ArenaHandle {
  readonly shape: ArenaShape
  readonly memory: WebAssembly.Memory
}

/** One letter's place: what it says in the first bytes, then a piece of the order's text. */
export const MAILBOX_BYTES = 1024

// Words that threads wait for lie two cache lines apart: neighbouring lines are fetched in pairs.
const WORD_SPACING = 128
const PAGE = 4096
const WASM_PAGE = 65_536
const WASM_PAGES_MAX = 65_536

/**
 * The memory that the ranks of one node share: a WebAssembly.Memory, so that SIMD code can add in it. In order: control
 * words, one bell a rank, one mailbox for each (from, to), then page-aligned slots of each rank. An address is a byte
 * offset in it. Pages that nobody touches cost nothing.
 *
 * A rank has three slots: its vector; the workspace of arithmetics that do not travel as f32; and a shadow of whichever
 * of the two travels, for payloads that have to be copied.
 */
export class SharedArena implements ArenaHandle {
  readonly shape: ArenaShape
  readonly memory: WebAssembly.Memory
  readonly buffer: ArrayBufferLike
  /** The memory as words that Atomics work on. */
  readonly words: Int32Array
  readonly #slots: number
  readonly #vectorBytes: number
  readonly #wireBytes: number

  /** @throws {ReducibleError} usage: the shape needs more than the 4 GiB a WebAssembly.Memory can have. */
  static allocate(shape: ArenaShape): SharedArena {
    const pages = Math.ceil(layoutOf(shape).byteLength / WASM_PAGE)
    if (pages > WASM_PAGES_MAX) {
      const { rankCount, capacity, bytesPerElement } = shape
      throw new ReducibleError(
        'usage',
        `${rankCount} ranks that share ${capacity} elements each, of up to ${bytesPerElement} wire bytes, need ` +
          `${pages} pages of 64 KiB; a shared memory has at most ${WASM_PAGES_MAX}`,
        { remedy: 'use fewer ranks a node, a smaller vector, or f32 alone' },
      )
    }
    return new SharedArena({ shape, memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) })
  }

  constructor({ shape, memory }: ArenaHandle) {
    this.shape = shape
    this.memory = memory
    this.buffer = memory.buffer
    this.words = new Int32Array(memory.buffer)
    const { slots, vectorBytes, wireBytes } = layoutOf(shape)
    this.#slots = slots
    this.#vectorBytes = vectorBytes
    this.#wireBytes = wireBytes
  }

  get handle(): ArenaHandle {
    return { shape: this.shape, memory: this.memory }
  }

  /** A rank's vector, or its first `length` elements. */
  vector(rank: number, length = this.shape.capacity): Float32Array {
    assert(length <= this.shape.capacity)
    return new Float32Array(this.buffer, this.#slotsOf(rank), length)
  }

  /** Room for a rank's sums in a wire format other than f32. */
  workspace(rank: number, byteLength: number): Uint8Array {
    assert(byteLength <= this.#wireBytes)
    return new Uint8Array(this.buffer, this.#slotsOf(rank) + this.#vectorBytes, byteLength)
  }

  /** Where the copy of a rank's bytes belongs: as far into its shadow as they lie in their slot. */
  shadowOf(rank: number, bytes: Uint8Array): Uint8Array {
    const inSlots = bytes.byteOffset - this.#slotsOf(rank)
    assert(this.holds(bytes) && inSlots >= 0)
    const inSlot = inSlots < this.#vectorBytes ? inSlots : inSlots - this.#vectorBytes
    assert(inSlot + bytes.byteLength <= this.#wireBytes)
    const shadow = this.#slotsOf(rank) + this.#vectorBytes + this.#wireBytes
    return new Uint8Array(this.buffer, shadow + inSlot, bytes.byteLength)
  }

  /** Do these bytes lie in the arena? */
  holds(bytes: Uint8Array | Float32Array | Float64Array): boolean {
    return bytes.buffer === this.buffer
  }

  /** Index in `words` of one of the four control words. */
  controlWord(index: 0 | 1 | 2 | 3): number {
    return (index * WORD_SPACING) / 4
  }

  /** Index in `words` of the word that changes when a rank has something to look at. */
  bellWord(rank: number): number {
    return ((4 + rank) * WORD_SPACING) / 4
  }

  mailboxAddress(from: number, to: number): number {
    return layoutOf(this.shape).mailboxes + (from * this.shape.rankCount + to) * MAILBOX_BYTES
  }

  #slotsOf(rank: number): number {
    assert(rank >= 0 && rank < this.shape.rankCount)
    return this.#slots + rank * (this.#vectorBytes + 2 * this.#wireBytes)
  }
}

function layoutOf({ rankCount, capacity, bytesPerElement }: ArenaShape): {
  mailboxes: number
  slots: number
  vectorBytes: number
  wireBytes: number
  byteLength: number
} {
  assert(rankCount >= 1 && capacity >= 0 && bytesPerElement >= 1)
  const mailboxes = (4 + rankCount) * WORD_SPACING
  const slots = wholePages(mailboxes + rankCount * rankCount * MAILBOX_BYTES)
  const vectorBytes = wholePages(4 * capacity)
  const wireBytes = wholePages(Math.max(4, bytesPerElement) * capacity)
  return { mailboxes, slots, vectorBytes, wireBytes, byteLength: slots + rankCount * (vectorBytes + 2 * wireBytes) }
}

function wholePages(byteLength: number): number {
  return Math.ceil(byteLength / PAGE) * PAGE
}
