import { mean, median, quantile } from 'simple-statistics'
import { placeBelow, resamplingWords } from '../../stats/resamples.ts'
import type { Stretch } from './cohorts.ts'

/** How far stretches of one thing lie apart. */
export interface Shift {
  /** Of ranks at least as unevenly dealt to the stretches, where all are alike. */
  readonly p: number
  /** From the usual to the slow stretches, in standard deviations of a step. */
  readonly strength: number
  /** The same, in standard deviations of a stretch's median among its like: steps that follow each other are not independent. */
  readonly separation: number
  /** How far fast steps shifted, or slow ones if less, as a share of the median's shift: what slows a machine or a link slows all alike. */
  readonly evenness: number
  readonly usualNs: number
  readonly slowNs: number
  /** Trials with a slow stretch. */
  readonly slow: readonly string[]
}

const PERMUTATIONS = 1_999
/** From the median absolute deviation to the standard deviation, of normal values. */
export const MAD_TO_SD = 1.4826
/** Of the median of normal values over their standard deviation, by √n. */
export const MEDIAN_ERROR = 1.2533
/** Where fast and slow steps of a side are looked at. */
const TAILS = [0.2, 0.8]
/** No clock tells steps apart that differ by less than this share. */
const NOISE_SHARE_MIN = 1e-3

/**
 * Do stretches differ by more than their own steps do? A permutation test of the Kruskal–Wallis statistic, seeded.
 * @returns null for fewer than two stretches.
 * @source Kruskal & Wallis 1952, Use of ranks in one-criterion variance analysis.
 */
export function shiftOf(stretches: readonly Stretch[]): Shift | null {
  if (stretches.length < 2) return null
  const all = stretches.flatMap(({ values }) => values)
  const noise = Math.max(noiseOf(stretches), NOISE_SHARE_MIN * median([...all]))
  const { usual, slow, separation } = splitOf(stretches, noise)
  const sides = [usual, slow].map((side) => side.flatMap(({ values }) => values))
  const [usualNs, slowNs] = sides.map((values) => median(values))
  const tails = TAILS.map((share) => {
    const [usualTail, slowTail] = sides.map((values) => quantile(values, share))
    return slowTail - usualTail
  })
  return {
    p: permutationP(stretches, all),
    strength: (slowNs - usualNs) / noise,
    separation,
    evenness: slowNs === usualNs ? 0 : Math.min(...tails) / (slowNs - usualNs),
    usualNs,
    slowNs,
    slow: [...new Set(slow.map(({ trial }) => trial))],
  }
}

/** Of a step about the median of its stretch: robust. */
function noiseOf(stretches: readonly Stretch[]): number {
  const deviations = stretches.flatMap(({ values }) => {
    const centre = median([...values])
    return values.map((value) => Math.abs(value - centre))
  })
  return MAD_TO_SD * median(deviations)
}

/**
 * The two sides of stretches whose medians differ least among themselves, and how far apart those are: few medians may lie close by
 * chance, but are not known better than their steps allow.
 */
function splitOf(
  stretches: readonly Stretch[],
  noise: number,
): { usual: Stretch[]; slow: Stretch[]; separation: number } {
  const sorted = stretches
    .map((stretch) => ({ stretch, centre: median([...stretch.values]) }))
    .sort((a, b) => a.centre - b.centre)
  const centres = sorted.map(({ centre }) => centre)
  const costOf = (cut: number): number => squaresOf(centres.slice(0, cut)) + squaresOf(centres.slice(cut))
  const cuts = centres.slice(1).map((_, i) => i + 1)
  const cut = cuts.reduce((best, other) => (costOf(other) < costOf(best) ? other : best))
  const error = (MEDIAN_ERROR * noise) / Math.sqrt(median(stretches.map(({ values }) => values.length)))
  const sd = Math.max(error, Math.sqrt(costOf(cut) / Math.max(1, centres.length - 2)))
  const distance = mean(centres.slice(cut)) - mean(centres.slice(0, cut))
  const sides = sorted.map(({ stretch }) => stretch)
  return {
    usual: sides.slice(0, cut),
    slow: sides.slice(cut),
    separation: distance / sd,
  }
}

function squaresOf(values: readonly number[]): number {
  const centre = mean([...values])
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}

function permutationP(stretches: readonly Stretch[], all: readonly number[]): number {
  const places = all.map((_, i) => i).sort((a, b) => all[a] - all[b])
  const ranks = new Float64Array(all.length)
  for (const [rank, place] of places.entries()) ranks[place] = rank
  const sizes = stretches.map(({ values }) => values.length)
  const observed = unevenness(ranks, sizes)
  const next = resamplingWords(0)
  let beyond = 1
  for (let i = 0; i < PERMUTATIONS; i++) {
    for (let last = ranks.length - 1; last > 0; last--) {
      const other = placeBelow(last + 1, next())
      const kept = ranks[last]
      ranks[last] = ranks[other]
      ranks[other] = kept
    }
    if (unevenness(ranks, sizes) >= observed) beyond++
  }
  return beyond / (PERMUTATIONS + 1)
}

/** What of the Kruskal–Wallis statistic depends on how ranks are dealt. */
function unevenness(ranks: Float64Array, sizes: readonly number[]): number {
  let [start, sum] = [0, 0]
  for (const size of sizes) {
    let ofGroup = 0
    for (let i = start; i < start + size; i++) ofGroup += ranks[i]
    sum += ofGroup ** 2 / size
    start += size
  }
  return sum
}
