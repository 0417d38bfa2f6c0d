import { type MeasuredPoint, measurePoint, type PointResult, pointSchedule } from '../../src/reduce/measure.ts'
import { rankProgram, sourcesOf } from '../../src/reduce/schedule.ts'
import { processSeat } from '../../src/reduce/transport/process-seat.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'

/** A node's end of the links that a trial measures. Those of its training stay as they are. */
export interface Links extends AsyncDisposable {
  /** host:port. */
  readonly address: string
  /** Measures every point; when it resolves every node has. @param addresses of every node. */
  measure(addresses: readonly string[], onPoint: (point: number, result: PointResult) => void): Promise<void>
}

/** What the barrier of a seat is made of. */
const BARRIER = 'rank-order'

/** Opens them: a node is one rank here, however many it holds. Others may be reading until the trial ends. */
export async function openLinks(
  trial: string,
  node: number,
  nodeCount: number,
  points: readonly MeasuredPoint[],
): Promise<Links> {
  const transport = new GrpcTransport(trial, node, nodeCount)
  const algorithms = new Set([BARRIER, ...points.map(({ algorithm }) => algorithm)])
  const sources = [...algorithms].flatMap((algorithm) =>
    sourcesOf(rankProgram(pointSchedule({ algorithm, ranksPerNode: 1 }, nodeCount), node), node),
  )
  return {
    address: await transport.listen(),
    async measure(addresses, onPoint) {
      transport.connect(addresses, [...new Set(sources)])
      const seat = processSeat(transport)
      for (const [point, description] of points.entries()) onPoint(point, await measurePoint(description, seat))
      await seat.barrier()
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}
