// Goal: a spec survives its file, refuses what is missing, unknown or denied by another part of it, with the line, and can be
// rid of names. Left out: what a capture puts into it (test/end-to-end/cluster.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { anonymized } from '../../../src/record/cluster-spec/anonymize.ts'
import { assembleSpec, type Captured } from '../../../src/record/cluster-spec/assemble.ts'
import { loadClusterSpec, loadStatements } from '../../../src/record/cluster-spec/load.ts'
import { clusterSpecSchema } from '../../../src/record/cluster-spec/schema.ts'
import { specText } from '../../../src/record/cluster-spec/text.ts'
import { Scratch } from '../../end-to-end/reducible.ts'
import { type Draft, FAST, fastFabric } from './made-specs.ts'

it('comes back from its file as it was, with comments for people', () => {
  const spec = fastFabric()
  const text = specText(spec)
  expect(parse(text)).toEqual(spec)
  expect(text.split('\n').filter((line) => /^\s*#/.test(line)).length).toBeGreaterThanOrEqual(7)
  expect(text).toMatch(/^# Typed by people.*\nsystem_name: fast fabric$/m)
})

describe('a spec file', () => {
  /** The error of the fast fabric's file with one text replaced, and the line of that text. */
  function problemOf(before: string, after: string): { message: string; line: number } {
    using scratch = new Scratch()
    const file = join(scratch.path, 'c.yaml')
    const text = readFileSync(FAST, 'utf8')
    expect(text).toContain(before)
    writeFileSync(file, text.replace(before, after))
    try {
      loadClusterSpec(file)
    } catch (thrown) {
      const line = text.slice(0, text.indexOf(before)).split('\n').length
      return { message: String(thrown), line }
    }
    throw new Error('it was taken')
  }

  it('that is whole is taken', () => {
    expect(loadClusterSpec(FAST)).toEqual(fastFabric())
  })

  it('with an unknown key names it, its line and the nearest known one', () => {
    const { message, line } = problemOf('host_networking:', 'host_netwrking:')
    expect(message).toContain(`c.yaml:${line}: unknown key 'host_netwrking'; did you mean 'host_networking'?`)
    expect(problemOf('governor: performance', 'govenor: performance').message).toContain("did you mean 'governor'?")
  })

  it('without a field names it', () => {
    expect(problemOf('tenancy: exclusive\n', '').message).toContain('tenancy')
    expect(problemOf('microcode: "0x1000065"\n      ', '').message).toContain('nodes.0.processor.microcode')
  })

  it('that denies itself names the statement and its line', () => {
    const { message, line } = problemOf('number_of_nodes: 2', 'number_of_nodes: 3')
    expect(message).toContain(`c.yaml:${line}: number_of_nodes: 2 nodes are listed under nodes`)
  })

  it('with a size or a price that is none says what is wanted', () => {
    expect(problemOf('host_memory_capacity: 23.5 GiB', 'host_memory_capacity: lots').message).toContain('24.0 GiB')
    expect(problemOf('pricePerHour: unknown', 'pricePerHour: 3').message).toContain('nodes.0.pricePerHour')
  })
})

describe('contradictions', () => {
  const problemsOf = (change: (draft: Draft) => unknown): string[] =>
    clusterSpecSchema
      .safeParse(fastFabric(change))
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

  it('are none in a spec that agrees with itself', () => {
    expect(problemsOf(() => {})).toEqual([])
  })

  it.each<[string, (draft: Draft) => unknown]>([
    ['number_of_nodes: 2 nodes are listed', (spec) => Object.assign(spec, { number_of_nodes: 4 })],
    ['interconnect.links.0.measured: the cluster is simulated', (spec) => Object.assign(spec, { simulated: true })],
    ['interconnect.links.0.measured: interconnect.method', ({ interconnect }) => delete interconnect.method],
    [
      'interconnect.links.0.nodes: want two of nodes 0 to 1',
      ({ interconnect: { links } }) => Object.assign(links[0], { nodes: [0, 2] }),
    ],
    [
      'interconnect.links.0.nodes: want two of nodes 0 to 1',
      ({ interconnect: { links } }) => Object.assign(links[0], { nodes: [1, 0] }),
    ],
    ['interconnect.links.1.nodes: this pair is listed twice', ({ interconnect: { links } }) => links.push(links[0])],
    [
      'interconnect.links.0.host: nodes 0 and 1 say host',
      ({ interconnect: { links } }) => Object.assign(links[0], { host: 'same' }),
    ],
    ['nodes.1.name: node 0 has this name too', ({ nodes }) => Object.assign(nodes[1], { name: 'node-0' })],
    ['nodes.0.accelerators_per_node: 0 devices', ({ nodes }) => Object.assign(nodes[0], { accelerators_per_node: 8 })],
    [
      'nodes.0.adapterDevice: the adapter is a software one',
      ({ nodes }) => Object.assign(nodes[0], { adapterDevice: 'GPU-1' }),
    ],
  ])('%s', (problem, change) => {
    expect(problemsOf(change)).toEqual([expect.stringContaining(problem)])
  })
})

describe('without names', () => {
  it('nothing tells the machine, wherever it stands, and nothing else changes', () => {
    const spec = fastFabric(({ nodes: [a, b] }) => {
      Object.assign(a, { hostname: 'gauss', address: '10.0.0.7' })
      Object.assign(b, { hostname: 'euler.example.org', address: '10.0.0.8' })
      a.settings.other = { LD_LIBRARY_PATH: '/home/ada/lib:/opt/gauss/lib', VK_DRIVER_FILES: '/opt/gaussian/icd.json' }
      a.settings.collective = { NCCL_COMM_ID: '10.0.0.8:4711' }
    })
    const hidden = anonymized(spec)
    expect(JSON.stringify(hidden)).not.toMatch(/gauss\b|euler|10\.0\.0|\/ada/)
    expect(hidden.nodes.map(({ hostname, address }) => [hostname, address])).toEqual([
      ['node-0', 'node-0'],
      ['node-1', 'node-1'],
    ])
    const { settings } = hidden.nodes[0]
    expect(settings.other).toEqual({
      LD_LIBRARY_PATH: '/home/user/lib:/opt/node-0/lib',
      VK_DRIVER_FILES: '/opt/gaussian/icd.json',
    })
    expect(settings.collective).toEqual({ NCCL_COMM_ID: 'node-1:4711' })
    expect(hidden.interconnect).toEqual(spec.interconnect)
    expect(anonymized(hidden)).toEqual(hidden)
  })
})

describe('what a capture found', () => {
  const { nodes, interconnect, collective } = fastFabric()
  const captured: Captured = {
    capturedAtUtc: '2026-11-20T09:00:00.000Z',
    nodes: nodes.map(({ name, host, ...node }) => ({ node, machineId: host })),
    pairs: interconnect.links.flatMap(({ nodes: pair, measured }) =>
      measured === 'unknown'
        ? []
        : [
            {
              nodes: [pair[0], pair[1]] as const,
              ...measured,
              clockOffsetNs: Number(measured.clockOffsetNs),
              clockOffsetErrorNs: Number(measured.clockOffsetErrorNs),
            },
          ],
    ),
    method: interconnect.method ?? expect.fail(),
    collective,
    fabric: 'network',
  }

  it('is a spec, with what people state in its place and unknown where nobody does', () => {
    const statements = { tenancy: 'exclusive', interconnect: { stated: { mtuBytes: 9000 } } } as const
    const spec = assembleSpec(captured, statements, '3.20 USD')
    expect(clusterSpecSchema.parse(spec)).toEqual(spec)
    expect(spec).toMatchObject({ tenancy: 'exclusive', autoscaling: 'unknown', host_networking: 'unknown' })
    expect(spec.interconnect).toMatchObject({
      fabric: 'unknown',
      stated: { bandwidthBytesPerSecond: 'unknown', latencyNs: 'unknown', mtuBytes: 9000 },
      links: [{ nodes: [0, 1], host: 'other', accelerator: 'none' }],
    })
    expect(spec.nodes.map(({ name, host, pricePerHour }) => [name, host, pricePerHour])).toEqual([
      ['node-0', 'host-0', '3.20 USD'],
      ['node-1', 'host-1', '3.20 USD'],
    ])
  })

  it('of one machine is joined by loopback', () => {
    const one = { ...captured, nodes: captured.nodes.map((node) => ({ ...node, machineId: 'the only one' })) }
    const spec = assembleSpec({ ...one, fabric: 'loopback' }, {}, 'unknown')
    expect(spec).toMatchObject({
      host_networking: 'loopback',
      host_networking_topology: 'one host',
      interconnect: { fabric: 'loopback', links: [{ host: 'same' }] },
    })
  })

  it.each([
    [['GPU-a', 'GPU-a'], 'm', 'same'],
    [['GPU-a', 'GPU-b'], 'm', 'other'],
    [['GPU-a', 'unknown'], 'm', 'unknown'],
    [['unknown', 'unknown'], undefined, 'other'],
    [['none', 'none'], 'm', 'none'],
  ])('says of devices %j on machine %s that they are: %s', (devices, machineId, sharing) => {
    const on = captured.nodes.map(({ node, machineId: own }, index) => ({
      node: { ...node, adapterDevice: devices[index] },
      machineId: machineId ?? own,
    }))
    const [link] = assembleSpec({ ...captured, nodes: on }, {}, 'unknown').interconnect.links
    expect(link.accelerator).toBe(sharing)
  })
})

it('statements have the keys of a spec, and no others', () => {
  using scratch = new Scratch()
  const file = join(scratch.path, 'stated.yaml')
  writeFileSync(file, 'tenancy: shared\ninterconnect:\n  stated:\n    bandwidthBytesPerSecond: 1.25e9\n')
  expect(loadStatements(file)).toEqual({
    tenancy: 'shared',
    interconnect: { stated: { bandwidthBytesPerSecond: 1.25e9 } },
  })
  writeFileSync(file, 'tenancy: shared\ninterconnect:\n  stated:\n    bandwidth: 1.25e9\n')
  expect(() => loadStatements(file)).toThrow(/stated.yaml:4: unknown key 'interconnect.stated.bandwidth'/)
})
