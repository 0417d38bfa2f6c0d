// Goal: the level expected follows from what differs, the level achieved from what came out, the verdict from both, and the
// kind from who replays. Left out: running anything (test/end-to-end/replay.test.ts).
import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/evidence/comparison.ts'
import {
  achievedLevel,
  checkBits,
  checkConclusion,
  conclusionOf,
  expectedLevel,
  type Foreknowledge,
  type LevelChecks,
  replayKind,
  replayVerdict,
} from '../../src/evidence/replay-level.ts'
import type { Check, Verdict } from '../../src/evidence/verdict.ts'
import type { LocalCluster } from '../../src/record/host.ts'
import type { FoundNoiseFloor } from '../../src/record/noise-floor.ts'

/** A cluster as far as these rules read it: its adapter's probe. */
function clusterOf(passed: boolean): LocalCluster {
  return { accelerator: { probe: { passed } } } as LocalCluster
}

function known(paths: readonly string[], changes: Partial<Foreknowledge> = {}): Foreknowledge {
  return {
    study: { engine: 'gpu' },
    recorded: clusterOf(true),
    now: clusterOf(true),
    differences: paths.map((path) => ({ path, recorded: 1, now: 2 })),
    arrivalOrdered: [],
    ordersForced: true,
    ...changes,
  }
}

describe('the expected level', () => {
  const failing = { now: clusterOf(false) }
  it.each([
    ['nothing differs', known([]), 'numerical'],
    ['memory, kernel and hidden names differ', known(['cluster.host.memoryBytes', 'cluster.host.kernel']), 'numerical'],
    ['another processor, and the probe passed', known(['cluster.host.cpuModel']), 'numerical'],
    ['another processor, and the probe failed', known(['cluster.host.cpuModel'], failing), 'statistical'],
    ['another driver, and the probe passed', known(['cluster.accelerator.driver']), 'numerical'],
    ['another driver, and the probe failed', known(['cluster.accelerator.driver'], failing), 'statistical'],
    [
      'another processor under a CPU engine',
      known(['cluster.host.cpuModel'], { study: { engine: 'cpu' } }),
      'numerical',
    ],
    ['other sources', known(['code.sourceDigest']), 'statistical'],
    ['the same sources at another commit', known(['code.commit']), 'numerical'],
    ['other data', known(['data.rows of seed 0']), 'statistical'],
    ['another Node', known(['environment.node']), 'statistical'],
    ['sums as they come', known([], { arrivalOrdered: ['a'], ordersForced: false }), 'statistical'],
    ['sums as they came, forced', known([], { arrivalOrdered: ['a'] }), 'numerical'],
  ] as const)('%s: %#', (_, what, level) => {
    expect(expectedLevel(what).level).toBe(level)
  })

  it('says which input lowers it, and why another does not', () => {
    const { reasons } = expectedLevel(known(['code.sourceDigest', 'cluster.host.cpuModel']))
    expect(reasons).toEqual(['other code (code.sourceDigest)'])
    expect(expectedLevel(known(['cluster.host.cpuModel'])).reasons).toEqual([
      "another processor (cluster.host.cpuModel), but the kernels' bits are specified, and both adapters passed the probe",
    ])
  })
})

const outcomes = (bits: Check['outcome'], values: Check['outcome'], conclusion: Check['outcome']): LevelChecks => {
  const checked = (outcome: Check['outcome']): Check => ({ name: '', outcome, detail: '' })
  return { bits: checked(bits), values: checked(values), conclusion: checked(conclusion) }
}

describe('the achieved level', () => {
  it.each([
    ['numerical', outcomes('pass', 'not tested', 'not tested')],
    ['statistical', outcomes('fail', 'pass', 'fail')],
    ['scientific', outcomes('fail', 'fail', 'pass')],
    ['functional', outcomes('fail', 'not tested', 'fail')],
  ] as const)('is %s', (level, checks) => {
    expect(achievedLevel(checks)).toBe(level)
  })

  it('asks every trial for equal bits, and a diverged one has none', () => {
    const digests = (now: string | null) => [
      { trial: 'a', recorded: 'x', now: 'x' },
      { trial: 'b', recorded: 'y', now },
    ]
    expect(checkBits(digests('y')).outcome).toBe('pass')
    expect(checkBits(digests('z')).outcome).toBe('fail')
    expect(checkBits([{ trial: 'a', recorded: null, now: null }]).outcome).toBe('fail')
  })
})

