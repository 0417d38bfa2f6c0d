import { workerData } from 'piscina'
import { type ErrorCode, ReducibleError } from '../../core/errors.ts'
import { ARITHMETICS } from '../arithmetics.ts'
import { type MeasuredPoint, measurePoint, type PointResult } from '../measure.ts'
import type { Seat } from '../seat.ts'
import { processClock } from './process-seat.ts'
import { SharedTransport } from './shared.ts'
import { type ArenaHandle, SharedArena } from './shared-arena.ts'
import { arenaArithmetic } from './shared-arithmetic.ts'
import { SharedSignals } from './shared-signals.ts'

/** What a thread is asked to do: to be one rank of a point. */
export interface RankTask {
  readonly rank: number
  readonly point: MeasuredPoint
  /** Of measurePoint. */
  readonly stopAt: number
  readonly deadlineMs: number
}

/** What a thread did. Errors do not keep their class between threads, so they come as a value. */
export type RankReport =
  | { readonly kind: 'done'; readonly result: PointResult }
  | { readonly kind: 'failed'; readonly rank: number; readonly code: ErrorCode; readonly message: string }

const arena = new SharedArena(workerData as ArenaHandle)

/** All-reduces are numbered through all tasks of a thread, which is one rank in one and another in the next. */
let call = 0

/** The thread's task, under the name that the pool asks for. */
export async function runRank({ rank, point, stopAt, deadlineMs }: RankTask): Promise<RankReport> {
  const signals = new SharedSignals(arena, rank, deadlineMs)
  try {
    return { kind: 'done', result: await measurePoint(point, arenaSeat(rank, signals), stopAt) }
  } catch (thrown) {
    signals.abandon()
    const { code, message } = ReducibleError.from(thrown)
    return { kind: 'failed', rank, code, message }
  }
}

function arenaSeat(rank: number, signals: SharedSignals): Seat {
  const transport = new SharedTransport(arena, signals, rank)
  return {
    ...processClock,
    transport,
    vector: (length) => arena.vector(rank, length),
    arithmetic: (name) => arenaArithmetic(ARITHMETICS[name], arena, rank),
    nextCall: () => call++,
    barrier: async () => signals.barrier(),
    flush: () => transport.flush(),
  }
}
