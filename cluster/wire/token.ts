import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Metadata, ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'

/** The variable that holds the run token: a command line can be read by everybody on a machine. */
export const TOKEN_VARIABLE = 'REDUCIBLE_TOKEN'

const KEY = 'reducible-token'
const LENGTH_MIN = 16

/** A token nobody can guess: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The token that was given: by file, else by REDUCIBLE_TOKEN. @throws {ReducibleError} usage. */
export function givenToken(file: string | undefined, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const token = file === undefined ? environment[TOKEN_VARIABLE] : readToken(file)
  if (token === undefined) return undefined
  const from = file === undefined ? TOKEN_VARIABLE : `--token-file ${file}`
  if (!new RegExp(`^[!-~]{${LENGTH_MIN},}$`).test(token)) {
    const text = `${from} must hold at least ${LENGTH_MIN} printable characters without spaces (got ${token.length})`
    throw new ReducibleError('usage', text, { remedy: 'leave it out: the coordinator makes one and prints it' })
  }
  return token
}

/** Compares in a time that does not depend on where they differ, or on how long they are. */
export function sameToken(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((token) => createHash('sha256').update(token).digest())
  return timingSafeEqual(a, b)
}

/** What a call carries. */
export function tokenMetadata(token: string | undefined): Metadata {
  const metadata = new Metadata()
  if (token !== undefined) metadata.set(KEY, token)
  return metadata
}

/** Turns away every call without the token, before a message of it is read. */
export function requireToken(wanted: string): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start(next) {
        next({
          onReceiveMetadata(metadata, pass) {
            const [given] = metadata.get(KEY)
            if (typeof given === 'string' && sameToken(given, wanted)) pass(metadata)
            else call.sendStatus({ code: status.UNAUTHENTICATED, details: 'the run token is missing or wrong' })
          },
        })
      },
    })
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new ReducibleError('usage', `cannot read --token-file ${file}: ${messageOf(cause)}`, { cause })
  }
}
