// Goal: a run does not pay twice for a probe. A kept one is taken for the same adapter and driver only, and half of one is
// none. Left out: what a probe finds (probe.test.ts).
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listAdapters } from '../../src/gradient/gpu/adapters.ts'
import { knownProbe, probeAdapter } from '../../src/gradient/gpu/probe.ts'
import { failedRows, type ProbeRecord, summarizeProbe } from '../../src/gradient/gpu/probe-record.ts'

const [available] = await listAdapters()

let cache: string
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'probes-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

const keptFiles = (): string[] => {
  const folder = join(cache, 'reducible', 'probes')
  return readdirSync(folder).map((name) => join(folder, name))
}

it('a probe is kept, and taken again for the same adapter and driver only', async ({ skip }) => {
  if (!available) return skip('no adapter on this machine')
  const probe = await knownProbe(available)
  expect(failedRows(probe)).toEqual([])
  const [file] = keptFiles()
  const marked: ProbeRecord = { ...(JSON.parse(readFileSync(file, 'utf8')) as ProbeRecord), webgpu: 'the kept one' }
  writeFileSync(file, JSON.stringify(marked))
  expect(await knownProbe(available)).toEqual(marked)
  const updated = { ...available, adapter: { ...available.adapter, driver: 'another driver' } }
  expect((await knownProbe(updated)).webgpu).toBe(probe.webgpu)
  expect(keptFiles()).toHaveLength(2)
})

it('half of a kept probe is none, and asking anew replaces what was kept', async ({ skip }) => {
  if (!available) return skip('no adapter on this machine')
  const probe = await probeAdapter(available)
  const [file] = keptFiles()
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.slice(0, 100))
  expect(await knownProbe(available)).toEqual(probe)
  expect(readFileSync(file, 'utf8')).toBe(whole)
})

it('the short form of a probe names the rows that failed, and every outcome', () => {
  const adapter = { name: 'a', vendor: '', architecture: '', driver: 'd', backend: 'vulkan', software: false }
  const row = { samples: 1, counterexample: null, order: null }
  const probe: ProbeRecord = {
    adapter,
    webgpu: '1',
    kernelsSha256: '',
    probeKernelsSha256: '',
    rows: [
      { ...row, name: 'addition', outcome: 'to nearest even', pass: true },
      { ...row, name: 'TwoSum', outcome: 'other in 3 of 4', pass: null },
    ],
  }
  const outcomes = { addition: 'to nearest even', TwoSum: 'other in 3 of 4' }
  expect(summarizeProbe(probe)).toEqual({ passed: true, failed: [], outcomes })
  const failing = { ...probe, rows: probe.rows.map((one) => ({ ...one, pass: false })) }
  expect(summarizeProbe(failing)).toEqual({ passed: false, failed: ['addition', 'TwoSum'], outcomes })
})
