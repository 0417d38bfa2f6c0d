import { normalTail } from './pair-differences.ts'

export interface RankTest {
  /** Two-sided. */
  readonly p: number
  readonly method: 'exact' | 'normal approximation'
  /** Values that say nothing and were left out: zero differences. */
  readonly leftOut: number
}

/** Above it, all orders of the values are too many to count. */
const EXACT_VALUES_MAX = 60

/**
 * Do two samples come from one distribution? Exact with ties: the chance, over all ways to deal the values' midranks, of a rank sum at
 * least as far from its mean. For more than 60 values the normal approximation with ties and continuity taken into account.
 * @source Mann & Whitney 1947; Lehmann 1975, Nonparametrics, section 1.4 for ties.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const ranks = doubledMidranks([...first, ...second])
  const [n, total] = [first.length, ranks.length]
  const observed = sum(ranks.slice(0, n))
  const centre = n * (total + 1)
  const distance = Math.abs(observed - centre)
  if (total <= EXACT_VALUES_MAX) {
    const ways = waysToSum(ranks, n)
    return { p: shareBeyond(ways, centre, distance), method: 'exact', leftOut: 0 }
  }
  // Of the doubled rank sum: sampling without replacement.
  const mean = total + 1
  const squares = ranks.reduce((so, rank) => so + (rank - mean) ** 2, 0) / (total - 1)
  const sd = Math.sqrt((n * (total - n) * squares) / total)
  return { p: approximateP(distance, sd), method: 'normal approximation', leftOut: 0 }
}

/**
 * Are differences as often above 0 as below, and as far? Zeros are left out and counted. Exact with ties up to 60 differences.
 * @source Wilcoxon 1945, Individual comparisons by ranking methods.
 */
export function wilcoxonSignedRank(differences: readonly number[]): RankTest {
  const told = differences.filter((difference) => difference !== 0)
  const leftOut = differences.length - told.length
  if (told.length === 0) return { p: 1, method: 'exact', leftOut }
  const ranks = doubledMidranks(told.map(Math.abs))
  const observed = sum(ranks.filter((_, i) => told[i] > 0))
  const centre = sum(ranks) / 2
  const distance = Math.abs(observed - centre)
  if (told.length <= EXACT_VALUES_MAX) {
    const ways = waysToSum(ranks, null)
    return { p: shareBeyond(ways, centre, distance), method: 'exact', leftOut }
  }
  const sd = Math.sqrt(ranks.reduce((so, rank) => so + rank ** 2, 0)) / 2
  return { p: approximateP(distance, sd), method: 'normal approximation', leftOut }
}

/** Twice the mean of the places that equal values share: whole numbers. */
function doubledMidranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const ofValue = new Map<number, number>()
  for (const value of new Set(values)) ofValue.set(value, sorted.indexOf(value) + sorted.lastIndexOf(value) + 2)
  return values.map((value) => ofValue.get(value) ?? Number.NaN)
}

/** How many subsets (of `size` where it is given) have each sum, by sum. */
function waysToSum(ranks: readonly number[], size: number | null): Float64Array {
  const most = sum(ranks)
  const sizes = size === null ? 0 : size
  const ways = Array.from({ length: sizes + 1 }, () => new Float64Array(most + 1))
  ways[0][0] = 1
  for (const rank of ranks) {
    for (let s = sizes; s >= (size === null ? 0 : 1); s--) {
      const from = size === null ? ways[0] : ways[s - 1]
      for (let total = most; total >= rank; total--) ways[s][total] += from[total - rank]
    }
  }
  return ways[sizes]
}

function shareBeyond(ways: Float64Array, centre: number, distance: number): number {
  let [beyond, all] = [0, 0]
  ways.forEach((count, total) => {
    all += count
    if (Math.abs(total - centre) >= distance) beyond += count
  })
  return beyond / all
}

/** Doubled ranks move in steps of 2 where there are no ties: half a step is 1. */
function approximateP(distance: number, sd: number): number {
  return sd === 0 ? 1 : Math.min(1, 2 * normalTail(Math.max(0, distance - 1) / sd))
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0)
}
