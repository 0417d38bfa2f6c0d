/** Times what is costly in src/stats: `node bench/statistics.ts`. The first of five, with the code still cold, and the median. */
import { bcaInterval } from '../src/stats/bootstrap.ts'
import { mannWhitney } from '../src/stats/rank-tests.ts'
import { normals } from './calibration/shapes.ts'

const values = Array.from(normals(0)(1000), (z) => 10 + z)
const variance = (sample: Float64Array): number => {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length
  return sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sample.length - 1)
}

const WORK: Readonly<Record<string, () => unknown>> = {
  'BCa of the mean of 1,000 values, 10,000 resamples': () => bcaInterval(values, 'mean', { resamples: 10_000 }),
  'the same of the variance': () => bcaInterval(values, variance, { resamples: 10_000 }),
  'Mann and Whitney, 30 against 30 values, exact': () => mannWhitney(values.slice(0, 30), values.slice(30, 60)),
}

for (const [name, work] of Object.entries(WORK)) {
  const milliseconds = Array.from({ length: 5 }, () => {
    const startedMs = performance.now()
    work()
    return performance.now() - startedMs
  })
  const [cold] = milliseconds
  const median = milliseconds.toSorted((a, b) => a - b)[2]
  console.log(`${name}: ${cold.toFixed(0)} ms cold, ${median.toFixed(0)} ms`)
}
