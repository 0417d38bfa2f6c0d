// Goal: of somebody else's claim, every required field that is missing is named by path with its consequence and a
// question, every rule has a claim that fails it, and two claims that leave nothing out pass. Left out: reading the
// file (test/study/published-claim-schema.test.ts) and what is printed (test/end-to-end/audit-claim.test.ts).
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { bestOf } from '../../src/evidence/claim-bounds.ts'
import { INPUT_FIELDS } from '../../src/evidence/claim-fields.ts'
import { NUMBER_FIELDS } from '../../src/evidence/claim-number-fields.ts'
import { settingOf } from '../../src/evidence/claim-setting.ts'
import { auditClaim, type ClaimAudit, type ClaimRow } from '../../src/evidence/published-claim.ts'
import { leastBandwidth, ringCost, speedupAtBandwidth } from '../../src/evidence/speedup-range.ts'
import { ringSchedule } from '../../src/reduce/algorithms/ring.ts'
import { costOf } from '../../src/reduce/cost.ts'
import { loadPublishedClaim } from '../../src/study/load.ts'
import { type PublishedClaim, publishedClaimSchema } from '../../src/study/published-claim-schema.ts'

const NUMERIC = loadPublishedClaim(join(projectRoot, 'configs/claims/examples/complete.yaml'))

const SPEEDUP = {
  statement: 'Eight workers are 5.0 times as fast as one.',
  source: { title: 'Nothing', place: 'nowhere' },
  level: 'statistical',
  evidence: ['repeats', 'interval'],
  number: {
    metric: 'speedup',
    value: '5.0',
    unit: '×',
    spread: 's = 0.1',
    n: 10,
    selection: 'median',
    base: { what: 'the same program', workers: 1, value: '10 s' },
    measured: 'steps 10 to 110, slowest worker',
    stepSeconds: 0.16,
    points: [
      { workers: 1, value: '1.0', spread: '0.0', n: 10 },
      { workers: 8, value: '5.0', spread: '0.1', n: 10 },
    ],
  },
  code: {
    repository: 'here',
    commit: 'abc',
    command: 'train',
    model: 'MLP',
    gradientBytes: 100_000_000,
    computeSeconds: 0.1,
    batch: 256,
    precision: 'f32',
    update: 'synchronous',
  },
  environment: { framework: 'F 1.0', packages: 'lock', container: 'sha256:…', driver: 'D 1' },
  data: { name: 'MNIST', digest: 'd', preprocessing: 'none', partition: 'in order' },
  seeds: { values: '0-9', generators: 'PCG64', determinism: 'on' },
  cluster: {
    simulated: false,
    nodes: 8,
    workers: 8,
    placement: 'one a node',
    accelerator: 'none',
    cpu: 'C',
    instructionSets: 'AVX2',
    memory: '8 GiB',
    interconnect: { fabric: 'Ethernet', bandwidth: '1.25 GB/s', latency: '20 µs' },
    topology: 'one switch',
    collective: { library: 'L 1', algorithm: 'ring', settings: 'none' },
    tenancy: 'exclusive',
    scaling: 'fixed',
  },
}
const PERFORMANCE = publishedClaimSchema.parse(SPEEDUP)

/** The claim with one key set, or removed where the value is undefined. */
function changed(claim: PublishedClaim, path: string, value?: unknown): PublishedClaim {
  const copy = structuredClone(claim) as unknown as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let parent = copy
  for (const key of keys) parent = parent[key] as Record<string, unknown>
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy as unknown as PublishedClaim
}

const stated = <T>(value: T) => ({ stated: value, unverified: false })

function rowOf({ groups }: ClaimAudit, path: string): ClaimRow | undefined {
  return groups.flatMap(({ rows }) => rows).find((row) => row.path === path)
}

const rulesOf = ({ findings }: ClaimAudit): string[] => findings.map(({ kind, rule }) => `${kind}: ${rule}`)

describe('a claim that leaves nothing out', () => {
  it.each([
    ['numeric', NUMERIC],
    ['performance', PERFORMANCE],
  ] as const)('passes: %s', (kind, claim) => {
    const audit = auditClaim(claim)
    expect(audit).toMatchObject({ complete: true, kind, findings: [], redraw: { possible: true } })
    expect(audit.questions.filter(({ need }) => need === 'required')).toEqual([])
  })

  it('has a rule for each of its input keys, and no rule is for a key that no claim can have', () => {
    const leaves = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([key, inner]) =>
        typeof inner === 'object' && inner !== null ? leaves(inner, `${path}.${key}`) : `${path}.${key}`,
      )
    const { code, environment, data, seeds, cluster } = SPEEDUP
    const keys = Object.entries({ code, environment, data, seeds, cluster }).flatMap(([name, part]) =>
      leaves(part, name),
    )
    expect(INPUT_FIELDS.map(({ path }) => path).sort()).toEqual(keys.sort())
  })
})

