// Goal: a run with `launch: netns` is a real network of several hosts, as root and as anybody: addresses that differ, links as
// fast as they were shaped to, the weights of a run on loopback; and nothing of it is left, however it ends.
// What a machine cannot do is a skip with its reason. Left out: the layout (test/cluster/netns-plan.test.ts).
import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { BenchRow } from '../../src/cli/bench-rows.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { clusterSpecSchema } from '../../src/record/cluster-spec/schema.ts'
import type { LocalCluster } from '../../src/record/host.ts'
import type { NamespaceFabric } from '../../src/record/interconnect.ts'
import type { MeasuredLinks } from '../../src/reduce/links.ts'
import {
  Command,
  documentOf,
  type Finished,
  isWorker,
  reducible,
  runFolders,
  Scratch,
  stepsRecorded,
  workersOf,
} from '../end-to-end/reducible.ts'

const MAIN = join(projectRoot, 'src/cli/main.ts')
const STUDY = 'configs/smoke.yaml'
const NAMESPACES = ['--launch', 'netns', '--nodes', '4']
const RATE = 12_500_000

/** Words that make a command somebody's. */
const AS = {
  root: [],
  nobody: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'],
} as const
type Who = keyof typeof AS

const isRoot = process.getuid?.() === 0

const ROOTLESS = ['unshare', '--user', '--map-root-user', '--net', 'true']

/** Why this machine gives somebody no network namespaces; undefined: it does. */
function refusalFor(who: Who): string | undefined {
  if (!isRoot) return who === 'root' ? 'needs root' : refusalOf(ROOTLESS)
  if (who === 'root') return refusalOf(['unshare', '--net', 'true'])
  return refusalOf([...AS.nobody, process.execPath, '--version']) ?? refusalOf([...AS.nobody, ...ROOTLESS])
}

/** Why a command fails, with the words of who says so; undefined: it does not. */
function refusalOf(words: readonly string[]): string | undefined {
  const [program, ...rest] = words
  const { status, stderr, error } = spawnSync(program, rest, { encoding: 'utf8' })
  return status === 0 ? undefined : `refused here: ${error?.message ?? stderr.trim()}`
}

/** Runs a command to its end, as somebody. */
function runAs(who: Who, words: readonly string[], scratch: Scratch): Finished {
  const [program, ...rest] = [...(isRoot ? AS[who] : []), process.execPath, MAIN, ...words]
  const env = { ...process.env, CI: undefined, HOME: scratch.path, XDG_CACHE_HOME: scratch.path }
  return spawnSync(program, rest, { cwd: projectRoot, env, encoding: 'utf8' })
}

function writeSpec(scratch: Scratch, stated: string): string {
  const file = join(scratch.path, 'spec.yaml')
  writeFileSync(file, `interconnect: { fabric: ethernet, stated: { ${stated} } }`)
  return file
}

/** Network interfaces and named namespaces of this machine, as anybody sees them. */
function networkHere(): string {
  return ['-oneline link show', 'netns list']
    .map((words) => spawnSync('/usr/sbin/ip', words.split(' '), { encoding: 'utf8' }).stdout)
    .join('\n')
}

/** Processes in a network namespace. */
function processesIn(namespace: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && namespaceOf(Number(name)) === namespace)
    .map(Number)
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return undefined
  }
}

