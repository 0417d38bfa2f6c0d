import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'

/** Where a service listens, or is reached. */
export interface Address {
  readonly host: string
  readonly port: number
}

export const LOOPBACK = '127.0.0.1'

/** `host:port` or `[IPv6]:port`. @throws {ReducibleError} usage naming `what`. */
export function parseAddress(text: string, what: string): Address {
  const [, bracketed, bare, digits] = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? bare
  const port = Number(digits)
  if (host === undefined || port > 65_535 || (bracketed !== undefined && !isIPv6(bracketed))) {
    throw new ReducibleError('usage', `${what} must be like host:4000 or [fd00::2]:4000 (got '${text}')`)
  }
  return { host, port }
}

export function formatAddress({ host, port }: Address): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}

/** The numeric address of a host. @throws {ReducibleError} usage: the name resolves nowhere. */
export async function resolveHost(host: string, what: string): Promise<string> {
  try {
    return (await lookup(host)).address
  } catch (cause) {
    throw new ReducibleError('usage', `${what}: the name '${host}' does not resolve (${messageOf(cause)})`, {
      remedy: 'correct the name, or give a numeric address',
      cause,
    })
  }
}

/** Is a numeric address one that only this machine reaches? */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1'
}

/**
 * The address of this machine from which packets to another leave: where the other reaches it. Nothing is sent.
 * @throws {ReducibleError} usage: there is no route.
 */
export async function addressTowards(target: string): Promise<string> {
  const socket = createSocket(isIPv6(target) ? 'udp6' : 'udp4')
  try {
    socket.connect(9, target) // any port: a connected datagram socket only looks up the route
    await once(socket, 'connect')
    return socket.address().address
  } catch (cause) {
    throw new ReducibleError('usage', `this machine has no route to ${target}: ${messageOf(cause)}`, {
      remedy: 'give an address of this machine with --advertise',
      cause,
    })
  } finally {
    socket.close()
  }
}

/** Where to listen so that an advertised address leads here: on it, or everywhere where it is a name or somebody else's. */
export function bindingFor(advertised: string): string {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return own.some(({ address }) => address === advertised) ? advertised : '0.0.0.0'
}
