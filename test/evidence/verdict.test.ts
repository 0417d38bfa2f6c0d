// Goal: the verdict is true when everything is as published, and each single thing that is not turns it false and is
// named. Left out: how trials come about, the oracle (test/gradient), and the rates (test/stats/prediction.test.ts).
import { describe, expect, it } from 'vitest'
import { TRAJECTORY_TOLERANCE, type TrajectoryCheck } from '../../src/evidence/trajectory.ts'
import { halfLastDigit, judge, refuseBitwiseClaim, type Verdict } from '../../src/evidence/verdict.ts'
import type { ProbeRecord } from '../../src/gradient/gpu/probe-record.ts'
import type { TrialRecord } from '../../src/record/trial-record.ts'
import { type Claim, claimSchema, type Study, studySchema } from '../../src/study/schema.ts'

const STUDY: Study = studySchema.parse({
  purpose: 'A study of nothing.',
  workload: { name: 'linear' },
  arms: [
    { name: '1-node', nodes: 1 },
    { name: '8-nodes', nodes: 8 },
  ],
  training: { steps: 200, learningRate: 0.05 },
  seeds: [0, 1, 0],
})

/** Where the weights of 200 steps are compared. */
const TRAJECTORY = [1, 2, 5, 10, 20, 50, 100, 200]

/** Two seeds in print, and mean and s of ten. What is allowed beside a printed loss: 5e-7 + 1e-7. */
const REPORTED = {
  perSeed: { 0: '0.010046', 1: '0.010129' },
  mean: '0.010060',
  sd: '0.000141',
  n: 10,
  seeds: ['0-9'],
  tolerance: 1e-7,
}

function claimOf(reported: object, metric: Claim['metric'] = 'final-loss'): Claim {
  return claimSchema.parse({
    statement: 'It is so.',
    source: 'nowhere',
    study: 'study.yaml',
    metric,
    kind: 'numeric',
    level: 'numerical',
    tier: 1,
    reported,
  })
}

function trial(arm: string, seed: number, loss: number, changed: Partial<TrialRecord> = {}): TrialRecord {
  const repeat = changed.repeat ?? 0
  return {
    trial: `${arm}.seed-${seed}${repeat === 0 ? '' : `.again-${repeat}`}`,
    arm,
    nodes: 1,
    ranksPerNode: 1,
    adapterByNode: ['an adapter'],
    seed,
    repeat,
    status: 'finished',
    divergedStep: null,
    loss,
    accuracy: null,
    weightsSha256: `digest of ${arm} ${seed}`,
    evaluationOrder: null,
    dataDigests: {},
    rowMapDigest: '',
    stepsRecorded: 200,
    stepsWithoutOneUpdate: [],
    trainSeconds: 1,
    reduceSeconds: 0,
    overlapSeconds: 0,
    readySeconds: 1,
    bytesSentMax: 0,
    cpuMsPerStepByThread: {},
    ...changed,
  }
}

/** The trials of a faithful run: two seeds, the first of them twice, on both arms. */
function faithfulTrials(): TrialRecord[] {
  return ['1-node', '8-nodes'].flatMap((arm) => [
    trial(arm, 0, 0.0100463),
    trial(arm, 1, 0.0101287),
    trial(arm, 0, 0.0100463, { repeat: 1 }),
  ])
}

function faithfulTrajectory(trials: readonly TrialRecord[]): TrajectoryCheck[] {
  return trials.map(({ trial: id }) => ({ trial: id, deviation: 3e-7, worstStep: 5, steps: TRAJECTORY }))
}

function verdictOf(
  trials: readonly TrialRecord[],
  trajectory: readonly TrajectoryCheck[] = faithfulTrajectory(trials),
  claim: Claim = claimOf(REPORTED),
): Verdict {
  return judge(claim, STUDY, trials, trajectory, false)
}

/** The names of the checks that failed. */
function failed({ checks }: Verdict): string[] {
  return checks.filter(({ outcome }) => outcome === 'fail').map(({ name }) => name)
}

