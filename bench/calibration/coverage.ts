import { bcaInterval, percentileInterval } from '../../src/stats/bootstrap.ts'
import type { Interval, IntervalMethod } from '../../src/stats/interval.ts'
import { tInterval } from '../../src/stats/mean-interval.ts'
import { medianInterval } from '../../src/stats/median-interval.ts'
import { predictionInterval } from '../../src/stats/prediction.ts'
import { fiellerInterval, pairedRatioInterval } from '../../src/stats/ratio-intervals.ts'
import { welch } from '../../src/stats/two-samples.ts'
import { normals, SHAPES, type Shape } from './shapes.ts'

export const SIZES = [2, 3, 5, 6, 10, 30] as const

/** Share of the 95 % intervals given that hold the truth, by shape, then n; null: the method gives none. */
export type Coverage = Readonly<
  Record<IntervalMethod, Readonly<Record<string, Readonly<Record<string, number | null>>>>>
>

/** What a method says of fresh data, and what is true. */
interface Trial {
  readonly interval: Interval
  readonly truth: number
}

interface CalibratedMethod {
  readonly datasets: number
  readonly trial: (draw: () => number[], shape: Shape, n: number, dataset: number) => Trial
}

const CHEAP = 20_000
const RESAMPLED = 4_000
const RESAMPLES = 499

const METHODS: Readonly<Record<IntervalMethod, CalibratedMethod>> = {
  "Student's t": { datasets: CHEAP, trial: (draw, { mean }) => ({ interval: tInterval(draw()), truth: mean }) },
  'order statistics': {
    datasets: CHEAP,
    trial: (draw, { median }) => ({ interval: medianInterval(draw()), truth: median }),
  },
  'bootstrap percentile': {
    datasets: RESAMPLED,
    trial: (draw, { mean }, _, seed) => ({
      interval: percentileInterval(draw(), 'mean', { resamples: RESAMPLES, seed }),
      truth: mean,
    }),
  },
  // Falls back below ten values, so what is measured there is the percentile interval.
  'bootstrap BCa': {
    datasets: RESAMPLED,
    trial: (draw, { mean }, _, seed) => ({
      interval: bcaInterval(draw(), 'mean', { resamples: RESAMPLES, seed }),
      truth: mean,
    }),
  },
  Welch: { datasets: CHEAP, trial: (draw) => ({ interval: welch(draw(), draw()).interval, truth: 0 }) },
  Fieller: { datasets: CHEAP, trial: (draw) => ({ interval: fiellerInterval(draw(), draw()), truth: 1 }) },
  'paired log bootstrap': {
    datasets: RESAMPLED / 4,
    trial: (draw, _, __, seed) => {
      const [first, second] = [draw(), draw()]
      const pairs = first.map((value, i) => [value, second[i]] as const)
      return { interval: pairedRatioInterval(pairs, { resamples: RESAMPLES, seed }), truth: 1 }
    },
  },
  prediction: {
    datasets: CHEAP,
    trial: (draw) => ({ interval: predictionInterval(draw(), 1), truth: draw()[0] }),
  },
}

const SEED = 5_041

/** The whole table: seeded, so that it comes out the same again. */
export function measureCoverage(): Coverage {
  const ofMethod = ({ datasets, trial }: CalibratedMethod) =>
    Object.fromEntries(
      Object.entries(SHAPES).map(([name, shape]) => [
        name,
        Object.fromEntries(SIZES.map((n) => [n, coverageOf(trial, shape, n, datasets)])),
      ]),
    )
  return Object.fromEntries(Object.entries(METHODS).map(([name, method]) => [name, ofMethod(method)])) as Coverage
}

function coverageOf(trial: CalibratedMethod['trial'], shape: Shape, n: number, datasets: number): number | null {
  const next = normals(SEED)
  let [given, held] = [0, 0]
  for (let dataset = 0; dataset < datasets; dataset++) {
    const { interval, truth } = trial(() => shape.values(next(3 * n), n), shape, n, dataset)
    if (interval.lower === null || interval.upper === null) continue
    given++
    if (interval.lower <= truth && truth <= interval.upper) held++
  }
  return given === 0 ? null : held / given
}
