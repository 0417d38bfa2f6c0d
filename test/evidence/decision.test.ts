// Goal: a difference of two arms is called real only where everything that the method asks for holds, one refusal at a time. Left out:
// how often that is wrong (test/stats/calibration.long.test.ts).
import { describe, expect, it } from 'vitest'
import { pairsOf, seedPairsOf } from '../../src/evidence/comparison.ts'
import { decideMetric, decideTime, type Pair } from '../../src/evidence/decision.ts'
import type { TrialRecord } from '../../src/record/trial-record.ts'

/** Multiplied with a time: what a machine of 5 % noise does. */
const NOISE = [1.02, 0.97, 1.05, 0.99, 1.01, 0.96, 1.03, 1, 0.98, 1.04, 0.95, 1.02]

const pairs = (ratio: number, count = NOISE.length): Pair[] =>
  NOISE.slice(0, count).map((noise, i) => ({ base: ratio * noise, against: NOISE[(i + 5) % NOISE.length] }))

const QUIET = [1.03, 0.98, 1.01, 0.97, 1.02, 0.99]
const LOUD = [2, 0.5, 2.2, 0.4, 1.9, 0.6]

describe('the times of two arms', () => {
  it('differ where the interval excludes 1 and an arm against itself does less', () => {
    expect(decideTime(pairs(2), QUIET)).toMatchObject({ decision: 'faster', reason: null, pairs: 12, selfPairs: 6 })
    expect(decideTime(pairs(0.5), QUIET)).toMatchObject({ decision: 'slower' })
  })

  it('do not where the interval holds 1', () => {
    const { decision, interval } = decideTime(pairs(1), QUIET)
    expect(decision).toBe('indistinguishable')
    expect([Number(interval[0]) < 1, Number(interval[1]) > 1]).toEqual([true, true])
  })

  it('do not where an arm against itself does as much, whatever the interval says', () => {
    const { decision, interval, floor, ratio } = decideTime(pairs(1.5), LOUD)
    expect(Number(interval[0])).toBeGreaterThan(1)
    expect(Number(floor)).toBeGreaterThan(ratio)
    expect(decision).toBe('indistinguishable')
    expect(decideTime(pairs(1.5), QUIET).decision).toBe('faster')
  })

  it.each([
    [3, QUIET, 'a 95 % interval of the median needs 6 pairs'],
    [1, QUIET, 'a 95 % interval of the median needs 6 pairs'],
    [12, QUIET.slice(1), 'the floor needs 6 pairs of the same arm'],
  ])('are not judged by %i pairs and too few pairs', (count, self, reason) => {
    expect(decideTime(pairs(2, count), self)).toMatchObject({ decision: 'insufficient', reason })
  })
})

describe('the metric of two arms', () => {
  const floor = { limit: 0.002 }
  const shifted = (shift: number, spread: number): Pair[] =>
    [-1, 1, 0.5, -0.5].map((at, i) => ({ base: i, against: i + shift + at * spread }))

  it('differs where the floor and the interval both say so', () => {
    expect(decideMetric(shifted(0.01, 0.001), floor)).toMatchObject({ decision: 'real', reason: null, pairs: 4 })
    expect(decideMetric(shifted(-0.01, 0.001), floor).decision).toBe('real')
  })

  it('does not below the floor, nor where the interval holds 0', () => {
    expect(decideMetric(shifted(0.0019, 1e-6), floor).decision).toBe('indistinguishable')
    expect(decideMetric(shifted(0.01, 0.05), floor).decision).toBe('indistinguishable')
  })

  it('does not where every pair came to the same, with a floor or without', () => {
    const equal = { decision: 'indistinguishable', difference: 0, interval: null }
    expect(decideMetric(shifted(0, 0), null)).toMatchObject(equal)
    expect(decideMetric(shifted(0, 0), floor)).toMatchObject(equal)
  })

  it('is not judged without a floor, or from one pair above it', () => {
    expect(decideMetric(shifted(1, 0.1), null)).toMatchObject({ decision: 'insufficient' })
    expect(decideMetric(shifted(1, 0.1).slice(1, 2), floor)).toMatchObject({ reason: 'n = 1, no spread' })
  })

  it('is indistinguishable where two pairs disagree in sign, and real where two agree closely', () => {
    const twoRounds = (second: number): Pair[] => [
      { base: 0, against: 0.5 },
      { base: 0, against: second },
    ]
    expect(decideMetric(twoRounds(-0.3), floor).decision).toBe('indistinguishable')
    expect(decideMetric(twoRounds(0.51), floor).decision).toBe('real')
  })

  it('is real where every pair moved by the same amount', () => {
    const same = Array.from({ length: 3 }, (_, base) => ({ base, against: base + 1 }))
    expect(decideMetric(same, floor)).toMatchObject({ decision: 'real', interval: null })
  })
})

it('trials pair by seed and repeat, where both came to something', () => {
  const trial = (seed: number, repeat: number, loss: number | null): TrialRecord =>
    ({ seed, repeat, loss }) as TrialRecord
  const base = [trial(0, 0, 1), trial(1, 0, null), trial(0, 1, 3), trial(7, 0, 9)]
  const against = [trial(0, 1, 30), trial(1, 0, 20), trial(0, 0, 10)]
  expect(pairsOf(base, against, ({ loss }) => loss)).toEqual([
    { base: 1, against: 10 },
    { base: 3, against: 30 },
  ])
})

it('repeats of a seed are one value of the metric, however many there are', () => {
  const trial = (seed: number, repeat: number, loss: number | null): TrialRecord =>
    ({ seed, repeat, loss }) as TrialRecord
  const base = [trial(0, 0, 1), trial(1, 0, 2), trial(0, 1, 1), trial(0, 2, 1), trial(2, 0, 5)]
  const against = [trial(0, 0, 4), trial(1, 0, 6), trial(0, 1, 6), trial(0, 2, null), trial(2, 0, null)]
  expect(seedPairsOf('final-loss', base, against)).toEqual([
    { base: 1, against: 5 },
    { base: 2, against: 6 },
  ])
})
