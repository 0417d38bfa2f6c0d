import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stringify } from 'yaml'
import { readDiagnosedRun } from '../../src/cli/diagnosed-run.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { type Diagnosis, diagnose } from '../../src/evidence/diagnose/diagnose.ts'
import { type Case, drawsOf } from './cases.ts'

const ROUNDS = 4
/**
 * A tenant and a network that fall into the same rounds are one to anybody who looks at times, and a node that is left alone has no
 * network; so many keep them apart.
 */
const ROUNDS_OF_BOTH = 6

/** A real run of a case. */
export interface RealRun {
  readonly diagnosis: Diagnosis
  /** CPU seconds that neither the run nor this benchmark used meanwhile: counted apart from the run's own records. */
  readonly outsideSeconds: number
}

/** Runs a case: processes in network namespaces of this machine, paced, so that two cores are enough. */
export async function diagnoseReal(one: Case): Promise<RealRun> {
  const folder = mkdtempSync(join(tmpdir(), 'diagnose-'))
  try {
    const file = join(folder, 'case.yaml')
    writeFileSync(file, stringify(studyOf(one)))
    const before = cpuSeconds()
    await run(['run', file, '--out', folder, '--json', '--no-require-clean'])
    const after = cpuSeconds()
    const [name] = readdirSync(join(folder, 'runs', 'case'))
    const outsideSeconds = after.machine - before.machine - (after.own - before.own)
    return { diagnosis: diagnose(readDiagnosedRun(join(folder, 'runs', 'case', name))), outsideSeconds }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Strengths are drawn as they are, not over a noise: log-uniform. */
function studyOf({ seed, sources }: Case): object {
  const draw = drawsOf(seed)
  const has = (source: Case['sources'][number]): boolean => sources.includes(source)
  const nodes = has('arrival order') ? 3 : 2 // two can be added in one order only
  const both = has('network') && (has('another tenant') || has('node count'))
  const inject = [
    ...(has('arrival order') ? [{ source: 'arrival-order', delayUs: 200 + 600 * draw.share() }] : []),
    ...(has('network') ? [{ source: 'network', rate: 1 / (1 + draw.between(0.1, 1.5)), every: both ? 3 : 2 }] : []),
    ...(has('another tenant') ? [{ source: 'tenant', load: draw.of([0.5, 1, 1.5]) }] : []),
    ...(has('node count') ? [{ source: 'node-count', lose: 1 }] : []),
    ...(has('unlike hardware')
      ? [{ source: 'unlike-hardware', node: draw.below(nodes - 1), factor: 1 + draw.between(0.03, 0.5) }]
      : []),
  ]
  return {
    purpose: 'A case of bench:diagnose.',
    workload: { name: 'paced', computeMs: 60, parameters: 131_072 },
    arms: [{ name: 'nodes', nodes, algorithm: has('arrival order') ? 'arrival' : 'ring' }],
    training: { steps: 12, learningRate: 0.05 },
    seeds: [0],
    repeats: both ? ROUNDS_OF_BOTH : ROUNDS,
    engine: 'cpu',
    cluster: join(projectRoot, 'cluster/specs/fast-fabric.yaml'),
    launch: 'netns',
    ...(inject.length > 0 && { inject }),
  }
}

async function run(words: readonly string[]): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [join(projectRoot, 'src/cli/main.ts'), ...words], {
    env: { ...process.env, CI: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = child.stderr === null ? '' : await text(child.stderr)
  const [status] = (child.exitCode === null ? await once(child, 'exit') : [child.exitCode]) as [number | null]
  if (status !== 0) throw new Error(`reducible ${words.join(' ')}: ${said}`)
}

/** @source proc_stat(5): ticks of 10 ms; of children those that have been waited for, and theirs. */
const TICKS_PER_SECOND = 100

/** Of all cores since the start, and of this process with what it started. */
function cpuSeconds(): { machine: number; own: number } {
  const [, user, nice, system, , , irq, softIrq, steal] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 9).map(Number)
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const own = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number)
  const sum = (ticks: readonly number[]): number => ticks.reduce((a, b) => a + b, 0) / TICKS_PER_SECOND
  return { machine: sum([user, nice, system, irq, softIrq, steal]), own: sum(own) }
}
