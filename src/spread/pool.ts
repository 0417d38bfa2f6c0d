import { Piscina } from 'piscina'
import { moduleBeside } from '../core/paths.ts'
import { allocateOrderMemory, type OrderMemoryHandle, stopSums } from './ordered-sums.ts'
import type { DrawnArray, DrawTask, OrdersTask, RandomSums, StatedSums, StatedTask } from './worker.ts'

/** Threads over arrays in shared memory. A slot belongs to one array at a time; whoever asks sees to that. */
export class SpreadPool implements AsyncDisposable {
  readonly threads: number
  readonly slots: number
  readonly #pool: Piscina
  readonly #memory: OrderMemoryHandle

  /**
   * @param count elements of an array.
   * @throws {ReducibleError} usage: more memory than 4 GiB.
   */
  constructor(count: number, threads: number, slots: number) {
    this.threads = threads
    this.slots = slots
    this.#memory = allocateOrderMemory({ count, slots, threads })
    this.#pool = new Piscina({
      filename: moduleBeside(import.meta.url, 'worker'),
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: 1,
      atomics: 'disabled',
      workerData: this.#memory,
    })
  }

  drawArray(task: DrawTask): Promise<DrawnArray> {
    return this.#pool.run(task, { name: 'drawArray' })
  }

  /** Sums of an array in orders of our own stream, a few orders a task. */
  async sumOrders(task: OrdersTask): Promise<RandomSums> {
    const perTask = Math.max(1, Math.ceil(task.orders / (8 * this.threads)))
    const tasks = Array.from({ length: Math.ceil(task.orders / perTask) }, (_, index) => {
      const first = task.first + index * perTask
      return { ...task, first, orders: Math.min(perTask, task.first + task.orders - first) }
    })
    const parts: RandomSums[] = await Promise.all(tasks.map((part) => this.#pool.run(part, { name: 'sumOrders' })))
    return {
      sums: parts.flatMap(({ sums }) => sums),
      drawSeconds: parts.reduce((sum, part) => sum + part.drawSeconds, 0),
      addSeconds: parts.reduce((sum, part) => sum + part.addSeconds, 0),
    }
  }

  sumStatedOrders(task: StatedTask): Promise<StatedSums> {
    return this.#pool.run(task, { name: 'sumStatedOrders' })
  }

  /** Ends the threads after the sum each is at; what else was asked of them is rejected. */
  async [Symbol.asyncDispose](): Promise<void> {
    stopSums(this.#memory)
    // Not destroy(): a result under way from a thread that it forgot ends the process (piscina 5.3).
    await this.#pool.close({ force: true })
  }
}
