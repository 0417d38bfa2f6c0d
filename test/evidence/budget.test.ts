// Goal: a budget says of every source what the records of the run bear out, and nothing that they do not: each status is put
// to the test by a record that refutes it, beside one that bears it out. Left out: reading a run folder, and running twice
// (test/end-to-end/budget.test.ts).
import { describe, expect, it } from 'vitest'
import { type Budget, budgetOf } from '../../src/evidence/budget/budget.ts'
import { demonstrationOf, type ShownTrial } from '../../src/evidence/budget/demonstration.ts'
import { explain } from '../../src/evidence/budget/explained.ts'
import type { RunFacts } from '../../src/evidence/budget/facts.ts'
import { seedsText } from '../../src/evidence/budget/reporting-form.ts'
import { MODES, SOURCES, type Source, type Status } from '../../src/evidence/budget/sources.ts'
import { arrivalFacts, facts, gpuFacts, withRepeat } from './made-facts.ts'

const budget = (of: RunFacts, claimed: readonly number[] | null = null): Budget => budgetOf(of, claimed, null)

function statusOf({ rows }: Budget, source: Source, of: 'numeric' | 'performance' = 'numeric'): Status | undefined {
  return rows.find((row) => row.source === source)?.[of]?.status
}

describe('a run of planned orders', () => {
  it('has every source in its budget, and no numeric one that is not eliminated', () => {
    const { rows, reporting } = budget(facts())
    expect(rows.map(({ source }) => source).sort()).toEqual(
      Object.keys(SOURCES)
        .filter((source) => source !== 'staleness')
        .sort(),
    )
    expect(rows.filter(({ numeric }) => numeric !== null && numeric.status !== 'eliminated')).toEqual([])
    expect(reporting.map(({ form }) => form)).toEqual(['one number'])
  })

  it('names the file of every status that it derives', () => {
    const effects = budget(facts()).rows.flatMap(({ numeric, performance }) => [numeric, performance])
    for (const effect of effects) if (effect) expect(effect.where).toMatch(/\.(jsonl?|yaml)|orders\//)
  })
})

describe('an arm that adds as sums arrive', () => {
  it('is bounded, recorded and replayable, not eliminated, and so is what acts through arrival', () => {
    const made = budget(arrivalFacts())
    const { numeric } = made.rows.find(({ source }) => source === 'sum-order') ?? expect.unreachable()
    expect(numeric).toMatchObject({
      status: 'bounded',
      mechanism: expect.stringContaining('--replay-orders'),
      bound: expect.stringContaining('not measured'),
    })
    for (const source of ['network', 'tenants', 'jit-gc', 'refusals'] as const) {
      expect(statusOf(made, source), source).toBe('bounded')
    }
    expect(made.reporting[0].form).toBe('mean ± s')
  })

  it('is bounded by what seeds that ran twice came to', () => {
    const [row] = budget(withRepeat(arrivalFacts(), { weightsSha256: 'other' }, 0.75)).rows
    expect(row.numeric?.bound).toBe('metric 2.5e-1 apart, 2 digests, over 2 runs of one seed (comparison.json: trials)')
  })

  it('is bounded by the noise floor where one was measured', () => {
    const made = arrivalFacts()
    const noiseFloor = { metric: 'test-accuracy', limit: 0.012, orders: 8, run: 'runs/a/b' }
    const comparison = { ...made.comparison, numeric: { noiseFloor } } as unknown as RunFacts['comparison']
    const [row] = budget({ ...made, comparison }).rows
    expect(row.numeric?.bound).toContain('1.2e-2, over 8 orders (runs/a/b/noise-floor.json)')
  })

  it('is open where its orders cannot be forced again', () => {
    const lost = arrivalFacts({ trial: { unreplayable: 'cannot read orders/ab.txt' } })
    expect(statusOf(budget(lost), 'sum-order')).toBe('open')
  })

  it('is eliminated where sums are exact', () => {
    const exact = arrivalFacts({ arm: { arithmetic: 'exact' }, bitsFollowArrival: false })
    expect(statusOf(budget(exact), 'sum-order')).toBe('eliminated')
  })
})

describe('an adapter', () => {
  it.each<[Status, object | undefined]>([
    ['eliminated', { passed: true, failed: [], outcomes: { addition: 'to nearest even' } }],
    ['open', { passed: false, failed: ['addition'], outcomes: { addition: 'towards zero' } }],
    ['open', undefined],
  ])('makes kernels, precision and unlike hardware %s when its probe is %j', (status, probe) => {
    const made = budget(gpuFacts(probe))
    for (const source of ['kernels', 'precision', 'hardware'] as const)
      expect(statusOf(made, source), source).toBe(status)
    expect(made.reporting[0].form).toBe(status === 'eliminated' ? 'one number' : 'mean ± s')
  })

  it('that nobody chose leaves the settings of the GPU open', () => {
    const chosen = gpuFacts({ passed: true, failed: [], outcomes: {} })
    expect(statusOf(budget(chosen), 'gpu-settings')).toBe('eliminated')
    const other = gpuFacts({ passed: true, failed: [], outcomes: {} }, 'another adapter')
    expect(statusOf(budget(other), 'gpu-settings')).toBe('open')
  })
})

describe('a record that refutes a status', () => {
  it.each<[Source, RunFacts]>([
    ['worker-seeding', facts({ arms: 2, secondTrial: { dataDigests: { 'rows.f64': 'other' } } })],
    ['data-order', facts({ arms: 2, secondTrial: { rowMapDigest: 'other' } })],
    ['autoscaling', facts({ nodesOfStep: 3 })],
    ['chunking', facts({ elementsOfStep: 7 })],
    ['versions', facts({ drift: 'drifted' })],
    ['versions', facts({ drift: 'unknown' })],
  ])('leaves %s open, and other records eliminate it', (source, refuting) => {
    expect(statusOf(budget(refuting), source)).toBe('open')
    expect(statusOf(budget(facts({ arms: 2 })), source)).toBe('eliminated')
  })

  it('of a seed that ran twice to different digests leaves nothing eliminated', () => {
    const { rows, recheck } = budget(withRepeat(facts(), { weightsSha256: 'other' }))
    expect(recheck.held).toBe(false)
    expect(rows.filter(({ numeric }) => numeric?.status === 'eliminated')).toEqual([])
  })

  it('of a seed that ran twice to equal digests bears the budget out', () => {
    const { rows, recheck } = budget(withRepeat(facts(), {}))
    expect(recheck).toMatchObject({ by: 'repeated seeds', held: true })
    expect(rows.filter(({ numeric }) => numeric?.status === 'open')).toEqual([])
  })

  it('is not needed to say that nothing was checked', () => {
    expect(budget(facts()).recheck).toMatchObject({ by: null, held: null, text: expect.stringContaining('--check') })
  })
})

describe('time', () => {
  it('of the network names the slowest and the fastest pair, where links were measured', () => {
    const said = (of: RunFacts): string | null | undefined =>
      budget(of).rows.find(({ source }) => source === 'network')?.performance?.evidence
    const made = facts({ steps: 40 })
    expect(said(made)).toBe('links were not measured')
    const summary = {
      bandwidthBytesPerSecond: { min: 5.2e8, max: 6.1e8 },
      latencyNsP50: { min: 180_000, max: 240_000 },
    }
    const interconnect = { fabric: 'loopback', measured: { summary } }
    const cluster = { ...made.cluster, interconnect } as unknown as RunFacts['cluster']
    expect(said({ ...made, cluster })).toBe('pairs of nodes: 0.52–0.61 GB/s, 180–240 µs')
  })

  it('is never eliminated by a seed: network, tenants and JIT are bounded by what was measured, or open', () => {
    const few = budget(facts({ steps: 5 }))
    const many = budget(facts({ steps: 40, seeds: [0, 1, 2] }))
    for (const source of ['network', 'tenants', 'jit-gc'] as const) {
      expect(statusOf(few, source, 'performance'), source).toBe('open')
      expect(statusOf(many, source, 'performance'), source).toBe('bounded')
    }
  })
})

describe('deterministic mode', () => {
  it('eliminates what it refuses, and says that it was on', () => {
    const made = budget(facts({ deterministic: true }))
    expect(made.deterministic).toBe(true)
    const said = made.rows.map(({ source, numeric }) => [source, `${numeric?.mechanism} ${numeric?.evidence}`])
    expect(Object.fromEntries(said)).toMatchObject({
      seeds: expect.stringContaining('any other draw ended the trial'),
      refusals: expect.stringContaining('deterministic mode was on'),
    })
  })
})

describe('the reporting form', () => {
  const losses = [0.010046, 0.010129, 0.009889, 0.010225, 0.009943, 0.009877, 0.01013, 0.010277, 0.010041, 0.010043]
  const seeds = losses.map((_, seed) => seed)

  it('of ten seeds is the mean ± s over them', () => {
    expect(budget(facts({ seeds, metrics: losses })).reporting[0].value).toBe('0.0101 ± 0.0001 (R = 10, seeds 0–9)')
  })

  it('of equal values says so, of one seed is one number, and of one seed that nothing determines has no ±', () => {
    const value = (of: RunFacts): string => budget(of).reporting[0].value
    expect(value(facts({ seeds: [0, 1, 2] }))).toBe('0.500000 ± 0 (R = 3, all equal, seeds 0–2)')
    expect(value(facts())).toBe('0.500000 (one number, seed 0)')
    expect(value(arrivalFacts())).toContain('no ± can be given')
  })

  it('counts a seed that was run again once, and only the seeds that a claim is of', () => {
    expect(budget(withRepeat(facts({ seeds: [0, 1] }), {})).reporting[0].value).toContain(
      '(R = 2, all equal, seeds 0–1)',
    )
    const claimed = budget(facts({ seeds: [...seeds, 20260616], metrics: [...losses, 0.010112] }), seeds)
    expect(claimed.reporting[0].value).toBe('0.0101 ± 0.0001 (R = 10, seeds 0–9)')
  })

  it('says which seeds', () => {
    expect([[0], [0, 0], [0, 1, 2], [3, 0, 1]].map(seedsText)).toEqual([
      'seed 0',
      'seed 0, 2 runs',
      'seeds 0–2',
      'seeds 0–1, 3',
    ])
  })
})

describe('a mode', () => {
  it('is explained for every source, with nothing measured', () => {
    for (const mode of MODES) {
      const { rows } = explain(mode)
      const wanted = Object.keys(SOURCES).filter((source) => mode === 'async' || source !== 'staleness')
      expect(rows.map(({ source }) => source)).toEqual(wanted)
      for (const { numeric, performance } of rows) {
        expect([numeric?.where ?? null, numeric?.evidence ?? null, performance?.bound ?? null]).toEqual([
          null,
          null,
          null,
        ])
      }
    }
  })

  it('differs from the others in what a seed does not reach', () => {
    const bounded = (mode: 'sync' | 'async' | 'elastic'): Source[] =>
      explain(mode)
        .rows.filter(({ numeric }) => numeric?.status === 'bounded')
        .map(({ source }) => source)
    expect(bounded('sync')).toEqual([])
    expect(bounded('async')).toEqual(expect.arrayContaining(['sum-order', 'staleness', 'network', 'tenants']))
    expect(bounded('elastic')).toContain('autoscaling')
    expect(bounded('async')).not.toContain('autoscaling')
  })
})

describe('the demonstration', () => {
  const shown = (digests: Readonly<Record<ShownTrial['setting'], readonly string[]>>): ShownTrial[] =>
    Object.entries(digests).flatMap(([setting, each]) =>
      each.map((weightsSha256, i) => ({
        setting: setting as ShownTrial['setting'],
        arm: setting,
        nodes: 4,
        weightsSha256,
        trainSeconds: i + Math.PI * setting.length,
      })),
    )
  const usual = { planned: ['a', 'a'], other: ['b', 'c'], arrival: ['d', 'e'], forced: ['d'], exact: ['f', 'f'] }
  const holds = (digests: typeof usual): boolean[] => demonstrationOf(shown(digests)).findings.map((one) => one.holds)

  it('says what happened', () => {
    expect(holds(usual)).toEqual([true, false, false, true, true, false])
    expect(holds({ ...usual, planned: ['a', 'x'], forced: ['x'] })).toEqual([false, false, false, false, true, false])
  })

  it('says so where arrival order happened to agree', () => {
    const agreed = demonstrationOf(shown({ ...usual, arrival: ['d', 'd'] })).findings[2]
    expect(agreed).toEqual({ holds: true, text: expect.stringContaining('agreed this time') })
  })
})