describe('the verdict', () => {
  it('is true when every value, step, weight and digest is as it should be', () => {
    const verdict = verdictOf(faithfulTrials())
    expect(verdict).toMatchObject({ verdict: 'true', reasons: [], statement: 'It is so.', level: 'numerical', tier: 1 })
    expect(verdict.checks.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
      'training: pass',
      'same seeds: pass',
      'fresh seeds: not tested',
      'trajectory: pass',
      'steps: pass',
      'same seed twice: pass',
    ])
  })

  it.each<[what: string, index: number, changed: Partial<TrialRecord>, check: string, reason: RegExp]>([
    ['a loss is off by more than allowed', 4, { loss: 0.0101297 }, 'same seeds', /5 of 6 .* \(8-nodes\.seed-1\)/],
    ['the loss of a repeated seed is', 2, { loss: 0.0100453 }, 'same seeds', /1-node\.seed-0\.again-1/],
    ['a loss is missing', 1, { loss: null }, 'same seeds', /5 of 6/],
    ['a trial has one step less', 5, { stepsRecorded: 199 }, 'steps', /8-nodes\.seed-0\.again-1 recorded 199 of 200 /],
    ['a trial has one step more', 5, { stepsRecorded: 201 }, 'steps', /8-nodes\.seed-0\.again-1 recorded 201 of 200 /],
    ['a step has no update', 3, { stepsWithoutOneUpdate: [17, 18] }, 'steps', /8-nodes\.seed-0 .* in step 17$/],
    [
      'a seed run twice has two digests',
      2,
      { weightsSha256: 'other' },
      'same seed twice',
      /1-node, seed 0: digests differ/,
    ],
    [
      'a seed run twice has one digest',
      2,
      { weightsSha256: null },
      'same seed twice',
      /1-node, seed 0: digests differ/,
    ],
  ])('is false when %s', (_, index, changed, check, reason) => {
    const trials = faithfulTrials()
    const verdict = verdictOf(trials.with(index, { ...trials[index], ...changed }))
    expect(verdict.verdict).toBe('false')
    expect(failed(verdict)).toEqual([check])
    expect(verdict.reasons).toEqual([expect.stringMatching(reason)])
  })

  it('is false when a trial diverged, which is named with its step', () => {
    const trials = faithfulTrials()
    const diverged = { status: 'diverged', divergedStep: 9, loss: null, weightsSha256: null, stepsRecorded: 8 } as const
    const verdict = verdictOf(trials.with(4, { ...trials[4], ...diverged }))
    expect(verdict.verdict).toBe('false')
    expect(verdict.reasons).toContain('training: 8-nodes.seed-1 diverged at step 9')
    expect(failed(verdict)).toEqual(['training', 'same seeds'])
  })

  it.each([
    ['just above what rounding explains', TRAJECTORY_TOLERANCE * 1.001, 'false'],
    ['infinitely', Number.POSITIVE_INFINITY, 'false'],
    ['by just what rounding may explain', TRAJECTORY_TOLERANCE, 'true'],
  ])('when the weights of one trial are off %s', (_, deviation, want) => {
    const trials = faithfulTrials()
    const trajectory = faithfulTrajectory(trials)
    const verdict = verdictOf(trials, trajectory.with(3, { ...trajectory[3], deviation, worstStep: 20 }))
    expect(verdict.verdict).toBe(want)
    if (want === 'false') {
      expect(failed(verdict)).toEqual(['trajectory'])
      expect(verdict.reasons).toEqual([expect.stringContaining('8-nodes.seed-0, step 20')])
    }
  })

  it.each([
    ['at no step at all', undefined],
    ['at one step only', [200]],
    ['at the last step', TRAJECTORY.slice(0, -1)],
    ['at a step in between', TRAJECTORY.toSpliced(3, 1)],
  ])('is false when the weights of a trial that ran to its end were not compared %s', (_, steps) => {
    const trials = faithfulTrials()
    const all = faithfulTrajectory(trials)
    const verdict = verdictOf(trials, steps ? all.with(4, { ...all[4], steps }) : all.toSpliced(4, 1))
    expect(verdict.verdict).toBe('false')
    expect(failed(verdict)).toEqual(['trajectory'])
    expect(verdict.reasons).toEqual(['trajectory: weights were not compared at every step for 8-nodes.seed-1'])
  })

  it('does not miss the weights of a trial that diverged', () => {
    const trials = faithfulTrials()
    const diverged = { status: 'diverged', divergedStep: 9, loss: null, weightsSha256: null, stepsRecorded: 8 } as const
    const changed = trials.with(4, { ...trials[4], ...diverged })
    expect(failed(verdictOf(changed, faithfulTrajectory(trials).toSpliced(4, 1)))).not.toContain('trajectory')
  })

  it('is false for every thing at once, each with its reason', () => {
    const trials = faithfulTrials()
    trials[0] = { ...trials[0], loss: 1, stepsRecorded: 3, weightsSha256: 'other' }
    expect(failed(verdictOf(trials))).toEqual(['same seeds', 'steps', 'same seed twice'])
    expect(verdictOf(trials).reasons).toHaveLength(3)
  })

  it('does not count updates where a CPU was asked for', () => {
    const onCpu = studySchema.parse({ ...STUDY, engine: 'cpu' })
    const trials = faithfulTrials()
    const verdict = judge(claimOf(REPORTED), onCpu, trials, faithfulTrajectory(trials), true)
    expect(verdict).toMatchObject({ verdict: 'true', quick: true })
    expect(verdict.checks).toContainEqual(
      expect.objectContaining({ name: 'steps', detail: expect.stringContaining('on the CPU, as asked') }),
    )
  })
})

