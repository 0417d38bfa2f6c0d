import { readFileSync } from 'node:fs'
import { placeFromEnvironment } from '../../cluster/launch/ranks-from-environment.ts'
import { ReducibleError } from '../core/errors.ts'
import { loadStudyOrClaim } from '../study/load.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, parseCount, runCommand } from './command.ts'
import type { Gather } from './execute-study.ts'
import { type GatheredWorkers, type GatherFlags, gatherWorkers } from './gather-workers.ts'
import { reproduceClaim } from './reproduce.ts'
import { runLoaded } from './run.ts'
import type { ClaimOptions } from './study-flags.ts'

/** Flags of the coordinator beside those of a study. */
interface CoordinatorFlags extends ClaimOptions, GatherFlags {
  readonly worldSize?: string
  readonly jobScript?: string
}

/** `reducible coordinator STUDY|CLAIM`: runs a study, or reproduces a claim, on workers that somebody starts on any hosts. */
export async function coordinatorCommand(file: string, flags: CoordinatorFlags): Promise<never> {
  const options = { ...flags, launch: 'external' }
  return runCommand('coordinator', options, (stopped) => {
    const signal = AbortSignal.any([stopped, schedulerSignal()])
    return runOnWorkers(file, options, signal, (study) => gatherFor(study, options, signal))
  })
}

/** Aborts when a scheduler warns that it is about to end this process: the run has failed, nobody stopped it. */
function schedulerSignal(): AbortSignal {
  const controller = new AbortController()
  const text = 'the scheduler is ending the job: its time is up, or a worker of it has failed'
  process.once('SIGUSR2', () => controller.abort(new ReducibleError('job-ended', text)))
  return controller.signal
}

/** Runs a study, or reproduces a claim, on workers that `gather` waits for. */
export async function runOnWorkers(
  file: string,
  options: ClaimOptions,
  signal: AbortSignal,
  gather: Gather,
): Promise<CommandResult> {
  const loaded = loadStudyOrClaim(file, options.quick === true)
  if (loaded.claim === null) return runLoaded(loaded, options, signal, gather)
  return reproduceClaim(loaded, options, signal, gather)
}

async function gatherFor(study: Study, flags: CoordinatorFlags, signal: AbortSignal): Promise<GatheredWorkers> {
  const { coordinator, worldSize } = placeFromEnvironment(process.env)
  const wanted = {
    listen: coordinator,
    worldSize: worldSizeFor(study, flags.worldSize, worldSize),
    adapters: study.engine === 'gpu' ? [study.adapter].flat() : [],
  }
  const gathered = await gatherWorkers(wanted, flags, signal)
  const { jobScript } = flags
  return { ...gathered, jobScript: jobScript === undefined ? undefined : readFileSync(jobScript, 'utf8') }
}

/** Nodes of the largest arm, where nobody says more. */
function worldSizeFor(study: Study, flag: string | undefined, stated: number | undefined): number {
  const needed = Math.max(...study.arms.map(({ nodes }) => nodes))
  const worldSize = flag === undefined ? (stated ?? needed) : parseCount(flag, '--world-size', 1)
  if (worldSize >= needed) return worldSize
  const text = `the study has an arm of ${needed} nodes, and the world size is ${worldSize}`
  throw new ReducibleError('usage', text, { remedy: 'start more workers, or give --nodes' })
}
