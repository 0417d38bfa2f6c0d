import { globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { checkStudy } from '../../cluster/coordinator/check-study.ts'
import { type ContainerEngine, parseImage } from '../../cluster/launch/image.ts'
import { followJob, type JobEnd } from '../../cluster/launch/slurm/follow-job.ts'
import { jobScript, type SlurmJob } from '../../cluster/launch/slurm/job-script.ts'
import { jobText } from '../../cluster/launch/slurm/job-state.ts'
import { oneHostConfiguration, submitJob } from '../../cluster/launch/slurm/slurm.ts'
import { ERROR_CODES, type ErrorCode, ReducibleError } from '../core/errors.ts'
import { moduleBeside } from '../core/paths.ts'
import { makeFolders } from '../record/files.ts'
import type { LocalCluster } from '../record/host.ts'
import { readManifest } from '../record/manifest.ts'
import { loadStudyOrClaim } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, parseCount, secondsOf } from './command.ts'
import { coordinatorWords } from './coordinator-words.ts'
import { type ClaimOptions, overridesIn, refuseUnclean } from './study-flags.ts'

/** Flags of a Slurm job beside those of a study. */
export interface SlurmFlags extends ClaimOptions {
  readonly time?: string
  readonly partition?: string
  readonly tasksPerNode: string
  readonly gpusPerTask?: string
  readonly jobName?: string
  readonly dryRun?: boolean
  /** By digest. */
  readonly image?: string
  readonly container: ContainerEngine
}

/** `reducible launch --slurm STUDY|CLAIM`: submits a job, follows it, and ends as its run ends. */
export async function launchOnSlurm(file: string, flags: SlurmFlags, signal: AbortSignal): Promise<CommandResult> {
  refuseUnclean(flags)
  const { study, claim } = loadStudyOrClaim(file, flags.quick === true)
  const job = describeJob(file, applyOverrides(study, overridesIn(flags)), flags)
  const script = jobScript(job)
  if (flags.dryRun) return { text: script, json: { script } }
  makeFolders(job.folder)
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const configuration = oneHostConfiguration()
  if (configuration !== undefined) say(`Slurm of this machine, by ${configuration}`)
  const id = await submit(script, job.folder)
  say(`job ${id}: ${relative('.', join(job.folder, `slurm-${id}.sh`))}`)
  const tell = (line: string): void => {
    if (!FAILURE.test(line)) say(line) // said once, at the end
  }
  try {
    const end = await followJob({ job: id, folder: job.folder, say: tell, signal })
    return resultOf(end, id, job.folder, { isClaim: claim !== null, json: flags.json === true })
  } finally {
    rmSync(join(job.folder, `slurm-${id}.status`), { force: true })
  }
}

const MAIN = moduleBeside(import.meta.url, './main')

function describeJob(studyFile: string, study: Study, flags: SlurmFlags): SlurmJob {
  checkStudy(study)
  const { out, json, time, partition, tasksPerNode, gpusPerTask, jobName, image, container } = flags
  const name = basename(studyFile).replace(/\.ya?ml$/, '')
  const tasks = Math.max(...study.arms.map(({ nodes }) => nodes))
  return {
    name: jobName ?? name,
    studyFile,
    tasks,
    tasksPerNode: Math.min(tasks, parseCount(tasksPerNode, '--tasks-per-node', 1)),
    timeMinutes: time === undefined ? undefined : Math.ceil(secondsOf(time, '--time') / 60),
    gpusPerTask: gpusPerTask === undefined ? undefined : parseCount(gpusPerTask, '--gpus-per-task', 1),
    partition,
    folder: join(resolve(out), 'runs', name),
    workingFolder: process.cwd(),
    reducible: [process.execPath, MAIN],
    container: image === undefined ? undefined : { engine: container, image: parseImage(image) },
    flags: [...coordinatorWords(flags), '--out', resolve(out), ...(json ? ['--json'] : [])],
  }
}

/** @returns the job's number; its script stands beside what it writes. */
async function submit(script: string, folder: string): Promise<string> {
  const file = join(folder, `slurm-not-submitted-${process.pid}.sh`)
  writeFileSync(file, script)
  try {
    const id = await submitJob(file)
    renameSync(file, join(folder, `slurm-${id}.sh`))
    return id
  } finally {
    rmSync(file, { force: true })
  }
}

/** By the exit status of a coordinator that came to a result; of a study, 1 is a check that failed. */
const VERDICTS: Readonly<Record<number, CommandResult['verdict']>> = { 0: 'true', 1: 'false', 2: 'inconclusive' }

/** How a coordinator says why it failed. */
const FAILURE = /^reducible coordinator: \[([\w-]+)\] (.*)$/

/** What the run came to. @throws {ReducibleError} why it failed; job-ended. */
function resultOf(
  end: JobEnd,
  job: string,
  folder: string,
  { isClaim, json }: { readonly isClaim: boolean; readonly json: boolean },
): CommandResult {
  const verdict = end.kind === 'exited' ? VERDICTS[end.status] : undefined
  if (verdict === undefined) throw failureOf(end, job, folder)
  const output = join(folder, `slurm-${job}`)
  const text = readFileSync(`${output}.out`, 'utf8')
  for (const ending of ['sh', 'out', 'err']) rmSync(`${output}.${ending}`) // the run folder has the script
  const judged = isClaim ? { verdict } : { failed: verdict === 'false' }
  return { ...judged, text, json: json ? { ...(JSON.parse(text) as object), command: 'launch', job } : {} }
}

function failureOf(end: JobEnd, job: string, folder: string): ReducibleError {
  const run = runOf(job, folder)
  const output = join(folder, `slurm-${job}.err`)
  const where = run === undefined ? `its output is ${output}` : `the run folder is ${run}`
  const details = { job, run }
  if (end.kind === 'ended') {
    if (run !== undefined) readManifest(run) // which marks it as failed: its owner is gone
    const how = end.state === undefined ? 'Slurm no longer knows it' : jobText(end.state)
    const remedy = `raise --time, or see why it was ended (${where})`
    return new ReducibleError('job-ended', `Slurm ended job ${job}: ${how}`, { remedy, details })
  }
  const said = readFileSync(output, 'utf8').split('\n')
  const [, code, sentence] = said.findLast((line) => FAILURE.test(line))?.match(FAILURE) ?? []
  const known = code !== undefined && Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'job-ended'
  const text = sentence ?? `the script of job ${job} ended with status ${end.status}`
  return new ReducibleError(known, text, { remedy: where, details })
}

/** The run folder that a job made: its cluster.yaml names the job. */
function runOf(job: string, folder: string): string | undefined {
  const found = globSync('*/cluster.yaml', { cwd: folder }).find((file) => {
    const { placement } = parse(readFileSync(join(folder, file), 'utf8')) as LocalCluster
    return placement?.engine === 'slurm' && placement.job === job
  })
  return found === undefined ? undefined : join(folder, dirname(found))
}
