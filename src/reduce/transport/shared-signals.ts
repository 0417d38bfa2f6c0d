import { availableParallelism } from 'node:os'
import { ReducibleError } from '../../core/errors.ts'
import type { SharedArena } from './shared-arena.ts'

/**
 * How long a rank looks at a word before it sleeps, in ms: a few times what falling asleep and being woken costs. At 20 µs Linux
 * now and then kept two ranks on one core, where they woke each other (125 µs a 64-byte ring instead of 11); at 200 µs
 * two that were there anyway took 855. Nothing where ranks have to share cores: who looks keeps off the one it waits for.
 */
const SPIN_MS = 0.05

/**
 * How the ranks of an arena wait for each other. A rank sleeps until its bell changes, and looks again at all it waits
 * for; who gave it something to look at rings.
 */
export class SharedSignals {
  /** The number that the arena's rank 0 has among the ranks of all nodes. */
  readonly firstRank: number
  readonly #arena: SharedArena
  readonly #rank: number
  readonly #deadlineMs: number
  readonly #spinMs: number

  /**
   * @param rank within the arena, as everywhere here; errors name it as `firstRank` numbers it.
   * @param deadlineMs how long a rank waits for another at most.
   */
  constructor(arena: SharedArena, rank: number, deadlineMs: number, firstRank = 0) {
    this.firstRank = firstRank
    this.#arena = arena
    this.#rank = rank
    this.#deadlineMs = deadlineMs
    this.#spinMs = arena.shape.rankCount <= availableParallelism() ? SPIN_MS : 0
  }

  /** The time, in ms, at which a wait that begins now has lasted too long. */
  deadline(): number {
    return performance.now() + this.#deadlineMs
  }

  ring(rank: number): void {
    const bell = this.#arena.bellWord(rank)
    Atomics.add(this.#arena.words, bell, 1)
    Atomics.notify(this.#arena.words, bell)
  }

  /** What `sleep` has to be given: read it before looking, so that no ring between looking and sleeping is lost. */
  bell(): number {
    return Atomics.load(this.#arena.words, this.#arena.bellWord(this.#rank))
  }

  /** Blocks the thread until the bell is no longer `seen`, or the deadline has come. @returns whether it rang. */
  sleep(seen: number, deadline: number): boolean {
    return this.#sleepOn(this.#arena.bellWord(this.#rank), seen, deadline)
  }

  /** The same without blocking, and without looking: what else the thread has to do is done meanwhile. */
  async sleepAsync(seen: number, deadline: number): Promise<boolean> {
    const left = Math.max(0, deadline - performance.now())
    const outcome = await Atomics.waitAsync(this.#arena.words, this.#arena.bellWord(this.#rank), seen, left).value
    return outcome !== 'timed-out'
  }

  /** Numbers events in the order in which they happened, over all ranks. */
  nextStamp(): number {
    return Atomics.add(this.#arena.words, this.#arena.controlWord(0), 1)
  }

  /** Blocks until every rank has come here. @throws {ReducibleError} peer-lost: one has not, or has given up. */
  barrier(): void {
    const { words, shape } = this.#arena
    const arrived = this.#arena.controlWord(1)
    const generation = this.#arena.controlWord(2)
    const deadline = this.deadline()
    const seen = Atomics.load(words, generation)
    if (Atomics.add(words, arrived, 1) === shape.rankCount - 1) {
      Atomics.store(words, arrived, 0)
      Atomics.add(words, generation, 1)
      Atomics.notify(words, generation)
      return
    }
    while (Atomics.load(words, generation) === seen) {
      this.throwIfAbandoned()
      if (this.#sleepOn(generation, seen, deadline)) continue
      const count = Atomics.load(words, arrived)
      throw this.#lost(`${count} of ${shape.rankCount} ranks came to the barrier within ${this.#deadlineMs} ms`)
    }
    this.throwIfAbandoned()
  }

  /** Tells the others not to wait: this rank has failed. The first to fail is remembered. */
  abandon(): void {
    const { words, shape } = this.#arena
    Atomics.compareExchange(words, this.#arena.controlWord(3), 0, this.#rank + 1)
    for (let rank = 0; rank < shape.rankCount; rank++) this.ring(rank)
    Atomics.add(words, this.#arena.controlWord(2), 1)
    Atomics.notify(words, this.#arena.controlWord(2))
  }

  /** @throws {ReducibleError} peer-lost: another rank gave up. */
  throwIfAbandoned(): void {
    const failed = firstToFail(this.#arena)
    if (failed !== undefined && failed !== this.#rank) throw this.#lost(`rank ${this.firstRank + failed} failed`)
  }

  /** The error of a wait that lasted too long. */
  overdue(what: string): ReducibleError {
    return this.#lost(`it waited ${this.#deadlineMs} ms for ${what}`)
  }

  #lost(why: string): ReducibleError {
    const rank = this.firstRank + this.#rank
    return new ReducibleError('peer-lost', `rank ${rank} gave up: ${why}`, { rank })
  }

  #sleepOn(word: number, seen: number, deadline: number): boolean {
    const { words } = this.#arena
    const spinUntil = performance.now() + this.#spinMs
    do {
      for (let look = 0; look < 16; look++) if (Atomics.load(words, word) !== seen) return true
    } while (performance.now() < spinUntil)
    const outcome = Atomics.wait(words, word, seen, Math.max(0, deadline - performance.now()))
    return outcome !== 'timed-out'
  }
}

/** The rank that was first to give up, if one has. */
export function firstToFail(arena: SharedArena): number | undefined {
  const failed = Atomics.load(arena.words, arena.controlWord(3))
  return failed === 0 ? undefined : failed - 1
}
