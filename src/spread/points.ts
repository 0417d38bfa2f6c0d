import { linearRegression, linearRegressionLine, rSquared } from 'simple-statistics'
import { type Quantile, quantile } from '../stats/quantiles.ts'
import type { ValueName } from '../study/value-names.ts'
import type { ArraySpread } from './array-spread.ts'

/** The median over the arrays of a point with its order-statistic interval; null where no array has the figure. */
export type Median = Quantile | null

/** One kind of values with one mix: medians over its arrays. */
export interface Point {
  readonly values: ValueName
  readonly mix: number
  readonly arrays: number
  readonly allEqual: boolean
  /** Of |mean|. */
  readonly mean: Median
  readonly sd: Median
  readonly spread: Median
  readonly overMean: Median
  readonly overExact: Median
  readonly overMagnitude: Median
  readonly condition: Median
  readonly floor: Median
  readonly floorOverExact: Median
  readonly sortedOverExact: Median
  readonly algorithmsOverExact: Median
  readonly adversarialOverExact: Median
  readonly adversarialOverMagnitude: Median
  readonly heldOut: { readonly pairs: number; readonly beyond: number }
}

/** The points of an exercise, in its order. */
export function pointsOf(arrays: readonly ArraySpread[]): Point[] {
  return [...Map.groupBy(arrays, ({ values, mix }) => `${values} ${mix}`).values()].map(pointOf)
}

function pointOf(arrays: readonly ArraySpread[]): Point {
  const median = (figure: (array: ArraySpread) => number | null): Median => medianOf(arrays.map(figure))
  return {
    values: arrays[0].values,
    mix: arrays[0].mix,
    arrays: arrays.length,
    allEqual: arrays.every(({ allEqual }) => allEqual),
    mean: median(({ random }) => Math.abs(random.mean)),
    sd: median(({ random }) => random.sd),
    spread: median(({ random }) => random.spread),
    overMean: median(({ random }) => random.overMean),
    overExact: median(({ random }) => random.overExact),
    overMagnitude: median(({ random }) => random.overMagnitude),
    condition: median(({ condition }) => condition),
    floor: median(({ random }) => random.floor?.value ?? null),
    floorOverExact: median(({ random, exact }) =>
      random.floor && exact !== 0 ? random.floor.value / Math.abs(exact) : null,
    ),
    sortedOverExact: median(({ sorted }) => sorted.overExact),
    algorithmsOverExact: median(({ algorithms }) => algorithms.overExact),
    adversarialOverExact: median(({ adversarial }) => adversarial.overExact),
    adversarialOverMagnitude: median(({ adversarial }) => adversarial.overMagnitude),
    heldOut: {
      pairs: arrays.reduce((sum, { heldOut }) => sum + heldOut.pairs, 0),
      beyond: arrays.reduce((sum, { heldOut }) => sum + heldOut.beyond, 0),
    },
  }
}

function medianOf(figures: readonly (number | null)[]): Median {
  const sorted = figures.filter((figure) => figure !== null).sort((a, b) => a - b)
  return sorted.length === 0 ? null : quantile(sorted, 0.5)
}

/** How the relative spread moves from the smallest mix to the largest. */
export interface Trend {
  readonly values: ValueName
  readonly from: { readonly mix: number; readonly overExact: Quantile }
  readonly to: { readonly mix: number; readonly overExact: Quantile }
  /** `grows`, `falls`: the intervals of the two ends do not meet. `unclear`: they do. `too-few`: there is none. */
  readonly direction: 'grows' | 'falls' | 'unclear' | 'too-few'
}

/** The trend of each kind of values that has two mixes with a relative spread. */
export function trendsOf(points: readonly Point[]): Trend[] {
  return [...Map.groupBy(points, ({ values }) => values)].flatMap(([values, own]) => {
    const ends = own.flatMap(({ mix, overExact }) => (overExact === null ? [] : [{ mix, overExact }]))
    ends.sort((a, b) => Math.abs(a.mix) - Math.abs(b.mix))
    const [from, to] = [ends[0], ends[ends.length - 1]]
    return ends.length < 2 ? [] : [{ values, from, to, direction: directionOf(from.overExact, to.overExact) }]
  })
}

function directionOf(
  { interval: [fromLow, fromHigh] }: Quantile,
  { interval: [toLow, toHigh] }: Quantile,
): Trend['direction'] {
  if (fromLow === null || fromHigh === null || toLow === null || toHigh === null) return 'too-few'
  if (toLow > fromHigh) return 'grows'
  return toHigh < fromLow ? 'falls' : 'unclear'
}

/** The least-squares line of log spread/|exact| on log condition number over all arrays. */
export interface ConditionFit {
  readonly arrays: number
  readonly slope: number
  readonly rSquared: number
}

/** Undefined where fewer than three arrays, or no two condition numbers, can be drawn. */
export function conditionFit(arrays: readonly ArraySpread[]): ConditionFit | undefined {
  const logs = arrays.flatMap(({ condition, random: { overExact } }) =>
    condition !== null && overExact !== null && overExact > 0 ? [[Math.log10(condition), Math.log10(overExact)]] : [],
  )
  const spans = logs.some(([x]) => Math.abs(x - logs[0][0]) > 1e-6)
  if (logs.length < 3 || !spans) return undefined
  const line = linearRegression(logs)
  return { arrays: logs.length, slope: line.m, rSquared: rSquared(logs, linearRegressionLine(line)) }
}
