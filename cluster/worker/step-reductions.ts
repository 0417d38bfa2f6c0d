import type { Span } from '../../src/core/array-split.ts'
import { exactArithmeticOver } from '../../src/reduce/arithmetic/exact.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import type { BucketMessage } from '../wire/messages.ts'
import type { Reduction } from './exchange.ts'

/** Names an order by its certificate, and spells it out the first time. */
export class OrderReports {
  readonly #certificates = new Map<string, string>()

  report(order: string): { orderCertificate: string; order: string } {
    const known = this.#certificates.get(order)
    if (known !== undefined) return { orderCertificate: known, order: '' }
    const certificate = orderCertificate(order)
    this.#certificates.set(order, certificate)
    return { orderCertificate: certificate, order }
  }
}

/** The all-reduces of one step: bucket after bucket, each as soon as it is there and the one before is done. */
export class StepReductions {
  readonly #reduce: (bucket: Span, index: number) => Promise<Reduction>
  readonly #orders: OrderReports
  readonly #recorder: GradientRecorder | undefined
  readonly #stepStart = performance.now()
  readonly #buckets: BucketMessage[] = []
  #last: Promise<void> = Promise.resolve()

  constructor(
    reduce: (bucket: Span, index: number) => Promise<Reduction>,
    orders: OrderReports,
    recorder?: GradientRecorder,
  ) {
    this.#reduce = reduce
    this.#orders = orders
    this.#recorder = recorder
  }

  /** A bucket has been read back. */
  readonly begin = ({ start, end }: Span): void => {
    const readNs = this.#elapsedNs()
    this.#recorder?.copy({ start, end })
    this.#last = this.#last.then(async () => {
      const reduceStartNs = this.#elapsedNs()
      const { order, addedAt, sendNs, addNs } = await this.#reduce({ start, end }, this.#buckets.length)
      const reduceEndNs = this.#elapsedNs()
      const addedNs = addedAt.map((ms) => (ms - this.#stepStart) * 1e6)
      const times = { readNs, reduceStartNs, reduceEndNs, addedNs, sendNs, addNs }
      this.#buckets.push({ start, end, ...times, ...this.#orders.report(order) })
    })
    this.#last.catch(() => {}) // awaited in finish(); the engine is still at work
  }

  /** Resolves when every bucket that was begun is reduced. @throws {ReducibleError} what `reduce` throws first. */
  async finish(): Promise<{ stepNs: number; buckets: readonly BucketMessage[] }> {
    await this.#last
    return { stepNs: this.#elapsedNs(), buckets: this.#buckets }
  }

  #elapsedNs(): number {
    return (performance.now() - this.#stepStart) * 1e6
  }
}

/** Keeps what the ranks of a node contribute, which their sum then takes the place of. */
export class GradientRecorder {
  readonly #vectors: readonly Float32Array[]
  readonly #copies: readonly Float32Array<ArrayBuffer>[]
  readonly #vectorsPerRank: number
  readonly #words: readonly Uint32Array[] | undefined

  /** @param vectors by rank, then leaf. @param words where contributions are words: of each vector; they are kept rounded. */
  constructor(
    vectors: readonly Float32Array[],
    ranksPerNode: number,
    words: readonly Uint32Array[] | undefined = undefined,
  ) {
    this.#vectors = vectors
    this.#words = words
    this.#vectorsPerRank = vectors.length / ranksPerNode
    const [{ length }] = vectors
    this.#copies = Array.from({ length: ranksPerNode }, () => new Float32Array(this.#vectorsPerRank * length))
  }

  copy({ start, end }: Span): void {
    for (const [index, vector] of this.#vectors.entries()) {
      const leaf = index % this.#vectorsPerRank
      const copy = this.#copies[Math.floor(index / this.#vectorsPerRank)]
      const at = leaf * vector.length
      const words = this.#words?.[index]
      if (words === undefined) copy.set(vector.subarray(start, end), at + start)
      else {
        const exact = exactArithmeticOver(() => ({ words, start }))
        exact.begin(copy.subarray(at + start, at + end)).finish()
      }
    }
  }

  /** f32 little-endian, by rank: its leaves one after the other. */
  get contributions(): Uint8Array[] {
    return this.#copies.map(({ buffer }) => new Uint8Array(buffer))
  }
}