describe('a loss beside a printed one', () => {
  // Printed 0.010046; allowed 5e-7 + 1e-7.
  it.each([
    [0.010046, true],
    [0.0100465999, true],
    [0.0100454001, true],
    [0.0100466001, false],
    [0.0100453999, false],
    [Number.NaN, false],
  ])('of %d is within half the last digit and the tolerance: %s', (loss, pass) => {
    const [value] = verdictOf([trial('1-node', 0, loss)]).values
    expect(value).toMatchObject({ trial: '1-node.seed-0', published: '0.010046', pass })
    expect(value.allowed).toBeCloseTo(6e-7, 15)
  })

  it('with more digits is held to more of them', () => {
    const claim = claimOf({ perSeed: { 5: '0.010111798421239302' } })
    const passes = (loss: number): boolean | null =>
      verdictOf([trial('1-node', 5, loss)], undefined, claim).values[0].pass
    expect(passes(0.010111798421239302)).toBe(true)
    expect(passes(0.0101117984)).toBe(false)
  })

  it('may be an accuracy', () => {
    const claim = claimOf({ perSeed: { 0: '0.91' } }, 'test-accuracy')
    const verdict = (accuracy: number): string =>
      verdictOf([trial('1-node', 0, 9, { accuracy })], undefined, claim).verdict
    expect([verdict(0.914), verdict(0.916)]).toEqual(['true', 'false'])
  })
})

describe('seeds that the source does not print', () => {
  const freshTrials = (losses: readonly number[]): TrialRecord[] =>
    losses.map((loss, i) => trial('8-nodes', 100 + i, loss))
  const mean = 0.01006
  // t(9, 0.975) · s · √(1/m + 1/10), and half the last digit of the printed mean.
  const half = (m: number): number => 2.262157 * 0.000141 * Math.sqrt(1 / m + 1 / 10) + 5e-7

  it.each([1, 2, 10])('are held against the prediction interval: %i of them', (m) => {
    const verdictAt = (distance: number): Verdict => verdictOf(freshTrials(Array(m).fill(mean + distance)))
    expect(verdictAt(0.999 * half(m)).verdict).toBe('true')
    expect(verdictAt(-0.999 * half(m)).verdict).toBe('true')
    for (const distance of [1.001 * half(m), -1.001 * half(m)]) {
      expect(failed(verdictAt(distance))).toEqual(['fresh seeds'])
      expect(verdictAt(distance).reasons).toEqual(['fresh seeds: outside it: 8-nodes'])
    }
  })

  it('come with the interval, the published rule and the rates of their own case', () => {
    const [, { arm, fresh }] = verdictOf(freshTrials([mean + 0.0002])).arms
    expect(arm).toBe('8-nodes')
    expect(fresh).toMatchObject({ freshSeeds: 1, pass: true, insidePublishedRule: false })
    expect(fresh?.interval[0]).toBeCloseTo(mean - half(1), 9)
    expect(fresh?.interval[1]).toBeCloseTo(mean + half(1), 9)
    expect(fresh?.falseAlarmRate).toBeCloseTo(0.05, 2)
    expect(fresh?.publishedRuleFalseAlarmRate).toBeCloseTo(0.365, 1)
    const missed = Object.values(fresh?.missRateByShift ?? {})
    expect(missed).toEqual(missed.toSorted((a, b) => b - a))
  })

  it('are not held against anything where the source has no spread', () => {
    const verdict = verdictOf(freshTrials([99]), undefined, claimOf({ perSeed: { 0: '0.01' }, mean: '0.01' }))
    expect(verdict).toMatchObject({
      verdict: 'inconclusive',
      reasons: ['the source prints no figure that these seeds could be held against'],
    })
    expect(failed(verdict)).toEqual([])
  })

  it('can still refute where no figure can be compared: a faulty run is never inconclusive', () => {
    const trials = freshTrials([99]).map((record) => ({ ...record, stepsRecorded: 1 }))
    expect(verdictOf(trials, undefined, claimOf({})).verdict).toBe('false')
  })
})

