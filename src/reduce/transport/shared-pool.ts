import assert from 'node:assert'
import type { Piscina } from 'piscina'
import { ReducibleError } from '../../core/errors.ts'
import { moduleBeside } from '../../core/paths.ts'
import { ARITHMETIC_NAMES, type ArithmeticName, widestElement } from '../arithmetics.ts'
import type { MeasuredPoint, PointResult } from '../measure.ts'
import { closeRankPool, openRankPool } from './rank-pool.ts'
import { SharedArena } from './shared-arena.ts'
import type { RankReport, RankTask } from './shared-rank.ts'
import { firstToFail, SharedSignals } from './shared-signals.ts'

export interface SharedRanksOptions {
  readonly rankCount: number
  /** Elements of a vector, the most. */
  readonly capacity: number
  /** Those that will be used; every one by default. Address space of 12 bytes an element and rank for f32 alone, up to 20 without `exact`, 100 to 116 with it. */
  readonly arithmetics?: readonly ArithmeticName[]
  /** How long a rank waits for another at most. 60 s by default. */
  readonly deadlineMs?: number
}

/**
 * Starts the ranks of one node: a thread each, over vectors in shared memory.
 * @throws {ReducibleError} usage: more memory than 4 GiB.
 */
export function openSharedRanks(options: SharedRanksOptions): SharedRanks {
  const { rankCount, capacity, arithmetics = ARITHMETIC_NAMES, deadlineMs = 60_000 } = options
  const bytesPerElement = Math.max(...arithmetics.map((name) => widestElement(name, rankCount)))
  return new SharedRanks(SharedArena.allocate({ rankCount, capacity, bytesPerElement }), rankCount, deadlineMs)
}

/** The ranks of one node. After a failure no more can be asked of them. */
export class SharedRanks implements AsyncDisposable {
  readonly #arena: SharedArena
  readonly #pool: Piscina<RankTask, RankReport>
  readonly #deadlineMs: number

  /**
   * @param threadCount of the pool.
   * @throws {ReducibleError} usage: fewer threads than ranks, which wait for each other, would wait for ever.
   */
  constructor(arena: SharedArena, threadCount: number, deadlineMs: number) {
    const { rankCount } = arena.shape
    if (threadCount < rankCount) {
      throw new ReducibleError('usage', `${rankCount} ranks of one node want a thread each (got ${threadCount})`)
    }
    this.#arena = arena
    this.#deadlineMs = deadlineMs
    this.#pool = openRankPool(moduleBeside(import.meta.url, 'shared-rank'), 'runRank', threadCount, arena.handle)
  }

  /**
   * Measures a point on every rank. @param stopAt of measurePoint.
   * @returns what each rank measured, by rank.
   * @throws {ReducibleError} of the first rank that failed: usage, payload-mismatch, peer-lost.
   */
  async measure(point: MeasuredPoint, stopAt = Number.POSITIVE_INFINITY): Promise<PointResult[]> {
    assert(firstToFail(this.#arena) === undefined, 'ranks that failed are done')
    const reports = await Promise.all(
      Array.from({ length: this.#arena.shape.rankCount }, (_, rank) =>
        this.#pool.run({ rank, point, stopAt, deadlineMs: this.#deadlineMs }),
      ),
    )
    const failures = reports.filter((report) => report.kind === 'failed')
    const first = failures.find(({ rank }) => rank === firstToFail(this.#arena)) ?? failures[0]
    if (first) throw new ReducibleError(first.code, first.message, { rank: first.rank })
    return reports.filter((report) => report.kind === 'done').map(({ result }) => result)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    new SharedSignals(this.#arena, 0, this.#deadlineMs).abandon() // a rank that still waits for others need not
    await closeRankPool(this.#pool)
  }
}
