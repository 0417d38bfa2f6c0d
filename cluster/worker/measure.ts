import { sha256 } from '../../src/core/digest.ts'
import { isTimeUp, measurePoint } from '../../src/reduce/measure.ts'
import { processSeat } from '../../src/reduce/transport/process-seat.ts'
import type { BenchAssignment } from '../wire/assignment.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import type { Session } from './session.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

/** One rank of a benchmark: every point in turn, reported as soon as it is measured. */
export async function measureAsRank(
  session: Session,
  trial: string,
  rank: number,
  rankCount: number,
  { points, exchange, budgetSeconds = Number.POSITIVE_INFINITY }: BenchAssignment,
): Promise<void> {
  await using transport = new GrpcTransport(trial, rank, rankCount, exchange)
  session.send({
    kind: 'ready',
    exchangeAddresses: [await transport.listen()],
    adapterJson: '',
    dataDigests: {},
    rowMapDigest: sha256(JSON.stringify(points)),
    readyMs: performance.now(),
  })
  const { exchangeAddresses } = await session.next('start')
  const others = Array.from({ length: rankCount }, (_, other) => other).filter((other) => other !== rank)
  transport.connect(exchangeAddresses, others)
  const cpuBefore = cpuMsByThread()
  const seat = processSeat(transport)
  const stopAt = seat.clock() + budgetSeconds
  for (const [point, description] of points.entries()) {
    if (Number.isFinite(stopAt) && (await isTimeUp(seat, stopAt))) break
    const result = await measurePoint(description, seat, stopAt)
    session.send({ kind: 'measurement', point, ...result })
  }
  session.send({
    kind: 'finished',
    lossSum: 0,
    hits: 0,
    digest: '',
    weights: new Uint8Array(0),
    trainNs: 0,
    divergedStep: 0,
    orderCertificate: '',
    order: '',
    cpuMsByThread: cpuMsSince(cpuBefore),
    bytesSent: transport.bytesSent,
  })
  await session.next('stop')
}
