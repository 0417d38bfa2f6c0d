// Goal: `launch --hosts` against two real sshds, each on a host of its own with a name, an address and a host key: the tree gets there
// once, the bits are those of one machine, and whatever ends the launcher ends the hosts' processes. Needs root, iproute2 and OpenSSH's
// server (apt), and skips by name elsewhere. Left out: images, machines of another kind.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'
import type { LocalCluster } from '../../src/record/host.ts'
import { NO_LAUNCHER } from '../end-to-end/external.ts'
import {
  Command,
  documentOf,
  type Finished,
  isWorker,
  manifestOf,
  reducible,
  runFolders,
  Scratch,
  stepsRecorded,
} from '../end-to-end/reducible.ts'
import { TreeCopy } from '../mutation/tree.ts'
import { findSshd, SshdHosts } from './sshd-hosts.ts'
import { canHaveHosts, NO_HOSTS } from './two-hosts.ts'

const sshd = canHaveHosts() ? findSshd() : undefined
const NEEDS = canHaveHosts() ? "needs OpenSSH's server, or apt to have it" : NO_HOSTS

const STUDY = ['configs/capstone-41.8.yaml', '--seeds', '0', '--json']
/** The hosts see this machine's disk, so this tree is there too. */
const HERE = ['--remote-dir', projectRoot]

let hosts: SshdHosts
beforeAll(async () => {
  if (sshd) hosts = await SshdHosts.start(sshd)
})
afterAll(() => hosts?.[Symbol.dispose]())
beforeEach(({ skip }) => {
  if (!sshd) skip(NEEDS)
})

function launch(words: readonly string[], config = hosts.config): Command {
  return new Command(['launch', '--ssh', `ssh -F ${config}`, ...words], NO_LAUNCHER)
}

function weightsOf(finished: Finished): string | null | undefined {
  return documentOf(finished).arms?.[0].trials[0].weightsSha256
}

describe('a tree', () => {
  const cached = (): string[] => readdirSync(join(hosts.home, '.cache/reducible'))

  it('is copied the first time, to the cache and nowhere else, and not the second; the bits are those of one machine', async () => {
    using scratch = new Scratch()
    const study = [...STUDY, '--steps', '20', '--out', scratch.path]
    const [a, b] = hosts.names
    const first = await launch([...study, '--nodes', '1', '--hosts', hosts.file(a)]).finished
    expect(first.status, first.stderr).toBe(0)
    expect(first.stderr).toMatch(new RegExp(`^\\[${a}\\] copied in`, 'm'))
    expect(readdirSync(hosts.home)).toEqual(['.cache'])
    const before = cached()
    const file = hosts.file('# both', `${a}`, `root@${b} slots=3 max_slots=4`)
    const second = await launch([...study, '--nodes', '2', '--hosts', file]).finished
    expect(second.status, second.stderr).toBe(0)
    expect(second.stderr).not.toContain('copying')
    expect(second.stderr).toMatch(new RegExp(`^\\[root@${b}\\] worker: rank 1 of 2`, 'm'))
    expect(cached()).toEqual(before)
    const local = await reducible(['run', ...study, '--nodes', '2'])
    expect(weightsOf(second)).toMatch(/^[0-9a-f]{64}$/)
    expect(weightsOf(second)).toBe(weightsOf(local))
    const folder = String(documentOf(second).run)
    const cluster = parse(readFileSync(join(folder, 'cluster.yaml'), 'utf8')) as LocalCluster
    expect(cluster).toMatchObject({ kind: 'external', interconnect: { fabric: 'network', measured: { nodeCount: 2 } } })
    expect(cluster.nodes?.map(({ hostname }) => hostname)).toEqual(hosts.names)
    expect(manifestOf(folder).security).toEqual({ token: true, insecure: false, listen: 'network' })
    expect(hosts.pids.filter(isWorker)).toEqual([])
  })

  it('of other sources is refused, naming the host, and left as it is', async () => {
    using scratch = new Scratch()
    using tree = new TreeCopy()
    tree.apply({ file: 'cluster/worker/agent.ts', find: 'const RETRY_MS = 500', replace: 'const RETRY_MS = 501' })
    const [a] = hosts.names
    const words = [...STUDY, '--nodes', '1', '--hosts', hosts.file(a), '--out', scratch.path]
    const finished = await launch([...words, '--remote-dir', tree.root]).finished
    expect(finished.status).toBe(70)
    expect(finished.stderr).toContain(`[source-mismatch] the tree ${tree.root} on ${a} has source tree`)
    const folder = join(scratch.path, 'other')
    writeFileSync(folder, 'no tree')
    const none = await launch([...words, '--remote-dir', folder]).finished
    expect(none.status).toBe(70)
    expect(none.stderr).toContain(`the tree ${folder} on ${a} does not run`)
    expect(readFileSync(folder, 'utf8')).toBe('no tree')
  })
})

