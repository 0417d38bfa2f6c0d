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
}

/** `reducible coordinator STUDY`: runs a study on workers that somebody starts on any hosts. */
export async function coordinatorCommand(studyFile: string, flags: CoordinatorFlags): Promise<never> {
  const options = { ...flags, launch: 'external' }
  return runCommand('coordinator', options, (signal) =>
    runOnWorkers(studyFile, options, signal, (study) => gatherFor(study, options, signal)),
  )
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

function gatherFor(study: Study, flags: CoordinatorFlags, signal: AbortSignal): Promise<GatheredWorkers> {
  const { coordinator, worldSize } = placeFromEnvironment(process.env)
  const wanted = {
    listen: coordinator,
    worldSize: worldSizeFor(study, flags.worldSize, worldSize),
    adapters: study.engine === 'gpu' ? [study.adapter].flat() : [],
  }
  return gatherWorkers(wanted, flags, signal)
}

/** Nodes of the largest arm, where nobody says more. */
function worldSizeFor(study: Study, flag: string | undefined, stated: number | undefined): number {
  const needed = Math.max(...study.arms.map(({ nodes }) => nodes))
  const worldSize = flag === undefined ? (stated ?? needed) : parseCount(flag, '--world-size', 1)
  if (worldSize >= needed) return worldSize
  const text = `the study has an arm of ${needed} nodes, and the world size is ${worldSize}`
  throw new ReducibleError('usage', text, { remedy: 'start more workers, or give --nodes' })
}
