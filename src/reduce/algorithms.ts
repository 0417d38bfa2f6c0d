import { ReducibleError } from '../core/errors.ts'
import { isPowerOfTwo } from '../core/powers-of-two.ts'
import { allPairsSchedule } from './algorithms/all-pairs.ts'
import { bcubeSchedule, halvingDoublingSchedule } from './algorithms/bcube.ts'
import { binomialTreeSchedule, fixedTreeSchedule } from './algorithms/binomial-tree.ts'
import { doubleBinaryTreeSchedule } from './algorithms/double-binary-tree.ts'
import { arrivalSchedule, permutationSchedule, rankOrderSchedule, reverseRankSchedule } from './algorithms/gather.ts'
import { hierarchicalSchedule } from './algorithms/hierarchical.ts'
import { recursiveDoublingSchedule } from './algorithms/recursive-doubling.ts'
import { ringSchedule, ringSegmentedSchedule } from './algorithms/ring.ts'
import { userSchedule } from './algorithms/user-schedule.ts'
import { type ArithmeticName, roundsOnTheWire } from './arithmetics.ts'
import type { Schedule } from './schedule.ts'

/** Algorithms whose name says it all. */
const PLAIN = {
  ring: ringSchedule,
  'ring-segmented': ringSegmentedSchedule,
  'recursive-doubling': recursiveDoublingSchedule,
  'halving-doubling': halvingDoublingSchedule,
  'binomial-tree': binomialTreeSchedule,
  'double-binary-tree': doubleBinaryTreeSchedule,
  'all-pairs': allPairsSchedule,
  'rank-order': rankOrderSchedule,
  'reverse-rank': reverseRankSchedule,
  arrival: arrivalSchedule,
} as const

/** What `--algorithm all` runs: every algorithm, those with a parameter at one value. */
export const EVERY_ALGORITHM: readonly string[] = [
  ...Object.keys(PLAIN),
  'bcube:2',
  'permutation:1',
  'hierarchical:ring/ring',
  'fixed-tree:16',
]

/** How names are written, for help texts and errors. */
export const ALGORITHM_NAMES = `${Object.keys(PLAIN).join(', ')}, bcube:B, permutation:SEED, hierarchical:INNER/OUTER, fixed-tree:L, schedule:FILE.json`

/**
 * The schedule of an algorithm by name, not yet proved (`provenOrder` does that).
 * @param ranksPerNode for `hierarchical`; node i holds ranks i · ranksPerNode and up.
 * @throws {ReducibleError} usage: no such name; invalid-schedule: a file that is none.
 */
export function scheduleOf(name: string, rankCount: number, ranksPerNode = 1): Schedule {
  const colon = name.indexOf(':')
  const kind = colon < 0 ? name : name.slice(0, colon)
  const parameter = colon < 0 ? undefined : name.slice(colon + 1)
  if (parameter === undefined && Object.hasOwn(PLAIN, kind)) return PLAIN[kind as keyof typeof PLAIN](rankCount)
  if (parameter !== undefined) {
    switch (kind) {
      case 'bcube':
        return bcubeSchedule(rankCount, parameter)
      case 'permutation':
        return permutationSchedule(rankCount, parameter)
      case 'fixed-tree':
        return fixedTreeSchedule(rankCount, String(leavesOf(name)))
      case 'schedule':
        return userSchedule(parameter, rankCount)
      case 'hierarchical': {
        const [inner, outer, ...rest] = parameter.split('/')
        if (outer === undefined || rest.length > 0) break
        return hierarchicalSchedule(
          rankCount,
          ranksPerNode,
          (count) => scheduleOf(inner, count),
          (count) => scheduleOf(outer, count),
        )
      }
    }
  }
  throw new ReducibleError('usage', `there is no algorithm '${name}'; known: ${ALGORITHM_NAMES}`)
}

/** Does a name stand for an algorithm? A schedule file is looked at when it is used. */
export function isAlgorithmName(name: string): boolean {
  if (name.startsWith('schedule:')) return true
  try {
    scheduleOf(name, 1)
    return true
  } catch {
    return false
  }
}

/**
 * How many leaves of the tree a rank adds before it sends, each the sum over its own rows: L/P under `fixed-tree:L` for P a power of
 * two up to L, which makes one tree for all such P; else 1.
 */
export function leavesPerRank(name: string, rankCount: number): number {
  const leaves = leavesOf(name)
  return leaves !== undefined && leaves % rankCount === 0 ? leaves / rankCount : 1
}

/**
 * Would another number of ranks make the same bits? Under `exact` always. Else only where it adds the same leaves by the same tree,
 * under `fixed-tree:L` on a power of two up to L, and not where a sum is rounded whenever it travels.
 */
export function isNodeCountInvariant(name: string, arithmetic: ArithmeticName, rankCount: number): boolean {
  if (arithmetic === 'exact') return true
  return leavesPerRank(name, rankCount) * rankCount === leavesOf(name) && !roundsOnTheWire(arithmetic)
}

/** The L of `fixed-tree:L`; undefined for every other algorithm. @throws {ReducibleError} usage: L is no power of two. */
export function leavesOf(name: string): number | undefined {
  const [kind, parameter, ...rest] = name.split(':')
  if (kind !== 'fixed-tree') return undefined
  const leaves = Number(parameter)
  if (!isPowerOfTwo(leaves) || rest.length > 0) {
    throw new ReducibleError('usage', `fixed-tree:L wants a power of two (got '${parameter}')`)
  }
  return leaves
}
