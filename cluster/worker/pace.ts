import { setTimeout as pause } from 'node:timers/promises'
import { ReducibleError } from '../../src/core/errors.ts'
import type { StepPace } from '../../src/gradient/paced.ts'

/** A timer is up to a millisecond late, and may be as early. */
const TIMER_MS = 1.5
const napCell = new Int32Array(new SharedArrayBuffer(4))

/** Milliseconds that work has taken so far. */
export type WorkClock = () => number

/** Of this thread, whoever else has the cores meanwhile: for work that a CPU does. */
export const threadCpuMs: WorkClock = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** For work that a GPU does while this thread waits. */
export const wallMs: WorkClock = () => performance.now()

/**
 * Waits out what a step leaves of its share. A timer waits for most of it, so that the transport goes on; the last 1.5 to 2.5 ms are
 * slept through. Half of the waits then end within 0.13 ms (a timer alone: as early as late; spinning: 10 % of a core). A step that
 * had no core in time is late, and its phases say so.
 */
export class Pace implements StepPace {
  readonly #shareMs: number
  readonly #worked: WorkClock
  readonly #extraMs: (step: number) => number
  #step = 0
  #wholeMs = 0
  #begunMs = 0
  #workedBefore = 0

  /** @param extraMs waited out beside the share, by step from 1: what a study injects. */
  constructor(shareMs: number, worked: WorkClock, extraMs: (step: number) => number = () => 0) {
    this.#shareMs = shareMs
    this.#worked = worked
    this.#extraMs = extraMs
  }

  begin(): void {
    this.#wholeMs = this.#shareMs + this.#extraMs(++this.#step)
    this.#begunMs = performance.now()
    this.#workedBefore = this.#worked()
  }

  async waitOut(): Promise<void> {
    const workedMs = this.#worked() - this.#workedBefore
    if (workedMs > this.#shareMs) {
      const [work, share] = [workedMs, this.#shareMs].map((ms) => ms.toFixed(2))
      throw new ReducibleError(
        'pace-missed',
        `a step has ${work} ms of real work, and its share of computeMs is ${share} ms`,
      )
    }
    if (this.#leftMs() > TIMER_MS + 1) await pause(Math.floor(this.#leftMs() - TIMER_MS))
    const left = this.#leftMs()
    if (left > 0) Atomics.wait(napCell, 0, 0, left)
  }

  #leftMs(): number {
    return this.#begunMs + this.#wholeMs - performance.now()
  }
}
