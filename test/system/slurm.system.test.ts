// Goal: under a real Slurm of four nodes on this machine, a study comes to the weights of a local run, its record says where the
// nodes were, whatever ends the job leaves a run folder that says so, and nothing outlives the cluster. Slurm is installed where
// it is missing and apt may. Left out: several machines; GPUs that Slurm deals out.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../../src/core/paths.ts'
import type { LocalCluster } from '../../src/record/host.ts'
import {
  Command,
  documentOf,
  manifestOf,
  parentOf,
  reducible,
  Scratch,
  stepsRecorded,
} from '../end-to-end/reducible.ts'

const ONE_HOST = join(projectRoot, 'cluster/launch/slurm/one-host.sh')
const STUDY = ['configs/slurm-4.yaml', '--json']
const LONG = [...STUDY, '--nodes', '2', '--steps', '100000']

const missing = whyNoSlurm()

describe.skipIf(missing !== undefined)(`under Slurm${missing === undefined ? '' : ` (${missing})`}`, () => {
  let configuration = ''
  const slurm = (program: string, ...words: string[]): string =>
    execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, SLURM_CONF: configuration } })

  beforeAll(() => {
    execFileSync(ONE_HOST, ['stop'])
    const said = execFileSync(ONE_HOST, ['start'], { encoding: 'utf8' })
    configuration = said.trim().replace('export SLURM_CONF=', '')
  })

  afterAll(() => {
    execFileSync(ONE_HOST, ['stop'])
    expect(daemons()).toEqual([])
    expect(existsSync(configuration)).toBe(false)
  })

  it('the weights are those of a local run, and the four nodes stand in the record, with the script', async () => {
    using scratch = new Scratch()
    const study = [...STUDY, '--steps', '20', '--out', scratch.path]
    const local = await reducible(['run', ...study])
    const launched = await reducible(['launch', '--slurm', ...study])
    expect(launched.status, launched.stderr).toBe(0)
    expect(launched.stderr).toMatch(/job \d+: .*slurm-\d+\.sh\n/)
    const [here, there] = [local, launched].map((ended) =>
      documentOf(ended).arms?.map(({ name, trials: [{ weightsSha256 }] }) => [name, weightsSha256]),
    )
    expect(there).toHaveLength(3)
    expect(there).toEqual(here)
    const { run, job, command } = documentOf(launched)
    expect(command).toBe('launch')
    const cluster = parse(readFileSync(join(String(run), 'cluster.yaml'), 'utf8')) as LocalCluster
    expect(cluster.placement).toEqual({ engine: 'slurm', job, nodes: ['n0', 'n1', 'n2', 'n3'] })
    expect(readFileSync(join(String(run), 'job.sh'), 'utf8')).toContain('#SBATCH --nodes=4')
    expect(manifestOf(String(run)).security).toMatchObject({ token: true, insecure: false })
    expect(jobFiles(scratch)).toEqual([])
    const audited = await reducible(['audit', String(run)])
    expect(audited.status, audited.stdout).toBe(0)
  })

  it('a claim is judged on its nodes', async () => {
    using scratch = new Scratch()
    const words = ['configs/claims/smoke.yaml', '--nodes', '3', '--seeds', '0', '--json', '--out', scratch.path]
    const finished = await reducible(['launch', '--slurm', ...words])
    expect(finished.status, finished.stderr).toBe(0)
    expect(documentOf(finished)).toMatchObject({ verdict: 'true', cluster: { placement: { engine: 'slurm' } } })
  })

  it('more nodes than Slurm has are refused, with what it has', async () => {
    using scratch = new Scratch()
    const { status, stderr } = await reducible(['launch', '--slurm', ...STUDY, '--nodes', '8', '--out', scratch.path])
    expect(status).toBe(64)
    expect(stderr).toMatch(/\[usage\] Slurm refuses the job: .*\(all\*: 4 nodes/)
    expect(jobFiles(scratch)).toEqual([])
  })

  it('Ctrl-C ends the job, and the run says that it was interrupted', async () => {
    using scratch = new Scratch()
    const command = new Command(['launch', '--slurm', ...LONG, '--out', scratch.path])
    await command.until(() => stepsRecorded(runsIn(scratch)[0]) >= 2)
    command.child.kill('SIGINT')
    const { status } = await command.finished
    expect(status).toBe(130)
    expect(manifestOf(runsIn(scratch)[0]).status).toBe('interrupted')
    await until(() => slurm('squeue', '--noheader') === '')
  })

  it('a job that is killed leaves a run that has failed', async () => {
    using scratch = new Scratch()
    const command = new Command(['launch', '--slurm', ...LONG, '--out', scratch.path])
    await command.until(() => stepsRecorded(runsIn(scratch)[0]) >= 2)
    const job = /job (\d+):/.exec(command.stderr)?.[1] ?? ''
    const coordinator = manifestOf(runsIn(scratch)[0]).owner.pid
    for (const pid of [parentOf(coordinator), coordinator]) process.kill(Number(pid), 'SIGKILL') // its script first
    const finished = await command.finished
    const [run] = runsIn(scratch)
    expect(finished.status).toBe(70)
    expect(finished.stderr).toMatch(
      new RegExp(`\\[job-ended\\] Slurm ended job ${job}: \\w+.*the run folder is ${run}`),
    )
    expect(manifestOf(run)).toMatchObject({ status: 'failed', failure: { code: 'coordinator-lost' } })
    expect(readFileSync(join(run, 'job.sh'), 'utf8')).toContain('srun')
  })

  it('before its time limit a job is warned, and closes its run as failed', async () => {
    using scratch = new Scratch()
    const command = new Command(['launch', '--slurm', ...LONG, '--time', '30m', '--out', scratch.path])
    await command.until(() => stepsRecorded(runsIn(scratch)[0]) >= 2)
    const job = /job (\d+):/.exec(command.stderr)?.[1]
    slurm('scontrol', 'update', `JobId=${job}`, 'TimeLimit=1') // from its start; the warning comes within half a minute
    const finished = await command.finished
    expect(finished.status).toBe(70)
    expect(documentOf(finished)).toMatchObject({ status: 'failed', error: { code: 'job-ended' } })
    expect(manifestOf(runsIn(scratch)[0])).toMatchObject({ status: 'failed', failure: { code: 'job-ended' } })
  })

  it('daemons that were killed are cleaned up by the next start', () => {
    const [before, victim] = [daemons(), pidOf(join(configuration, '../slurmctld.pid'))]
    process.kill(victim, 'SIGKILL')
    execFileSync(ONE_HOST, ['start'])
    expect(daemons().filter((pid) => before.includes(pid))).toEqual([])
    expect(slurm('sinfo', '--noheader', '--format=%D %T').trim()).toBe('4 idle')
  })

  it('the script alone is printed with --dry-run', async () => {
    using scratch = new Scratch()
    const { status, stdout } = await reducible(['launch', '--slurm', STUDY[0], '--dry-run', '--out', scratch.path])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^#!\/usr\/bin\/env bash\n/)
    expect(slurm('squeue', '--noheader')).toBe('')
  })

  /** Of munged and Slurm, as far as they are of this cluster. */
  function daemons(): string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        const [comm, words] = ['comm', 'cmdline'].map((file) => readFileSync(join('/proc', pid, file), 'utf8'))
        return /^(munged|slurmctld|slurmd|slurmstepd)$/m.test(comm) && words.includes(join(configuration, '..'))
      } catch {
        return false
      }
    })
  }
})

/** Undefined where Slurm is here, installed now if need be. */
function whyNoSlurm(): string | undefined {
  const isHere = (): boolean =>
    ['sbatch', 'slurmctld', 'munged'].every((name) => spawnSync('which', [name]).status === 0)
  if (isHere()) return undefined
  if (process.getuid?.() !== 0) return 'needs slurm-wlm and munge, or root to install them'
  for (const words of ['update -qq', 'install -y -qq --no-install-recommends slurm-wlm munge']) {
    spawnSync('apt-get', words.split(' '), { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  return isHere() ? undefined : 'needs slurm-wlm and munge, which apt-get could not install'
}

function runsIn(scratch: Scratch): string[] {
  const parent = join(scratch.path, 'runs/slurm-4')
  return existsSync(parent)
    ? readdirSync(parent)
        .filter((name) => /^2/.test(name))
        .map((name) => join(parent, name))
    : []
}

/** What a job left beside the run folders. */
function jobFiles(scratch: Scratch): string[] {
  const parent = join(scratch.path, 'runs/slurm-4')
  return readdirSync(parent).filter((name) => name.startsWith('slurm-'))
}

function pidOf(file: string): number {
  return Number(readFileSync(file, 'utf8'))
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50))
}