describe('the verdict', () => {
  const judged = (
    claimed: 'numerical' | 'statistical' | null,
    expected: 'numerical' | 'statistical',
    checks: LevelChecks,
  ): string => replayVerdict({ claimed, expected, achieved: achievedLevel(checks) }, checks)
  const [bits, values, nothing] = [
    outcomes('pass', 'pass', 'pass'),
    outcomes('fail', 'pass', 'pass'),
    outcomes('fail', 'fail', 'fail'),
  ]

  it('is true when the claimed level is reached, else the expected one', () => {
    expect(judged('numerical', 'numerical', bits)).toBe('true')
    expect(judged('statistical', 'numerical', values)).toBe('true')
    expect(judged(null, 'statistical', values)).toBe('true')
  })

  it('is false when these inputs promised what did not come', () => {
    expect(judged('numerical', 'numerical', values)).toBe('false')
    expect(judged(null, 'numerical', values)).toBe('false')
    expect(judged('statistical', 'statistical', nothing)).toBe('false')
  })

  it('is inconclusive where these inputs do not promise the claimed level, or too few values tell', () => {
    expect(judged('numerical', 'statistical', values)).toBe('inconclusive')
    expect(judged('statistical', 'statistical', outcomes('fail', 'not tested', 'pass'))).toBe('inconclusive')
  })
})

describe('the conclusion', () => {
  const floor = { limit: 0.1 } as FoundNoiseFloor

  /** Two arms of three seeds, the second so much above the first. */
  function armsApart(difference: number): Pick<Comparison, 'metric' | 'arms'> {
    const arms = [0, difference].map((above) => ({
      trials: [1, 1.1, 1.3].map((loss, seed) => ({ seed, repeat: 0, loss: loss + above })),
    }))
    return { metric: { name: 'final-loss' }, arms } as unknown as Comparison
  }

  const concluded = (difference: number, verdict: Verdict['verdict'] | null = null) =>
    conclusionOf(armsApart(difference), verdict && { verdict }, floor)

  it('is the same where the decision and the sign of a real difference are', () => {
    expect(checkConclusion(concluded(0.2), concluded(0.5)).outcome).toBe('pass')
    expect(checkConclusion(concluded(0.05), concluded(-0.05)).outcome).toBe('pass')
  })

  it.each([-0.2, 0.05])('falls when a difference of 0.2 becomes %d', (difference) => {
    expect(checkConclusion(concluded(0.2), concluded(difference)).outcome).toBe('fail')
  })

  it('falls with the verdict of the claim, and is not tested where the claim says nothing of the new run', () => {
    expect(checkConclusion(concluded(0, 'true'), concluded(0, 'true')).outcome).toBe('pass')
    expect(checkConclusion(concluded(0, 'true'), concluded(0, 'false')).outcome).toBe('fail')
    expect(checkConclusion(concluded(0, 'true'), concluded(0, 'inconclusive')).outcome).toBe('not tested')
  })

  it('is not tested where nothing was concluded', () => {
    const nothing = conclusionOf(armsApart(0.2), null, null)
    expect(checkConclusion(nothing, nothing).outcome).toBe('not tested')
    expect(checkConclusion(concluded(0.2), nothing).outcome).toBe('not tested')
  })
})

it('the kind is by who replays, and by whether an input was changed', () => {
  expect(replayKind('x', 'x', false)).toBe('repeat')
  expect(replayKind('x', 'y', false)).toBe('reproduce')
  expect(replayKind(null, 'y', false)).toBe('operator unknown')
  expect(replayKind('x', null, false)).toBe('operator unknown')
  expect(replayKind('x', 'x', true)).toBe('robust')
})
