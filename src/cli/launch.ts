import { ReducibleError } from '../core/errors.ts'
import { runCommand } from './command.ts'
import { type KubernetesFlags, launchOnKubernetes } from './launch-kubernetes.ts'

/** Flags of `launch`: those of a study, one that names an engine, and that engine's own. */
interface LaunchFlags extends KubernetesFlags {
  readonly kubernetes?: boolean
}

/** `reducible launch STUDY`: runs a study where the user's machines are. */
export async function launchCommand(study: string, flags: LaunchFlags): Promise<never> {
  return runCommand('launch', flags, async () => {
    if (flags.kubernetes) return launchOnKubernetes(study, flags)
    throw new ReducibleError('usage', 'nobody says where to launch', { remedy: 'give --kubernetes' })
  })
}
