import { arraySplit } from '../../src/core/array-split.ts'
import { sha256, sha256OfFloats } from '../../src/core/digest.ts'
import { readNpy } from '../../src/record/npy.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { type OrdersAssignment, ranksPerNodeOf } from '../wire/assignment.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import { bytesOf, NO_OUTCOME } from './outcome.ts'
import type { Session } from './session.ts'
import { OrderReports } from './step-reductions.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

/** One rank of a spread study: the same contributions in every order that is asked for, each result reported at once. */
export async function reduceInOrders(
  session: Session,
  trial: string,
  rank: number,
  rankCount: number,
  { sets, reductions, exchange }: OrdersAssignment,
): Promise<void> {
  await using transport = new GrpcTransport(trial, rank, rankCount, exchange)
  const leavesBySet = sets.map((files) => {
    const { start, end } = arraySplit(files.length, rankCount, rank)
    return files.slice(start, end).map((file) => Float32Array.from(readNpy(file).values))
  })
  session.send({
    kind: 'ready',
    exchangeAddresses: [await transport.listen()],
    adapterJson: '',
    dataDigests: {},
    rowMapDigest: sha256(JSON.stringify([sets, reductions])),
    readyMs: performance.now(),
    linkAddress: '',
    gpuId: '',
  })
  const { exchangeAddresses } = await session.next('start')
  transport.connect(exchangeAddresses)
  const cpuBefore = cpuMsByThread()
  const orders = new OrderReports()
  const reported = new Set<string>()
  let callOfTransport = 0
  for (const [reduction, { set, algorithm, arithmetic, buckets, calls }] of reductions.entries()) {
    const schedule = scheduleOf(algorithm, rankCount, ranksPerNodeOf(rankCount))
    const program = rankProgram(schedule, rank)
    for (let call = 0; call < calls; call++) {
      const leaves = leavesBySet[set].map((leaf) => leaf.slice())
      const [result] = leaves
      const witnessed: ReturnType<OrderReports['report']>[] = []
      for (let bucket = 0; bucket < buckets; bucket++) {
        const { start, end } = arraySplit(result.length, buckets, bucket)
        const [own, ...more] = leaves.map((leaf) => leaf.subarray(start, end))
        const rules = ARITHMETICS[arithmetic]
        const order = await allReduce(schedule, rules, program, transport, callOfTransport++, own, more)
        witnessed.push(orders.report(order))
      }
      const digest = sha256OfFloats(result)
      const isNew = rank === 0 && !reported.has(digest)
      reported.add(digest)
      session.send({
        kind: 'reduced',
        reduction,
        call,
        digest,
        orderCertificates: witnessed.map(({ orderCertificate }) => orderCertificate),
        orders: witnessed.map(({ order }) => order),
        result: bytesOf(isNew ? result : undefined),
      })
    }
  }
  session.send({
    kind: 'finished',
    ...NO_OUTCOME,
    cpuMsByThread: cpuMsSince(cpuBefore),
    bytesSent: transport.bytesSent,
  })
  await session.next('stop')
}
