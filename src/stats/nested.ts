import { mean } from 'simple-statistics'

/** Repeats within launches. */
export interface NestedRepeats {
  /**
   * Share of the variance that lies between launches: how alike repeats of one launch are. At most 0: not alike. Null where all
   * values are equal.
   */
  readonly intraclassCorrelation: number | null
  /** 1 + (k − 1)·ICC: as many times fewer independent values there are than repeats; null likewise. */
  readonly designEffect: number | null
}

/**
 * How far repeats of one launch stand for each other, by one-way analysis of variance.
 * @param launches at least two, of at least two repeats in all but one.
 * @source Shrout & Fleiss 1979, Intraclass correlations, ICC(1,1); Donner & Koval 1980 for unequal sizes.
 */
export function nestedRepeats(launches: readonly (readonly number[])[]): NestedRepeats {
  if (new Set(launches.flat()).size === 1) return { intraclassCorrelation: null, designEffect: null }
  const total = launches.reduce((so, { length }) => so + length, 0)
  const grand = mean(launches.flat())
  let [between, within, squaredSizes] = [0, 0, 0]
  for (const repeats of launches) {
    const centre = mean([...repeats])
    between += repeats.length * (centre - grand) ** 2
    within += repeats.reduce((so, value) => so + (value - centre) ** 2, 0)
    squaredSizes += repeats.length ** 2
  }
  const groups = launches.length
  const size = (total - squaredSizes / total) / (groups - 1)
  const [meanBetween, meanWithin] = [between / (groups - 1), within / (total - groups)]
  const intraclassCorrelation = (meanBetween - meanWithin) / (meanBetween + (size - 1) * meanWithin)
  return { intraclassCorrelation, designEffect: 1 + (size - 1) * Math.max(0, intraclassCorrelation) }
}