it('a launcher that is killed in the middle of a copy leaves no part of it', async () => {
  using scratch = new Scratch()
  const words = [...STUDY, '--nodes', '1', '--hosts', hosts.file(hosts.names[0])]
  const command = launch([...words, '--remote-dir', join(scratch.path, 'tree')])
  const parts = (): string[] => readdirSync(scratch.path)
  await command.until(() => parts().some((name) => name.startsWith('tree.part')))
  command.child.kill('SIGKILL')
  await until(() => parts().length === 0)
})

it('a launcher that is killed ends workers that never found it', async () => {
  const words = [...STUDY, ...HERE, '--nodes', '2', '--hosts', hosts.file(...hosts.names)]
  const command = launch([...words, '--listen', '127.0.0.1:0']) // each host's own
  await command.until(() => (command.stderr.match(/waiting for the coordinator/g) ?? []).length === 2)
  expect(hosts.pids.filter(isWorker)).toHaveLength(2)
  command.child.kill('SIGKILL')
  await until(() => !hosts.pids.some(isWorker))
})

describe('in the middle of a trial', () => {
  async function startLongRun(scratch: Scratch): Promise<Command> {
    const words = [...STUDY, ...HERE, '--nodes', '2', '--steps', '100000', '--out', scratch.path]
    const command = launch([...words, '--hosts', hosts.file(...hosts.names)])
    await command.until(() => stepsRecorded(runFolders(scratch, 'capstone-41.8')[0]) >= 5)
    expect(hosts.pids.filter(isWorker)).toHaveLength(4) // an agent and its node, twice
    return command
  }

  it('the token stands in no command line; Ctrl-C ends the processes on the hosts', async () => {
    using scratch = new Scratch()
    const command = await startLongRun(scratch)
    const environments = hosts.pids.filter(isWorker).map((pid) => read(`/proc/${pid}/environ`))
    const placements = environments.map((text) => /REDUCIBLE_PLACEMENT=ssh:(\w+)/.exec(text)?.[1])
    expect(new Set(placements)).toEqual(new Set(hosts.names))
    const [, token = ''] = /REDUCIBLE_TOKEN=([\w-]+)/.exec(environments[0]) ?? []
    expect(token.length).toBeGreaterThan(16)
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    expect(pids.filter((pid) => read(`/proc/${pid}/cmdline`).includes(token))).toEqual([])
    command.child.kill('SIGINT')
    expect((await command.finished).status).toBe(130)
    expect(hosts.pids.filter(isWorker)).toEqual([])
  })

  it('a launcher that is killed leaves none behind', async () => {
    using scratch = new Scratch()
    const command = await startLongRun(scratch)
    command.child.kill('SIGKILL')
    await until(() => !hosts.pids.some(isWorker))
  })
})

it.each([
  ['refuses the key', (a: string) => a, 70, /\[host-unreachable\] cannot work on \S+ over ssh: .*Permission denied/],
  ['is named by nobody', () => 'no-such-host.invalid', 64, /the name 'no-such-host.invalid' does not resolve/],
])('a host that %s is an error without a question', async (_, name, status, said) => {
  const file = hosts.file(name(hosts.names[0]))
  const finished = await launch([...STUDY, '--nodes', '1', '--hosts', file], hosts.strangersConfig).finished
  expect(finished.status).toBe(status)
  expect(finished.stderr).toMatch(said)
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Empty where its process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
