import type { Span } from '../../src/core/array-split.ts'
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
  readonly #stepStart = performance.now()
  readonly #buckets: BucketMessage[] = []
  #last: Promise<void> = Promise.resolve()

  constructor(reduce: (bucket: Span, index: number) => Promise<Reduction>, orders: OrderReports) {
    this.#reduce = reduce
    this.#orders = orders
  }

  /** A bucket has been read back. */
  readonly begin = ({ start, end }: Span): void => {
    const readNs = this.#elapsedNs()
    this.#last = this.#last.then(async () => {
      const reduceStartNs = this.#elapsedNs()
      const { order, addedAt } = await this.#reduce({ start, end }, this.#buckets.length)
      const reduceEndNs = this.#elapsedNs()
      const addedNs = addedAt.map((ms) => (ms - this.#stepStart) * 1e6)
      this.#buckets.push({ start, end, readNs, reduceStartNs, reduceEndNs, addedNs, ...this.#orders.report(order) })
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