it.for(['root', 'nobody'] as const)(
  'as %s: four addresses, links as fast as stated, the weights of loopback, nothing left',
  async (who, { skip }) => {
    const refusal = refusalFor(who)
    if (refusal) skip(refusal)
    using scratch = new Scratch()
    chmodSync(scratch.path, 0o777)
    const before = networkHere()
    const spec = writeSpec(scratch, `bandwidthBytesPerSecond: ${RATE}`)
    const words = ['run', STUDY, '--seeds', '0', '--json', '--out', scratch.path]
    const finished = runAs(who, [...words, ...NAMESPACES, '--cluster', spec], scratch)
    expect(finished.status, finished.stderr).toBe(0)
    const document = documentOf(finished)

    const cluster = parse(readFileSync(join(String(document.run), 'cluster.yaml'), 'utf8')) as LocalCluster
    const { fabric, addresses, stated, measured, congestionControl } = cluster.interconnect as NamespaceFabric & {
      measured: MeasuredLinks
    }
    expect(fabric).toBe('netns bridge')
    expect(new Set(addresses).size).toBe(4)
    expect(stated).toEqual({ bandwidthBytesPerSecond: RATE })
    expect(congestionControl).toBe('reno')
    expect(measured.pairs).toHaveLength(6)
    const { median } = measured.summary.bandwidthBytesPerSecond
    expect(Math.abs(median / RATE - 1), `${median} bytes/s`).toBeLessThan(0.1)

    const onLoopback = documentOf(await reducible([...words, '--nodes', '4']))
    const digestsOf = ({ arms }: typeof document) => arms?.map(({ trials }) => trials[0].weightsSha256)
    expect(digestsOf(document)).toEqual(digestsOf(onLoopback))
    expect(networkHere()).toBe(before)
  },
)

it('a capture of shaped links measures every pair at the stated rate', ({ skip }) => {
  const refusal = refusalFor(isRoot ? 'root' : 'nobody')
  if (refusal) skip(refusal)
  using scratch = new Scratch()
  const [stated, file] = ['stated.yaml', 'c.yaml'].map((name) => join(scratch.path, name))
  writeFileSync(stated, `interconnect: { stated: { bandwidthBytesPerSecond: ${RATE} } }`)
  const words = ['cluster', 'capture', '--launch', 'netns', '--nodes', '3', '--stated', stated, '-o', file, '--json']
  const captured = runAs('root', words, scratch)
  expect(captured.status, captured.stderr).toBe(0)
  const { nodes, interconnect } = clusterSpecSchema.parse(documentOf(captured).spec)
  expect(new Set(nodes.map(({ address }) => address)).size).toBe(3)
  expect(interconnect).toMatchObject({ fabric: 'netns bridge', stated: { bandwidthBytesPerSecond: RATE } })
  const rates = interconnect.links.map(({ measured }) =>
    measured === 'unknown' ? 0 : measured.bandwidthBytesPerSecond,
  )
  expect(rates).toHaveLength(3)
  const [, median] = rates.toSorted((a, b) => a - b)
  expect(Math.abs(median / RATE - 1), rates.join(' ')).toBeLessThan(0.1)
})

it('a bench of shaped links is correct, and no faster than they are', ({ skip }) => {
  const refusal = refusalFor(isRoot ? 'root' : 'nobody')
  if (refusal) skip(refusal)
  using scratch = new Scratch()
  const spec = writeSpec(scratch, `bandwidthBytesPerSecond: ${RATE}`)
  const words = [
    'bench',
    '--launch',
    'netns',
    '--cluster',
    spec,
    '--ranks',
    '2',
    '-b',
    '1M',
    '-e',
    '1M',
    '-n',
    '3',
    '-c',
  ]
  const finished = runAs('root', [...words, '--json', '--out', scratch.path], scratch)
  expect(finished.status, finished.stderr).toBe(0)
  const { rows, interconnect } = documentOf(finished) as unknown as { rows: BenchRow[]; interconnect: NamespaceFabric }
  expect(interconnect).toMatchObject({ fabric: 'netns bridge', stated: { bandwidthBytesPerSecond: RATE } })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ nodes: 2, wrong: 0, ranksAgree: true })
  // What a rested port lets through at once is a sixteenth of it.
  expect(rows[0].busbwGBs).toBeLessThan((1.1 * RATE) / 1e9)
})

