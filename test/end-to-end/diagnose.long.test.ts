// Goal: a run that injects a tenant starts and stops it, records what it did, and is diagnosed from that; the tenant does not
// outlive the run, however it ends; nodes are slowed and gradients late as asked; what cannot be injected for real is refused. Left out: the other sources, and how often a diagnosis
// is right (npm run bench:diagnose).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/evidence/diagnose/diagnose.ts'
import { Command, documentOf, parentOf, reducible, runFolders, Scratch } from './reducible.ts'

const scratch = new Scratch()
afterAll(() => scratch[Symbol.dispose]())

function studyFile(name: string, changed: Readonly<Record<string, string>> = {}): string {
  const lines = {
    purpose: 'Is somebody else here?',
    workload: '{ name: paced, computeMs: 40, parameters: 1000 }',
    arms: '[{ name: two, nodes: 2 }]',
    training: '{ steps: 50, learningRate: 0.05 }',
    seeds: '[0]',
    repeats: '2',
    engine: 'cpu',
    inject: '[{ source: tenant, load: 1 }]',
    ...changed,
  }
  const file = join(scratch.path, `${name}.yaml`)
  const text = Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`)
  writeFileSync(file, text.join(''))
  return file
}

/** The tenants of a command that are alive. */
function tenantsOf(pid: number | undefined): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((one) => parentOf(one) === pid && isTenant(one))
}

function isTenant(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inject/busy')
  } catch {
    return false
  }
}

it('a tenant comes in its round and goes, and its run is diagnosed as one', async () => {
  const command = new Command(['run', studyFile('tenant'), '--out', scratch.path, '--json'])
  let seen: number[] = []
  await command.until(() => {
    seen = tenantsOf(command.child.pid)
    return seen.length === 1
  })
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  expect(seen.filter(isTenant)).toEqual([])
  const { run } = documentOf(finished)
  const { status, stdout } = await reducible(['diagnose', run ?? expect.unreachable(), '--json'])
  expect(status).toBe(0)
  const { findings, conclusion } = JSON.parse(stdout) as Diagnosis
  expect(conclusion).toBe('named')
  const tenant = findings.find(({ source }) => source === 'another tenant')
  expect(tenant?.standing).toBe('named')
  expect(tenant?.evidence[0].text).toContain('two.seed-0.again-1')
})

it('a slowed node and late gradients are done to real processes, and told apart', async () => {
  const study = studyFile('slowed', {
    workload: '{ name: paced, computeMs: 90, parameters: 1000 }',
    arms: '[{ name: three, nodes: 3, algorithm: arrival }]',
    training: '{ steps: 16, learningRate: 0.05 }',
    inject: '[{ source: unlike-hardware, node: 1, factor: 1.3 }, { source: arrival-order, delayUs: 4000 }]',
  })
  const { run } = documentOf(await reducible(['run', study, '--out', scratch.path, '--json']))
  const { findings } = documentOf(
    await reducible(['diagnose', run ?? expect.unreachable(), '--json']),
  ) as unknown as Diagnosis
  const named = findings.filter(({ standing }) => standing === 'named').map(({ source }) => source)
  expect(named).toEqual(expect.arrayContaining(['arrival order', 'unlike hardware']))
})

it.each(['SIGINT', 'SIGKILL'] as const)('a tenant ends with a run that %s ends', async (signal) => {
  // So many steps that the second round is still at them.
  const study = studyFile(signal, { arms: '[{ name: one, nodes: 1 }]', training: '{ steps: 100, learningRate: 0.05 }' })
  const command = new Command(['run', study, '--out', scratch.path])
  let tenants: number[] = []
  await command.until(() => {
    tenants = tenantsOf(command.child.pid)
    return tenants.length === 1
  })
  command.child.kill(signal)
  const { status } = await command.finished
  expect(status).not.toBe(0)
  while (tenants.some(isTenant)) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(runFolders(scratch, signal)).toHaveLength(1)
})

it.each([
  ['a network on loopback', { inject: '[{ source: network, rate: 0.5 }]' }, 'launch: netns'],
  ['an unknown key', { inject: '[{ source: tenant, laod: 1 }]' }, "did you mean 'load'?"],
])('refuses %s with one sentence', async (_, changed, said) => {
  const { status, stderr } = await reducible(['run', studyFile('refused', changed), '--out', scratch.path])
  expect(status).toBe(64)
  expect(stderr).toContain(said)
  expect(runFolders(scratch, 'refused')).toEqual([])
})

it('a folder that is no run is a usage error of diagnose', async () => {
  expect((await reducible(['diagnose', scratch.path])).status).toBe(64)
})
