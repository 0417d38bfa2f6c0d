import { CONTAINER_DIGEST_VARIABLE } from '../../../src/record/container.ts'
import { type ContainerEngine, containerCommand, type Image } from '../image.ts'

/** What a job runs, and what it asks of Slurm. */
export interface SlurmJob {
  readonly name: string
  readonly studyFile: string
  /** Workers: a task each. */
  readonly tasks: number
  readonly tasksPerNode: number
  readonly timeMinutes: number | undefined
  readonly gpusPerTask: number | undefined
  readonly partition: string | undefined
  /** Where the job writes slurm-JOB.out, .err and .status: the folder of the study's run folders. */
  readonly folder: string
  /** The folder that file names of the study and its flags are relative to. */
  readonly workingFolder: string
  /** The words that start `reducible`. */
  readonly reducible: readonly string[]
  /** What workers run in; undefined: the tree that launches, which every node has. */
  readonly container: { readonly engine: ContainerEngine; readonly image: Image } | undefined
  /** Flags of the study, for its coordinator. */
  readonly flags: readonly string[]
}

/** Before the limit, in which a run folder is closed. Slurm looks every 30 s, so it may come as much earlier. */
const WARNING_SECONDS = 60
/** Of a job of one minute. */
const SHORT_WARNING_SECONDS = 20

/** The script of a job, for sbatch: the coordinator on the first node, a worker in each task. */
export function jobScript(job: SlurmJob): string {
  const { studyFile, tasks, folder, reducible, flags, container } = job
  return `#!/usr/bin/env bash
# ${comment(studyFile)} as a Slurm job: its coordinator on the first node, and ${tasks === 1 ? 'a worker' : `a worker in each of ${tasks} tasks`}.
# Written by \`reducible launch --slurm\`; by hand: sbatch THIS_FILE (docs/clusters.md).
${directives(job).join('\n')}
set -uo pipefail

reducible=(${reducible.map(quote).join(' ')})
folder=${quote(folder)}
${
  container
    ? `
# What workers are held against, and the record says of the run.
export ${CONTAINER_DIGEST_VARIABLE}=${container.image.digest}
`
    : ''
}work=$(mktemp -d)

finish() {
  local status=$?
  trap - EXIT
  kill $(jobs -p) 2>/dev/null
  rm -rf "$work"
  echo "$status" >"$folder/slurm-$SLURM_JOB_ID.status"
  exit "$status"
}
trap finish EXIT
trap 'kill -USR2 "$coordinator"' USR2 # from Slurm, before the time limit: close the run folder, failed
trap 'kill -INT "$coordinator"' INT TERM # from the launcher, or by scancel: close it, interrupted

# The run token, through the environment alone: a command line can be read by everybody on a machine.
export REDUCIBLE_TOKEN=\${REDUCIBLE_TOKEN:-$(head -c 32 /dev/urandom | base64)}

# This script runs on the first node of the job; workers find it by the address that Slurm has for it.
first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
host=$(scontrol show node "$first" --oneliner | sed 's/.* NodeAddr=\\([^ ]*\\).*/\\1/')

"\${reducible[@]}" coordinator ${[studyFile, ...flags].map(quote).join(' ')} \\
  --listen "$host:0" --world-size ${tasks} --address-file "$work/address" --job-script "$0" &
coordinator=$!
until [ -s "$work/address" ] || ! kill -0 "$coordinator" 2>/dev/null; do sleep 0.02; done

# Rank r is task r. A worker that fails ends the others; a coordinator that is still there 10 s later waits in vain.
if [ -s "$work/address" ]; then
  {
    srun --kill-on-bad-exit=1 --wait=0 ${starter(job)} worker --coordinator "$(cat "$work/address")" >&2 ||
      { sleep 10 && kill -USR2 "$coordinator"; } 2>/dev/null
  } &
fi

# A signal that is trapped ends a wait before its time.
wait "$coordinator"
status=$?
while kill -0 "$coordinator" 2>/dev/null; do
  wait "$coordinator"
  status=$?
done
exit "$status"
`
}

/** The tree of this job, or a container on every node. */
function starter({ container, gpusPerTask }: SlurmJob): string {
  if (container === undefined) return `"\${reducible[@]}"`
  const needs = { gpu: gpusPerTask !== undefined, environment: ['REDUCIBLE_TOKEN'] }
  return containerCommand(container.engine, container.image, ['reducible'], needs).map(quote).join(' ')
}

function directives(job: SlurmJob): string[] {
  const { name, tasks, tasksPerNode, timeMinutes, gpusPerTask, partition, folder, workingFolder } = job
  const warning = timeMinutes === 1 ? SHORT_WARNING_SECONDS : WARNING_SECONDS
  const asked = {
    'job-name': name,
    nodes: Math.ceil(tasks / tasksPerNode),
    ntasks: tasks,
    'ntasks-per-node': tasksPerNode,
    time: timeMinutes,
    'gpus-per-task': gpusPerTask,
    partition,
    signal: `B:USR2@${warning}`,
    chdir: workingFolder,
    output: `${folder}/slurm-%j.out`,
    error: `${folder}/slurm-%j.err`,
  }
  const lines = Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${word(value)}`]))
  return [...lines, 'no-requeue'].map((line) => `#SBATCH --${line}`)
}

/** For a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** For sbatch, which reads quotes, but knows no shell. */
function word(value: string | number): string {
  const text = String(value)
  return /\s/.test(text) ? `"${text}"` : text
}

function comment(text: string): string {
  return text.replace(/\s+/g, ' ')
}
