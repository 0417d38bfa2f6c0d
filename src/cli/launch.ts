import { ReducibleError } from '../core/errors.ts'
import { runCommand } from './command.ts'
import { launchOnSlurm, type SlurmFlags } from './launch-slurm.ts'

/** Flags of every engine that `launch` knows, and which of them is wanted. */
interface LaunchFlags extends SlurmFlags {
  readonly slurm?: boolean
}

/** `reducible launch STUDY`: runs a study by an engine that already runs clusters. */
export async function launchCommand(studyFile: string, flags: LaunchFlags): Promise<never> {
  if (flags.slurm) return launchOnSlurm(studyFile, flags)
  return runCommand('launch', flags, () => {
    throw new ReducibleError('usage', 'nothing says where to launch', { remedy: 'give --slurm' })
  })
}
