// Goal: the phases of a step are what they are said to be and add up to it. Left out: that workers measure them so
// (end-to-end/scale.long.test.ts).
import { describe, expect, it } from 'vitest'
import { PHASES, phaseTimes } from '../../../src/evidence/scaling/phases.ts'
import type { NodeStep } from '../../../src/record/trial-record.ts'

/** Engine until 100, of which 10 rows, 20 upload, 70 compute; a bucket reduced from 100 to 160. */
const STEP: NodeStep = {
  node: 0,
  dispatches: 0,
  updateDispatches: 1,
  gpuNs: null,
  startedMs: 1,
  stepNs: 160,
  engineNs: 100,
  reduceNs: 60,
  overlapNs: 0,
  phases: {
    rowsNs: 10,
    uploadNs: 20,
    dispatchNs: 0,
    computeNs: 70,
    readbackNs: 0,
    updateNs: 0,
    paceNs: 0,
    recordNs: 5,
  },
  buckets: [{ elements: 4, readNs: 100, reduceStartNs: 100, reduceEndNs: 160, sendNs: 8, addNs: 12 }],
}

const sumOf = (step: NodeStep): number => {
  const times = phaseTimes(step)
  return PHASES.reduce((sum, phase) => sum + (times?.[phase] ?? 0), times?.rest ?? 0)
}

describe('the phases of a step', () => {
  it('are what the engine and the all-reduce spent, and the wait is what is left', () => {
    expect(phaseTimes(STEP)).toMatchObject({ rows: 10, compute: 70, record: 5, send: 8, add: 12, wait: 35, rest: 0 })
  })

  it('leave what no phase names in the rest', () => {
    const { phases } = STEP
    const unnamed = { ...STEP, ...(phases && { phases: { ...phases, computeNs: 40 } }) }
    expect(phaseTimes(unnamed)).toMatchObject({ compute: 40, wait: 35, rest: 30 })
    expect(sumOf(unnamed)).toBe(STEP.stepNs)
  })

  it('count a bucket that began behind the engine from where the engine was done', () => {
    const early = { elements: 4, readNs: 40, reduceStartNs: 40, reduceEndNs: 120, sendNs: 8, addNs: 16 }
    const late = { elements: 4, readNs: 100, reduceStartNs: 120, reduceEndNs: 160, sendNs: 1, addNs: 2 }
    const hidden = { elements: 4, readNs: 10, reduceStartNs: 10, reduceEndNs: 40, sendNs: 100, addNs: 100 }
    const overlapped = { ...STEP, buckets: [hidden, early, late] }
    expect(phaseTimes(overlapped)).toMatchObject({ send: 3, add: 6, wait: 46 })
    expect(sumOf(overlapped)).toBe(STEP.stepNs)
  })

  it('are more than the step where time was counted twice', () => {
    const twice = { ...STEP, buckets: [{ ...STEP.buckets[0], addNs: 60 }] }
    expect(phaseTimes(twice)).toMatchObject({ add: 60, wait: 0, rest: -13 })
  })

  it('are unknown of a run that recorded none', () => {
    const { phases: _, ...older } = STEP
    expect(phaseTimes(older)).toBeUndefined()
  })
})
