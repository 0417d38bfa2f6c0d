import { binomialInterval } from '../../stats/binomial-interval.ts'
import { quantile } from '../../stats/quantiles.ts'

/** A prediction beside its measurement. */
export interface CheckedPrediction {
  readonly predictedSeconds: number
  readonly measuredSeconds: number
}

export interface CheckedInterval extends CheckedPrediction {
  readonly bounds: readonly [number, number]
}

/** Of |predicted − measured| ÷ measured. */
export interface ErrorScore {
  readonly points: number
  readonly errorMedian: number
  readonly errorP90: number
}

export interface IntervalScore extends ErrorScore {
  readonly covered: number
  readonly coverage: number
  /** Of the coverage, 95 %. */
  readonly coverageInterval: readonly [number, number]
  /** Of an interval over its prediction. */
  readonly widthMedian: number
}

/** @param points at least one. */
export function scoreErrors(points: readonly CheckedPrediction[]): ErrorScore {
  const errors = points.map(({ predictedSeconds, measuredSeconds }) => Math.abs(predictedSeconds / measuredSeconds - 1))
  return { points: points.length, errorMedian: valueAt(errors, 0.5), errorP90: valueAt(errors, 0.9) }
}

/** @param points at least one. */
export function scoreIntervals(points: readonly CheckedInterval[]): IntervalScore {
  const covered = points.filter(isCovered).length
  const { lower, upper } = binomialInterval(covered, points.length)
  const widths = points.map(({ predictedSeconds, bounds: [low, high] }) => (high - low) / predictedSeconds)
  return {
    ...scoreErrors(points),
    covered,
    coverage: covered / points.length,
    coverageInterval: [lower, upper],
    widthMedian: valueAt(widths, 0.5),
  }
}

export function isCovered({ measuredSeconds, bounds: [low, high] }: CheckedInterval): boolean {
  return measuredSeconds >= low && measuredSeconds <= high
}

function valueAt(values: readonly number[], q: number): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    q,
  ).value
}
