import assert from 'node:assert'
import { spawnSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { ReducibleError } from '../../../src/core/errors.ts'
import type { StatedLinks } from '../../../src/record/interconnect.ts'

/** Says which network namespace this process came from, so that it knows that it is in one of its own. */
const CAME_FROM = 'REDUCIBLE_CAME_FROM_NETNS'

/** What `unshare` is asked for: as root, and as anybody, who is root of a user namespace then. */
const WAYS = [['--net'], ['--user', '--map-root-user', '--net']] as const
type Way = (typeof WAYS)[number]

/** An ordinary user's PATH lacks the folder that holds `ip` and `tc`. */
export const SYSTEM_ENVIRONMENT = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

/**
 * Runs this command again, as the same process, in a network namespace of its own, and returns only there. The namespace has
 * no name and dies with its last process, so that nothing is left behind however the run ends.
 * @throws {ReducibleError} no-network: this machine refuses it, or lacks what the links need.
 */
export function enterOwnNetwork(links: StatedLinks): void {
  const here = readNamespace()
  const { [CAME_FROM]: cameFrom } = process.env
  if (cameFrom !== undefined && cameFrom !== here) return
  requireIproute()
  const way = allowedWay()
  if (links.latencyNs !== undefined) requireNetem(way)
  const self = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  assert(process.execve, 'where there are namespaces there is execve')
  process.execve('/usr/bin/env', ['env', 'unshare', ...way, '--', ...self], { ...process.env, [CAME_FROM]: here })
}

function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/net')
  } catch (cause) {
    throw new ReducibleError('no-network', 'this machine has no network namespaces', {
      remedy: 'run on Linux, or with --launch local',
      cause,
    })
  }
}

function requireIproute(): void {
  const { error } = spawnSync('ip', ['-Version'], { env: SYSTEM_ENVIRONMENT })
  if (error) {
    throw new ReducibleError('no-network', 'there is no program `ip` on this machine', {
      remedy: 'apt-get install iproute2',
    })
  }
}

/** The first way that this machine allows. */
function allowedWay(): Way {
  const refusals = WAYS.map((way) => ({ way, refusal: refusalOf(way, ['true']) }))
  const allowed = refusals.find(({ refusal }) => refusal === undefined)
  if (allowed) return allowed.way
  const [direct, asUser] = refusals.map(({ refusal }) => refusal)
  const text = `network namespaces are refused: here (${direct}), and in a user namespace (${asUser})`
  throw new ReducibleError('no-network', text)
}

function requireNetem(way: Way): void {
  const refusal = refusalOf(way, ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'])
  if (refusal === undefined) return
  throw new ReducibleError(
    'no-network',
    `the cluster states a latency, and this kernel cannot delay packets: ${refusal}`,
    {
      remedy: 'modprobe sch_netem, or leave latencyNs out of the spec',
    },
  )
}

/** Why a program fails in new namespaces; undefined: it does not. */
function refusalOf(way: Way, words: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync('unshare', [...way, '--', ...words], {
    env: SYSTEM_ENVIRONMENT,
    encoding: 'utf8',
  })
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n')[0])
}
