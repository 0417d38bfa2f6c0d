/**
 * How long a cluster takes before and around its work: 16 local workers until the last is ready, a capture of 8 nodes with its
 * links, and a Slurm job beside the same study on local processes. `npm run bench:cluster [-- --rounds 7]` writes
 * bench/results/cluster.json; without Slurm's programs it says so, and leaves that row out.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from 'simple-statistics'
import { formatTable, wrap } from '../src/cli/table.ts'
import { messageOf } from '../src/core/errors.ts'
import { projectRoot } from '../src/core/paths.ts'
import { codeState } from '../src/record/code-state.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost, packageVersions } from '../src/record/host.ts'
import type { TrialRecord } from '../src/record/trial-record.ts'

const RESULT = fileURLToPath(new URL('results/cluster.json', import.meta.url))
const ONE_HOST = join(projectRoot, 'cluster/launch/slurm/one-host.sh')
const WORKERS = 16
const CAPTURED = 8
const SLURM_STUDY = 'configs/slurm-4.yaml'

interface Row {
  readonly what: string
  readonly secondsMax: number
  /** In the order they were measured. */
  readonly seconds: readonly number[]
  readonly medianSeconds: number
  /** What a figure is, where it is no time on a clock. */
  readonly note?: string
}

const { rounds } = readOptions()
const host = captureHost()
const { commit, state } = codeState()
const loadAverageBefore = loadavg()[0]
const scratch = mkdtempSync(join(tmpdir(), 'reducible-bench-cluster-'))
try {
  const rows = [
    rowOf(`${WORKERS} local workers ready`, 8, repeat('16 workers', readySeconds)),
    rowOf(`capture of ${CAPTURED} local nodes with links`, 15, repeat('capture', captureSeconds)),
    ...slurmRow(),
  ]
  const document = { schemaVersion: 1, command: 'npm run bench:cluster', host, packages: packageVersions() }
  const result = { ...document, code: { commit, state }, loadAverageBefore, rounds, rows }
  writeAtomically(RESULT, prettyJson(result))
  console.log(report(rows))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function readOptions() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
  return { rounds: Number(values.rounds) }
}

/** Until the last of them has its data, device and kernels, and says so to the coordinator. */
function readySeconds(): number {
  const words = ['run', 'configs/capstone-41.8.yaml', '--nodes', `${WORKERS}`, '--seeds', '0', '--steps', '2']
  const { arms } = reducible<{ arms: { trials: TrialRecord[] }[] }>(words)
  return arms[0].trials[0].readySeconds
}

function captureSeconds(): number {
  const file = join(scratch, 'cluster.yaml')
  return secondsOf(() => reducible(['cluster', 'capture', '--nodes', `${CAPTURED}`, '-o', file]))
}

/** The same study on an idle Slurm of four nodes on this machine, and on local processes: one less the other, in pairs. */
function slurmRow(): Row[] {
  let exported: string
  try {
    exported = execFileSync(ONE_HOST, ['start'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (thrown) {
    console.log(`left out: a Slurm job, since ${messageOf(thrown)}`)
    return []
  }
  try {
    const runs = { local: ['run', SLURM_STUDY], slurm: ['launch', '--slurm', SLURM_STUDY] } as const
    const pairs = Array.from({ length: rounds }, (_, round) => {
      progress('pair of runs, local and Slurm', round)
      const seconds: Partial<Record<keyof typeof runs, number>> = {}
      untilIdle(exported)
      for (const way of round % 2 === 0 ? (['local', 'slurm'] as const) : (['slurm', 'local'] as const)) {
        seconds[way] = secondsOf(() => reducible(runs[way]))
      }
      return { local: seconds.local ?? Number.NaN, slurm: seconds.slurm ?? Number.NaN }
    })
    const overheads = pairs.map(({ local, slurm }) => slurm - local)
    const [slurm, local] = [pairs.map((pair) => pair.slurm), pairs.map((pair) => pair.local)].map(median)
    const note = `${SLURM_STUDY}: median ${slurm.toFixed(2)} s under Slurm, ${local.toFixed(2)} s on local processes`
    return [{ ...rowOf('a Slurm job over local processes', 2, overheads), note }]
  } finally {
    execFileSync(ONE_HOST, ['stop'], { stdio: 'ignore' })
  }
}

/** Nodes of the job before are cleaned up for a second or two, and a job that waits for them would count it. */
function untilIdle(exported: string): void {
  const idle =
    'until [ -z "$(sinfo --noheader --states=alloc,mix,comp,drain -o %D | grep -v \'^0$\')" ]; do sleep 0.1; done'
  execFileSync('timeout', ['20', 'bash', '-c', `${exported}${idle}`])
}

function rowOf(what: string, secondsMax: number, seconds: readonly number[]): Row {
  return { what, secondsMax, seconds, medianSeconds: median([...seconds]) }
}

function repeat(what: string, measure: () => number): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    progress(what, round)
    return measure()
  })
}

function progress(what: string, round: number): void {
  process.stderr.write(`${what}: ${round + 1}/${rounds}\n`)
}

/** The JSON document of a command whose runs do not stay. */
function reducible<T>(words: readonly string[]): T {
  const out = words[0] === 'cluster' ? [] : ['--out', scratch]
  const main = join(projectRoot, 'src/cli/main.ts')
  const output = execFileSync(process.execPath, [main, ...words, ...out, '--json'], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  })
  return JSON.parse(output) as T
}

function secondsOf(work: () => unknown): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

function report(rows: readonly Row[]): string {
  const header = ['what', 'median(s)', 'min – max', 'wanted', 'n']
  const lines = rows.map(({ what, secondsMax, seconds, medianSeconds }) => [
    what,
    medianSeconds.toFixed(2),
    `${Math.min(...seconds).toFixed(2)} – ${Math.max(...seconds).toFixed(2)}`,
    `≤ ${secondsMax}`,
    String(seconds.length),
  ])
  const load = `load ${loadAverageBefore.toFixed(2)} before`
  return [
    formatTable(header, lines, ['left', 'right', 'right', 'right', 'right']),
    ...rows.flatMap(({ note }) => (note === undefined ? [] : [wrap(note, '  ')])),
    wrap(`${host.cpuModel}, ${host.cores} cores; ${load}; written to bench/results/cluster.json`, '  '),
  ].join('\n')
}
