import assert from 'node:assert'
import serialize from 'canonicalize'
import { sha256 } from './digest.ts'

/**
 * The one text of a JSON value: keys sorted by UTF-16 units, numbers as ECMAScript prints them, no spaces.
 * @throws {Error} NaN, an infinity, a lone surrogate.
 * @source RFC 8785, JSON Canonicalization Scheme.
 */
export function canonicalJson(value: object): string {
  const text = serialize(value)
  assert(text !== undefined)
  return text
}

/** SHA-256 in hex of a JSON value's canonical text: the same whatever the order of its keys. */
export function sha256OfJson(value: object): string {
  return sha256(canonicalJson(value))
}
