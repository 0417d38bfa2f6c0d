import type { MeasuredByRank } from '../../cluster/coordinator/collect-points.ts'
import { runBench } from '../../cluster/coordinator/run-bench.ts'
import type { WorkersElsewhere } from '../../cluster/launch/elsewhere.ts'
import type { Timing } from '../../src/evidence/prediction/blame.ts'
import type { Place } from '../../src/evidence/prediction/link-model.ts'
import { type MeasuredPoint, NEIGHBOURS, sampleOf } from '../../src/reduce/measure.ts'
import { p50 } from '../peers/peer.ts'

/** An all-reduce, or the sending to neighbours, as it was measured. */
export interface MeasuredTime extends Place, Timing {
  /** Seconds, each of the rank that took longest; `seconds` is their median. */
  readonly samples: readonly number[]
}

/** What is measured over one node count, in one launch. */
export interface Sweep {
  readonly algorithms: readonly string[]
  readonly sizes: readonly number[]
  /** Of what is sent to neighbours. */
  readonly neighbourBytes: number
}

const SMALLEST_BYTES = 4
const SIZED = { warmup: 1, iterations: 5 } as const
/** Short ones vary more, and cost nothing. */
const SMALLEST = { warmup: 5, iterations: 25 } as const

/** What a launch measured. */
export interface MeasuredSweep {
  readonly sized: readonly MeasuredTime[]
  /** Every algorithm over one element. */
  readonly smallest: readonly MeasuredTime[]
  /** Every node to the next one, all at once: one element, and many. */
  readonly neighbours: readonly MeasuredTime[]
}

/** Measures a sweep over the first nodes of a network. @param folder where worker logs go. */
export async function measureSweep(
  network: WorkersElsewhere,
  nodes: number,
  { algorithms, sizes, neighbourBytes }: Sweep,
  folder: string,
): Promise<MeasuredSweep> {
  const pointOf = (algorithm: string, sizeBytes: number): MeasuredPoint => ({
    algorithm,
    elements: sizeBytes / 4,
    ...(sizeBytes === SMALLEST_BYTES ? SMALLEST : SIZED),
    arithmetic: 'f32',
    place: 'in',
    check: false,
    ranksPerNode: 1,
  })
  const all = [NEIGHBOURS, ...algorithms].map((algorithm) => pointOf(algorithm, SMALLEST_BYTES))
  const sized = sizes.flatMap((size) => algorithms.map((algorithm) => pointOf(algorithm, size)))
  const points = [...all, pointOf(NEIGHBOURS, neighbourBytes), ...sized]
  const measured: MeasuredTime[] = []
  const launch = { transport: 'grpc', rankCount: nodes, points, elsewhere: network, folder } as const
  await runBench({ ...launch, signal: new AbortController().signal }, (one) => {
    measured.push(timeOf(one, nodes))
  })
  const isNeighbours = ({ algorithm }: Place): boolean => algorithm === NEIGHBOURS
  const isSmallest = ({ sizeBytes }: Place): boolean => sizeBytes === SMALLEST_BYTES
  return {
    neighbours: measured.filter(isNeighbours),
    smallest: measured.filter((one) => !isNeighbours(one) && isSmallest(one)),
    sized: measured.filter((one) => !isNeighbours(one) && !isSmallest(one)),
  }
}

/** @throws {Error} ranks that hold different sums. */
function timeOf({ point: { algorithm, elements }, byRank }: MeasuredByRank, nodes: number): MeasuredTime {
  const agree = algorithm === NEIGHBOURS || byRank.every(({ digest }) => digest === byRank[0].digest)
  if (!agree) throw new Error(`${algorithm} over ${nodes} nodes: ranks hold different sums`)
  const samples = byRank[0].seconds.map((_, i) =>
    sampleOf(
      byRank.map(({ seconds }) => seconds[i]),
      'max',
    ),
  )
  const waits = byRank.flatMap(({ coreWait }) => (typeof coreWait === 'number' ? [coreWait] : []))
  const coreWait = waits.length === 0 ? null : Math.max(...waits)
  return { algorithm, nodes, sizeBytes: elements * 4, seconds: p50(samples), coreWait, samples }
}
