import { ReducibleError } from '../../src/core/errors.ts'
import type { RunFolder } from '../../src/record/run-folder.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { plannedCertificate } from '../../src/reduce/verify.ts'
import { type OrderedReduction, type OrdersAssignment, ranksPerNodeOf } from '../wire/assignment.ts'
import type { ReducedMessage } from '../wire/messages.ts'
import { Coordinator } from './coordinator.ts'
import { runWorkers } from './run-workers.ts'

/** All-reduces of one launch: a process a rank. */
export interface OrdersLaunch extends Omit<OrdersAssignment, 'kind'> {
  /** Names its processes. */
  readonly trial: string
  readonly rankCount: number
  readonly folder: RunFolder
  readonly signal: AbortSignal
}

/** An all-reduce that every rank has reported. */
export interface ReducedByRanks {
  readonly reduction: OrderedReduction
  readonly call: number
  /** By rank. */
  readonly digests: readonly string[]
  /** By bucket, the same on every rank. */
  readonly certificates: readonly string[]
  /** Packed, by bucket; empty where this launch has said it before. */
  readonly orders: readonly string[]
  /** f32[length]; empty where this launch has said it before. */
  readonly result: Float32Array
}

const JOIN_TIMEOUT_MS = 60_000
/** An all-reduce may take this long before its ranks count as stuck. */
const REDUCTION_GRACE_MS = 120_000

/**
 * Launches fresh processes and hands over every all-reduce when all ranks have reported it.
 * @throws {ReducibleError} order-mismatch: an order was witnessed that is not the planned one, or not the same on all ranks.
 */
export async function runOrders(launch: OrdersLaunch, onReduced: (reduced: ReducedByRanks) => void): Promise<void> {
  const { trial, rankCount, folder, sets, reductions, exchange, signal } = launch
  await using coordinator = await Coordinator.listen()
  const assignment: OrdersAssignment = { kind: 'orders', sets, reductions, exchange }
  const workers = {
    trial,
    nodeCount: rankCount,
    assignment,
    logOf: (node: number) => folder.workerLog(node),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: REDUCTION_GRACE_MS,
  }
  const planned = reductions.map(({ algorithm, set }) =>
    plannedCertificate(scheduleOf(algorithm, rankCount, ranksPerNodeOf(rankCount)), sets[set].length / rankCount),
  )
  const stopped = new AbortController()
  const pending = new Map<string, (ReducedMessage | undefined)[]>()
  const onMessage = (rank: number, message: ReducedMessage): void => {
    const { reduction, call } = message
    const key = `${reduction} ${call}`
    const reported = pending.get(key) ?? Array.from({ length: rankCount }, () => undefined)
    pending.set(key, reported)
    reported[rank] = message
    const byRank = reported.filter((report) => report !== undefined)
    if (byRank.length < rankCount) return
    pending.delete(key)
    try {
      onReduced(reducedByRanks(reductions[reduction], planned[reduction], byRank))
    } catch (thrown) {
      stopped.abort(thrown)
    }
  }
  await runWorkers(coordinator, workers, { onReduced: onMessage }, AbortSignal.any([signal, stopped.signal]))
}

/** @param want certificate of the order it is to be added in; undefined: of any, the same on all ranks. */
function reducedByRanks(
  reduction: OrderedReduction,
  want: string | undefined,
  byRank: readonly ReducedMessage[],
): ReducedByRanks {
  const [{ call, orderCertificates: certificates, orders, result }] = byRank
  byRank.forEach(({ orderCertificates }, rank) => {
    const odd = orderCertificates.find((certificate, bucket) => certificate !== (want ?? certificates[bucket]))
    if (odd === undefined) return
    const text = `rank ${rank} added ${reduction.algorithm} in order ${odd.slice(0, 12)}, want ${(want ?? certificates[0]).slice(0, 12)}`
    throw new ReducibleError('order-mismatch', text, { rank })
  })
  const bytes = new Uint8Array(result) // a copy, aligned
  const digests = byRank.map(({ digest }) => digest)
  return { reduction, call, digests, certificates, orders, result: new Float32Array(bytes.buffer) }
}
