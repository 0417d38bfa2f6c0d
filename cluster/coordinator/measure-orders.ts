import { ReducibleError } from '../../src/core/errors.ts'
import { isPowerOfTwo } from '../../src/core/powers-of-two.ts'
import type { RunFolder } from '../../src/record/run-folder.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETIC_NAMES, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import { cancellationVectors, PROBE_RANKS, PROBE_SET } from '../../src/spread/cancellation.ts'
import type { ReducedOnce, Reductions, Variant } from '../../src/spread/reductions.ts'
import { algorithmsOf, type SpreadStudy } from '../../src/study/spread-schema.ts'
import { type OrderedReduction, ranksPerNodeOf } from '../wire/assignment.ts'
import { DEFAULT_EXCHANGE } from '../wire/channel.ts'
import { runOrders } from './run-spread.ts'

/** Contributions as files. */
export interface ContributedSet {
  readonly name: string
  /** .npy, f32; a rank loads its own. */
  readonly files: readonly string[]
}

export interface OrdersRun {
  readonly study: SpreadStudy
  readonly sets: readonly ContributedSet[]
  readonly rankCounts: readonly number[]
  readonly folder: RunFolder
  readonly onProgress: (launched: number, launches: number) => void
  readonly signal: AbortSignal
}

/** What the axis of chunking changes. */
export const CHUNKING = { segmentBytes: 1 << 13, buckets: 3 } as const

/** The arithmetics that the cancellation probe tells apart. */
const PROBED: readonly string[] = ['f32', 'f64', 'compensated', 'exact']

/**
 * Checks what can be known before any process starts.
 * @param leafCount contributions of a set.
 * @throws {ReducibleError} invalid-study: they cannot be dealt to the ranks; invalid-schedule.
 */
export function checkOrders(study: SpreadStudy, rankCounts: readonly number[], leafCount: number): void {
  for (const rankCount of rankCounts) {
    if (!isPowerOfTwo(leafCount / rankCount)) {
      const text = `ranks: ${leafCount} contributions cannot be dealt to ${rankCount} ranks, a power of two each`
      throw new ReducibleError('invalid-study', text, { remedy: `choose ranks like ${leafCount} or ${leafCount / 2}` })
    }
    for (const algorithm of algorithmsOf(study)) {
      provenOrder(scheduleOf(algorithm, rankCount, ranksPerNodeOf(rankCount)))
    }
  }
}

/** Reduces every set in every order: fresh processes for each launch, one more with other chunks, and the cancellation probe. */
export async function measureOrders(run: OrdersRun): Promise<Reductions> {
  const { folder, onProgress, signal } = run
  const found = {
    all: [] as ReducedOnce[],
    results: new Map<string, Float32Array>(),
    orders: new Map<string, string>(),
  }
  const launches = launchesOf(run)
  for (const [number, launch] of launches.entries()) {
    onProgress(number, launches.length)
    const { rankCount, launchIndex, reductions, small } = launch
    const exchange = small ? { ...DEFAULT_EXCHANGE, segmentBytes: CHUNKING.segmentBytes } : DEFAULT_EXCHANGE
    const files = launch.sets.map((set) => set.files)
    const trial = `${rankCount}-ranks.launch-${number + 1}`
    await runOrders({ trial, rankCount, folder, sets: files, reductions, exchange, signal }, (reduced) => {
      const { reduction, call, digests, certificates, orders, result } = reduced
      const variant: Variant = reduction.buckets > 1 ? 'buckets' : small ? 'segments' : 'plain'
      const { algorithm, arithmetic } = reduction
      const set = launch.sets[reduction.set].name
      const line: ReducedOnce = {
        ...{ set, ranks: rankCount, algorithm, arithmetic, variant, launch: launchIndex, call },
        ...{ digests, certificates },
      }
      found.all.push(line)
      folder.appendReduction(line)
      if (result.length > 0) found.results.set(digests[0], result)
      orders.forEach((order, bucket) => {
        if (order === '' || found.orders.has(certificates[bucket])) return
        found.orders.set(certificates[bucket], order)
        folder.writeOrder(certificates[bucket], order)
      })
    })
  }
  onProgress(launches.length, launches.length)
  return found
}

interface PlannedLaunch {
  readonly rankCount: number
  /** Of this rank count, from 0. */
  readonly launchIndex: number
  readonly sets: readonly ContributedSet[]
  readonly reductions: readonly OrderedReduction[]
  /** In messages of another size. */
  readonly small: boolean
}

function launchesOf({ study, sets, rankCounts, folder }: OrdersRun): PlannedLaunch[] {
  const { launches, calls, arithmetics } = study
  const algorithms = algorithmsOf(study)
  const reductionsOf = (buckets: number, count: number): OrderedReduction[] =>
    sets.flatMap((_, set) =>
      arithmetics.flatMap((arithmetic) =>
        algorithms.map((algorithm) => ({ set, algorithm, arithmetic, buckets, calls: count })),
      ),
    )
  const measured = rankCounts.flatMap((rankCount): PlannedLaunch[] => [
    ...Array.from({ length: launches }, (_, launchIndex) => ({
      ...{ rankCount, launchIndex, sets, small: false },
      reductions: reductionsOf(1, calls),
    })),
    {
      ...{ rankCount, launchIndex: launches, sets, small: true },
      reductions: [...reductionsOf(1, 1), ...reductionsOf(CHUNKING.buckets, 1)],
    },
  ])
  const probed = ARITHMETIC_NAMES.filter((name) => PROBED.includes(name))
  const files = cancellationVectors().map((vector, rank) => folder.writeInput(PROBE_SET, rank, vector))
  const ofProbe = (arithmetic: ArithmeticName): OrderedReduction[] =>
    algorithms
      .filter((name) => !name.startsWith('schedule:') || rankCounts.includes(PROBE_RANKS))
      .map((algorithm) => ({ set: 0, algorithm, arithmetic, buckets: 1, calls: 1 }))
  const probe: PlannedLaunch = {
    ...{ rankCount: PROBE_RANKS, launchIndex: 0, sets: [{ name: PROBE_SET, files }], small: false },
    reductions: probed.flatMap(ofProbe),
  }
  return [...measured, probe]
}
