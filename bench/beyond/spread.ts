import * as np from 'numpy-ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import { f32Arithmetic } from '../../src/reduce/arithmetic/f32.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { provenOrder } from '../../src/reduce/verify.ts'
import type { ClusterLinks } from '../../src/simulate/cluster-links.ts'
import { CALM } from '../../src/simulate/conditions.ts'
import { Network } from '../../src/simulate/network.ts'
import { VirtualRanks } from '../../src/simulate/virtual-transport.ts'
import { depthOf } from '../../src/spread/axes.ts'
import type { Depth, SpreadOfRanks } from './result.ts'

/** Values travel up to here; beyond there is the bound alone. */
export const SPREAD_RANKS = [8, 16, 32, 64]
const ELEMENTS = 4096
/** u, half a unit in the last place of f32. */
const UNIT = 2 ** -24

/** Normal contributions of every rank, summed by every algorithm over the virtual network. */
export async function spreadOf(ranks: number, links: ClusterLinks): Promise<SpreadOfRanks> {
  const generator = np.random.default_rng(ranks)
  const contributions = Array.from({ length: ranks }, () =>
    Float32Array.from(generator.standard_normal([ELEMENTS]).data as Float64Array),
  )
  const column = (element: number): number[] => contributions.map((vector) => vector[element])
  const exact = Float64Array.from({ length: ELEMENTS }, (_, i) => column(i).reduce((so, x) => so + x, 0))
  const scale = Float64Array.from({ length: ELEMENTS }, (_, i) => column(i).reduce((so, x) => so + Math.abs(x), 0))
  const least = new Float64Array(ELEMENTS).fill(Number.POSITIVE_INFINITY)
  const greatest = new Float64Array(ELEMENTS).fill(Number.NEGATIVE_INFINITY)
  const errors: { algorithm: string; error: number }[] = []
  for (const algorithm of EVERY_ALGORITHM) {
    const sums = await simulatedSums(algorithm, contributions, links)
    let error = 0
    sums.forEach((sum, i) => {
      error = Math.max(error, Math.abs(sum - exact[i]) / (UNIT * scale[i]))
      least[i] = Math.min(least[i], sum)
      greatest[i] = Math.max(greatest[i], sum)
    })
    errors.push({ algorithm, error })
  }
  const spread = Math.max(...greatest.map((most, i) => (most - least[i]) / (UNIT * scale[i])))
  return { ranks, elements: ELEMENTS, spread, errors }
}

/** The additions of every algorithm of a closed depth, which its proven order at 64 ranks must have too. */
export function depthsOf(ranks: number): Depth[] {
  return Object.entries(DEPTHS).map(([algorithm, depth]) => {
    const additions = depth(ranks)
    return { algorithm, ranks, additions, bound: additions / (1 - additions * UNIT) }
  })
}

/** Additions on the longest way, of a power of two of ranks. */
export const DEPTHS: Readonly<Record<string, (ranks: number) => number>> = {
  ring: (ranks) => ranks - 1,
  'all-pairs': (ranks) => ranks - 1,
  'rank-order': (ranks) => ranks - 1,
  'halving-doubling': Math.log2,
  'recursive-doubling': Math.log2,
  'binomial-tree': Math.log2,
  'double-binary-tree': (ranks) => 2 * Math.log2(ranks) - 1,
}

/** The same of a proven order. */
export function provenDepth(algorithm: string, ranks: number): number {
  return depthOf(provenOrder(scheduleOf(algorithm, ranks)).order)
}

async function simulatedSums(
  algorithm: string,
  contributions: readonly Float32Array[],
  links: ClusterLinks,
): Promise<Float32Array> {
  const ranks = contributions.length
  const schedule = scheduleOf(algorithm, ranks)
  const virtual = new VirtualRanks(new Network(ranks, links, CALM))
  const vectors = contributions.map((vector) => vector.slice())
  const tasks = vectors.map((vector, rank) =>
    allReduce(
      schedule,
      virtual.arithmetic(rank, f32Arithmetic),
      rankProgram(schedule, rank),
      virtual.transport(rank),
      0,
      vector,
    ),
  )
  await virtual.run(tasks)
  return vectors[0]
}
