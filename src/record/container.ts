import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReducibleError } from '../core/errors.ts'

/** The container image a run was made in. */
export interface ContainerRecord {
  /** `given`: somebody who started the container told us, since from inside it cannot be seen. */
  readonly state: 'none' | 'given' | 'not-stated'
  /** `sha256:` and 64 hex digits. */
  readonly digest: string | null
  /** What gave the digest, or gave the container away. */
  readonly source: string | null
  /** Why nothing is known of the image, where there is one; why a sign of a container is none. */
  readonly reason: string | null
}

/** By it whoever starts a container, or workers in one, says which image it is. */
export const CONTAINER_DIGEST_VARIABLE = 'REDUCIBLE_CONTAINER_DIGEST'
const MARKERS = ['.dockerenv', 'run/.containerenv']
const DISK = /^\/dev\/(vd|sd|xvd|nvme|mmcblk)/
const ENGINES = /docker|containerd|kubepods|libpod|lxc/

/**
 * Reads whether this process is in a container, and of which image.
 * @param root where the file system begins.
 * @throws {ReducibleError} usage: REDUCIBLE_CONTAINER_DIGEST is no digest.
 */
export function captureContainer(environment: NodeJS.ProcessEnv = process.env, root = '/'): ContainerRecord {
  const digest = environment[CONTAINER_DIGEST_VARIABLE]
  if (digest !== undefined)
    return { state: 'given', digest: checkedDigest(digest), source: CONTAINER_DIGEST_VARIABLE, reason: null }
  const { source, reason } = containerSign(environment, root)
  if (source === null) return { state: 'none', digest: null, source, reason }
  return {
    state: 'not-stated',
    digest: null,
    source,
    reason: `in a container, and ${CONTAINER_DIGEST_VARIABLE} does not say of which image`,
  }
}

function checkedDigest(text: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text
  const message = `${CONTAINER_DIGEST_VARIABLE} must be sha256: and 64 hex digits (got '${text}')`
  throw new ReducibleError('usage', message, {
    remedy: 'take the digest from `docker image inspect`, or unset the variable',
  })
}

function containerSign(environment: NodeJS.ProcessEnv, root: string): Pick<ContainerRecord, 'source' | 'reason'> {
  const marker = MARKERS.find((file) => existsSync(join(root, file)))
  const disk = diskOfRoot(root)
  if (marker !== undefined && disk === null) return { source: `/${marker}`, reason: null }
  if (environment.KUBERNETES_SERVICE_HOST !== undefined) return { source: 'KUBERNETES_SERVICE_HOST', reason: null }
  if (ENGINES.test(readOrEmpty(join(root, 'proc/1/cgroup')))) return { source: '/proc/1/cgroup', reason: null }
  const reason = marker === undefined ? null : `/${marker} is left from an image: / is the disk ${disk}`
  return { source: null, reason }
}

/** The disk that holds `/`, where a whole machine was booted from it: engines mount layers there. */
function diskOfRoot(root: string): string | null {
  const mounts = readOrEmpty(join(root, 'proc/self/mounts')).split('\n')
  const device = mounts.map((line) => line.split(' ')).findLast(([, point]) => point === '/')?.[0]
  return device !== undefined && DISK.test(device) ? device : null
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
