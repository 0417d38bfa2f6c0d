import { workerData } from 'piscina'
import { sha256OfFloats } from '../../core/digest.ts'
import { type ErrorCode, ReducibleError } from '../../core/errors.ts'
import { ARITHMETICS, type ArithmeticName } from '../arithmetics.ts'
import { allReduce } from '../executor.ts'
import { pointSchedule } from '../measure.ts'
import { rankProgram } from '../schedule.ts'
import { SharedTransport } from './shared.ts'
import { type ArenaHandle, SharedArena } from './shared-arena.ts'
import { arenaArithmetic } from './shared-arithmetic.ts'
import { SharedSignals } from './shared-signals.ts'

/** What a thread is asked to do: to be one rank of some all-reduces of its vector. */
export interface RankTask {
  readonly rank: number
  readonly algorithm: string
  readonly ranksPerNode: number
  readonly arithmetic: ArithmeticName
  /** Elements of the vector that take part. */
  readonly elements: number
  /** Number of the first all-reduce. */
  readonly call: number
  readonly warmup: number
  readonly iterations: number
  readonly digestEach: boolean
  readonly deadlineMs: number
}

/** What a thread did. Errors do not keep their class between threads, so they come as a value. */
export type RankReport =
  | {
      readonly kind: 'done'
      /** One per timed all-reduce. */
      readonly seconds: readonly number[]
      /** The order of the last one. */
      readonly order: string
      readonly digests: readonly string[]
      /** Payload bytes of the last one that others read out of this rank's memory. */
      readonly bytesLent: number
    }
  | { readonly kind: 'failed'; readonly rank: number; readonly code: ErrorCode; readonly message: string }

const arena = new SharedArena(workerData as ArenaHandle)

/** The thread's task, under the name that the pool asks for. */
export async function runRank(task: RankTask): Promise<RankReport> {
  const signals = new SharedSignals(arena, task.rank, task.deadlineMs)
  try {
    return await repeatAllReduce(task, signals)
  } catch (thrown) {
    signals.abandon()
    const { code, message } = ReducibleError.from(thrown)
    return { kind: 'failed', rank: task.rank, code, message }
  }
}

/** The input is restored and a barrier passed before each all-reduce, outside the timed region. */
async function repeatAllReduce(task: RankTask, signals: SharedSignals): Promise<RankReport> {
  const { rank, call, warmup, iterations } = task
  const schedule = pointSchedule(task, arena.shape.rankCount)
  const program = rankProgram(schedule, rank)
  const arithmetic = arenaArithmetic(ARITHMETICS[task.arithmetic], arena, rank)
  const transport = new SharedTransport(arena, signals, rank)
  const vector = arena.vector(rank, task.elements)
  const input = vector.slice()
  const seconds: number[] = []
  const digests: string[] = []
  let order = ''
  let bytesLent = 0
  for (let index = 0; index < warmup + iterations; index++) {
    if (index > 0) vector.set(input)
    signals.barrier()
    const bytesBefore = transport.bytesSent
    const start = performance.now()
    order = await allReduce(schedule, arithmetic, program, transport, call + index, vector)
    await transport.flush()
    const end = performance.now()
    bytesLent = transport.bytesSent - bytesBefore
    if (index < warmup) continue
    seconds.push((end - start) / 1000)
    if (task.digestEach) digests.push(sha256OfFloats(vector))
  }
  return { kind: 'done', seconds, order, digests, bytesLent }
}