describe('a missing field', () => {
  const cases = [NUMERIC, PERFORMANCE].flatMap((claim) =>
    [...INPUT_FIELDS, ...NUMBER_FIELDS].map(
      (field) => [settingOf(claim).performance ? 'performance' : 'numeric', field.path, claim] as const,
    ),
  )

  it.each(cases)('of a %s claim, %s, is named with what it can do and a question', (_, path, claim) => {
    const audit = auditClaim(changed(claim, path))
    const row = rowOf(audit, path)
    expect(row).toMatchObject({ status: 'missing', stated: null })
    expect(row?.consequence?.effect).toMatch(/\w{3}/)
    expect(audit.complete).toBe(row?.need !== 'required')
    expect(audit.questions.some((question) => question.path === path)).toBe(row?.need !== 'none')
  })

  it('of the interconnect is required of every speed on more than one worker, and of no loss', () => {
    for (const key of ['fabric', 'bandwidth', 'latency']) {
      const path = `cluster.interconnect.${key}`
      expect(rowOf(auditClaim(PERFORMANCE), path)?.need).toBe('required')
      expect(rowOf(auditClaim(NUMERIC), path)?.need).toBe('none')
      expect(rowOf(auditClaim(changed(PERFORMANCE, 'cluster.workers', stated(1))), path)?.need).toBe('none')
    }
  })

  it('like instruction sets, the lockfile or the order of the sum is required where bytes are claimed', () => {
    const distribution = changed(NUMERIC, 'level', 'statistical')
    for (const path of ['cluster.instructionSets', 'environment.packages', 'cluster.collective.algorithm']) {
      expect(rowOf(auditClaim(NUMERIC), path)?.need).toBe('required')
      expect(rowOf(auditClaim(distribution), path)?.need).toBe('useful')
    }
  })

  it('leaves the number unbounded where no bound follows, and says the bound where one does', () => {
    const missing = (path: string) => rowOf(auditClaim(changed(PERFORMANCE, path)), path)?.consequence?.bound
    expect(missing('code.commit')).toBeNull()
    expect(missing('cluster.interconnect.bandwidth')).toContain('(0, 8.0×]')
    expect(missing('cluster.interconnect.bandwidth')).toContain('half the bandwidth 2.5× to 5.0×')
    expect(missing('cluster.interconnect.latency')).toContain('3 (doubling) to 14 (ring)')
    expect(missing('number.selection')).toContain('2.1 s')
  })
})

describe('a rule', () => {
  const simulated = changed(PERFORMANCE, 'cluster.simulated', true)

  it.each<[string, PublishedClaim]>([
    ['a claim without a level', changed(PERFORMANCE, 'level')],
    ['arrival decides bytes', changed(NUMERIC, 'code.update', stated('asynchronous'))],
    ['arrival decides bytes', changed(NUMERIC, 'code.update', stated('elastic'))],
    ['no time to the byte', changed(PERFORMANCE, 'level', 'numerical')],
    ['a seed is no evidence of speed', changed(PERFORMANCE, 'evidence', ['repeats', 'seed'])],
    ['simulated, and does not say so', simulated],
  ])('fails: %s', (rule, claim) => {
    const audit = auditClaim(claim)
    expect(audit.complete).toBe(false)
    expect(rulesOf(audit)).toEqual([`fail: ${rule}`])
  })

  it.each<[string, PublishedClaim]>([
    ['n = 1, no spread', changed(PERFORMANCE, 'number.n', stated(1))],
    ['best of 10', changed(PERFORMANCE, 'number.selection', stated('best'))],
    ['simulated', changed(simulated, 'statement', 'Eight simulated workers are 5.0 times as fast as one.')],
    ['above the ideal', changed(PERFORMANCE, 'number.value', stated('8.1'))],
  ])('labels, and lets pass: %s', (rule, claim) => {
    const audit = auditClaim(claim)
    expect(audit.complete).toBe(true)
    expect(rulesOf(audit)).toEqual([`label: ${rule}`])
  })

  it('lets an asynchronous training claim its distribution, and a loss its seed', () => {
    const distribution = changed(changed(NUMERIC, 'code.update', stated('asynchronous')), 'level', 'statistical')
    expect(rulesOf(auditClaim(distribution))).toEqual([])
    expect(NUMERIC.evidence).toContain('seed')
  })

  it('says what each level would need', () => {
    const [finding] = auditClaim(changed(PERFORMANCE, 'level')).findings
    for (const level of ['numerical', 'statistical', 'scientific', 'functional']) expect(finding.text).toContain(level)
  })

  it('labels the best of an unknown number of runs as such', () => {
    const best = changed(changed(PERFORMANCE, 'number.selection', stated('best')), 'number.n')
    expect(rulesOf(auditClaim(best))).toEqual(['label: best of an unknown n'])
  })
})

