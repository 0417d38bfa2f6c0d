// Goal: a spec gives every pair its own α and β, nodes beyond it medians, and is refused where it says too little or what
// cannot be, naming the field. Left out: the schema of specs (test/record/cluster-spec).
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { loadClusterSpec, loadStatedCluster } from '../../src/record/cluster-spec/load.ts'
import type { ClusterSpec } from '../../src/record/cluster-spec/schema.ts'
import { linksOf } from '../../src/simulate/cluster-links.ts'

const FILE = 'cluster/specs/fast-fabric.yaml'
const SPEC = loadClusterSpec(join(projectRoot, FILE))

function withInterconnect(change: Partial<ClusterSpec['interconnect']>): ClusterSpec {
  return { ...SPEC, interconnect: { ...SPEC.interconnect, ...change } }
}

describe('the links of a captured spec', () => {
  const links = linksOf(SPEC, FILE)
  const [{ nodes, measured }] = SPEC.interconnect.links

  it('are those measured, the latency taken out of the transfer', () => {
    if (measured === 'unknown') return expect.unreachable()
    const [a, b] = nodes
    expect(links.latencyNs(a, b)).toBe(measured.latencyNsP50)
    expect(links.latencyNs(b, a)).toBe(measured.latencyNsP50)
    const bytes = SPEC.interconnect.method?.bandwidthBytes ?? expect.unreachable()
    const transferNs = links.latencyNs(a, b) + bytes * links.nsPerByte(a, b)
    expect(bytes / (transferNs / 1e9)).toBeCloseTo(measured.bandwidthBytesPerSecond, 3)
  })

  it('go on beyond its nodes with the medians', () => {
    const latencies = SPEC.interconnect.links.map((link) =>
      link.measured === 'unknown' ? 0 : link.measured.latencyNsP50,
    )
    latencies.sort((a, b) => a - b)
    expect(links.specNodes).toBe(8)
    expect(links.latencyNs(7, 8)).toBe((latencies[13] + latencies[14]) / 2)
    expect(links.latencyNs(100, 4000)).toBe(links.latencyNs(7, 8))
    expect(links.addNsPerByte(100)).toBeGreaterThan(0)
  })
})

it('are the stated ones where none was measured', () => {
  const stated = { bandwidthBytesPerSecond: 1e9, latencyNs: 5000, mtuBytes: 1500 }
  const links = linksOf(withInterconnect({ links: [], stated }), FILE)
  expect([links.latencyNs(0, 1), links.nsPerByte(0, 1)]).toEqual([5000, 1])
})

describe('a spec is refused', () => {
  const stated = { bandwidthBytesPerSecond: 1e9, latencyNs: 5000, mtuBytes: 1500 }
  const [link] = SPEC.interconnect.links
  const measuredAs = (change: object): ClusterSpec =>
    withInterconnect({ links: [{ ...link, measured: { ...(link.measured as object), ...change } } as typeof link] })

  it.each([
    [
      'without links',
      withInterconnect({ links: [] }),
      'interconnect.links is empty and interconnect.stated.latencyNs is unknown',
    ],
    [
      'without a rate',
      withInterconnect({ links: [], stated: { ...stated, bandwidthBytesPerSecond: 'unknown' } }),
      'interconnect.stated.bandwidthBytesPerSecond is unknown',
    ],
    [
      'with a link that nobody knows',
      withInterconnect({ links: [{ ...link, measured: 'unknown' }] }),
      'interconnect.links.0.measured is unknown',
    ],
    [
      'with a negative latency',
      measuredAs({ latencyNsP50: -1 }),
      'interconnect.links.0.measured.latencyNsP50 is -1 ns',
    ],
    ['with a latency of a minute', measuredAs({ latencyNsP50: 6e10 }), 'latencyNsP50 is 60000000000 ns'],
    [
      'with a rate of a byte a second',
      measuredAs({ bandwidthBytesPerSecond: 1 }),
      'bandwidthBytesPerSecond is 1 bytes',
    ],
    [
      'with a stated latency of a day',
      withInterconnect({ links: [], stated: { ...stated, latencyNs: 8.64e13 } }),
      'interconnect.stated.latencyNs is',
    ],
  ])('%s', (_, spec, said) => {
    expect(() => linksOf(spec, FILE)).toThrow(said)
  })

  it('that is statements alone, without a latency', () => {
    const file = 'cluster/specs/switch-100mbit.yaml'
    expect(() => linksOf(loadStatedCluster(join(projectRoot, file)).spec, file)).toThrow(
      'interconnect.stated.latencyNs is unknown',
    )
  })
})
