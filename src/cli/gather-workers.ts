import { hostname } from 'node:os'
import { ExternalWorkers } from '../../cluster/launch/external.ts'
import { type Address, formatAddress, isLoopback, parseAddress, resolveHost } from '../../cluster/wire/address.ts'
import { givenToken, newToken, TOKEN_VARIABLE } from '../../cluster/wire/token.ts'
import { ReducibleError } from '../core/errors.ts'
import { writeAtomically } from '../record/files.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { waitOf } from './command.ts'

/** Flags of a command that waits for workers. */
export interface GatherFlags {
  readonly listen?: string
  readonly tokenFile?: string
  readonly insecure?: boolean
  readonly wait: string
  /** Told the address, for a script that starts the workers. */
  readonly addressFile?: string
}

/** How many workers a command waits for, and what they are to open. */
export interface Wanted {
  /** Where to listen if no flag says so. */
  readonly listen?: string | undefined
  readonly worldSize: number
  /** Adapters dealt to the ranks in turn; none for a CPU engine. */
  readonly adapters: readonly string[]
}

/** Workers that somebody else started, and how their calls are secured. */
export interface GatheredWorkers {
  readonly workers: ExternalWorkers
  readonly security: NonNullable<Manifest['security']>
  /** What a scheduler ran to start them. */
  readonly jobScript?: string | undefined
}

/** Says how workers are started, and waits for them. @throws {ReducibleError} usage; as ExternalWorkers.gather. */
export async function gatherWorkers(
  { worldSize, adapters, listen: stated = '127.0.0.1:0' }: Wanted,
  { insecure = false, wait, addressFile, ...flags }: GatherFlags,
  signal: AbortSignal,
): Promise<GatheredWorkers> {
  const listen = await listenAddress(flags.listen ?? stated)
  const isOpen = !isLoopback(listen.host)
  const given = givenToken(flags.tokenFile)
  if (insecure && given !== undefined) {
    throw new ReducibleError('usage', 'a token was given and --insecure wants none', {
      remedy: 'leave one of them out',
    })
  }
  const token = given ?? (isOpen && !insecure ? newToken() : undefined)
  const security: NonNullable<Manifest['security']> = {
    token: token !== undefined,
    insecure,
    listen: isOpen ? 'network' : 'loopback',
  }
  const say = (text: string): void => void process.stderr.write(`coordinator: ${text}\n`)
  const workers = await ExternalWorkers.gather({
    listen,
    token,
    worldSize,
    adapters,
    waitMs: waitOf(wait),
    onListening: (address) => {
      if (addressFile !== undefined) writeAtomically(addressFile, address)
      const made = given === undefined ? token : undefined
      say(addressFile === undefined ? invitation(address, worldSize, security, made) : listening(address, worldSize))
    },
    say,
    signal,
  })
  return { workers, security }
}

/** `--listen` with its host as a number. @throws {ReducibleError} usage. */
export async function listenAddress(text: string): Promise<Address> {
  const { host, port } = parseAddress(text, '--listen')
  return { host: await resolveHost(host, '--listen'), port }
}

/** How workers are started; with the token where it was made here, this once. */
function invitation(
  address: string,
  worldSize: number,
  { insecure }: NonNullable<Manifest['security']>,
  made: string | undefined,
): string {
  const { host, port } = parseAddress(address, 'the address')
  const reached = host === '0.0.0.0' || host === '::' ? formatAddress({ host: hostname(), port }) : address
  const secret = made === undefined ? '' : `${TOKEN_VARIABLE}=${made} `
  return [
    `${listening(address, worldSize)}; start each in a tree of this commit:`,
    `  ${secret}npx --no-install reducible worker --coordinator ${reached}${insecure ? ' --insecure' : ''}`,
  ].join('\n')
}

function listening(address: string, worldSize: number): string {
  return `listening on ${address}, waiting for ${worldSize} ${worldSize === 1 ? 'worker' : 'workers'}`
}
