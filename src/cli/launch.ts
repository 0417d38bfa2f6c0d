import { ReducibleError } from '../core/errors.ts'
import { runCommand } from './command.ts'
import type { HostsFlags } from './launch-hosts.ts'
import type { KubernetesFlags } from './launch-kubernetes.ts'
import type { SlurmFlags } from './launch-slurm.ts'

/** Flags of a study, one that names an engine, and those of all engines. */
interface LaunchFlags extends Omit<HostsFlags, 'hosts'>, SlurmFlags, KubernetesFlags {
  readonly hosts?: string
  readonly slurm?: boolean
  readonly kubernetes?: boolean
}

/** `reducible launch STUDY|CLAIM`: runs a study, or reproduces a claim, on workers that an engine starts on the machines of a cluster. */
export async function launchCommand(file: string, { hosts, slurm, kubernetes, ...flags }: LaunchFlags): Promise<never> {
  return runCommand('launch', flags, async (signal) => {
    const engines = { hosts, slurm, kubernetes }
    const wanted = Object.entries(engines).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]))
    if (wanted.length !== 1) {
      const said =
        wanted.length === 0 ? 'nobody says where to launch' : `${wanted.join(' and ')} both say where to launch`
      throw new ReducibleError('usage', said, { remedy: 'give one of --hosts FILE, --slurm, --kubernetes' })
    }
    if (hosts !== undefined) return (await import('./launch-hosts.ts')).launchOnHosts(file, { ...flags, hosts }, signal)
    if (slurm) return (await import('./launch-slurm.ts')).launchOnSlurm(file, flags, signal)
    return (await import('./launch-kubernetes.ts')).launchOnKubernetes(file, flags)
  })
}