it.for(['SIGKILL', 'SIGINT'] as const)(
  'on %s to the run, every worker and namespace is gone, and the next run is not disturbed',
  async (signal, { skip }) => {
    const refusal = refusalFor(isRoot ? 'root' : 'nobody')
    if (refusal) skip(refusal)
    using scratch = new Scratch()
    const before = networkHere()
    const words = ['run', STUDY, ...NAMESPACES, '--seeds', '0', '--out', scratch.path]
    const command = new Command([...words, '--steps', '100000'])
    await command.until(() => stepsRecorded(runFolders(scratch, 'smoke')[0]) >= 5)
    const { pid } = command.child
    const workers = workersOf(pid)
    const namespaces = [pid ?? 0, ...workers].map(namespaceOf).filter((name) => name !== undefined)
    expect(new Set([...namespaces, namespaceOf(process.pid)]).size).toBe(1 + 4 + 1)
    process.kill(workers[1], 'SIGSTOP') // one that cannot hear of it
    command.child.kill(signal)
    const { status } = await command.finished
    expect(status).toBe(signal === 'SIGINT' ? 130 : null)
    await expect.poll(() => workers.filter(isWorker), { timeout: 10_000 }).toEqual([])
    await expect.poll(() => namespaces.flatMap(processesIn), { timeout: 10_000 }).toEqual([])
    expect(networkHere()).toBe(before)
    const next = await reducible([...words, '--steps', '5'])
    expect(next.status, next.stderr).toBe(0)
  },
)

it('a rate of 0 is refused before anything is made', async () => {
  using scratch = new Scratch()
  const words = ['run', STUDY, '--launch', 'netns', '--out', scratch.path]
  const refused = await reducible([...words, '--cluster', writeSpec(scratch, 'bandwidthBytesPerSecond: 0')])
  expect(refused.status).toBe(64)
  expect(refused.stderr).toContain('interconnect.stated.bandwidthBytesPerSecond: Too small')
  expect(runFolders(scratch, 'smoke')).toEqual([])
})

it('a stated latency is kept where the kernel can delay packets, and refused with the reason where it cannot', ({
  skip,
}) => {
  const refusal = refusalFor('root')
  if (refusal) skip(refusal)
  using scratch = new Scratch()
  const spec = writeSpec(scratch, `bandwidthBytesPerSecond: ${RATE}, latencyNs: 5000000`)
  const finished = runAs(
    'root',
    ['run', STUDY, ...NAMESPACES, '--seeds', '0', '--steps', '5', '--json', '--out', scratch.path, '--cluster', spec],
    scratch,
  )
  const netem = ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms']
  if (refusalOf(['unshare', '--net', ...netem]) === undefined) {
    expect(finished.status, finished.stderr).toBe(0)
    const { interconnect } = documentOf(finished).cluster as { interconnect: { measured: MeasuredLinks } }
    expect(interconnect.measured.summary.latencyNsP50.min).toBeGreaterThan(5_000_000)
  } else {
    expect(finished.status).toBe(70)
    expect(finished.stderr).toMatch(/\[no-network\] .*this kernel cannot delay packets: .*qdisc/)
    expect(runFolders(scratch, 'smoke')).toEqual([])
  }
})

it('a machine without `ip` is told the package that has it, and one that refuses namespaces says so', ({ skip }) => {
  const refusal = refusalFor('root') ?? refusalOf(['unshare', '--mount', 'true'])
  if (refusal) skip(refusal)
  const run = `${process.execPath} ${MAIN} run ${STUDY} ${NAMESPACES.join(' ')}`
  const within = (ways: string, prepare: string): Finished =>
    spawnSync('unshare', [...ways.split(' '), 'sh', '-c', `${prepare} && exec ${run}`], {
      cwd: projectRoot,
      env: { ...process.env, CI: undefined },
      encoding: 'utf8',
    })
  const lacking = within(
    '--mount',
    'for file in $(PATH=$PATH:/usr/sbin which -a ip); do mount --bind /dev/null $file; done',
  )
  expect(lacking.status).toBe(70)
  expect(lacking.stderr).toContain('[no-network] there is no program `ip` on this machine. Apt-get install iproute2.')
  const closed = within('--user --map-root-user', 'echo 0 > /proc/sys/user/max_net_namespaces')
  expect(closed.status).toBe(70)
  expect(closed.stderr).toMatch(
    /\[no-network\] network namespaces are refused: here \(.+\), and in a user namespace \(.+\)/,
  )
})
