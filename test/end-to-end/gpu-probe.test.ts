// Goal: `gpu probe` prints what the adapter does, for people in 80 columns and for programs; a run records the short form.
// An adapter that fails it carries no bitwise claim. Left out: what is asked (test/gradient/probe.test.ts) and which claims are
// bitwise (test/evidence/verdict.test.ts).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { gpuProbeText } from '../../src/cli/gpu-probe.ts'
import type { ProbeRecord } from '../../src/gradient/gpu/probe-record.ts'
import { documentOf, reducible, Scratch } from './reducible.ts'

it('says the same as JSON and as a table of at most 80 columns', async () => {
  const finished = await reducible(['gpu', 'probe', '--adapter', 'swiftshader', '--json'])
  expect(finished.status, finished.stderr).toBe(0)
  const document = documentOf(finished)
  expect(document).toMatchObject({ command: 'gpu probe', passed: true, adapter: { software: true } })
  const probe = document as unknown as ProbeRecord
  const text = gpuProbeText(probe)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  const lines = text.split('\n')
  for (const { name, outcome } of probe.rows) {
    expect(
      lines.filter((line) => line.startsWith(`${name}  `) && line.includes(`  ${outcome}  `)),
      name,
    ).toHaveLength(1)
  }
  expect(text).toContain('passed: a bitwise claim can rest on this adapter')

  const failing = {
    ...probe,
    rows: probe.rows.map((row) => ({ ...row, pass: false, counterexample: 'a 0x1: got 0x2, want 0x3' })),
  }
  expect(gpuProbeText(failing)).toContain('FAILED: no bitwise claim can rest on this adapter')
  expect(gpuProbeText(failing)).toContain('addition: a 0x1: got 0x2, want 0x3')
})

it('refuses an adapter that does not exist', async () => {
  const { status, stderr } = await reducible(['gpu', 'probe', '--adapter', 'voodoo'])
  expect(status).toBe(64)
  expect(stderr).toContain("no adapter matches 'voodoo'")
})

it('stands in the cluster of a run, with the adapter that each node opened', async () => {
  using scratch = new Scratch()
  const words = [
    'run',
    'configs/smoke.yaml',
    '--seeds',
    '0',
    '--steps',
    '2',
    '--nodes',
    '2',
    '--adapter',
    'swiftshader',
  ]
  const finished = await reducible([...words, '--json', '--out', scratch.path])
  expect(finished.status, finished.stderr).toBe(0)
  const { cluster, run = '', arms } = documentOf(finished)
  const probe = { passed: true, failed: [], outcomes: { addition: 'to nearest even' } }
  expect(cluster).toMatchObject({ accelerator: { probe } })
  expect(cluster).not.toHaveProperty('accelerators')
  expect(parse(readFileSync(join(run, 'cluster.yaml'), 'utf8'))).toEqual(cluster)
  expect(readFileSync(join(run, 'README.md'), 'utf8')).toContain('(SOFTWARE adapter, probe passed)')
  expect(arms?.[0].trials[0].adapterByNode).toEqual(Array(2).fill(expect.stringContaining('SwiftShader')))
})

it('that failed refuses a bitwise claim with its row, and is named beside the result of any other', async () => {
  using scratch = new Scratch()
  const environment = { XDG_CACHE_HOME: scratch.path }
  const flags = ['--adapter', 'swiftshader', '--json', '--out', scratch.path]
  expect((await reducible(['gpu', 'probe', '--adapter', 'swiftshader'], environment)).status).toBe(0)
  const probes = join(scratch.path, 'reducible/probes')
  for (const name of readdirSync(probes)) {
    const probe = JSON.parse(readFileSync(join(probes, name), 'utf8')) as ProbeRecord
    const rows = probe.rows.map((row) => (row.name === 'addition' ? { ...row, outcome: 'planted', pass: false } : row))
    writeFileSync(join(probes, name), JSON.stringify({ ...probe, rows }))
  }
  const refused = await reducible(['reproduce', 'configs/claims/capstone-41.8.yaml', ...flags], environment)
  expect(refused.status).toBe(64)
  const error = { code: 'adapter-inexact', message: expect.stringContaining('its probe of addition: planted') }
  expect(documentOf(refused)).toMatchObject({ status: 'failed', error, row: { name: 'addition', pass: false } })
  const other = await reducible(['reproduce', 'configs/claims/smoke.yaml', ...flags], environment)
  expect(other.status, other.stderr).toBe(0)
  const probe = { passed: false, failed: ['addition'] }
  expect(documentOf(other)).toMatchObject({ verdict: 'true', cluster: { accelerator: { probe } } })
})
