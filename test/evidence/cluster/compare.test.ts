// Goal: two specs differ where they differ, each difference threatens what hangs on its field, and a gap is explained by no more
// than the cost model gives. Left out: how it is printed.
import { describe, expect, it } from 'vitest'
import { compareSpecs } from '../../../src/evidence/cluster/compare.ts'
import { explainGap } from '../../../src/evidence/cluster/explain-gap.ts'
import { FIELD_RULES, ruleOf } from '../../../src/evidence/cluster/field-rules.ts'
import { leavesOf } from '../../../src/evidence/cluster/leaves.ts'
import { parseNvidiaSmi } from '../../../src/record/cluster-spec/nvidia-smi.ts'
import { commodityEthernet, type Draft, fastFabric } from '../../record/cluster-spec/made-specs.ts'

const GPU = '<gpu id="0"><uuid>GPU-a</uuid></gpu>'

describe('the rules', () => {
  const spec = fastFabric(({ nodes, interconnect }) => {
    Object.assign(nodes[0], { devices: parseNvidiaSmi(GPU) })
    Object.assign(interconnect.links[0], { stated: interconnect.stated })
  })
  const patterns = new Set(leavesOf(spec).map(({ pattern }) => pattern))

  it('cover every field of a spec', () => {
    expect([...patterns].filter((pattern) => ruleOf(pattern) === undefined)).toEqual([])
  })

  it('name no field that a spec does not have', () => {
    const isThere = (path: string): boolean =>
      [...patterns].some((pattern) => pattern === path || pattern.startsWith(`${path}.`))
    expect(FIELD_RULES.map(({ path }) => path).filter((path) => !isThere(path))).toEqual([])
  })

  it('stand each before those that cover it too, or they would never count', () => {
    const paths = FIELD_RULES.map(({ path }) => path)
    expect(paths.filter((path) => ruleOf(path)?.path !== path)).toEqual([])
  })
})

describe('two specs', () => {
  it('that are one differ in nothing', () => {
    expect(compareSpecs(fastFabric(), fastFabric())).toEqual([])
  })

  it('of another interconnect threaten performance only', () => {
    const differences = compareSpecs(fastFabric(), commodityEthernet()).filter(
      ({ threatens }) => threatens !== 'neither',
    )
    expect(differences.map(({ path }) => path)).toContain('interconnect.links.*.measured.bandwidthBytesPerSecond')
    expect(new Set(differences.map(({ threatens }) => threatens))).toEqual(new Set(['performance']))
    expect(differences.every(({ path }) => /interconnect|network/.test(path))).toBe(true)
  })

  it.each<[string, string, (draft: Draft) => unknown]>([
    [
      'nodes.*.processor.flags',
      'both',
      ({ nodes }) => nodes[0].processor.flags === 'unknown' || nodes[0].processor.flags.pop(),
    ],
    ['nodes.*.software.libc', 'numeric', ({ nodes }) => Object.assign(nodes[1].software, { libc: 'musl' })],
    [
      'nodes.*.processor.governor',
      'performance',
      ({ nodes }) => Object.assign(nodes[1].processor, { governor: 'powersave' }),
    ],
    ['nodes.*.hostname', 'neither', ({ nodes }) => Object.assign(nodes[1], { hostname: 'euler' })],
    [
      'nodes.*.settings.collective.NCCL_ALGO',
      'both',
      ({ nodes }) => Object.assign(nodes[0].settings.collective, { NCCL_ALGO: 'Tree' }),
    ],
    [
      'nodes.*.processor.addBytesPerSecond',
      'performance',
      ({ nodes }) => nodes.map(({ processor }) => Object.assign(processor, { addBytesPerSecond: 1e9 })),
    ],
  ])('that differ in %s threaten %s', (path, threatens, change) => {
    const own = compareSpecs(fastFabric(), fastFabric(change)).filter((difference) => difference.path === path)
    expect(own).toEqual([expect.objectContaining({ threatens })])
  })

  it('say what stands on either side, and null where nothing does', () => {
    const tree = fastFabric(({ nodes }) => Object.assign(nodes[0].settings.collective, { NCCL_ALGO: 'Tree' }))
    const [there] = compareSpecs(fastFabric(), tree).filter(({ path }) => path.endsWith('NCCL_ALGO'))
    expect(there).toMatchObject({ a: null, b: 'Tree' })
    const other = fastFabric(({ nodes }) => Object.assign(nodes[1].software, { libc: 'musl' }))
    expect(compareSpecs(fastFabric(), other)).toEqual([
      expect.objectContaining({ a: 'glibc 2.36', b: 'glibc 2.36 · musl' }),
    ])
  })

  it('that measured within 20 % of each other do not differ', () => {
    const within = (bandwidthBytesPerSecond: number) =>
      compareSpecs(
        fastFabric(),
        fastFabric(({ interconnect: { links } }) => Object.assign(links[0].measured, { bandwidthBytesPerSecond })),
      )
    expect(within(1.1e9 * 0.85)).toEqual([])
    expect(within(1.1e9 * 0.75)).toHaveLength(1)
  })
})

