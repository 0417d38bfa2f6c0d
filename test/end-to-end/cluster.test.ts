// Goal: a capture of live nodes is a spec that validates, with every link measured; compare reads two of them; what is wrong is
// refused with the line and the remedy. Left out: other machines, and GPUs that are not software.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { FieldDifference } from '../../src/evidence/cluster/compare.ts'
import { loadClusterSpec } from '../../src/record/cluster-spec/load.ts'
import { clusterSpecSchema } from '../../src/record/cluster-spec/schema.ts'
import { FAST, SLOW } from '../record/cluster-spec/made-specs.ts'
import { documentOf, reducible, Scratch } from './reducible.ts'

describe('cluster capture', () => {
  it('asks two nodes, measures their link and their clocks, and writes a spec good for a numeric claim', async () => {
    using scratch = new Scratch()
    const [file, stated] = [join(scratch.path, 'c.yaml'), join(scratch.path, 'stated.yaml')]
    writeFileSync(stated, 'system_name: test bench\ninterconnect:\n  stated:\n    bandwidthBytesPerSecond: 1e12\n')
    const words = ['cluster', 'capture', '--nodes', '2', '-o', file, '--adapter', 'swiftshader', '--json']
    const flags = ['--stated', stated, '--price-per-hour', '0.10 EUR', '--anonymize']
    const captured = await reducible([...words, ...flags], {
      TZ: 'Asia/Tokyo',
      NCCL_ALGO: 'Ring',
      NCCL_TOKEN: 's3cret',
    })
    expect(captured.status, captured.stderr).toBe(0)
    const document = documentOf(captured)
    const spec = clusterSpecSchema.parse(document.spec)
    expect(spec).toMatchObject({ system_name: 'test bench', number_of_nodes: 2, simulated: false })
    expect(spec.nodes).toHaveLength(2)
    for (const { hostname, address, adapter, processor, software, settings, pricePerHour } of spec.nodes) {
      expect([hostname, address]).toEqual(['node-0', 'node-0'])
      expect(adapter).toMatchObject({ software: true, probe: { passed: true } })
      expect(processor.addBytesPerSecond).toBeGreaterThan(0)
      expect(software).toMatchObject({ timeZone: 'Asia/Tokyo', node: process.versions.node })
      expect(settings.collective).toEqual({ NCCL_ALGO: 'Ring' })
      expect(pricePerHour).toBe('0.10 EUR')
    }
    const [link, ...more] = spec.interconnect.links
    expect(more).toEqual([])
    expect(link).toMatchObject({ nodes: [0, 1], host: 'same', accelerator: 'none' })
    const { measured } = link
    if (measured === 'unknown') return expect.fail('not measured')
    // Both nodes read one clock.
    const { clockOffsetNs, clockOffsetErrorNs } = measured
    expect(Math.abs(Number(clockOffsetNs))).toBeLessThanOrEqual(Number(clockOffsetErrorNs) + 1000)
    expect(document.gaps).toEqual([expect.objectContaining({ what: 'bandwidth', stated: 1e12 })])

    const numeric = await reducible(['cluster', 'validate', file])
    expect(numeric.stdout).toContain('good for a numeric claim')
    expect(numeric.status).toBe(0)
    const performance = await reducible(['cluster', 'validate', file, '--for', 'performance', '--json'])
    expect(performance.status).toBe(1)
    expect(documentOf(performance)).toMatchObject({
      needs: { numeric: [], performance: expect.arrayContaining([expect.objectContaining({ path: 'tenancy' })]) },
      gaps: [{ what: 'bandwidth' }],
    })
    const itself = await reducible(['cluster', 'compare', file, file, '--json'])
    expect(documentOf(itself)).toMatchObject({ differences: [], explanation: { ratio: 1 } })
  })

  it('refuses a number of nodes, a price, statements and a folder that are none', async () => {
    using scratch = new Scratch()
    const statusOf = async (...flags: string[]): Promise<[number | null, string]> => {
      const { status, stderr } = await reducible(['cluster', 'capture', '-o', join(scratch.path, 'c.yaml'), ...flags])
      return [status, stderr]
    }
    expect(await statusOf('--nodes', '0')).toEqual([64, expect.stringContaining('--nodes wants a number from 1 to 64')])
    expect(await statusOf('--price-per-hour', '3')).toEqual([64, expect.stringContaining("like '3.20 USD'")])
    const nowhere = join(scratch.path, 'no-folder/c.yaml')
    expect(await statusOf('-o', nowhere)).toEqual([64, expect.stringContaining('[unwritable]')])
    expect(await statusOf('--stated', 'nowhere.yaml')).toEqual([
      64,
      expect.stringContaining('cannot read nowhere.yaml'),
    ])
  })
})