describe('the curve', () => {
  it.each<[string, PublishedClaim]>([
    ['points', changed(PERFORMANCE, 'number.points')],
    ['points', changed(PERFORMANCE, 'number.points', [{ workers: 8, value: '5.0', spread: '0.1', n: 10 }])],
    ['base', changed(PERFORMANCE, 'number.base.value')],
    ['spread', changed(PERFORMANCE, 'number.points.0.spread')],
    ['n', changed(PERFORMANCE, 'number.points.1.n')],
    ['hardware', changed(PERFORMANCE, 'cluster.interconnect.bandwidth')],
    ['hardware', changed(PERFORMANCE, 'cluster.accelerator')],
    ['points', changed(NUMERIC, 'number.repeats')],
  ])('cannot be redrawn without its %s', (part, claim) => {
    const { redraw } = auditClaim(claim)
    expect(redraw.possible).toBe(false)
    expect(redraw.rows.filter(({ published }) => !published).map((row) => row.part)).toEqual([part])
  })

  it('is asked for where its points are not in print', () => {
    const asked = (claim: PublishedClaim) => auditClaim(claim).questions.map(({ path }) => path)
    expect(asked(changed(PERFORMANCE, 'number.points'))).toContain('number.points')
    expect(asked(changed(NUMERIC, 'number.repeats'))).toContain('number.repeats')
    expect(asked(PERFORMANCE)).not.toContain('number.points')
  })
})

describe('the range of a speedup', () => {
  const FIVE = { speedup: 5, ideal: 8, workers: 8 }

  it('is between slowing down with the links and not at all', () => {
    expect(speedupAtBandwidth(FIVE, 0.5)).toEqual({ low: 2.5, high: 5, ifAllBandwidth: expect.closeTo(8 / 2.2, 12) })
    expect(speedupAtBandwidth(FIVE, 10)).toEqual({ low: 5, high: 8, ifAllBandwidth: expect.closeTo(8 / 1.06, 12) })
  })

  it('stays where it is at the stated bandwidth', () => {
    expect(speedupAtBandwidth(FIVE, 1)).toEqual({ low: 5, high: 5, ifAllBandwidth: expect.closeTo(5, 12) })
  })

  it.each([0.01, 0.3, 0.9, 1.1, 4, 100])(
    'holds every mixture of latency, bandwidth and overlap, at %f times the bandwidth',
    (factor) => {
      const { low, high } = speedupAtBandwidth(FIVE, factor)
      for (const hidden of [0, 0.3, 1]) {
        for (const latencyShare of [0, 0.5, 1]) {
          // A step computes for 1, exchanges for `exchange`, and hides `hidden` of it.
          const exchange = 8 / 5 - 1 + hidden
          const slower = exchange * latencyShare + (exchange * (1 - latencyShare)) / factor
          const speedup = 8 / (1 + Math.max(0, slower - hidden))
          expect(speedup).toBeGreaterThanOrEqual(low - 1e-12)
          expect(speedup).toBeLessThanOrEqual(high + 1e-12)
        }
      }
    },
  )

  it.each([2, 3, 8, 13])('counts a ring of %i as the schedule does', (workers) => {
    const elements = workers * 10
    expect(ringCost(workers, elements * 4)).toEqual(costOf(ringSchedule(workers), elements, 4))
  })

  it('says which bandwidth a step time needs at least', () => {
    expect(leastBandwidth(8, 100_000_000, 0.16)).toBeCloseTo((1.75 * 1e8) / 0.16, 3)
    expect(auditClaim(PERFORMANCE).leastBandwidthBytesPerSecond).toBeCloseTo((1.75 * 1e8) / 0.16, 3)
    expect(auditClaim(changed(PERFORMANCE, 'number.stepSeconds')).leastBandwidthBytesPerSecond).toBeNull()
  })

  it('is read from an efficiency over a base case of several workers', () => {
    const efficiency = { ...SPEEDUP.number, metric: 'scaling-efficiency', value: '90', unit: '%' }
    const claim = publishedClaimSchema.parse({
      ...SPEEDUP,
      number: { ...efficiency, base: { ...efficiency.base, workers: 2 } },
    })
    expect(settingOf(claim).speedup).toEqual({ speedup: 3.6, ideal: 4, workers: 8 })
  })
})

describe('the best of n', () => {
  it('is the mean of one, and of two at most 0.58 s above it', () => {
    expect(bestOf(1)).toBe(0)
    expect(bestOf(2)).toBeCloseTo(1 / Math.sqrt(3), 12)
  })
})
