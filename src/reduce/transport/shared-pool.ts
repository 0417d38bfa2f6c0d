import assert from 'node:assert'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { ReducibleError } from '../../core/errors.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { ARITHMETIC_NAMES, ARITHMETICS, type ArithmeticName } from '../arithmetics.ts'
import { SharedArena } from './shared-arena.ts'
import type { RankReport, RankTask } from './shared-rank.ts'
import { firstToFail } from './shared-signals.ts'

export interface SharedRanksOptions {
  readonly rankCount: number
  /** Elements of a vector, the most. */
  readonly capacity: number
  /** Those that will be used; every one by default. Address space of 12 bytes an element and rank for f32 alone, up to 20 without `exact`, 100 to 116 with it. */
  readonly arithmetics?: readonly ArithmeticName[]
  /** How long a rank waits for another at most. 60 s by default. */
  readonly deadlineMs?: number
}

export interface SharedAllReduce {
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  /** Elements that take part, from the first; all by default. */
  readonly elements?: number
  /** For `hierarchical`; 1 by default. */
  readonly ranksPerNode?: number
  /** Untimed ones, before the others; 0 by default. */
  readonly warmup?: number
  /** Each starts from the same input; 1 by default. */
  readonly iterations?: number
  /** Digest the results of each, outside the timed region. */
  readonly digestEach?: boolean
}

export interface SharedAllReduceResult {
  /** One per iteration: the maximum over ranks. */
  readonly seconds: readonly number[]
  readonly secondsByRank: readonly (readonly number[])[]
  /** Packed, of the last iteration; the same on every rank. */
  readonly order: string
  /** By rank, then iteration; empty unless asked for. */
  readonly digestsByRank: readonly (readonly string[])[]
  /** Payload bytes of the last iteration that others read out of a rank's memory, by rank. */
  readonly bytesLentByRank: readonly number[]
}

/**
 * Starts the ranks of one node: a thread each, over vectors in shared memory.
 * @throws {ReducibleError} usage: more memory than 4 GiB.
 */
export function openSharedRanks(options: SharedRanksOptions): SharedRanks {
  const { rankCount, capacity, arithmetics = ARITHMETIC_NAMES, deadlineMs = 60_000 } = options
  const bytesPerElement = Math.max(
    ...arithmetics.map((name) => {
      const { agreement, bytesPerElement }: Arithmetic = ARITHMETICS[name]
      return agreement?.bytesPerElementMax(rankCount) ?? bytesPerElement
    }),
  )
  return new SharedRanks(SharedArena.allocate({ rankCount, capacity, bytesPerElement }), rankCount, deadlineMs)
}

/** The ranks of one node. After a failure no more can be asked of them. */
export class SharedRanks implements AsyncDisposable {
  /** One per rank, in shared memory: inputs before an all-reduce, results after it. */
  readonly vectors: readonly Float32Array[]
  readonly #arena: SharedArena
  readonly #pool: Piscina<RankTask, RankReport>
  readonly #deadlineMs: number
  #nextCall = 0

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
    this.vectors = Array.from({ length: rankCount }, (_, rank) => arena.vector(rank))
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL('shared-rank.ts', import.meta.url)),
      name: 'runRank',
      minThreads: threadCount,
      maxThreads: threadCount,
      idleTimeout: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: 1,
      // A thread blocks only where a rank waits for another.
      atomics: 'disabled',
      workerData: arena.handle,
    })
  }

  /**
   * Reduces `vectors` in place.
   * @throws {ReducibleError} of the first rank that failed: usage, payload-mismatch, peer-lost.
   */
  async allReduce(request: SharedAllReduce): Promise<SharedAllReduceResult> {
    assert(firstToFail(this.#arena) === undefined, 'ranks that failed are done')
    const { warmup = 0, iterations = 1, ranksPerNode = 1, digestEach = false } = request
    const { algorithm, arithmetic, elements = this.#arena.shape.capacity } = request
    const call = this.#nextCall
    this.#nextCall += warmup + iterations
    const task = { algorithm, arithmetic, elements, ranksPerNode, call, warmup, iterations, digestEach }
    const reports = await this.#onEveryRank(task)
    const secondsByRank = reports.map(({ seconds }) => seconds)
    return {
      seconds: Array.from({ length: iterations }, (_, i) => Math.max(...secondsByRank.map((seconds) => seconds[i]))),
      secondsByRank,
      order: reports[0].order,
      digestsByRank: reports.map(({ digests }) => digests),
      bytesLentByRank: reports.map(({ bytesLent }) => bytesLent),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy()
  }

  async #onEveryRank(task: Omit<RankTask, 'rank' | 'deadlineMs'>): Promise<Extract<RankReport, { kind: 'done' }>[]> {
    const reports = await Promise.all(
      this.vectors.map((_, rank) => this.#pool.run({ ...task, rank, deadlineMs: this.#deadlineMs })),
    )
    const failures = reports.filter((report) => report.kind === 'failed')
    const first = failures.find(({ rank }) => rank === firstToFail(this.#arena)) ?? failures[0]
    if (first) throw new ReducibleError(first.code, first.message, { rank: first.rank })
    return reports.filter((report) => report.kind === 'done')
  }
}
