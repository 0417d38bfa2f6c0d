import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { getCallSites } from 'node:util'
import { ReducibleError } from '../../src/core/errors.ts'

/** gRPC draws channel ids and the jitter of its backoff: they say when something happens, never what is computed. */
const TIMING_ONLY = '/node_modules/@grpc/grpc-js/'

/**
 * From now on every random draw of this thread throws, but those of gRPC: `Math.random` and whatever node:crypto and Web
 * Crypto draw. Who draws is read off the stack, so nothing is paid where nobody draws. Named streams (src/core/streams.ts)
 * and NumPy's generators are arithmetic and go on.
 */
export function refuseUnnamedDraws(): void {
  guard(Math, 'random', 'Math.random')
  for (const owner of [crypto, Object.getPrototypeOf(crypto.webcrypto) as object]) {
    const drawing = Object.entries(Object.getOwnPropertyDescriptors(owner))
      .filter(([name]) => /^(random|getRandom|pseudoRandom|p?rng$)/.test(name))
      .filter(([, { configurable }]) => configurable) // node:crypto's getRandomValues is not, and calls Web Crypto's
    for (const [name] of drawing) guard(owner, name, `crypto.${name}`)
  }
  syncBuiltinESMExports()
}

function guard(owner: object, name: string, called: string): void {
  const draw = Reflect.get(owner, name) as (...values: unknown[]) => unknown
  const guarded = function (this: unknown, ...values: unknown[]): unknown {
    const caller = getCallSites(6)
      .slice(1)
      .find(({ scriptName }) => !scriptName.startsWith('node:'))
    if (caller?.scriptName.replaceAll('\\', '/').includes(TIMING_ONLY)) return draw.apply(this, values)
    const at = caller === undefined ? 'an unknown place' : `${caller.scriptName}:${caller.lineNumber}`
    throw new ReducibleError('unnamed-draw', `${called} was called from ${at} in deterministic mode`)
  }
  Object.defineProperty(owner, name, { value: guarded })
}