describe('a bitwise claim', () => {
  const probe = (pass: boolean | null): ProbeRecord => ({
    adapter: { name: 'Voodoo 2', vendor: '', architecture: '', driver: 'd', backend: 'vulkan', software: false },
    webgpu: '1',
    kernelsSha256: '',
    probeKernelsSha256: '',
    rows: [
      { name: 'addition', outcome: 'to nearest even', pass: true, samples: 4, counterexample: null, order: null },
      {
        name: 'TwoSum, guarded',
        outcome: 'other in 3 of 4',
        pass,
        samples: 4,
        counterexample: 'a 0x1: got 0x2',
        order: null,
      },
    ],
  })
  const once: Study = { ...STUDY, seeds: [0, 1] }
  const digests = { 0: { value: 'ab', of: 'the weights' } }

  it('is refused where a probe failed, with the row of the probe', () => {
    const refusal = expect.objectContaining({
      code: 'adapter-inexact',
      exitStatus: 64,
      message: 'no bitwise claim can rest on Voodoo 2; its probe of TwoSum, guarded: other in 3 of 4 (a 0x1: got 0x2)',
    })
    const refuse =
      (claim: Claim, study: Study, ...probes: ProbeRecord[]) =>
      () =>
        refuseBitwiseClaim(claim, study, probes)
    expect(refuse(claimOf(REPORTED), STUDY, probe(false))).toThrow(refusal)
    expect(refuse(claimOf(REPORTED), STUDY, probe(true), probe(false))).toThrow(refusal)
    expect(refuse(claimOf({ ...REPORTED, digests }), once, probe(false))).toThrow(refusal)
  })

  it.each([
    ['the adapter passes', claimOf(REPORTED), STUDY, true],
    ['what fails is nothing that kernels rest on', claimOf(REPORTED), STUDY, null],
    ['no digests are compared', claimOf(REPORTED), once, false],
    ['the level claims less', { ...claimOf(REPORTED), level: 'statistical' as const }, STUDY, false],
  ])('runs where %s', (_, claim, study, pass) => {
    expect(() => refuseBitwiseClaim(claim, study, [probe(pass)])).not.toThrow()
  })
})

describe('the mean of an arm', () => {
  it('is over the seeds behind the published mean, each once', () => {
    const trials = [...faithfulTrials(), trial('1-node', 20260616, 0.5)]
    const [{ summary }] = verdictOf(trials).arms
    expect(summary?.n).toBe(2)
    expect(summary?.mean).toBeCloseTo((0.0100463 + 0.0101287) / 2, 12)
  })

  it('is over all seeds where the source does not say which, and of nothing where none finished', () => {
    const { seeds: _, ...unsaid } = REPORTED
    const trials = [...faithfulTrials(), trial('1-node', 20260616, 0.5), trial('8-nodes', 2, Number.NaN)]
    expect(verdictOf(trials, undefined, claimOf(unsaid)).arms[0].summary?.n).toBe(3)
    const diverged = [trial('1-node', 0, 0, { status: 'diverged', loss: null })]
    expect(verdictOf(diverged).arms.map(({ summary }) => summary)).toEqual([null, null])
  })
})

it.each([
  ['0.010046', 5e-7],
  ['0.010', 5e-4],
  ['12', 0.5],
  ['-3.5', 0.05],
  ['1.0e-4', 5e-6],
  ['1.25E+3', 5],
  ['9e2', 50],
])('half the last digit of %s is %d', (printed, half) => {
  expect(halfLastDigit(printed) / half).toBeCloseTo(1, 12)
})