describe('cluster compare', () => {
  it('names the interconnect as a threat to the speed only, in 80 columns', async () => {
    const { status, stdout } = await reducible(['cluster', 'compare', FAST, SLOW, '--gap', '2'])
    expect(status).toBe(0)
    expect(stdout).toContain('threatening the speed only')
    expect(stdout).not.toContain('threatening the answer')
    expect(stdout).toMatch(/a step 2.00 × as long: explained where the all-reduce takes 15 % of a step on A/)
    const lines = stdout.split('\n').filter((line) => !line.includes(FAST) && !line.includes(SLOW))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('of the two recorded fabrics names nothing but links', async () => {
    const [fast, slow] = ['fast-fabric', 'commodity-ethernet'].map((name) => `cluster/specs/${name}.yaml`)
    const { differences } = documentOf(await reducible(['cluster', 'compare', fast, slow, '--json'])) as unknown as {
      differences: FieldDifference[]
    }
    const threats = differences.filter(({ threatens }) => threatens !== 'neither')
    expect(new Set(threats.map(({ threatens }) => threatens))).toEqual(new Set(['performance']))
    expect(threats.map(({ path }) => path)).toContain('interconnect.links.*.measured.bandwidthBytesPerSecond')
    expect(threats.filter(({ path }) => !path.startsWith('interconnect.'))).toEqual([])
  })
})

it('a spec that denies itself is refused with its line', async () => {
  using scratch = new Scratch()
  const file = join(scratch.path, 'c.yaml')
  writeFileSync(file, readFileSync(FAST, 'utf8').replace('simulated: false', 'simulated: true'))
  const { status, stderr } = await reducible(['cluster', 'validate', file])
  expect(status).toBe(64)
  expect(stderr).toMatch(/c\.yaml:\d+: interconnect\.links\.0\.measured: the cluster is simulated/)
})

it('a run keeps the spec that its study names, and says where it runs on another', async () => {
  using scratch = new Scratch()
  const study = join(scratch.path, 'two.yaml')
  const lines = [
    'purpose: two nodes on a stated cluster',
    'engine: cpu',
    'workload: { name: linear, rows: 256, columns: 4 }',
    'arms: [{ name: two, nodes: 2 }]',
    'training: { steps: 3, learningRate: 0.1 }',
    'seeds: [0]',
  ]
  writeFileSync(study, lines.join('\n'))
  const ran = await reducible(['run', study, '--cluster', FAST, '--json', '--out', scratch.path])
  expect(ran.status, ran.stderr).toBe(0)
  const { run, stated } = documentOf(ran) as unknown as { run: string; stated: { differences: FieldDifference[] } }
  expect(stated.differences.map(({ path }) => path)).toContain('nodes.*.host') // it has two
  const kept = join(run, 'cluster-stated.yaml')
  expect(readFileSync(kept, 'utf8')).toBe(readFileSync(FAST, 'utf8'))
  expect(parse(readFileSync(join(run, 'study.yaml'), 'utf8'))).toMatchObject({ cluster: 'cluster-stated.yaml' })
  expect(loadClusterSpec(join(run, 'cluster-spec.yaml'))).toMatchObject({
    number_of_nodes: 2,
    interconnect: { links: [{ nodes: [0, 1], measured: { clockOffsetNs: 'unknown' } }] },
  })
  expect((await reducible(['audit', run])).stdout).not.toContain('cluster-in-full')
  writeFileSync(kept, 'tenancy: exclusive\n')
  const audited = await reducible(['audit', run, '--json'])
  expect(audited.stdout).toContain('manifest.cluster.stated.sha256')
})
