// Goal: whatever goes wrong in a run ends soon, in one sentence, with the right status, no process left behind and a
// folder that says how far it came. Left out: what the pure membership tests cover with a virtual clock.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TreeCopy } from '../mutation/tree.ts'
import {
  Command,
  documentOf,
  isWorker,
  manifestOf,
  reducible,
  runFolders,
  Scratch,
  stepsRecorded,
  workersOf,
} from './reducible.ts'

const STUDY = 'configs/capstone-41.8.yaml'
const LONG_RUN = ['run', STUDY, '--nodes', '4', '--seeds', '0', '--steps', '100000', '--json']

/** Starts a long run of four workers and waits until it has recorded some steps. */
async function startLongRun(scratch: Scratch): Promise<{ command: Command; folder: string; workers: number[] }> {
  const command = new Command([...LONG_RUN, '--out', scratch.path])
  await command.until(() => stepsRecorded(runFolders(scratch, 'capstone-41.8')[0]) >= 5)
  const workers = workersOf(command.child.pid)
  expect(workers).toHaveLength(4)
  return { command, folder: runFolders(scratch, 'capstone-41.8')[0], workers }
}

describe('a run of four workers', () => {
  it('fails when one is killed, names it, keeps the folder and leaves no process', async () => {
    using scratch = new Scratch()
    const { command, folder, workers } = await startLongRun(scratch)
    process.kill(workers[2], 'SIGKILL')
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ status: 'failed', verdict: null, error: { code: 'worker-lost' } })
    expect(finished.stderr).toMatch(/node \d is gone after step \d+: its process was ended by SIGKILL/)
    expect(manifestOf(folder)).toMatchObject({ status: 'failed', failure: { code: 'worker-lost' } })
    expect(manifestOf(folder).failure?.step).toBeGreaterThanOrEqual(5)
    expect(workers.filter(isWorker)).toEqual([])
  })

  it('stops on Ctrl-C with status 130 and leaves no process', async () => {
    using scratch = new Scratch()
    const { command, folder, workers } = await startLongRun(scratch)
    command.child.kill('SIGINT')
    const finished = await command.finished
    expect(finished.status).toBe(130)
    expect(documentOf(finished).status).toBe('interrupted')
    expect(manifestOf(folder).status).toBe('interrupted')
    expect(workers.filter(isWorker)).toEqual([])
  })

  it('ends its workers when the coordinator is killed, and whoever reads the folder next marks it failed', async () => {
    using scratch = new Scratch()
    const { command, folder, workers } = await startLongRun(scratch)
    command.child.kill('SIGKILL')
    await command.finished
    await waitUntil(() => workers.filter(isWorker).length === 0)
    expect(manifestOf(folder).status).toBe('running')
    await reducible(['headline', folder])
    expect(manifestOf(folder)).toMatchObject({ status: 'failed', failure: { code: 'coordinator-lost' } })
    expect(manifestOf(folder).failure?.step).toBeGreaterThanOrEqual(5)
  })
})

describe('before any step', () => {
  it('a worker that never gets ready is named when --join-timeout is over', async () => {
    using scratch = new Scratch()
    const command = new Command([...LONG_RUN, '--join-timeout', '3', '--out', scratch.path])
    await command.until(() => workersOf(command.child.pid).length === 4)
    const stopped = workersOf(command.child.pid)[1]
    process.kill(stopped, 'SIGSTOP')
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'join-timeout' } })
    expect(finished.stderr).toMatch(/nodes? [\d, ]+ of .* did not get ready within 3 s/) // a busy machine may have more
    expect(isWorker(stopped)).toBe(false)
  })

  it('an adapter that does not exist is a usage error that lists those that do', async () => {
    using scratch = new Scratch()
    const finished = await reducible([...LONG_RUN, '--adapter', 'voodoo2', '--out', scratch.path])
    expect(finished.status).toBe(64)
    expect(finished.stderr).toContain('SwiftShader')
    expect(runFolders(scratch, 'capstone-41.8')).toEqual([])
  })

  it('a GPU study without any driver fails: no CPU takes its place', async () => {
    using scratch = new Scratch()
    // A cache that already holds an unusable driver hides the embedded one; no such file hides the system's.
    const broken = join(scratch.path, 'reducible/drivers/swiftshader-chromium-153.0.0')
    mkdirSync(broken, { recursive: true })
    writeFileSync(join(broken, 'vk_swiftshader_icd.json'), '{}')
    const environment = { XDG_CACHE_HOME: scratch.path, VK_DRIVER_FILES: '/nonexistent.json', LD_LIBRARY_PATH: '' }
    const finished = await reducible([...LONG_RUN, '--out', scratch.path], environment)
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'no-adapter' } })
  })

  it('a folder that cannot be written is a clear error', async () => {
    using scratch = new Scratch()
    const file = join(scratch.path, 'a-file')
    writeFileSync(file, '')
    const words = [
      LONG_RUN,
      ['bench', '--json', '-b', '4', '-e', '4'],
      ['spread', '--json', '--orders', '2', '--count', '9'],
    ]
    for (const [index, command] of words.entries()) {
      // Node's own recursive mkdir never comes back from /proc.
      const finished = await reducible([...command, '--out', index === 0 ? file : '/proc/nowhere'])
      expect(finished.status).toBe(64)
      expect(documentOf(finished)).toMatchObject({ error: { code: 'unwritable' } })
    }
  })

  it.each([
    [['run', STUDY, '--nodes', '0'], '--nodes: Too small'],
    [['run', STUDY, '--algorithm', 'rink'], '--algorithm: must be one of ring'],
    [['run', STUDY, '--colour'], "unknown option '--colour'"],
    [['run', 'configs/no-such.yaml'], 'cannot read configs/no-such.yaml'],
    [['reproduce', 'configs/claims/smoke.yaml', '--quick'], 'has no quick: block'],
    [['run', 'configs/mnist-softmax.yaml', '--algorithm', 'fixed-tree:512'], 'cannot be dealt to 512 leaves'],
    [['run', 'configs/mnist-softmax.yaml', '--nodes', '300'], 'a batch of 256 rows cannot be dealt to 300 ranks'],
    [['headline', '/no/such/run'], 'manifest.json'],
  ])('%j is refused with status 64 and says %s', async (words, said) => {
    const { status, stderr } = await reducible(words)
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })
})

