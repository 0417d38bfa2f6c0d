import { LARGEST_WINDOW, type OrderedSums } from './ordered-sums.ts'

/** The sums of an array sorted up and down. */
export interface SortedSums {
  readonly up: number
  readonly down: number
  readonly magnitudeUp: number
  readonly magnitudeDown: number
}

/** What a search for the widest spread found: sums of real orders, so their distance is a lower bound of the widest. */
export interface AdversarialSums {
  readonly lowest: number
  readonly highest: number
  /** Orders that were summed. */
  readonly evaluations: number
}

type Direction = 1 | -1
type Arrangement = 'asDrawn' | keyof SortedSums | 'residueUp' | 'residueDown'

const FIRST_WINDOW = 4
const LATER_WINDOWS = [16, LARGEST_WINDOW]

/**
 * Sums an array sorted four ways, then searches for its lowest and its highest sum.
 *
 * The search is greedy. A window holds the next few elements of an arrangement; next comes the one whose addition is
 * rounded furthest in the wanted direction, and another element takes its place. Every arrangement (as drawn, the four
 * sorted ones, and by residue up and down) is tried with a window of 4 in both directions; the best of each direction
 * again with 16 and 64. Where errors of a random order grow with √n, these point one way and grow with n.
 */
export function searchOrders(sums: OrderedSums, values: Float64Array): { sorted: SortedSums; found: AdversarialSums } {
  const arrangements = arrange(values, sums.sequential(values))
  const sumOf = (arranged: Float64Array): number => {
    sums.arranged.set(arranged)
    return sums.sequential(sums.arranged)
  }
  const sorted = {
    up: sumOf(arrangements.up),
    down: sumOf(arrangements.down),
    magnitudeUp: sumOf(arrangements.magnitudeUp),
    magnitudeDown: sumOf(arrangements.magnitudeDown),
  }
  const starts = Object.values(arrangements).flatMap((arranged) => {
    sums.arranged.set(arranged)
    return ([1, -1] as const).map((direction) => ({
      arranged,
      direction,
      sum: sums.pushed(FIRST_WINDOW, direction),
    }))
  })
  const extreme = (direction: Direction): number[] => {
    const own = starts.filter((start) => start.direction === direction)
    const best = own.reduce((a, b) => (direction * b.sum > direction * a.sum ? b : a))
    sums.arranged.set(best.arranged)
    return [best.sum, ...LATER_WINDOWS.map((window) => sums.pushed(window, direction))]
  }
  const [lows, highs] = [extreme(-1), extreme(1)]
  const evaluations = starts.length + 2 * LATER_WINDOWS.length
  return { sorted, found: { lowest: Math.min(...lows), highest: Math.max(...highs), evaluations } }
}

/** An array as drawn, and copies of it in other arrangements. */
function arrange(values: Float64Array, sum: number): Record<Arrangement, Float64Array> {
  const up = values.slice().sort()
  const magnitudeUp = byMagnitude(up)
  const residueUp = byResidue(values, sum)
  return {
    asDrawn: values,
    up,
    down: up.toReversed(),
    magnitudeUp,
    magnitudeDown: magnitudeUp.toReversed(),
    residueUp,
    residueDown: residueUp.toReversed(),
  }
}

const RESIDUES = 64

/**
 * By how far a value is rounded when it is added to a sum as large as the whole one. A sum is a multiple of its own last
 * place, so the error of an addition depends on the value and the sum's exponent alone: where all values have one sign,
 * those that are rounded up do most when they come last.
 */
function byResidue(values: Float64Array, sum: number): Float64Array {
  const lastPlace = 2 ** (Math.floor(Math.log2(Math.abs(sum))) - 52)
  const residueOf = (value: number): number => {
    const share = (sum + value - sum - value) / lastPlace + 0.5
    return share > 0 ? Math.min(RESIDUES - 1, Math.floor(share * RESIDUES)) : 0
  }
  const next = new Uint32Array(RESIDUES + 1)
  for (const value of values) next[residueOf(value) + 1]++
  for (let i = 1; i < RESIDUES; i++) next[i] += next[i - 1]
  const arranged = new Float64Array(values.length)
  for (const value of values) arranged[next[residueOf(value)]++] = value
  return arranged
}

/** Merges the negatives, from the end, with the others. Of equal magnitudes the negative one comes first. */
function byMagnitude(up: Float64Array): Float64Array {
  const merged = new Float64Array(up.length)
  let other = up.findIndex((value) => value >= 0)
  if (other < 0) other = up.length
  let negative = other - 1
  for (let i = 0; i < up.length; i++) {
    const takesNegative = negative >= 0 && (other === up.length || -up[negative] <= up[other])
    merged[i] = takesNegative ? up[negative--] : up[other++]
  }
  return merged
}
