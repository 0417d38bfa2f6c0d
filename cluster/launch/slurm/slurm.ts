import { execFile } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { messageOf, ReducibleError } from '../../../src/core/errors.ts'
import { type JobState, parseJob } from './job-state.ts'

const run = promisify(execFile)

/** The configuration that one-host.sh made for this user; undefined where none is running or where SLURM_CONF names another. */
export function oneHostConfiguration(): string | undefined {
  const file = join(tmpdir(), `reducible-slurm-${process.getuid?.()}`, 'slurm.conf')
  if (process.env.SLURM_CONF !== undefined || !existsSync(file)) return undefined
  return statSync(file).uid === process.getuid?.() ? file : undefined
}

/** Hands a script to sbatch. @returns the job's number. @throws {ReducibleError} usage: Slurm cannot be reached, or refuses it. */
export async function submitJob(script: string): Promise<string> {
  try {
    const { stdout } = await slurm('sbatch', '--parsable', script)
    return stdout.trim().split(';')[0]
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ReducibleError('usage', 'sbatch is not on this machine', {
        remedy: 'launch where jobs are submitted, or try `cluster/launch/slurm/one-host.sh start`',
      })
    }
    const said =
      (thrown as { stderr?: string }).stderr?.trim().replace(/^sbatch: (error: )?/gm, '') || messageOf(thrown)
    throw new ReducibleError('usage', `Slurm refuses the job: ${said.replaceAll('\n', '; ')}`, {
      remedy: `ask for what the cluster has (${await partitions()})`,
    })
  }
}

/** What became of a job; undefined where Slurm no longer knows it, or does not answer now. */
export async function jobState(job: string): Promise<JobState | undefined> {
  try {
    return parseJob((await slurm('scontrol', 'show', 'job', job, '--oneliner')).stdout)
  } catch {
    return undefined
  }
}

/** Sends a signal to the script of a job; without one, ends the job. */
export async function cancelJob(job: string, signal?: NodeJS.Signals): Promise<void> {
  const words = signal === undefined ? [] : [`--signal=${signal.slice(3)}`, '--batch']
  await slurm('scancel', ...words, job).catch(() => {}) // it may be over
}

async function partitions(): Promise<string> {
  try {
    const { stdout } = await slurm('sinfo', '--noheader', '--format=%P: %D nodes, at most %l')
    return stdout.trim().replaceAll('\n', '; ')
  } catch {
    return 'sinfo does not answer: is Slurm running?'
  }
}

function slurm(program: string, ...words: string[]): Promise<{ stdout: string; stderr: string }> {
  const configuration = oneHostConfiguration()
  return run(program, words, { env: { ...process.env, ...(configuration && { SLURM_CONF: configuration }) } })
}
