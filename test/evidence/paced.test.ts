// Goal: paced runs are stamped, and never held against measured ones. Left out: the command (end-to-end/scale.long.test.ts).
import { describe, expect, it } from 'vitest'
import { coresSaturated, pacedStamp, refuseMixedPace } from '../../src/evidence/paced.ts'
import { studySchema } from '../../src/study/schema.ts'

const studyOf = (workload: object) =>
  studySchema.parse({
    purpose: '?',
    workload,
    arms: [{ name: 'one', nodes: 1 }],
    training: { steps: 1, learningRate: 1 },
    seeds: [0],
  })
const paced = studyOf({ name: 'paced', computeMs: 100, parameters: 1000 })
const slower = studyOf({ name: 'paced', computeMs: 200, parameters: 1000 })
const computed = studyOf({ name: 'linear' })

describe('a paced study', () => {
  it('has a stamp, and a computed one has none', () => {
    expect(pacedStamp(paced)).toMatch(/^paced: 100 ms a step on one rank, waited out and not computed/)
    expect(pacedStamp(computed)).toBeUndefined()
  })

  it('is not compared with one that computes, or of another pace', () => {
    expect(() => refuseMixedPace(paced, computed)).toThrow('computing measured')
    expect(() => refuseMixedPace(paced, slower)).toThrow('200 ms')
    expect(() => refuseMixedPace(paced, paced)).not.toThrow()
    expect(() => refuseMixedPace(computed, computed)).not.toThrow()
  })
})

describe('saturated cores', () => {
  it('are seen where threads waited for them, and unknown where nobody knows', () => {
    expect(
      [0.02, 0.3, null, undefined].map((coreWait) => coresSaturated(coreWait === undefined ? {} : { coreWait })),
    ).toEqual([false, true, 'unknown', 'unknown'])
  })
})
