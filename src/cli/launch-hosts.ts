import { readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { ExternalWorkers } from '../../cluster/launch/external.ts'
import { parseImage } from '../../cluster/launch/image.ts'
import { treeOn } from '../../cluster/launch/ssh/host-tree.ts'
import { parseHostfile, placeRanks } from '../../cluster/launch/ssh/hostfile.ts'
import { hostnameOf, type SshCommand } from '../../cluster/launch/ssh/remote-script.ts'
import { type Software, SshAgents } from '../../cluster/launch/ssh/ssh-agents.ts'
import { type Address, addressTowards, isLoopback, parseAddress, resolveHost } from '../../cluster/wire/address.ts'
import { newToken } from '../../cluster/wire/token.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { CONTAINER_DIGEST_VARIABLE } from '../record/container.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, waitOf } from './command.ts'
import { runOnWorkers } from './coordinator.ts'
import { type GatheredWorkers, listenAddress } from './gather-workers.ts'
import type { ClaimOptions } from './study-flags.ts'

/** Flags of `launch --hosts` beside those of a study. */
export interface HostsFlags extends ClaimOptions {
  /** A hostfile. */
  readonly hosts: string
  readonly ssh: string
  readonly remoteDir?: string
  /** By digest. */
  readonly image?: string
  readonly listen?: string
  readonly wait: string
}

/** `reducible launch --hosts FILE STUDY`: is the coordinator, and starts the workers of a study over ssh. */
export async function launchOnHosts(file: string, flags: HostsFlags, signal: AbortSignal): Promise<CommandResult> {
  const options = { ...flags, launch: 'external' }
  await using agents = new SshAgents(say)
  return await runOnWorkers(file, options, signal, (study) => gatherHosts(study, flags, agents, signal))
}

async function gatherHosts(
  study: Study,
  flags: HostsFlags,
  agents: SshAgents,
  signal: AbortSignal,
): Promise<GatheredWorkers> {
  const { hosts: file } = flags
  const ssh = flags.ssh.split(' ').filter((word) => word !== '')
  const waitMs = waitOf(flags.wait)
  const worldSize = Math.max(...study.arms.map(({ nodes }) => nodes))
  const placed = placeRanks(parseHostfile(readHostfile(file), file), worldSize, file)
  const targets = placed.map(({ target }) => target)
  const { listen, towards } = await meetingPoint(targets, ssh, flags)
  const software = await softwareOn(targets, ssh, flags, signal)
  const token = newToken()
  const workers = await ExternalWorkers.gather({
    listen,
    token,
    worldSize,
    adapters: study.engine === 'gpu' ? [study.adapter].flat() : [],
    waitMs,
    onListening: (address) => {
      const { port } = parseAddress(address, 'the address')
      for (const [index, host] of placed.entries()) {
        const coordinator = { host: towards[index], port }
        agents.start({ ...host, ssh, software: software[index], worldSize, coordinator, token, waitMs })
      }
    },
    say: (text) => say('launch', text),
    signal: AbortSignal.any([signal, agents.lost]),
  })
  return {
    workers,
    security: { token: true, insecure: false, listen: isLoopback(listen.host) ? 'loopback' : 'network' },
  }
}

/** By host. @throws {ReducibleError} usage; as treeOn. */
async function softwareOn(
  targets: readonly string[],
  ssh: SshCommand,
  { image, remoteDir: folder }: HostsFlags,
  signal: AbortSignal,
): Promise<Software[]> {
  if (image === undefined) {
    const terms = { ssh, folder, say, signal }
    return Promise.all(targets.map(async (target) => ({ kind: 'tree', folder: await treeOn(target, terms) })))
  }
  if (folder !== undefined) {
    throw new ReducibleError('usage', '--image and --remote-dir both say what workers run', {
      remedy: 'give one of them',
    })
  }
  const { reference, digest } = parseImage(image)
  process.env[CONTAINER_DIGEST_VARIABLE] ??= digest // what workers are held against, and the record says of the run
  return targets.map(() => ({ kind: 'image', reference }))
}

function readHostfile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ReducibleError('usage', `cannot read --hosts ${file}: ${messageOf(cause)}`, { cause })
  }
}

/** Where to listen, and the address under which each host finds that. @throws {ReducibleError} usage. */
async function meetingPoint(
  targets: readonly string[],
  ssh: SshCommand,
  { listen: flag, hosts: file }: HostsFlags,
): Promise<{ listen: Address; towards: readonly string[] }> {
  const given = flag === undefined ? undefined : await listenAddress(flag)
  if (given && !ANY.includes(given.host)) return { listen: given, towards: targets.map(() => given.host) }
  const routes = await Promise.all(
    targets.map(async (target) => addressTowards(await resolveHost(await hostnameOf(ssh, target), file))),
  )
  // Ranks on this machine are to be found by those on others.
  const outer = routes.find((address) => !isLoopback(address))
  const towards = routes.map((address) => (isLoopback(address) ? (outer ?? address) : address))
  const everywhere = towards.some(isIPv6) ? '::' : '0.0.0.0'
  const host = new Set(towards).size === 1 ? towards[0] : everywhere
  return { listen: given ?? { host, port: 0 }, towards }
}

const ANY = ['0.0.0.0', '::']

function say(who: string, line: string): void {
  process.stderr.write(`[${who}] ${line}\n`)
}
