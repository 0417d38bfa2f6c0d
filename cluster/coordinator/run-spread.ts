import { ReducibleError } from '../../src/core/errors.ts'
import type { RunFolder } from '../../src/record/run-folder.ts'
import { codeDigests } from '../../src/record/source-digest.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { orderCertificate, orderOfLeaves } from '../../src/reduce/order.ts'
import { isArrivalOrdered } from '../../src/reduce/schedule.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import { launchLocalWorker } from '../launch/local.ts'
import { type OrderedReduction, type OrdersAssignment, ranksPerNodeOf } from '../wire/assignment.ts'
import type { ReducedMessage } from '../wire/messages.ts'
import { Coordinator } from './coordinator.ts'

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
  const terms = {
    trial,
    nodeCount: rankCount,
    steps: 0,
    digests: codeDigests(),
    assignmentJson: JSON.stringify(assignment),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: REDUCTION_GRACE_MS,
    plannedCertificate: () => undefined,
  }
  const start = (address: string) =>
    Array.from({ length: rankCount }, (_, launchIndex) =>
      launchLocalWorker({ coordinator: address, trial, launchIndex }, {}, folder.workerLog(launchIndex)),
    )
  const stopped = new AbortController()
  const pending = new Map<string, ReducedMessage[]>()
  const onMessage = (rank: number, message: ReducedMessage): void => {
    const key = `${message.reduction} ${message.call}`
    const byRank = pending.get(key) ?? []
    pending.set(key, byRank)
    byRank[rank] = message
    if (byRank.filter(() => true).length < rankCount) return
    pending.delete(key)
    try {
      onReduced(reducedByRanks(launch, byRank))
    } catch (thrown) {
      stopped.abort(thrown)
    }
  }
  const events = { onStart: () => {}, onStep: () => {}, onReduced: onMessage }
  await coordinator.runTrial(terms, { start }, events, AbortSignal.any([signal, stopped.signal]))
}

function reducedByRanks(
  { reductions, rankCount, sets }: OrdersLaunch,
  byRank: readonly ReducedMessage[],
): ReducedByRanks {
  const [{ reduction: index, call, orderCertificates: certificates, orders, result }] = byRank
  const reduction = reductions[index]
  const want = plannedCertificate(reduction, rankCount, sets[reduction.set].length / rankCount)
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

/** Undefined where nobody knows the order before it happened. */
function plannedCertificate({ algorithm }: OrderedReduction, rankCount: number, leaves: number): string | undefined {
  const schedule = scheduleOf(algorithm, rankCount, ranksPerNodeOf(rankCount))
  if (isArrivalOrdered(schedule)) return undefined
  return orderCertificate(orderOfLeaves(provenOrder(schedule).order, leaves))
}
