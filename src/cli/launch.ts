import { ReducibleError } from '../core/errors.ts'
import { runCommand } from './command.ts'
import { type HostsFlags, launchOnHosts } from './launch-hosts.ts'

/** Flags of `launch`; an engine each is one of them. */
interface LaunchFlags extends Omit<HostsFlags, 'hosts'> {
  readonly hosts?: string
}

/** `reducible launch STUDY`: runs a study on workers that an engine starts on the hosts of a cluster. */
export async function launchCommand(studyFile: string, { hosts, ...flags }: LaunchFlags): Promise<never> {
  if (hosts !== undefined) return launchOnHosts(studyFile, { ...flags, hosts })
  return runCommand('launch', flags, () => {
    throw new ReducibleError('usage', 'nobody says on which machines', { remedy: 'give --hosts FILE' })
  })
}
