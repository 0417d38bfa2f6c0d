import assert from 'node:assert'
import { join } from 'node:path'
import { codeDigests } from '../../src/record/source-digest.ts'
import { type MeasuredPoint, measurePoint, type PointResult } from '../../src/reduce/measure.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { processSeat } from '../../src/reduce/transport/process-seat.ts'
import { openSharedRanks } from '../../src/reduce/transport/shared-pool.ts'
import { launchLocalWorker } from '../launch/local.ts'
import type { BenchAssignment } from '../wire/assignment.ts'
import { DEFAULT_EXCHANGE } from '../wire/channel.ts'
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

async function runAsTasks({ rankCount, points, signal }: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const seats = memoryTransports(rankCount).map(processSeat)
  for (const point of points) {
    signal.throwIfAborted()
    onPoint({ point, byRank: await Promise.all(seats.map((seat) => measurePoint(point, seat))) })
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
    onPoint({ point, byRank: await ranks.measure(point) })
  }
}

async function runAsProcesses(launch: BenchLaunch, onPoint: OnPoint): Promise<void> {
  const { rankCount, points, folder, signal } = launch
  await using coordinator = await Coordinator.listen()
  const assignment: BenchAssignment = { kind: 'bench', points, exchange: DEFAULT_EXCHANGE }
  const trial = `bench-${rankCount}`
  const terms = {
    trial,
    rankCount,
    steps: 0,
    digests: codeDigests(),
    assignmentJson: JSON.stringify(assignment),
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    graceMs: POINT_GRACE_MS,
    plannedCertificate: undefined,
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
