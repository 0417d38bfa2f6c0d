// Goal: a spec that has everything is good for both kinds of claim, and each thing that a claim rests on is asked for when it is
// missing; a measured value far from its stated one is named. Left out: files and exit statuses (test/end-to-end/cluster.test.ts).
import { describe, expect, it } from 'vitest'
import { statedGaps } from '../../../src/evidence/cluster/stated-gaps.ts'
import { neededFor } from '../../../src/evidence/cluster/validate.ts'
import type { SpecDevice } from '../../../src/record/cluster-spec/schema.ts'
import { type Draft, fastFabric } from '../../record/cluster-spec/made-specs.ts'

const pathsOf = (kind: 'numeric' | 'performance', change: (draft: Draft) => unknown): string[] =>
  neededFor(fastFabric(change))[kind].map(({ path }) => path)

it('a spec that has everything needs nothing', () => {
  expect(neededFor(fastFabric())).toEqual({ numeric: [], performance: [] })
})

describe('a numeric claim needs', () => {
  it.each<[string, (draft: Draft) => unknown]>([
    ['nodes.*.processor.flags', ({ nodes }) => Object.assign(nodes[1].processor, { flags: 'unknown' })],
    ['nodes.*.software.libc', ({ nodes }) => Object.assign(nodes[0].software, { libc: 'unknown' })],
    ['nodes.*.adapter.driver', ({ nodes }) => Object.assign(nodes[0].adapter ?? {}, { driver: 'unknown' })],
    ['nodes.*.adapter.probe', ({ nodes }) => delete nodes[0].adapter?.probe],
    [
      'nodes.*.adapter.probe',
      ({ nodes }) => Object.assign(nodes[0].adapter?.probe ?? {}, { passed: false, failed: ['x'] }),
    ],
  ])('%s', (path, change) => {
    expect(pathsOf('numeric', change)).toEqual([path])
  })

  it('no adapter where a CPU does everything, and nothing that only speed rests on', () => {
    expect(pathsOf('numeric', ({ nodes }) => Object.assign(nodes[0], { adapter: null }))).toEqual([])
    expect(pathsOf('numeric', (spec) => Object.assign(spec, { tenancy: 'unknown' }))).toEqual([])
  })

  it('to be told which node, and why', () => {
    const spec = fastFabric(({ nodes }) => Object.assign(nodes[1].processor, { flags: 'unknown' }))
    expect(neededFor(spec).numeric).toEqual([
      { path: 'nodes.*.processor.flags', nodes: [1], why: expect.stringContaining('fused multiply-add') },
    ])
  })
})

const unmeasured = ({ interconnect }: Draft): unknown => Object.assign(interconnect.links[0], { measured: 'unknown' })
const unstated = ({ interconnect }: Draft): unknown =>
  Object.assign(interconnect.stated, { bandwidthBytesPerSecond: 'unknown', latencyNs: 'unknown', mtuBytes: 'unknown' })

describe('a performance claim needs', () => {
  it.each<[string, (draft: Draft) => unknown]>([
    ['tenancy', (spec) => Object.assign(spec, { tenancy: 'unknown' })],
    ['autoscaling', (spec) => Object.assign(spec, { autoscaling: 'unknown' })],
    ['simulated', (spec) => [unmeasured(spec), Object.assign(spec, { simulated: true })]],
    ['interconnect.fabric', ({ interconnect }) => Object.assign(interconnect, { fabric: 'unknown' })],
    ['interconnect.links', (spec) => [unmeasured(spec), unstated(spec)]],
    ['interconnect.links', (spec) => [unstated(spec), spec.interconnect.links.pop()]],
    ['nodes.*.processor.governor', ({ nodes }) => Object.assign(nodes[0].processor, { governor: 'unknown' })],
    ['nodes.*.rack', ({ nodes }) => Object.assign(nodes[0], { rack: 'unknown' })],
    [
      'nodes.*.network.mtuBytes',
      (spec) => [unstated(spec), Object.assign(spec.nodes[0].network, { mtuBytes: 'unknown' })],
    ],
  ])('%s', (path, change) => {
    expect(pathsOf('performance', change)).toEqual([path])
  })

  it('no measurement of a link that is stated, no rack of one machine, no MTU that is stated', () => {
    expect(pathsOf('performance', unmeasured)).toEqual([])
    expect(pathsOf('performance', unstated)).toEqual([])
    const onOneHost = ({ nodes }: Draft): unknown =>
      nodes.map((node) => Object.assign(node, { host: 'h', rack: 'unknown' }))
    expect(pathsOf('performance', onOneHost)).toEqual([])
    expect(pathsOf('performance', ({ nodes }) => Object.assign(nodes[0].network, { mtuBytes: 'unknown' }))).toEqual([])
  })

  const device: SpecDevice = {
    source: 'nvidia-smi',
    model: 'NVIDIA H100 80GB HBM3',
    vendorId: '0x10de',
    deviceId: '0x2330',
    revision: '0xa1',
    pciBusId: '0000:1a:00.0',
    uuid: 'GPU-a',
    driver: '550.54.15',
    vbios: '96.00',
    memory: '79.6 GiB',
    ecc: 'enabled',
    powerLimitWatts: 700,
    pcie: 'PCIe Gen5 x16',
    partitions: 'none',
  }

  it('the power limit of a device that works, and to know which one that is', () => {
    const withDevice =
      (changes: object, adapterDevice: string) =>
      (spec: Draft): unknown =>
        Object.assign(spec.nodes[0], { devices: [{ ...device, ...changes }], adapterDevice })
    expect(pathsOf('performance', withDevice({}, 'GPU-a'))).toEqual([])
    expect(pathsOf('performance', withDevice({}, 'unknown'))).toEqual(['nodes.*.adapterDevice'])
    const limit = { powerLimitWatts: 'unknown' }
    expect(pathsOf('performance', withDevice(limit, 'GPU-a'))).toEqual(['nodes.*.devices.*.powerLimitWatts'])
    expect(pathsOf('performance', withDevice(limit, 'none'))).toEqual([])
  })
})

describe('a measured value', () => {
  it('within 20 % of the stated one is no gap', () => {
    expect(statedGaps(fastFabric())).toEqual([])
    expect(statedGaps(fastFabric(unstated))).toEqual([])
  })

  it('further off is named with its share', () => {
    const gaps = statedGaps(
      fastFabric(({ interconnect: { stated }, nodes }) => {
        stated.bandwidthBytesPerSecond = 4_400_000_000
        stated.latencyNs = 40_000
        nodes[1].network.mtuBytes = 1500
      }),
    )
    expect(gaps.map(({ path, share }) => [path, Number(share.toFixed(3))])).toEqual([
      ['interconnect.links.0.measured.bandwidthBytesPerSecond', -0.75],
      ['interconnect.links.0.measured.latencyNsP50', 0.5],
      ['nodes.1.network.mtuBytes', -0.833],
    ])
  })

  it('is held against what its own link states, where it does', () => {
    const own = { bandwidthBytesPerSecond: 1e10, latencyNs: 'unknown', mtuBytes: 'unknown' } as const
    const [gap, ...more] = statedGaps(
      fastFabric(({ interconnect }) => Object.assign(interconnect.links[0], { stated: own })),
    )
    expect(gap).toMatchObject({ what: 'bandwidth', stated: 1e10, measured: 1.1e9 })
    expect(more).toEqual([])
  })
})
