import assert from 'node:assert'

/**
 * What has arrived at one rank, by the rank it came from, and in which order. One reader; a failure reaches it wherever
 * it waits.
 */
export class Arrivals<T> {
  readonly #queues: { readonly item: T; readonly at: number }[][]
  readonly #failures: (Error | undefined)[]
  #clock = 0
  #wake: (() => void) | undefined

  constructor(rankCount: number) {
    this.#queues = Array.from({ length: rankCount }, () => [])
    this.#failures = Array.from({ length: rankCount }, () => undefined)
  }

  put(from: number, item: T): void {
    this.#queues[from].push({ item, at: this.#clock++ })
    this.#wake?.()
  }

  /** Nothing more comes from this rank. */
  fail(from: number, error: Error): void {
    this.#failures[from] ??= error
    this.#wake?.()
  }

  /** The next item from a rank; at once, without a promise, where it is there. */
  takeNow(from: number): T | undefined {
    return this.#queues[from].shift()?.item
  }

  async take(from: number): Promise<T> {
    await this.firstOf([from])
    const item = this.takeNow(from)
    assert(item !== undefined)
    return item
  }

  /** The rank, among these, whose next item has waited longest; waits for one. */
  async firstOf(ranks: readonly number[]): Promise<number> {
    for (;;) {
      const waiting = ranks.filter((rank) => this.#queues[rank].length > 0)
      if (waiting.length > 0) return waiting.reduce((a, b) => (this.#queues[a][0].at < this.#queues[b][0].at ? a : b))
      const failed = ranks.find((rank) => this.#failures[rank] !== undefined)
      if (failed !== undefined) throw this.#failures[failed]
      assert(this.#wake === undefined, 'one reader at a time')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
