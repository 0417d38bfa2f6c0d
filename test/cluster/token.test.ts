// Goal: a call without the run token never reaches a handler, a call with it does, and addresses are what they say. Left
// out: how long a comparison takes, which is the business of node:crypto.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials, Server, type ServiceError } from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import { describe, expect, it } from 'vitest'
import { addressTowards, bindingFor, isLoopback, parseAddress, resolveHost } from '../../cluster/wire/address.ts'
import { listenOnLoopback, listenOnNetwork } from '../../cluster/wire/channel.ts'
import { givenToken, newToken, requireToken, sameToken, tokenMetadata } from '../../cluster/wire/token.ts'

describe('a run token', () => {
  it('is new each time, and equal to itself alone', () => {
    const [one, other] = [newToken(), newToken()]
    expect(sameToken(one, one)).toBe(true)
    for (const wrong of [other, '', one.slice(1), `${one}x`]) expect(sameToken(wrong, one)).toBe(false)
  })

  it('is read from a file before the environment, and refused where it is too short', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reducible-token-'))
    try {
      const file = join(folder, 'token')
      writeFileSync(file, 'from-a-file-0123456789\n')
      const environment = { REDUCIBLE_TOKEN: 'from-the-environment' }
      expect(givenToken(file, environment)).toBe('from-a-file-0123456789')
      expect(givenToken(undefined, environment)).toBe('from-the-environment')
      expect(givenToken(undefined, {})).toBeUndefined()
      expect(() => givenToken(undefined, { REDUCIBLE_TOKEN: 'short' })).toThrow('at least 16 printable characters')
      expect(() => givenToken(join(folder, 'none'), {})).toThrow('cannot read --token-file')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('lets a call through, and a missing or wrong one does not', async () => {
    const token = newToken()
    const server = new Server({ interceptors: [requireToken(token)] })
    new HealthImplementation({ '': 'SERVING' }).addToServer(server)
    const client = new Client(await listenOnLoopback(server), credentials.createInsecure())
    const ask = (given: string | undefined) =>
      new Promise<string>((resolve) => {
        const asItIs = (bytes: Buffer): Buffer => bytes
        const done = (error: ServiceError | null): void => resolve(error?.message ?? 'answered')
        client.makeUnaryRequest(
          '/grpc.health.v1.Health/Check',
          asItIs,
          asItIs,
          Buffer.alloc(0),
          tokenMetadata(given),
          done,
        )
      })
    try {
      expect(await ask(token)).toBe('answered')
      for (const wrong of [undefined, newToken()]) {
        expect(await ask(wrong)).toBe('16 UNAUTHENTICATED: the run token is missing or wrong')
      }
    } finally {
      client.close()
      server.forceShutdown()
    }
  })
})

it('a connection above the limit of a listener is closed as it comes', async () => {
  const server = new Server()
  const listener = await listenOnNetwork(server, { host: '127.0.0.1', port: 0 }, 1)
  const first = connect(listener.port, '127.0.0.1')
  try {
    await once(first, 'data') // the settings of HTTP/2: it was let in
    const second = connect(listener.port, '127.0.0.1').resume()
    await once(second, 'close')
    expect(second.bytesRead).toBe(0)
    expect(first.destroyed).toBe(false)
  } finally {
    first.destroy()
    listener.close()
    server.forceShutdown()
  }
})

describe('an address', () => {
  it('is a host and a port, also of IPv6', () => {
    expect(parseAddress('node-1:4000', '--listen')).toEqual({ host: 'node-1', port: 4000 })
    expect(parseAddress('[fd00::2]:4000', '--listen')).toEqual({ host: 'fd00::2', port: 4000 })
    for (const wrong of ['node-1', 'fd00::2:4000', 'a:b', 'a:70000', ':1', '[a]:1']) {
      expect(() => parseAddress(wrong, '--listen'), wrong).toThrow('--listen must be like host:4000')
    }
  })

  it('that resolves nowhere is refused by its name', async () => {
    expect(isLoopback(await resolveHost('localhost', '--coordinator'))).toBe(true)
    await expect(resolveHost('no-such-host.invalid', '--coordinator')).rejects.toThrow(
      "--coordinator: the name 'no-such-host.invalid' does not resolve",
    )
  })

  it('towards this machine is itself, and a name is listened for everywhere', async () => {
    expect(await addressTowards('127.0.0.1')).toBe('127.0.0.1')
    expect(bindingFor('127.0.0.1')).toBe('127.0.0.1')
    expect(bindingFor('a-name')).toBe('0.0.0.0')
  })
})
