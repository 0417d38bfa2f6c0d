// Goal: workers over an address of a network train under a token to the bits of a local run, and whatever dies in the middle
// ends both sides soon, by name, with nothing left behind. Needs an address that is not loopback for one test, and skips that
// by name elsewhere. Left out: several machines.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { NETWORK_ADDRESS, NO_NETWORK, startCoordinator, startWorker } from '../end-to-end/external.ts'
import {
  type Command,
  documentOf,
  isWorker,
  manifestOf,
  reducible,
  runFolders,
  Scratch,
  stepsRecorded,
  workersOf,
} from '../end-to-end/reducible.ts'

const NAME = 'capstone-41.8'
const STUDY = [`configs/${NAME}.yaml`, '--nodes', '2', '--seeds', '0', '--json']
const LOOPBACK = ['--listen', '127.0.0.1:0']

it('over a network, with the token that the coordinator made, the weights are those of a local run', async ({
  skip,
}) => {
  if (NETWORK_ADDRESS === undefined) return skip(NO_NETWORK)
  using scratch = new Scratch()
  const study = [...STUDY, '--steps', '20', '--out', scratch.path]
  const local = await reducible(['run', ...study])
  const { command, address, token } = await startCoordinator([...study, '--listen', `${NETWORK_ADDRESS}:0`])
  expect(address).toMatch(new RegExp(`^${NETWORK_ADDRESS}:\\d+$`))
  const without = await startWorker(address).finished
  expect(without.status).toBe(64)
  expect(without.stderr).toContain('is open to the network, which needs the run token')
  const workers = [0, 1].map((rank) => startWorker(address, ['--rank', String(rank)], { REDUCIBLE_TOKEN: token }))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  expect((await Promise.all(workers.map((worker) => worker.finished))).map(({ status }) => status)).toEqual([0, 0])
  const [here, there] = [local, finished].map((ended) => documentOf(ended).arms?.[0].trials[0])
  expect(there?.weightsSha256).toBe(here?.weightsSha256)
  const { security, command: words } = manifestOf(String(documentOf(finished).run))
  expect(security).toEqual({ token: true, insecure: false, listen: 'network' })
  expect(words.join(' ')).not.toContain(token)
})

it('a network without a token is stamped, and goes only where both sides say so', async ({ skip }) => {
  if (NETWORK_ADDRESS === undefined) return skip(NO_NETWORK)
  using scratch = new Scratch()
  const study = [...STUDY, '--steps', '5', '--insecure', '--out', scratch.path, '--listen', `${NETWORK_ADDRESS}:0`]
  const { command, address, token } = await startCoordinator(study)
  expect(token).toBeUndefined()
  const workers = [0, 1].map(() => startWorker(address, ['--insecure']))
  const finished = await command.finished
  expect(finished.status, finished.stderr).toBe(0)
  await Promise.all(workers.map((worker) => worker.finished))
  const { security } = manifestOf(String(documentOf(finished).run))
  expect(security).toEqual({ token: false, insecure: true, listen: 'network' })
})

