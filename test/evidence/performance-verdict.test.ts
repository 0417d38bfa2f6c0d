// Goal: a claim of speed is true where its interval lies within what it allows, false where it lies outside, and neither where
// the trials cannot say; on another cluster the reasons name the interconnect with its share. Left out: how it is run and printed.
import { describe, expect, it } from 'vitest'
import type { ComparedArm } from '../../src/evidence/comparison.ts'
import { judgeSpeedup, type PerformanceEvidence, unkeptRate } from '../../src/evidence/performance-verdict.ts'
import { performanceClaimSchema } from '../../src/study/schema.ts'
import { commodityEthernet, fastFabric } from '../record/cluster-spec/made-specs.ts'

const CLAIM = performanceClaimSchema.parse({
  statement: 'Two nodes take half as long.',
  source: 'nobody',
  study: 'study.yaml',
  kind: 'performance',
  metric: 'speedup',
  tier: 1,
  reported: { of: 'two', over: 'one', speedup: '2.0', tolerance: 0.1 },
})

/** An arm of a trial a seed, each of so many seconds. */
function arm(name: string, nodes: number, seconds: readonly number[]): ComparedArm {
  const trials = seconds.map((trainSeconds, seed) => ({ arm: name, seed, repeat: 0, trainSeconds }))
  return { name, nodes, algorithm: 'ring', trials, medianTrainSeconds: seconds[0] } as unknown as ComparedArm
}

function evidence(ofTwo: readonly number[], changed: Partial<PerformanceEvidence> = {}): PerformanceEvidence {
  return {
    arms: [
      arm(
        'one',
        1,
        ofTwo.map((_, i) => 10 + i / 100),
      ),
      arm('two', 2, ofTwo),
    ],
    study: { training: { steps: 10 }, workload: { name: 'mnist' } } as PerformanceEvidence['study'],
    claimed: fastFabric(),
    found: fastFabric(),
    gradientBytes: 4 << 20,
    quick: false,
    ...changed,
  }
}

const sixOf = (seconds: number): number[] => Array.from({ length: 6 }, (_, i) => seconds + i / 1000)

describe('on its own cluster', () => {
  it.each([
    ['true', sixOf(5)],
    ['true', sixOf(5.4)],
    ['false', sixOf(8)],
    ['false', sixOf(3)],
    ['inconclusive', [5, 5, 5, 8, 8, 8]],
    ['inconclusive', [5, 5, 5, 5, 5]],
    ['inconclusive', []],
  ])('is %s of two nodes that take %j s', (verdict, seconds) => {
    expect(judgeSpeedup(CLAIM, evidence(seconds))).toMatchObject({ verdict, differences: [], interconnect: null })
  })

  it.each([
    [true, 'nodes of two shared a GPU'],
    ['unknown', 'nobody can show that nodes of two had a GPU each'],
  ])('is refused where the GPUs of an arm were shared: %s', (sharedAccelerator, reason) => {
    const { arms } = evidence(sixOf(5))
    const trials = arms[1].trials.map((trial) => ({ ...trial, sharedAccelerator }))
    const shared = [arms[0], { ...arms[1], trials }] as unknown as PerformanceEvidence['arms']
    const { verdict, reasons } = judgeSpeedup(CLAIM, evidence(sixOf(5), { arms: shared }))
    expect(verdict).toBe('inconclusive')
    expect(reasons[0]).toContain(reason)
    expect(reasons[1]).toContain('the interval is inside') // which a reader may want to know all the same
  })

  it('says what it measured, what was claimed, and how many pairs it lacks', () => {
    expect(judgeSpeedup(CLAIM, evidence(sixOf(8))).reasons).toEqual([
      'measured 1.25 × (95 % 1.25 to 1.26), claimed 2 × (1.80 to 2.20): the interval is outside',
    ])
    expect(judgeSpeedup(CLAIM, evidence([5])).reasons).toEqual([
      'measured 2.00 ×, claimed 2 × (1.80 to 2.20); a 95 % interval of the median needs 6 pairs',
    ])
  })
})

describe('on another cluster', () => {
  const slow = commodityEthernet()

  it('names the interconnect, with the share of the lost time that its model explains', () => {
    const { verdict, reasons, interconnect } = judgeSpeedup(CLAIM, evidence(sixOf(8), { found: slow }))
    expect(verdict).toBe('false')
    expect(reasons[1]).toContain('this is another cluster')
    expect(reasons[2]).toMatch(
      /^the interconnect: .* × as long, .* more a step; measured, .* more than claimed: \d+ %$/,
    )
    const { explanation, extraSeconds, extraByLinks, share } = interconnect ?? expect.fail('none')
    // 10 steps: 1 s each on one node, 0.8 s on two, where 0.5 s were claimed.
    expect(extraSeconds).toBeCloseTo(0.3, 2)
    const [before, now] = explanation.seconds ?? expect.fail('none')
    expect(extraByLinks).toBe(now - before)
    expect(share).toBe(extraByLinks / extraSeconds)
  })

  it('is true where the speedup comes out all the same', () => {
    expect(judgeSpeedup(CLAIM, evidence(sixOf(5), { found: slow })).verdict).toBe('true')
  })

  it('explains nothing by links that nobody measured or stated', () => {
    const unknown = fastFabric((draft) => {
      draft.interconnect.links = []
      draft.interconnect.stated = { bandwidthBytesPerSecond: 'unknown', latencyNs: 'unknown', mtuBytes: 9000 }
      draft.tenancy = 'shared'
    })
    const { interconnect, reasons } = judgeSpeedup(CLAIM, evidence(sixOf(8), { found: unknown }))
    expect(interconnect).toBeNull()
    expect(reasons).toHaveLength(2)
  })
})

it('links keep their stated rate within a tenth, or are named', () => {
  const at = (share: number) =>
    fastFabric(({ interconnect: { links, stated } }) => {
      stated.bandwidthBytesPerSecond = 1e9
      for (const { measured } of links) if (measured !== 'unknown') measured.bandwidthBytesPerSecond = share * 1e9
    })
  expect(unkeptRate(at(0.92))).toBeUndefined()
  expect(unkeptRate(at(0.8))).toBe('links are off their stated rate: nodes 0 and 1 -20 %')
})
