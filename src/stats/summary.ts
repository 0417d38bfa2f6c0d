import { mean, sampleStandardDeviation } from 'simple-statistics'

/** Mean and spread of one number per trial. */
export interface Summary {
  readonly n: number
  readonly mean: number
  /** Sample standard deviation (n − 1); null for n = 1, which has no spread. */
  readonly sd: number | null
}

/** The summary of at least one value. @throws {Error} for none. */
export function summarize(values: readonly number[]): Summary {
  const list = [...values]
  return { n: list.length, mean: mean(list), sd: list.length < 2 ? null : sampleStandardDeviation(list) }
}

/**
 * `0.0101 ± 0.0001 (R = 10)`: the standard deviation to one significant digit, the mean to the same place. Without any
 * spread the mean stands with six digits.
 */
export function formatMeanSd({ n, mean: average, sd }: Summary): string {
  if (sd === null) return `${average.toPrecision(6)} (n = 1, no spread)`
  if (sd === 0) return `${average.toPrecision(6)} ± 0 (R = ${n}, all equal)`
  const places = Math.min(100, Math.max(0, -Math.floor(Math.log10(Number(sd.toPrecision(1))))))
  return `${average.toFixed(places)} ± ${sd.toFixed(places)} (R = ${n})`
}
