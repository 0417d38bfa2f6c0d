// Goal: every number that a run states is found by the digits it prints as, with the samples behind it. Left out: the files it is read
// from (test/end-to-end/smoke.test.ts).
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/evidence/comparison.ts'
import { isPrintedNumber, printsAs, type SampleLine, statedNumbers } from '../../src/evidence/stated-numbers.ts'

const SECONDS = { one: [6.2, 6.4], eight: [1, 1.2] }
const LOSSES = { one: [0.25, 0.5], eight: [0.25, 0.75] }

const samples = Object.keys(SECONDS).flatMap((arm) =>
  [0, 1].flatMap((seed) => {
    const of = { trial: `${arm}.seed-${seed}`, seed, repeat: 0, context: {} as SampleLine['context'] }
    return [
      { ...of, metric: 'final-loss', unit: 'mean loss', value: LOSSES[arm as 'one'][seed] },
      { ...of, metric: 'train-seconds', unit: 's', value: SECONDS[arm as 'one'][seed] },
    ] as const
  }),
)
const lines: SampleLine[] = samples.map((sample, index) => ({ ...sample, line: index + 1 }))

const comparison = {
  metric: { name: 'final-loss' },
  arms: Object.keys(SECONDS).map((name) => ({
    name,
    trials: [0, 1].map((seed) => ({ trial: `${name}.seed-${seed}`, seed, repeat: 0 })),
    medianTrainSeconds: name === 'one' ? 6.3 : 1.1,
    stepsPerSecond: name === 'one' ? 100 / 6.3 : 100 / 1.1,
  })),
  reported: null,
  speed: { base: 'one', against: 'eight', ratio: 6.3 / 1.1, decision: 'insufficient' },
  numeric: { base: 'one', against: 'eight', difference: 0.125, decision: 'insufficient' },
} as unknown as Comparison

const found = (printed: string): string[] =>
  statedNumbers(comparison, lines)
    .filter(({ value }) => printsAs(printed, value))
    .map(({ name, samples: from }) => `${name} < ${from.map(({ line }) => line).join(',')}`)

describe('a printed number', () => {
  it.each([
    ['5.7x', ['speed of eight against one < 2,4,6,8']],
    ['6.30 s', ['median time of one < 2,4']],
    ['0.375', ['mean final-loss of one < 1,3']],
    ['0.35355', ['s of final-loss of eight < 5,7']],
    ['0.75', ['final-loss of eight.seed-1 < 7']],
    ['0.25', ['final-loss of one.seed-0 < 1', 'final-loss of eight.seed-0 < 5']],
    ['1.25e-1', ['final-loss of eight less that of one < 1,3,5,7']],
    ['6.1', []],
  ])('%s is found with the samples behind it', (printed, names) => {
    expect(found(printed)).toEqual(names)
  })

  it('prints as what is within half of its last digit, a percentage as a share', () => {
    expect([printsAs('0.0101', 0.01014999), printsAs('0.0101', 0.0101501)]).toEqual([true, false])
    expect([printsAs('93.1 %', 0.9314), printsAs('93.1 %', 93.1)]).toEqual([true, false])
    expect(['6.2x', '6.2×', '-1e-3', '12', '93 %'].every(isPrintedNumber)).toBe(true)
    expect(['six', '6.2.1', '', 'x6'].some(isPrintedNumber)).toBe(false)
  })
})
