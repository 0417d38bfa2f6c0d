import { readFileSync } from 'node:fs'
import { placeFromEnvironment } from '../../cluster/launch/ranks-from-environment.ts'
import { ReducibleError } from '../core/errors.ts'
import { loadStudy } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, parseCount, runCommand } from './command.ts'
import { executeStudy, overridesIn, type StudyOptions } from './execute-study.ts'
import { type GatheredWorkers, type GatherFlags, gatherWorkers } from './gather-workers.ts'
import { runText } from './run.ts'

/** Flags of the coordinator beside those of a study. */
interface CoordinatorFlags extends StudyOptions, GatherFlags {
  readonly worldSize?: string
  readonly jobScript?: string
}

/** `reducible coordinator STUDY`: runs a study on workers that somebody starts on any hosts. */
export async function coordinatorCommand(studyFile: string, flags: CoordinatorFlags): Promise<never> {
  const options = { ...flags, launch: 'external' }
  return runCommand('coordinator', options, (stopped) => {
    const signal = AbortSignal.any([stopped, schedulerSignal()])
    return runOnWorkers(studyFile, options, signal, (study) => gatherFor(study, options, signal))
  })
}

/** Aborts when a scheduler warns that it is about to end this process: the run has failed, nobody stopped it. */
function schedulerSignal(): AbortSignal {
  const controller = new AbortController()
  const text = 'the scheduler is ending the job: its time is up, or a worker of it has failed'
  process.once('SIGUSR2', () => controller.abort(new ReducibleError('job-ended', text)))
  return controller.signal
}

/** Runs a study on workers that `gather` waits for. */
export async function runOnWorkers(
  studyFile: string,
  options: StudyOptions,
  signal: AbortSignal,
  gather: (study: Study) => Promise<GatheredWorkers>,
): Promise<CommandResult> {
  const { study: stated, file } = loadStudy(studyFile)
  const study = applyOverrides(stated, overridesIn(options))
  const asked = { study, studyFile: file, claimFile: null, quick: false, claim: null, options, signal }
  return executeStudy({ ...asked, gather: () => gather(study) }, async (executed) => {
    executed.folder.writeJson('comparison.json', executed.comparison)
    const { comparison, folder, cluster } = executed
    const text = runText(study, executed)
    return { text, json: { run: folder.path, arms: comparison.arms, cluster } }
  })
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
