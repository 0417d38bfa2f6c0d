// Goal: speedups, efficiencies and costs are what the times of the trials give, pair by pair, and nothing is left out. Left out:
// the times themselves (end-to-end/scale.long.test.ts) and the decision's rates (calibration).
import { describe, expect, it } from 'vitest'
import { type ScalingRecords, scalingPoints } from '../../../src/evidence/scaling/curve.ts'
import { spikesOf, stragglersOf } from '../../../src/evidence/scaling/events.ts'
import type { NodeStep, StepRecord, TrialRecord } from '../../../src/record/trial-record.ts'
import { studySchema } from '../../../src/study/schema.ts'

const STEPS = 6

function study(arms: readonly object[], repeats = 2) {
  return studySchema.parse({
    purpose: '?',
    workload: { name: 'linear', rows: 1000 },
    arms,
    training: { steps: STEPS, learningRate: 1, batch: 100 },
    seeds: [0],
    repeats,
  })
}

/** A step of so many seconds on every node; `late` node's engine takes most of it. */
function stepOf(trial: string, step: number, seconds: number, nodes: number, late?: number): StepRecord {
  const each = Array.from({ length: nodes }, (_, node) => ({
    node,
    stepNs: seconds * 1e9,
    engineNs: seconds * (node === late ? 0.9 : 0.4) * 1e9,
  })) as unknown as NodeStep[]
  return { trial, step, nodes: each } as unknown as StepRecord
}

/** @param seconds of a step, by arm and repeat. */
function records(of: ReturnType<typeof study>, seconds: Readonly<Record<string, readonly number[]>>): ScalingRecords {
  const trials = of.arms.flatMap(({ name, nodes }) =>
    (seconds[name] ?? []).map(
      (_, repeat) =>
        ({
          trial: `${name}.${repeat}`,
          arm: name,
          nodes,
          seed: 0,
          repeat,
          status: 'finished',
          bytesSentMax: 600,
          stepsRecorded: STEPS,
        }) as unknown as TrialRecord,
    ),
  )
  const stepsOf = (trial: string): StepRecord[] => {
    const [arm, repeat] = [trial.slice(0, trial.lastIndexOf('.')), Number(trial.slice(trial.lastIndexOf('.') + 1))]
    const nodes = of.arms.find(({ name }) => name === arm)?.nodes ?? 1
    // The warm-up is a hundred times as slow: no figure but the first step's may hold it.
    return Array.from({ length: STEPS }, (_, i) =>
      stepOf(trial, i + 1, seconds[arm][repeat] * (i < 2 ? 100 : 1), nodes),
    )
  }
  return { study: of, trials, stepsOf, cores: 2, pricePerNodeHour: 3.6 }
}

describe('the points of a curve', () => {
  const strong = study([
    { name: 'one', nodes: 1 },
    { name: 'four', nodes: 4 },
  ])
  const [one, four] = scalingPoints(records(strong, { one: [1, 2], four: [0.5, 0.5] }))

  it('have the median of ratios of pairs, and each trial its own', () => {
    expect(four.speedup).toMatchObject({ base: 'one', ratio: 3, pairs: 2, efficiency: 0.75, decision: 'insufficient' })
    expect(four.trials.map(({ speedup }) => speedup)).toEqual([2, 4])
    expect(one.speedup).toBeNull()
  })

  it('have rates, costs and percentiles of steps after the warm-up, which stands apart', () => {
    expect(one).toMatchObject({ secondsPerStep: 1.5, firstStepSeconds: 150, oversubscribed: false })
    expect(four).toMatchObject({ samplesPerSecond: 200, bytesPerSecond: 200, oversubscribed: true })
    expect(four.stepSeconds).toMatchObject({
      p50: { value: 0.5 },
      p99: { value: 0.5, interval: [expect.anything(), null] },
    })
    expect(four.stepSeconds.steps).toBe(8)
    expect(four.costPerMillionRows).toBeCloseTo(((4 * 3.6) / 3600 / 200) * 1e6, 9)
  })

  it('of weak scaling count the rows that grow with the ranks', () => {
    const weak = study([
      { name: 'one', nodes: 1, batch: 100 },
      { name: 'four', nodes: 4, batch: 400 },
    ])
    const [, point] = scalingPoints(records(weak, { one: [1], four: [1.25] }))
    expect(point.speedup?.ratio).toBeCloseTo(3.2, 9)
    expect(point.speedup?.efficiency).toBeCloseTo(0.8, 9)
  })

  it('have no speedup where the base has no trial of that repeat', () => {
    const [, point] = scalingPoints(records(strong, { one: [1], four: [0.5, 0.4] }))
    expect(point.speedup?.pairs).toBe(1)
    expect(point.trials.map(({ speedup }) => speedup)).toEqual([2, null])
    expect(scalingPoints(records(strong, { four: [0.5] }))[0].speedup).toBeNull()
  })
})

describe('what is named', () => {
  const [arm] = study([{ name: 'four', nodes: 4 }]).arms
  const steps = (late: (step: number) => number, seconds: (step: number) => number = () => 1): StepRecord[] =>
    Array.from({ length: 40 }, (_, i) => stepOf('four.0', i + 1, seconds(i + 1), 4, late(i + 1)))

  it('is the node that is always last, and no node where they take turns', () => {
    expect(
      stragglersOf(
        arm,
        steps(() => 2),
      ),
    ).toMatchObject([{ node: 2, lastShare: 1, steps: 38 }])
    expect(
      stragglersOf(
        arm,
        steps((step) => step % 4),
      ),
    ).toEqual([])
  })

  it('is a step far beyond the others, which still counts', () => {
    const spikes = spikesOf(
      arm,
      steps(
        () => 0,
        (step) => (step === 20 ? 10 : 1 + step / 1000),
      ),
    )
    expect(spikes).toMatchObject({ count: 1, steps: 38, longest: [{ trial: 'four.0', step: 20, seconds: 10 }] })
    expect(spikes?.shareOfTime).toBeGreaterThan(0.2)
    expect(
      spikesOf(
        arm,
        steps(
          () => 0,
          (step) => 1 + step / 1000,
        ),
      ),
    ).toBeNull()
  })
})
