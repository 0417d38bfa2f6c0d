// Goal: a container is never taken for none, and a digest never for another. Left out: containers that hide themselves.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { captureContainer } from '../../src/record/container.ts'

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'container-'))
  write('proc/1/cgroup', '12:memory:/user.slice\n0::/init.scope\n')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

describe('a container', () => {
  it('is none where nothing points to one', () => {
    expect(captureContainer({}, root)).toEqual({ state: 'none', digest: null, source: null, reason: null })
    rmSync(join(root, 'proc'), { recursive: true })
    expect(captureContainer({}, root).state).toBe('none')
  })

  it.each([
    ['/.dockerenv', '.dockerenv', ''],
    ['/run/.containerenv', 'run/.containerenv', 'engine="podman"'],
    ['/proc/1/cgroup', 'proc/1/cgroup', '0::/kubepods/burstable/pod1\n'],
  ])('is unknown where %s gives one away and nobody told its digest', (source, file, text) => {
    write(file, text)
    expect(captureContainer({}, root)).toEqual({
      state: 'not-stated',
      digest: null,
      source,
      reason: expect.stringContaining('REDUCIBLE_CONTAINER_DIGEST'),
    })
  })

  it('is none on a machine booted from an image that left its marker on the disk, unlike one of mounted layers', () => {
    write('.dockerenv', '')
    write('proc/self/mounts', 'overlay / overlay rw 0 0\n')
    expect(captureContainer({}, root).state).toBe('not-stated')
    write('proc/self/mounts', 'rootfs / rootfs rw 0 0\n/dev/vda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n')
    expect(captureContainer({}, root)).toEqual({
      state: 'none',
      digest: null,
      source: null,
      reason: '/.dockerenv is left from an image: / is the disk /dev/vda1',
    })
  })

  it('is unknown in a Kubernetes pod', () => {
    const environment = { KUBERNETES_SERVICE_HOST: '10.0.0.1' }
    expect(captureContainer(environment, root)).toMatchObject({
      state: 'not-stated',
      source: 'KUBERNETES_SERVICE_HOST',
    })
  })

  it('is the one that its starter told', () => {
    write('.dockerenv', '')
    expect(captureContainer({ REDUCIBLE_CONTAINER_DIGEST: DIGEST }, root)).toEqual({
      state: 'given',
      digest: DIGEST,
      source: 'REDUCIBLE_CONTAINER_DIGEST',
      reason: null,
    })
  })

  it.each([
    ['nothing', ''],
    ['a tag', 'node:26-trixie-slim'],
    ['a digest cut short', DIGEST.slice(0, -1)],
    ['a name with its digest', `node@${DIGEST}`],
    ['a digest of another kind', DIGEST.replace('sha256', 'sha512')],
    ['capital letters', DIGEST.replaceAll('a', 'A')],
  ])('that is said to be %s is refused', (_name, text) => {
    expect(() => captureContainer({ REDUCIBLE_CONTAINER_DIGEST: text }, root)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(`(got '${text}')`) }),
    )
  })
})
