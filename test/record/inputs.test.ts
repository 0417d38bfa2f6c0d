// Goal: the digest of the five inputs is the same wherever the inputs are, and another as soon as one of them is. Left out: where
// the manifest gets its fields from (run-folder.test.ts).
import { expect, it } from 'vitest'
import type { LocalCluster } from '../../src/record/host.ts'
import { inputsOf } from '../../src/record/inputs.ts'
import type { Inputs, Manifest } from '../../src/record/manifest-schema.ts'

const MANIFEST = {
  code: { sourceDigest: 'source', commit: 'a' },
  study: { sha256: 'study' },
  environment: { node: '26', lockfile: { sha256: 'lock' } },
  data: [{ name: 'rows', seed: 0, sha256: 'rows of seed 0' }],
  rowMaps: [{ seed: 0, sha256: 'map' }],
  seeds: { values: [0], streams: [] },
} as unknown as Manifest

const CLUSTER = {
  kind: 'local',
  simulated: false,
  host: { hostname: 'here', cpuModel: 'a CPU', cores: 2 },
  accelerator: null,
  nodeCounts: [1, 2],
  interconnect: { fabric: 'loopback', notMeasured: 'it is a test' },
} as unknown as LocalCluster

const INPUTS = inputsOf(MANIFEST, CLUSTER)

function changedBy(manifest: object, cluster: object = {}): (keyof Inputs)[] {
  const other = inputsOf({ ...MANIFEST, ...manifest }, { ...CLUSTER, ...cluster })
  return (Object.keys(INPUTS) as (keyof Inputs)[]).filter((name) => other[name] !== INPUTS[name])
}

it('is the same on another host of the same kind, at another commit of the same sources, and whatever was measured', () => {
  const there = {
    host: { ...CLUSTER.host, hostname: 'there' },
    interconnect: { fabric: 'loopback', measured: {} },
  }
  expect(changedBy({ code: { ...MANIFEST.code, commit: 'b' } }, there)).toEqual([])
  const onNodes = (names: string[]) => ({
    ...CLUSTER,
    placement: { engine: 'slurm' as const, job: names.join('+'), nodes: names },
    nodes: names.map((hostname) => ({ ...CLUSTER.host, hostname })),
  })
  expect(inputsOf(MANIFEST, onNodes(['a', 'b']))).toEqual(inputsOf(MANIFEST, onNodes(['c', 'd'])))
})

it.each([
  ['code', { code: { ...MANIFEST.code, sourceDigest: 'other' } }, {}],
  ['code', { study: { sha256: 'other' } }, {}],
  ['environment', { environment: { node: '27', lockfile: { sha256: 'lock' } } }, {}],
  ['data', { data: [{ name: 'rows', seed: 0, sha256: 'other' }] }, {}],
  ['data', { rowMaps: [{ seed: 0, sha256: 'other' }] }, {}],
  ['seeds', { seeds: { values: [1], streams: [] } }, {}],
  ['cluster', {}, { host: { ...CLUSTER.host, cpuModel: 'another' } }],
  ['cluster', {}, { nodeCounts: [1, 4] }],
  ['cluster', {}, { nodes: [{ ...CLUSTER.host, cpuModel: 'another' }] }],
])('changes in %s alone, and as a whole, with an input of that kind', (name, manifest, cluster) => {
  expect(changedBy(manifest, cluster)).toEqual([name, 'digest'])
})
