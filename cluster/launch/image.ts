import { ReducibleError } from '../../src/core/errors.ts'

/** A container image that cannot change under its name. */
export interface Image {
  /** As engines take it: name and digest. */
  readonly reference: string
  /** `sha256:` and 64 hex digits. */
  readonly digest: string
}

/** `--image NAME@sha256:…`. @throws {ReducibleError} usage: a tag, which may name another image tomorrow, or nothing of the kind. */
export function parseImage(text: string): Image {
  const [, digest] = /^[a-z0-9][\w./:-]*@(sha256:[0-9a-f]{64})$/.exec(text) ?? []
  if (digest !== undefined) return { reference: text, digest }
  throw new ReducibleError('usage', `--image must be like name@sha256:… (got '${text}')`, {
    remedy: 'take the digest from `podman image inspect` or the registry; a tag may name another image tomorrow',
  })
}
