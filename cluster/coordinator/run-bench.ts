import assert from 'node:assert'
import { join } from 'node:path'
import { exchangedElements, type MeasuredPoint, measurePoint } from '../../src/reduce/measure.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { processClock, processSeat } from '../../src/reduce/transport/process-seat.ts'
import { openSharedRanks } from '../../src/reduce/transport/shared-pool.ts'
import type { BenchAssignment } from '../wire/assignment.ts'
import { DEFAULT_EXCHANGE, type ExchangeOptions } from '../wire/channel.ts'
import { collectPoints, type OnPoint } from './collect-points.ts'
import { Coordinator } from './coordinator.ts'
import type { RunOptions } from './run-study.ts'
import { runWorkers } from './run-workers.ts'

export const BENCH_TRANSPORTS = ['memory', 'shared', 'grpc'] as const

/** `shared+grpc`: shared memory inside a node, gRPC between nodes. */
export type BenchTransport = (typeof BENCH_TRANSPORTS)[number] | 'shared+grpc'

export interface BenchLaunch extends Pick<RunOptions, 'elsewhere'> {
  readonly transport: BenchTransport
  readonly rankCount: number
  /** Of shared+grpc, which has as many on every node. */
  readonly ranksPerNode?: number
  readonly points: readonly MeasuredPoint[]
  /** Of gRPC; as ever by default. */
  readonly exchange?: ExchangeOptions
  /** No point is begun this long after the start; by default all are. */
  readonly budgetSeconds?: number
  /** Where worker logs go. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** A point may take this long before its ranks count as stuck. */
const POINT_GRACE_MS = 300_000
const JOIN_TIMEOUT_MS = 30_000

/** How many nodes hold the ranks of a launch, and how many ranks each. */
export function nodesOf({ transport, rankCount, ranksPerNode = 1 }: Pick<BenchLaunch, PlaceKey>): {
  nodes: number
  ranksPerNode: number
} {
  switch (transport) {
    case 'memory':
    case 'shared':
      return { nodes: 1, ranksPerNode: rankCount }
    case 'grpc':
      return { nodes: rankCount, ranksPerNode: 1 }
    case 'shared+grpc':
      assert(rankCount % ranksPerNode === 0)
      return { nodes: rankCount / ranksPerNode, ranksPerNode }
  }
}

type PlaceKey = 'transport' | 'rankCount' | 'ranksPerNode'

/** Measures every point over one launch while there is time, and hands each over when all ranks have measured it. */
export async function runBench(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const runs = { memory: runAsTasks, shared: runAsThreads, grpc: runAsProcesses, 'shared+grpc': runAsProcesses }
  const run = runs[launch.transport]
  await run(launch, onPoint)
}

async function runAsTasks(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const { rankCount, points, signal } = launch
  const stopAt = stopAtOf(launch)
  const seats = memoryTransports(rankCount).map(processSeat)
  for (const point of points) {
    signal.throwIfAborted()
    if (processClock.clock() > stopAt) return
    onPoint({ point, byRank: await Promise.all(seats.map((seat) => measurePoint(point, seat, stopAt))) })
  }
}

async function runAsThreads(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const { rankCount, points, signal } = launch
  const stopAt = stopAtOf(launch)
  await using ranks = openSharedRanks({
    rankCount,
    capacity: Math.max(...points.map((point) => Math.max(point.elements, exchangedElements(point, rankCount)))),
    arithmetics: [...new Set(points.map(({ arithmetic }) => arithmetic))],
  })
  for (const point of points) {
    signal.throwIfAborted()
    if (processClock.clock() > stopAt) return
    onPoint({ point, byRank: await ranks.measure(point, stopAt) })
  }
}

/** When no more points are begun, on the machine's clock. */
function stopAtOf({ budgetSeconds = Number.POSITIVE_INFINITY }: BenchLaunch): number {
  return processClock.clock() + budgetSeconds
}

async function runAsProcesses(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  if (launch.elsewhere) return measureWith(launch.elsewhere.coordinator, launch, onPoint)
  await using coordinator = await Coordinator.listen()
  await measureWith(coordinator, launch, onPoint)
}

async function measureWith(coordinator: Coordinator, launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const { rankCount, points, exchange = DEFAULT_EXCHANGE, budgetSeconds, elsewhere, folder, signal } = launch
  const { nodes, ranksPerNode } = nodesOf(launch)
  const assignment: BenchAssignment = {
    kind: 'bench',
    points,
    ranksPerNode,
    exchange,
    ...(budgetSeconds !== undefined && { budgetSeconds }),
  }
  const workers = {
    trial: `bench-${nodes}x${ranksPerNode}`,
    nodeCount: nodes,
    assignment,
    ...(elsewhere && { launch: elsewhere.launch }),
    logOf: (node: number) => join(folder, `node-${node}.log`),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: POINT_GRACE_MS,
  }
  const onMeasurement = collectPoints(points, rankCount, onPoint)
  await runWorkers(coordinator, workers, { onMeasurement }, signal)
}
