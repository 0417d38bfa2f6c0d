import { ReducibleError } from '../core/errors.ts'
import { runCommand } from './command.ts'
import { type HostsFlags, launchOnHosts } from './launch-hosts.ts'
import { type KubernetesFlags, launchOnKubernetes } from './launch-kubernetes.ts'

/** Flags of a study, one that names an engine, and those of all engines. */
interface LaunchFlags extends Omit<HostsFlags, 'hosts'>, KubernetesFlags {
  readonly hosts?: string
  readonly kubernetes?: boolean
}

const ENGINES = ['hosts', 'kubernetes'] as const

/** `reducible launch STUDY`: runs a study on workers that an engine starts on the machines of a cluster. */
export async function launchCommand(study: string, { hosts, ...flags }: LaunchFlags): Promise<never> {
  return runCommand('launch', flags, async (signal) => {
    const wanted = ENGINES.filter((engine) => ({ hosts, ...flags })[engine] !== undefined)
    if (wanted.length !== 1) {
      const said =
        wanted.length === 0 ? 'nobody says where to launch' : `where to launch is said twice: --${wanted.join(', --')}`
      throw new ReducibleError('usage', said, { remedy: 'give one of --hosts FILE, --kubernetes' })
    }
    return hosts === undefined ? launchOnKubernetes(study, flags) : launchOnHosts(study, { ...flags, hosts }, signal)
  })
}
