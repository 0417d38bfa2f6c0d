import { pairDifferenceQuantile } from '../stats/pair-differences.ts'
import { type Quantile, quantile } from '../stats/quantiles.ts'
import { summarize } from '../stats/summary.ts'
import type { CollectiveOrder } from './collective-orders.ts'
import type { ArraySpec } from './values.ts'
import type { DrawnArray, RandomSums, StatedSums } from './worker.ts'

/** The floor is this quantile of |difference| between two random orders. */
export const FLOOR_QUANTILE = 0.99
/** A difference is real beyond this many floors; docs/methodology.md derives it. */
export const REAL_MULTIPLE = 2

/** max − min of some sums of one array, and against what it can be held; null where that is 0. */
export interface Extent {
  readonly lowest: number
  readonly highest: number
  readonly spread: number
  readonly overExact: number | null
  readonly overMagnitude: number | null
}

/** Sums of one array in random orders. */
export interface RandomExtent extends Extent {
  readonly orders: number
  readonly distinct: number
  readonly mean: number
  /** Sample standard deviation; null for one order. */
  readonly sd: number | null
  readonly overMean: number | null
  /** 99th percentile of |difference| over all pairs; its interval from disjoint pairs. Null for one order. */
  readonly floor: Quantile | null
}

/** Everything that the orders of one array came to. */
export interface ArraySpread extends Omit<ArraySpec, 'fraction'> {
  /** From 0, within its point. */
  readonly array: number
  readonly exact: number
  /** Σ|x|. */
  readonly magnitude: number
  /** Σ|x| / |Σx|; null where the exact sum is 0. */
  readonly condition: number | null
  readonly allEqual: boolean
  readonly random: RandomExtent
  readonly sorted: Extent
  readonly algorithms: Extent & { readonly trees: number }
  /** A lower bound of the widest spread, and 2γ(n−1)·Σ|x|, which no order of n values can exceed. */
  readonly adversarial: Extent & { readonly evaluations: number; readonly atMost: number }
  /** Pairs of the second half of the orders, each order in one, against the floor of the first half. */
  readonly heldOut: { readonly pairs: number; readonly beyond: number }
  readonly seconds: { readonly values: number; readonly drawing: number; readonly adding: number }
}

/** Sums of one array in every order, and what they are to each other. */
export function arraySpread(
  spec: ArraySpec,
  array: number,
  drawn: DrawnArray,
  random: RandomSums,
  stated: StatedSums,
): ArraySpread {
  const { exact, magnitude, allEqual } = drawn
  const { fraction: _, ...own } = spec
  const extent = (sums: readonly number[]): Extent => extentOf(sums, exact, magnitude)
  const { mean, sd } = summarize(random.sums)
  const randomExtent = extent(random.sums)
  const sorted = [...random.sums].sort((a, b) => a - b)
  const { lowest, highest, evaluations } = stated.adversarial
  return {
    ...own,
    array,
    exact,
    magnitude,
    condition: over(magnitude, exact),
    allEqual,
    random: {
      ...randomExtent,
      orders: random.sums.length,
      distinct: new Set(random.sums).size,
      mean,
      sd,
      overMean: over(randomExtent.spread, mean),
      floor: sorted.length < 2 ? null : floorOf(random.sums),
    },
    sorted: extent(Object.values(stated.sorted)),
    algorithms: { ...extent(stated.collective), trees: stated.collective.length },
    adversarial: { ...extent([lowest, highest]), evaluations, atMost: 2 * errorBound(spec.count) * magnitude },
    heldOut: heldOutPairs(random.sums),
    seconds: { values: drawn.seconds, drawing: random.drawSeconds, adding: random.addSeconds },
  }
}

/** Sums by algorithm, for the record. */
export function sumsByAlgorithm(orders: readonly CollectiveOrder[], sums: readonly number[]): Record<string, number[]> {
  let next = 0
  return Object.fromEntries(orders.map(({ algorithm, trees }) => [algorithm, trees.map(() => sums[next++])]))
}

function extentOf(sums: readonly number[], exact: number, magnitude: number): Extent {
  const lowest = sums.reduce((a, b) => Math.min(a, b))
  const highest = sums.reduce((a, b) => Math.max(a, b))
  const spread = highest - lowest
  return { lowest, highest, spread, overExact: over(spread, exact), overMagnitude: over(spread, magnitude) }
}

function over(value: number, reference: number): number | null {
  return reference === 0 ? null : value / Math.abs(reference)
}

/** γ(n−1) of n terms: n−1 additions, each with a relative error of at most u = 2^-53. */
function errorBound(count: number): number {
  const error = (count - 1) * 2 ** -53
  return error / (1 - error)
}

/** The floor of some values, at least two: its interval is that of disjoint pairs. */
export function floorOf(sums: readonly number[]): Quantile {
  const value = pairDifferenceQuantile(
    [...sums].sort((a, b) => a - b),
    FLOOR_QUANTILE,
  )
  return { value, interval: quantile(disjointDifferences(sums), FLOOR_QUANTILE).interval }
}

/** |difference| of the first two, the next two, …, ascending: independent of each other, as pairs that share an order are not. */
function disjointDifferences(sums: readonly number[]): number[] {
  const differences = Array.from({ length: Math.floor(sums.length / 2) }, (_, i) =>
    Math.abs(sums[2 * i] - sums[2 * i + 1]),
  )
  return differences.sort((a, b) => a - b)
}

function heldOutPairs(sums: readonly number[]): { pairs: number; beyond: number } {
  const half = Math.floor(sums.length / 2)
  if (half < 2) return { pairs: 0, beyond: 0 }
  const limit = REAL_MULTIPLE * floorOf(sums.slice(0, half)).value
  const differences = disjointDifferences(sums.slice(half))
  return { pairs: differences.length, beyond: differences.filter((difference) => difference > limit).length }
}