describe('a gap', () => {
  const collective = { algorithm: 'ring', bytes: 2 ** 20 }

  it('is explained by the cost of the collective on both clusters', () => {
    const { seconds, ratio, ratioBy } = explainGap(fastFabric(), commodityEthernet(), collective, undefined)
    // A ring of two ranks: two rounds, half of the vector each, half of it added once.
    const ring = (latency: number, bandwidth: number): number => 2 * latency + 2 ** 20 / bandwidth + 2 ** 19 / 4e9
    expect(seconds?.[0]).toBeCloseTo(ring(60e-6, 1.1e9), 12)
    expect(seconds?.[1]).toBeCloseTo(ring(200e-6, 118e6), 12)
    expect(ratio).toBeCloseTo(ring(200e-6, 118e6) / ring(60e-6, 1.1e9), 9)
    expect(ratioBy?.latency).toBeCloseTo(ring(200e-6, 1.1e9) / ring(60e-6, 1.1e9), 9)
    expect(ratioBy?.adding).toBe(1)
  })

  it('needs the share of a step at which the all-reduce alone makes it', () => {
    const { ratio, observed } = explainGap(fastFabric(), commodityEthernet(), collective, 2)
    const share = observed?.shareOfStepNeeded ?? Number.NaN
    expect(1 - share + share * (ratio ?? Number.NaN)).toBeCloseTo(2, 9)
    expect(observed?.explains).toBe('whole')
  })

  it('larger than the ratio is explained in part, and on an equal cluster not at all', () => {
    expect(explainGap(fastFabric(), commodityEthernet(), collective, 100).observed?.explains).toBe('part')
    const same = explainGap(fastFabric(), fastFabric(), collective, 2)
    expect(same).toMatchObject({ ratio: 1, observed: { explains: 'none', shareOfStepNeeded: null } })
  })

  it('is not explained by a link that nobody knows, and is by one that is only stated', () => {
    const unmeasured = (draft: Draft): unknown => Object.assign(draft.interconnect.links[0], { measured: 'unknown' })
    const stated = explainGap(fastFabric(unmeasured), commodityEthernet(), collective, 2)
    expect(stated.models[0]).toMatchObject({ latencyNs: 60_000, bandwidthBytesPerSecond: 1.25e9 })
    expect(stated.observed?.explains).toBe('whole')
    const nothing = fastFabric((draft) => {
      unmeasured(draft)
      Object.assign(draft.interconnect.stated, { latencyNs: 'unknown' })
    })
    expect(explainGap(nothing, commodityEthernet(), collective, 2)).toMatchObject({ seconds: null, observed: null })
  })

  it('goes at the pace of the slowest link', () => {
    const { models } = explainGap(
      fastFabric(({ interconnect: { links } }) => {
        const [slower] = structuredClone(links)
        Object.assign(slower.measured, { latencyNsP50: 90_000 })
        links.push(slower)
      }),
      commodityEthernet(),
      collective,
      undefined,
    )
    expect(models[0]).toMatchObject({ latencyNs: 90_000, bandwidthBytesPerSecond: 1.1e9 })
  })
})
