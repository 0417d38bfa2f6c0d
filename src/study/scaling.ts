import { ReducibleError } from '../core/errors.ts'
import type { Arm, Study } from './schema.ts'

/** Strong: one global batch on any number of ranks. Weak: a batch for each rank, so the work grows with them. */
export type ScalingMode = 'strong' | 'weak'

/** The arm's ranks, over all nodes. */
export function ranksOf({ nodes, ranksPerNode }: Pick<Arm, 'nodes' | 'ranksPerNode'>): number {
  return nodes * ranksPerNode
}

/** What arms of a curve have in common, beside their batch. */
const COMMON = ['ranksPerNode', 'arithmetic', 'transport', 'buckets', 'dealing'] as const

/**
 * What kind of scaling a study measures.
 * @throws {ReducibleError} invalid-study: its arms differ in more than nodes and algorithm, or there is nothing to scale.
 */
export function scalingMode({ arms }: Pick<Study, 'arms'>): ScalingMode {
  const [first] = arms
  for (const arm of arms) {
    const key = COMMON.find((one) => arm[one] !== first[one])
    if (key === undefined) continue
    const text = `arms ${first.name} and ${arm.name} differ in ${key} (${first[key]} and ${arm[key]})`
    throw new ReducibleError('invalid-study', `${text}, and a speedup would be of that too`, {
      remedy: 'let arms of a scaling study differ in nodes and algorithm alone',
    })
  }
  if (new Set(arms.map(ranksOf)).size < 2) {
    throw new ReducibleError('invalid-study', `every arm has ${ranksOf(first)} ranks: there is nothing to scale`, {
      remedy: 'give arms of several node counts, or --nodes 1,2,4',
    })
  }
  const twice = arms.find((arm, i) => arms.findIndex((other) => isSamePoint(other, arm)) < i)
  if (twice) {
    const text = `arm ${twice.name} is there twice: ${twice.nodes} nodes, ${twice.algorithm}`
    throw new ReducibleError('invalid-study', text, { remedy: 'use repeats to measure an arm again' })
  }
  if (arms.every(({ batch }) => batch === first.batch)) return 'strong'
  const perRank = arms.map((arm) => (arm.batch ?? Number.NaN) / ranksOf(arm))
  if (perRank.every((rows) => rows === perRank[0])) return 'weak'
  throw new ReducibleError('invalid-study', 'arms have neither one batch nor one batch a rank', {
    remedy: 'leave the batch of arms out (strong), or make it the same number of rows a rank (weak)',
  })
}

/** One rank reduces nothing, by whatever algorithm. */
function isSamePoint(a: Arm, b: Arm): boolean {
  return ranksOf(a) === ranksOf(b) && (ranksOf(a) === 1 || a.algorithm === b.algorithm)
}

/** The arms that a speedup is taken against, by algorithm: the smallest of its own, or where that has one rank, of any. */
export function baseOf(arms: readonly Arm[], algorithm: string): Arm {
  const candidates = arms.filter((arm) => arm.algorithm === algorithm || ranksOf(arm) === 1)
  return candidates.reduce((least, arm) => (ranksOf(arm) < ranksOf(least) ? arm : least))
}

/** Algorithms of a curve: those that two ranks or more reduce by. */
export function algorithmsOf(arms: readonly Arm[]): string[] {
  return [...new Set(arms.filter((arm) => ranksOf(arm) > 1).map(({ algorithm }) => algorithm))]
}
