// Goal: the difference of two clocks is found between the bounds that all-reduces give, and 0 is kept where they allow it. Left out:
// clocks that drift within a trial.
import { describe, expect, it } from 'vitest'
import { clockCorrections } from '../../../src/evidence/scaling/clock-correction.ts'
import type { StepRecord } from '../../../src/record/trial-record.ts'

/** Two nodes begin and end an all-reduce at the same time within `skewMs`; node 1's clock is ahead. */
function steps(aheadMs: number, lengthMs: number): StepRecord[] {
  return Array.from({ length: 5 }, (_, i) => {
    const bucket = { elements: 1, readNs: 0, reduceStartNs: 2e6, reduceEndNs: (2 + lengthMs + (i % 2)) * 1e6 }
    const nodes = [0, aheadMs].map((ahead, node) => ({ node, startedMs: 1000 * i + ahead, buckets: [bucket] }))
    return { step: i + 1, nodes } as unknown as StepRecord
  })
}

describe('the clock of a node', () => {
  it('is corrected by what causality allows, and its error says how well', () => {
    const [zero, one] = clockCorrections(steps(50, 3))
    expect(zero).toEqual({ node: 0, aheadMs: 0, errorMs: 0 })
    expect(one).toEqual({ node: 1, aheadMs: 50, errorMs: 3 })
  })

  it('is left alone where it may agree', () => {
    expect(clockCorrections(steps(2, 3))[1]).toMatchObject({ aheadMs: 0, errorMs: 5 })
  })

  it('is not known where nothing was exchanged', () => {
    const silent = steps(50, 3).map((step) => ({
      ...step,
      nodes: step.nodes.map((node) => ({ ...node, buckets: [] })),
    }))
    expect(clockCorrections(silent)[1]).toEqual({ node: 1, aheadMs: 0, errorMs: Number.POSITIVE_INFINITY })
  })
})
