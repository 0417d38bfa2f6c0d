// Goal: an image is named by its digest alone, and each engine is asked to run that image with what a worker needs. Left
// out: the engines themselves, of which none was at hand.
import { describe, expect, it } from 'vitest'
import { containerCommand, parseImage } from '../../cluster/launch/image.ts'
import { digestMismatch } from '../../cluster/wire/worker-digests.ts'

const DIGEST = `sha256:${'ab'.repeat(32)}`
const REFERENCE = `ghcr.io/someone/reducible@${DIGEST}`

describe('an image', () => {
  it.each([REFERENCE, `reducible@${DIGEST}`, `localhost:5000/a/b_c@${DIGEST}`])('is read: %s', (reference) => {
    expect(parseImage(reference)).toEqual({ reference, digest: DIGEST })
  })

  it.each(['reducible', 'reducible:latest', `reducible:1@${DIGEST}`, `reducible@${DIGEST.slice(0, -1)}`, DIGEST, ''])(
    'without a digest alone is refused: %j',
    (text) => {
      expect(() => parseImage(text)).toThrow('--image must be NAME@sha256: and 64 hex digits, without a tag')
    },
  )

  it('of another digest keeps a worker out', () => {
    const code = { sourceDigest: 's', lockfileDigest: 'l', kernelsDigest: 'k' }
    const ours = { ...code, containerDigest: DIGEST }
    const other = { ...code, containerDigest: `sha256:${'cd'.repeat(32)}` }
    expect(digestMismatch('the worker on b', ours, ours)).toBeUndefined()
    expect(digestMismatch('the worker on b', other, ours)?.message).toBe(
      'the worker on b has container image cdcdcdcdcdcd, the coordinator abababababab',
    )
  })
})

describe('the words of an engine', () => {
  const words = ['reducible', 'worker', '--rank', '1']
  const needs = { gpu: true, environment: ['REDUCIBLE_TOKEN'] }
  const stated = `REDUCIBLE_CONTAINER_DIGEST=${DIGEST}`
  it.each([
    ['apptainer', ['apptainer', 'exec', '--nv', `--env=${stated}`], [`docker://${REFERENCE}`], words],
    [
      'pyxis',
      [`--container-image=ghcr.io#someone/reducible@${DIGEST}`],
      ['--container-env=REDUCIBLE_CONTAINER_DIGEST,REDUCIBLE_TOKEN'],
      words,
    ],
  ] as const)('%s', (engine, ...parts) => {
    expect(containerCommand(engine, parseImage(REFERENCE), words, needs)).toEqual(parts.flat())
  })
})