describe('in the middle of a trial', () => {
  async function startLongRun(scratch: Scratch): Promise<{ command: Command; agents: Command[]; nodes: number[] }> {
    const words = [...STUDY, ...LOOPBACK, '--steps', '100000', '--out', scratch.path]
    const { command, address } = await startCoordinator(words)
    const agents = [0, 1].map((rank) => startWorker(address, ['--rank', String(rank)]))
    await command.until(() => stepsRecorded(runFolders(scratch, NAME)[0]) >= 5)
    const nodes = agents.flatMap(({ child }) => workersOf(child.pid))
    expect(nodes).toHaveLength(2)
    return { command, agents, nodes }
  }

  it('a worker that is killed fails the run, which names it; the other leaves', async () => {
    using scratch = new Scratch()
    const { command, agents, nodes } = await startLongRun(scratch)
    agents[1].child.kill('SIGKILL')
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'worker-lost' } })
    expect(finished.stderr).toMatch(
      new RegExp(`node 1 is gone after step \\d+: the worker on \\S+ \\(pid ${agents[1].child.pid}\\) .* is gone`),
    )
    expect(manifestOf(runFolders(scratch, NAME)[0])).toMatchObject({
      status: 'failed',
      failure: { code: 'worker-lost' },
    })
    expect((await agents[0].finished).status).toBe(0)
    await until(() => nodes.filter(isWorker).length === 0)
  })

  it('a node of it that is killed fails the run, with the host it was on', async () => {
    using scratch = new Scratch()
    const { command, agents, nodes } = await startLongRun(scratch)
    process.kill(nodes[1], 'SIGKILL')
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(finished.stderr).toMatch(/node 1 is gone after step \d+: its process was ended by SIGKILL on \S+/)
    expect((await Promise.all(agents.map((agent) => agent.finished))).map(({ status }) => status)).toEqual([0, 0])
  })

  it('a coordinator that is killed ends its workers with 70, and their processes', async () => {
    using scratch = new Scratch()
    const { command, agents, nodes } = await startLongRun(scratch)
    command.child.kill('SIGKILL')
    for (const { status, stderr } of await Promise.all(agents.map((agent) => agent.finished))) {
      expect(status).toBe(70)
      expect(stderr).toMatch(/\[coordinator-lost\] lost the coordinator at 127\.0\.0\.1:\d+/)
    }
    expect(nodes.filter(isWorker)).toEqual([])
  })

  it('Ctrl-C at the coordinator stops it all', async () => {
    using scratch = new Scratch()
    const { command, agents, nodes } = await startLongRun(scratch)
    command.child.kill('SIGINT')
    expect((await command.finished).status).toBe(130)
    expect((await Promise.all(agents.map((agent) => agent.finished))).map(({ status }) => status)).toEqual([0, 0])
    expect(nodes.filter(isWorker)).toEqual([])
  })
})

describe('before the first trial', () => {
  it('workers may start first', async () => {
    using scratch = new Scratch()
    const address = await freeAddress()
    const first = startWorker(address)
    await first.until(() => first.stderr.includes(`waiting for the coordinator at ${address}`))
    const words = [...STUDY, '--nodes', '1', '--steps', '5', '--listen', address, '--out', scratch.path]
    const { command } = await startCoordinator(words)
    expect((await command.finished).status).toBe(0)
    expect((await first.finished).status).toBe(0)
  })

  it.each([
    ['no-such-host.invalid:4000', 64, "the name 'no-such-host.invalid' does not resolve"],
    ['127.0.0.1:1', 70, 'no coordinator at 127.0.0.1:1'],
    ['127.0.0.1', 64, '--coordinator must be like host:4000'],
  ])('a worker that looks for %s gives up with %i', async (address, status, said) => {
    const finished = await startWorker(address, ['--wait', '1']).finished
    expect(finished.status).toBe(status)
    expect(finished.stderr).toContain(said)
  })

  it('a coordinator that too few come to says who is there', async () => {
    using scratch = new Scratch()
    const { command, address } = await startCoordinator([...STUDY, ...LOOPBACK, '--wait', '4', '--out', scratch.path])
    const only = startWorker(address)
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(finished.stderr).toMatch(/1 of 2 workers did not come within 4 s \(here: the worker on \S+ \(pid \d+\)\)/)
    expect((await only.finished).status).toBe(0)
    expect(runFolders(scratch, NAME)).toEqual([])
  })

  it.each([
    [['coordinator', ...STUDY, '--listen', 'no-such-host.invalid:0'], "--listen: the name 'no-such-host.invalid'"],
    [['coordinator', ...STUDY, '--listen', '192.0.2.254:0'], 'cannot listen on 192.0.2.254:0'],
    [['coordinator', ...STUDY, '--world-size', '1'], 'an arm of 2 nodes, and the world size is 1'],
    [['coordinator', ...STUDY, '--wait', '0'], '--wait must be'],
    [['run', ...STUDY, '--launch', 'external'], 'launch: external means workers that somebody starts'],
  ])('%j is refused with 64', async (words, said) => {
    const { status, stderr } = await reducible(words)
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })
})

/** One that nobody listens on now. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `127.0.0.1:${port}`
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}
