import assert from 'node:assert'
import { join } from 'node:path'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { ReducibleError } from '../../src/core/errors.ts'
import { codeDigests } from '../../src/record/source-digest.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import {
  countDifferences,
  type MeasuredPoint,
  measurePoint,
  type PointResult,
  PointTwin,
  pointSchedule,
} from '../../src/reduce/measure.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { isArrivalOrdered } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { openSharedRanks, type SharedRanks } from '../../src/reduce/transport/shared-pool.ts'
import { launchLocalWorker } from '../launch/local.ts'
import type { BenchAssignment } from '../wire/assignment.ts'
import { Coordinator } from './coordinator.ts'

export const BENCH_TRANSPORTS = ['memory', 'shared', 'grpc'] as const

/** A point as every rank measured it, by rank. */
export interface MeasuredByRank {
  readonly point: MeasuredPoint
  readonly byRank: readonly PointResult[]
}

type OnPoint = (measured: MeasuredByRank) => void

export interface BenchLaunch {
  readonly transport: (typeof BENCH_TRANSPORTS)[number]
  readonly rankCount: number
  readonly points: readonly MeasuredPoint[]
  /** Where worker logs go. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** A point may take this long before its ranks count as stuck. */
const POINT_GRACE_MS = 300_000
const JOIN_TIMEOUT_MS = 30_000

/** Measures every point over one launch, and hands each over when all ranks have measured it. */
export async function runBench(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const run = { memory: runAsTasks, shared: runAsThreads, grpc: runAsProcesses }[launch.transport]
  await run(launch, onPoint)
}

async function runAsTasks(
  { rankCount, points, signal }: BenchLaunch,
  onPoint: (m: MeasuredByRank) => void,
): Promise<void> {
  const calls = Array.from({ length: rankCount }, () => 0)
  const transports = memoryTransports(rankCount)
  for (const point of points) {
    signal.throwIfAborted()
    const byRank = await Promise.all(
      transports.map((transport, rank) =>
        measurePoint(
          point,
          transport,
          () => calls[rank]++,
          () => performance.now() / 1000,
        ),
      ),
    )
    onPoint({ point, byRank })
  }
}

async function runAsThreads({ rankCount, points, signal }: BenchLaunch, onPoint: OnPoint): Promise<void> {
  await using ranks = openSharedRanks({
    rankCount,
    capacity: Math.max(...points.map(({ elements }) => elements)),
    arithmetics: [...new Set(points.map(({ arithmetic }) => arithmetic))],
  })
  for (const point of points) {
    signal.throwIfAborted()
    if (point.place === 'out') throw new ReducibleError('usage', '--place out is not for shared, which works in place')
    onPoint({ point, byRank: await measureSharedPoint(point, ranks) })
  }
}

async function measureSharedPoint(point: MeasuredPoint, ranks: SharedRanks): Promise<PointResult[]> {
  const { elements, check } = point
  ranks.vectors.forEach((vector, rank) => {
    vector.set(roundingInput(rank, elements))
  })
  const { secondsByRank, digestsByRank, bytesLentByRank, order } = await ranks.allReduce({
    ...point,
    digestEach: check,
  })
  const twin = new PointTwin(point, ranks.vectors.length)
  const orderIsKnown = !isArrivalOrdered(pointSchedule(point, ranks.vectors.length))
  return Promise.all(
    ranks.vectors.map(async (vector, rank): Promise<PointResult> => {
      const result = vector.slice(0, elements)
      const expected = check ? await twin.resultFor(rank, order) : result
      const twinDigest = check ? sha256OfFloats(expected) : ''
      // Earlier results are known by their digests; one that is another has at least one wrong element.
      const earlier = check && orderIsKnown ? digestsByRank[rank].slice(0, -1) : []
      return {
        seconds: secondsByRank[rank],
        wrong: countDifferences(result, expected) + earlier.filter((digest) => digest !== twinDigest).length,
        digest: sha256OfFloats(result),
        twinDigest,
        orderCertificate: orderCertificate(order),
        wireBytes: bytesLentByRank[rank],
      }
    }),
  )
}

async function runAsProcesses(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const { rankCount, points, folder, signal } = launch
  await using coordinator = await Coordinator.listen()
  const assignment: BenchAssignment = { kind: 'bench', points }
  const trial = `bench-${rankCount}`
  const terms = {
    trial,
    nodeCount: rankCount,
    steps: 0,
    digests: codeDigests(),
    assignmentJson: JSON.stringify(assignment),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: POINT_GRACE_MS,
    plannedCertificate: () => undefined,
  }
  const start = (address: string) =>
    Array.from({ length: rankCount }, (_, launchIndex) =>
      launchLocalWorker({ coordinator: address, trial, launchIndex }, {}, join(folder, `rank-${launchIndex}.log`)),
    )
  const results = points.map((): (PointResult | undefined)[] => Array.from({ length: rankCount }, () => undefined))
  const onMeasurement = (rank: number, measurement: PointResult & { point: number }): void => {
    const ofPoint = results[measurement.point]
    assert(ofPoint !== undefined)
    ofPoint[rank] = measurement
    const byRank = ofPoint.filter((result) => result !== undefined)
    if (byRank.length === rankCount) onPoint({ point: points[measurement.point], byRank })
  }
  await coordinator.runTrial(terms, { start }, { onStart: () => {}, onStep: () => {}, onMeasurement }, signal)
}
