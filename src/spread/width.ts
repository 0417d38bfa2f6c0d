import { ulpDistance } from '../core/ulp.ts'
import type { ExactElements } from './exact-elements.ts'

/** How far several results of one sum lie apart, element by element. */
export interface Width {
  readonly elements: number
  readonly distinct: number
  /** Elements in which some two results have other bits. */
  readonly differing: number
  /** Of the distance between the least and the greatest result in ULP, over all elements; Infinity beside a NaN. */
  readonly ulp: { readonly p50: number; readonly p99: number; readonly max: number }
  /** max over elements of (greatest − least) / Σ|x|; in units of u = 2^-24. */
  readonly spread: number
  /** The first element that differs; null where none does. */
  readonly first: { readonly element: number; readonly least: number; readonly greatest: number } | null
}

/** u of f32. */
export const UNIT_ROUNDOFF = 2 ** -24

/** @param results different ones, of one length, at least one. @param magnitude Σ|x| by element. */
export function widthOf(results: readonly Float32Array[], { magnitude }: Pick<ExactElements, 'magnitude'>): Width {
  const [one] = results
  const elements = one.length
  const bits = results.map((result) => new Uint32Array(result.buffer, result.byteOffset, result.length))
  const ulps = new Float64Array(elements)
  let differing = 0
  let spread = 0
  let first: Width['first'] = null
  for (let i = 0; i < elements; i++) {
    if (bits.every((words) => words[i] === bits[0][i])) continue
    const values = results.map((result) => result[i])
    const [least, greatest] = [Math.min(...values), Math.max(...values)]
    differing++
    ulps[i] = ulpDistance(least, greatest) ?? Number.POSITIVE_INFINITY
    first ??= { element: i, least, greatest }
    if (magnitude[i] > 0) spread = Math.max(spread, (greatest - least) / magnitude[i] / UNIT_ROUNDOFF)
  }
  ulps.sort()
  const ulp = { p50: nearestRank(ulps, 0.5), p99: nearestRank(ulps, 0.99), max: ulps[elements - 1] }
  return { elements, distinct: results.length, differing, ulp, spread, first }
}

/** A quantile of sorted values, by nearest rank. */
export function nearestRank(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]
}
