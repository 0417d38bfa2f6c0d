// Goal: a fit gives back the α and β that times were made with, intervals are as wide as the rule says and hold as often as they
// promise, the term that was changed is the one blamed, and scores count right. Left out: real times (npm run bench:predict).
import { describe, expect, it } from 'vitest'
import { normals } from '../../../bench/calibration/shapes.ts'
import { type Gap, partsOf, type Term, termToBlame, type Witnesses } from '../../../src/evidence/prediction/blame.ts'
import { errorScale, predictionBounds } from '../../../src/evidence/prediction/interval.ts'
import {
  fitLinkModel,
  type LinkModel,
  type Place,
  predictSeconds,
  type TimedPlace,
} from '../../../src/evidence/prediction/link-model.ts'
import { scoreErrors, scoreIntervals } from '../../../src/evidence/prediction/score.ts'

const TRUE: LinkModel = { latencyNs: 300_000, nsPerByte: 420, addNsPerByte: 0.3, burstNs: 5e6 }
const START: LinkModel = { ...TRUE, latencyNs: 900_000, nsPerByte: 380 }
const ALGORITHMS = ['ring', 'binomial-tree', 'halving-doubling', 'all-pairs']

const placesOf = (nodeCounts: readonly number[], sizes: readonly number[]): Place[] =>
  nodeCounts.flatMap((nodes) =>
    sizes.flatMap((sizeBytes) => ALGORITHMS.map((algorithm) => ({ algorithm, nodes, sizeBytes }))),
  )

/** As the model has it, each time multiplied by e to the power of some noise. */
function timed(places: readonly Place[], model: LinkModel, sd = 0, seed = 0): TimedPlace[] {
  const noise = normals(seed)(places.length)
  return places.map((place, i) => ({ ...place, seconds: predictSeconds(place, model) * Math.exp(sd * noise[i]) }))
}

const SIZES = [64, 256].map((kibibytes) => kibibytes * 1024)

it('a fit finds the α and β that times were made with, from a start that is far off', () => {
  const fitted = fitLinkModel(timed(placesOf([2, 3], [4, ...SIZES]), TRUE), START)
  expect(Math.abs(fitted.nsPerByte / TRUE.nsPerByte - 1)).toBeLessThan(1e-6)
  expect(Math.abs(fitted.latencyNs / TRUE.latencyNs - 1)).toBeLessThan(1e-3)
  expect(fitted).toMatchObject({ addNsPerByte: TRUE.addNsPerByte, burstNs: TRUE.burstNs })
})

describe('an interval', () => {
  const sized = timed(placesOf([2, 3], SIZES), TRUE, 0.02, 1)
  const smallest = timed(placesOf([2, 3], [4]), TRUE)

  it('is bounded by the errors of the larger node count, which the smaller one predicted', () => {
    const scale = errorScale({ sized, smallest }, START, 0.9)
    expect(scale.errors).toHaveLength(8)
    expect(scale.bound).toBe(scale.errors[7]) // the ⌈9 · 0.9⌉-th would be the ninth
    expect(errorScale({ sized, smallest }, START, 0.5).bound).toBe(scale.errors[4])
    expect(scale).toMatchObject({ nodesFitted: 3, doublingsSeen: Math.log2(1.5) })
  })

  it('grows as a random walk over doublings', () => {
    const scale = { confidence: 0.9, nodesFitted: 3, doublingsSeen: 1, errors: [0.1], bound: 0.1 }
    const halfOf = (nodes: number): number => Math.log(predictionBounds(1, nodes, scale)[1])
    expect(halfOf(3)).toBeCloseTo(0.1, 12)
    expect(halfOf(6)).toBeCloseTo(0.1 * Math.SQRT2, 12)
    expect(halfOf(24)).toBeCloseTo(0.2, 12)
    const [low, high] = predictionBounds(2, 6, scale)
    expect(low * high).toBeCloseTo(4, 12)
  })

  it('holds what has the errors that it was made from, at least as often as it says', () => {
    const held = placesOf([4, 5, 6, 8], SIZES)
    let covered = 0
    const runs = 6
    for (let seed = 0; seed < runs; seed++) {
      const points = timed(placesOf([2, 3], SIZES), TRUE, 0.02, 2 * seed)
      const model = fitLinkModel([...points, ...smallest], START)
      const scale = errorScale({ sized: points, smallest }, START, 0.9)
      covered += scoreIntervals(
        timed(held, TRUE, 0.02, 2 * seed + 1).map((place) => {
          const predictedSeconds = predictSeconds(place, model)
          const bounds = predictionBounds(predictedSeconds, place.nodes, scale)
          return { predictedSeconds, measuredSeconds: place.seconds, bounds }
        }),
      ).covered
    }
    expect(covered / (runs * held.length)).toBeGreaterThan(0.9)
  })
})

describe('the term to blame', () => {
  const gap: Gap = { predictedSeconds: 1, predictedAtRatioSeconds: 1, measured: { seconds: 1.2, coreWait: 0 } }
  const calm: Witnesses = { smallest: { seconds: 0.01, coreWait: 0 }, smallestPredictedSeconds: 0.01 }
  const cases: [Term, Partial<Gap>, Partial<Witnesses>][] = [
    ['latency', {}, { smallest: { seconds: 0.2, coreWait: 0 } }],
    ['bandwidth', { predictedAtRatioSeconds: 1.15 }, {}],
    ['cores', { measured: { seconds: 1.2, coreWait: 0.15 } }, {}],
    ['contention', {}, {}],
    ['bandwidth', { predictedAtRatioSeconds: 0.8, measured: { seconds: 0.82, coreWait: 0.01 } }, {}],
  ]
  it.each(cases)('is %s where that was measured to be off', (term, changed, witnessed) => {
    const parts = partsOf({ ...gap, ...changed }, { ...calm, ...witnessed })
    expect(termToBlame(parts)).toBe(term)
    const { measured, predictedSeconds } = { ...gap, ...changed }
    const sum = Object.values(parts).reduce((a, b) => a + b, 0)
    expect(sum).toBeCloseTo(measured.seconds - predictedSeconds, 12)
  })

  it('is not the latency where the smallest vector only waited for a core', () => {
    const parts = partsOf(gap, { ...calm, smallest: { seconds: 0.2, coreWait: 0.95 } })
    expect(parts.latency).toBeCloseTo(0, 12)
  })
})

it('scores are medians, nearest ranks and counts', () => {
  const points = [0.5, 0.9, 1, 1.1, 2].map((predictedSeconds) => ({
    predictedSeconds,
    measuredSeconds: 1,
    bounds: [0.8 * predictedSeconds, 1.2 * predictedSeconds] as const,
  }))
  expect(scoreErrors(points).errorMedian).toBeCloseTo(0.1, 12)
  expect(scoreErrors(points).errorP90).toBeCloseTo(1, 12)
  const score = scoreIntervals(points)
  expect(score).toMatchObject({ points: 5, covered: 3, coverage: 0.6 })
  expect(score.widthMedian).toBeCloseTo(0.4, 12)
})
