import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { ReducibleError } from '../core/errors.ts'
import { streamKey } from '../core/streams.ts'

/** What order.wasm exports: addresses in bytes, counts in elements. */
interface OrderKernel {
  sequentialSum(values: number, count: number): number
  gatheredSum(values: number, order: number, count: number): number
  drawOrder(order: number, count: number, words: number, key0: number, key1: number): void
  pushedSum(values: number, count: number, window: number, windowSize: number, direction: number): number
}

/** Everything that fits into shared memory at once: arrays, and what a thread needs of its own. */
interface OrderMemoryShape {
  /** Elements of an array. */
  readonly count: number
  /** Arrays held at once. */
  readonly slots: number
  readonly threads: number
}

/** What a worker needs to open the memory of its pool. */
export interface OrderMemoryHandle extends OrderMemoryShape {
  readonly memory: WebAssembly.Memory
}

const HEADER_BYTES = 64
/** Words of the header: threads that have their part; 1 once all should stop. */
const [TAKEN, STOPPED] = [0, 1]
const WORDS_BYTES = 4096
export const LARGEST_WINDOW = 64
const WASM_PAGE = 65_536

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64
const valuesBytes = ({ count }: OrderMemoryShape): number => align(8 * count)
const threadBytes = (shape: OrderMemoryShape): number =>
  valuesBytes(shape) + align(4 * shape.count) + WORDS_BYTES + 8 * LARGEST_WINDOW

/** Shared memory for the arrays and threads of a pool. @throws {ReducibleError} usage: more than 4 GiB. */
export function allocateOrderMemory(shape: OrderMemoryShape): OrderMemoryHandle {
  const bytes = HEADER_BYTES + shape.slots * valuesBytes(shape) + shape.threads * threadBytes(shape)
  const pages = Math.ceil(bytes / WASM_PAGE)
  if (pages > WASM_PAGE) {
    const gigabytes = (bytes / 2 ** 30).toFixed(1)
    throw new ReducibleError(
      'usage',
      `arrays of ${shape.count} elements on ${shape.threads} threads want ${gigabytes} GiB of shared memory (at most 4)`,
      { remedy: 'choose a smaller --count' },
    )
  }
  return { ...shape, memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) }
}

function headerOf({ memory }: OrderMemoryHandle): Int32Array {
  return new Int32Array(memory.buffer, 0, 2)
}

/** Tells every thread to make no more sums: `gathered` and `pushed` throw from now on. */
export function stopSums(handle: OrderMemoryHandle): void {
  Atomics.store(headerOf(handle), STOPPED, 1)
}

// A call is one long loop, which V8 does not leave for better code before it returns: the first order took 24 ms, not 9.
setFlagsFromString('--no-wasm-dynamic-tiering')
const orderModule = new WebAssembly.Module(readFileSync(new URL('wasm/order.wasm', import.meta.url)))

/** Ordered sums of the arrays of a pool, as one of its threads makes them. Every sum starts from its first operand. */
export class OrderedSums {
  /** u32[count]: this thread's order. */
  readonly order: Uint32Array
  /** f64[count]: this thread's room for an array in another order. */
  readonly arranged: Float64Array
  readonly #handle: OrderMemoryHandle
  readonly #kernel: OrderKernel
  readonly #words: number
  readonly #window: number

  /** Takes the next free thread's part of the memory. */
  constructor(handle: OrderMemoryHandle) {
    const { memory, count, slots, threads } = handle
    const thread = Atomics.add(headerOf(handle), TAKEN, 1)
    assert(thread < threads, 'more threads than the memory was made for')
    const start = HEADER_BYTES + slots * valuesBytes(handle) + thread * threadBytes(handle)
    this.#handle = handle
    this.#kernel = new WebAssembly.Instance(orderModule, { env: { memory } }).exports as OrderKernel
    this.arranged = new Float64Array(memory.buffer, start, count)
    this.order = new Uint32Array(memory.buffer, start + valuesBytes(handle), count)
    this.#words = start + valuesBytes(handle) + align(4 * count)
    this.#window = this.#words + WORDS_BYTES
  }

  /** f64[count]: an array that all threads see. */
  values(slot: number): Float64Array {
    const { memory, count } = this.#handle
    return new Float64Array(memory.buffer, HEADER_BYTES + slot * valuesBytes(this.#handle), count)
  }

  /** Draws order `index` of a seed into `order`: uniform over all orders, the same on every machine. */
  drawOrder(seed: number, index: number): void {
    const [key0, key1] = streamKey(seed, 'order', index)
    this.#kernel.drawOrder(this.order.byteOffset, this.order.length, this.#words, key0, key1)
  }

  /** The sum of an array from left to right. @param values lies in the shared memory. */
  sequential(values: Float64Array): number {
    return this.#kernel.sequentialSum(values.byteOffset, values.length)
  }

  /** The sum of an array in `order`. */
  gathered(values: Float64Array): number {
    this.#goOn()
    return this.#kernel.gatheredSum(values.byteOffset, this.order.byteOffset, values.length)
  }

  /**
   * The sum of `arranged` in an order found on the way: next comes, of the first `window` elements left, the one whose
   * addition is rounded furthest up (direction 1) or down (−1).
   * @param window 1 … LARGEST_WINDOW.
   */
  pushed(window: number, direction: 1 | -1): number {
    assert(window >= 1 && window <= LARGEST_WINDOW)
    this.#goOn()
    const { arranged } = this
    return this.#kernel.pushedSum(arranged.byteOffset, arranged.length, this.#window, window, direction)
  }

  #goOn(): void {
    if (Atomics.load(headerOf(this.#handle), STOPPED) === 1) throw new ReducibleError('interrupted', 'told to stop')
  }
}
