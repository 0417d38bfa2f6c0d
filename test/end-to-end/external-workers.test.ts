// Goal: workers that somebody starts by hand train to the bits of workers that a run starts itself, and one that is not wanted
// is turned away in a sentence while the others wait. Left out: networks, and what dies in the middle (external-workers.system.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { newToken } from '../../cluster/wire/token.ts'
import { loadClusterSpec } from '../../src/record/cluster-spec/load.ts'
import { TreeCopy } from '../mutation/tree.ts'
import { startCapture, startCoordinator, startWorker, studyIn } from './external.ts'
import { documentOf, manifestOf, reducible, Scratch } from './reducible.ts'

it('two workers started by hand come to the weights of a local run, each at the rank it asked for', async () => {
  using scratch = new Scratch()
  const study = studyIn(scratch)
  const local = reducible(['run', ...study])
  const { command, address } = await startCoordinator([...study, '--listen', '127.0.0.1:0'])
  const workers = [startWorker(address, [], { SLURM_PROCID: '1', SLURM_NTASKS: '2' }), startWorker(address)]
  const ended = await Promise.all(workers.map(({ finished }) => finished))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  expect(ended.map(({ status, stdout }) => [status, stdout])).toEqual(Array(2).fill([0, 'worker: the run is over\n']))
  expect(ended[0].stderr).toContain('rank 1 of 2')
  const [here, there] = [documentOf(await local), documentOf(finished)].map(({ arms }) => arms?.[0].trials[0])
  expect(here?.weightsSha256).toMatch(/^[0-9a-f]{64}$/)
  expect(there?.weightsSha256).toBe(here?.weightsSha256)
  expect(there).toMatchObject({ gpuByNode: [null, null], sharedAccelerator: null })
  const folder = String(documentOf(finished).run)
  expect(manifestOf(folder).security).toEqual({ token: false, insecure: false, listen: 'loopback' })
  expect(parse(readFileSync(join(folder, 'cluster.yaml'), 'utf8'))).toMatchObject({ kind: 'local' })
  expect(readFileSync(join(folder, 'study.yaml'), 'utf8')).toContain('launch: external')
})

it('a claim is judged on workers started by hand', async () => {
  using scratch = new Scratch()
  const [study, ...flags] = studyIn(scratch)
  const claim = join(scratch.path, 'claim.yaml')
  const claimed = {
    statement: 'Twelve steps end at no loss at all.',
    source: 'a test',
    study,
    metric: 'final-loss',
    kind: 'numeric',
    level: 'numerical',
    tier: 1,
    reported: { perSeed: { 0: '0.0000' } },
  }
  writeFileSync(claim, JSON.stringify(claimed))
  const { command, address } = await startCoordinator([claim, ...flags, '--listen', '127.0.0.1:0'])
  await Promise.all([0, 1].map(() => startWorker(address).finished))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(1)
  expect(documentOf(finished)).toMatchObject({ verdict: 'false', result: { values: [{ published: '0.0000' }] } })
})

it('a capture asks workers that somebody started', async () => {
  using scratch = new Scratch()
  const file = join(scratch.path, 'c.yaml')
  const { command, address } = await startCapture(['-o', file, '--json', '--adapter', 'swiftshader'])
  const workers = [0, 1].map(() => startWorker(address))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  await Promise.all(workers.map((worker) => worker.finished))
  expect(loadClusterSpec(file)).toMatchObject({
    number_of_nodes: 2,
    interconnect: { fabric: 'loopback', links: [{ nodes: [0, 1], measured: { bandwidthSamples: 15 } }] },
    nodes: [{ adapter: { software: true } }, { adapter: { software: true } }],
  })
})

it('a worker with a wrong token, a taken rank or other sources is refused by name, and the run goes on waiting', async () => {
  using scratch = new Scratch()
  using tree = new TreeCopy()
  tree.apply({ file: 'cluster/worker/agent.ts', find: 'const RETRY_MS = 500', replace: 'const RETRY_MS = 501' })
  const secret = join(scratch.path, 'token')
  const token = newToken()
  writeFileSync(secret, token)
  const words = [...studyIn(scratch), '--token-file', secret, '--listen', '127.0.0.1:0']
  const { command, address } = await startCoordinator(words)
  expect(command.stderr).not.toContain(token)
  const first = startWorker(address, ['--rank', '0', '--token-file', secret])
  await command.until(() => command.stderr.includes('1 of 2'))
  const environment = { REDUCIBLE_TOKEN: token }
  const [wrong, none, taken, other] = await Promise.all(
    [
      startWorker(address, [], { REDUCIBLE_TOKEN: newToken() }),
      startWorker(address),
      startWorker(address, ['--rank', '0'], environment),
      startWorker(address, [], environment, tree.root),
    ].map(({ finished }) => finished),
  )
  expect([wrong, none, taken, other].map(({ status }) => status)).toEqual([64, 64, 64, 70])
  for (const { stderr } of [wrong, none]) {
    expect(stderr).toMatch(
      /\[wrong-token\] .* refused this worker: the run token is missing or wrong\. Give the worker/,
    )
  }
  expect(taken.stderr).toMatch(/the worker on \S+ \(pid \d+\) wants rank 0, which the worker on \S+ \(pid \d+\) has/)
  expect(other.stderr).toMatch(
    /\[source-mismatch\] the worker on \S+ \(pid \d+\) has source tree \w{12}, the coordinator/,
  )
  expect(command.stderr).toContain('has source tree')
  command.child.kill('SIGINT')
  expect((await command.finished).status).toBe(130)
  expect((await first.finished).status).toBe(0)
})
