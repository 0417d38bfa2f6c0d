// Goal: from trainings made by hand, the envelopes, the step of the first difference, its growth and the floor come out. Left out:
// real trainings (the end-to-end test).
import { describe, expect, it } from 'vitest'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { envelopesOf, orderFloor, type TrainedOrder } from '../../src/spread/envelopes.ts'

function trained(
  algorithm: string,
  losses: readonly number[],
  hashes: readonly string[],
  weights: Readonly<Record<number, readonly number[]>>,
): TrainedOrder {
  const steps = losses.map((loss, i) => ({ step: i + 1, loss, weightsHash: hashes[i] }) as StepRecord)
  const record = { weightsSha256: hashes[hashes.length - 1] } as TrialRecord
  const kept = Object.entries(weights).map(([step, own]) => [Number(step), Float32Array.from(own)] as const)
  return { algorithm, record, steps, weights: new Map(kept) }
}

const A = trained('ring', [3, 2, 1], ['a', 'b', 'c'], { 1: [1, -4], 3: [2, 2] })
const B = trained('rank-order', [3, 2.5, 1], ['a', 'x', 'y'], { 1: [1, -4], 3: [2, 1] })
const C = trained('reverse-rank', [3, 1.5, 0.5], ['a', 'b', 'c'], { 1: [1, -4], 3: [2, 2] })

describe('envelopes', () => {
  const found = envelopesOf([A, B, C])

  it('hold the least and greatest loss of each step', () => {
    expect(found.loss).toEqual([
      { step: 1, least: 3, greatest: 3 },
      { step: 2, least: 1.5, greatest: 2.5 },
      { step: 3, least: 0.5, greatest: 1 },
    ])
  })

  it('name the first step after which weights differ, and how far they are at the steps that were kept', () => {
    expect(found.firstStepApart).toBe(2)
    expect(found.lossApartStep).toBe(2)
    expect(found.growth).toEqual([
      { step: 1, distance: 0, distinct: 1 },
      { step: 3, distance: 0.5, distinct: 2 },
    ])
    expect(found.distinctWeights).toBe(2)
  })

  it('take losses that only rounding moved as together', () => {
    const near = trained('other', [3, 2 + 2 ** -20, 1], ['a', 'n', 'n'], {})
    expect(envelopesOf([A, near])).toMatchObject({ firstStepApart: 2, lossApartStep: null })
  })

  it('find no step where the orders came to the same', () => {
    expect(envelopesOf([A, C])).toMatchObject({ firstStepApart: null, distinctWeights: 1 })
  })
})

describe('the floor of orders', () => {
  it('is the 99th percentile of differences, and the limit twice that', () => {
    const floor = orderFloor([0.9, 0.91, 0.905, 0.9], 1e-4)
    expect(floor.value).toBeCloseTo(0.01, 12)
    expect(floor.limit).toBeCloseTo(0.02, 12)
    expect(floor).toMatchObject({ multiple: 2, quantile: 0.99, resolution: 1e-4 })
    expect(floor.falseAlarmRate).toBeGreaterThan(orderFloor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1).falseAlarmRate)
  })

  it('never lets a difference mean something that the metric cannot show', () => {
    expect(orderFloor([0.9, 0.9, 0.9], 1e-4)).toMatchObject({ value: 0, limit: 1e-4 })
  })
})