describe('a training that goes wrong', () => {
  it('is reported as diverged, not as a crash', async () => {
    using scratch = new Scratch()
    writeFileSync(
      join(scratch.path, 'hot.yaml'),
      [
        'purpose: too fast',
        'workload: { name: linear }',
        'arms: [{ name: two, nodes: 2 }]',
        'training: { steps: 400, learningRate: 9 }',
        'seeds: [0]',
      ].join('\n'),
    )
    const finished = await reducible(['run', join(scratch.path, 'hot.yaml'), '--json', '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const [trial] = documentOf(finished).arms?.[0].trials ?? []
    expect(trial).toMatchObject({ status: 'diverged', loss: null, weightsSha256: null })
    expect(trial.divergedStep).toBeGreaterThan(1)
  })

  it('fails at the first step after which two nodes hold other weights, naming step and nodes', async () => {
    using scratch = new Scratch()
    using tree = new TreeCopy()
    // One bit of one weight's gradient, on one rank only: what a faulty adapter or wire would do.
    tree.apply({
      file: 'cluster/worker/train.ts',
      find: '    const loss = vector[vector.length - 1] / rows.batchRows\n',
      replace:
        '    const loss = vector[vector.length - 1] / rows.batchRows\n' +
        '    if (node.index === 1 && step === 7) new Uint32Array(vector.buffer, vector.byteOffset, 1)[0] ^= 0x10000\n',
    })
    const words = ['run', STUDY, '--nodes', '3', '--seeds', '0', '--steps', '20', '--json', '--out', scratch.path]
    const finished = await new Command(words, {}, tree.root).finished
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ error: { code: 'ranks-disagree' } })
    expect(finished.stderr).toMatch(/after step 7 the weights differ: \w{8} on node 0, 2; \w{8} on node 1/)
  })
})

it('an executor that adds in another order than the proved one is witnessed, and its trial fails', async () => {
  using scratch = new Scratch()
  using tree = new TreeCopy()
  const words = 'run configs/smoke.yaml --nodes 4 --algorithm bcube:4 --seeds 0 --json --out'.split(' ')
  const untouched = await new Command([...words, scratch.path], {}, tree.root).finished
  expect(untouched.status, untouched.stderr).toBe(0)
  tree.apply({
    file: 'src/reduce/executor.ts',
    find: 'asTheyArrive(receives, transport) : receives)',
    replace: 'asTheyArrive(receives, transport) : receives.toReversed())',
  })
  const swapped = await new Command([...words, scratch.path], {}, tree.root).finished
  expect(swapped.status).toBe(70)
  expect(documentOf(swapped)).toMatchObject({ error: { code: 'order-mismatch' } })
})

it('two runs at once use different folders and ports, and a tree without git says so', async () => {
  using scratch = new Scratch()
  using tree = new TreeCopy()
  rmSync(join(tree.root, '.git'), { recursive: true, force: true })
  const words = ['run', 'configs/smoke.yaml', '--seeds', '0', '--json', '--out', scratch.path]
  const both = await Promise.all([
    new Command(words, {}, tree.root).finished,
    new Command(words, {}, tree.root).finished,
  ])
  expect(both.map(({ status }) => status)).toEqual([0, 0])
  const folders = both.map((finished) => String(documentOf(finished).run))
  expect(new Set(folders).size).toBe(2)
  for (const folder of folders) {
    expect(folder).toMatch(/-nogit-\d$/)
    expect(manifestOf(folder).code).toMatchObject({ commit: null, state: 'unknown' })
  }
})

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}
