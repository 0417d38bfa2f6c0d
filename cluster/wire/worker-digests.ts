import { ReducibleError } from '../../src/core/errors.ts'
import { captureContainer } from '../../src/record/container.ts'
import { type CodeDigests, codeDigests } from '../../src/record/source-digest.ts'

/** What a worker proves of itself before it is given a place. */
export interface WorkerDigests extends CodeDigests {
  /** Of the image; empty where there is none, or nobody said which. */
  readonly containerDigest: string
}

/** Those of this process. @throws {ReducibleError} usage, as captureContainer. */
export function workerDigests(): WorkerDigests {
  return { ...codeDigests(), containerDigest: captureContainer().digest ?? '' }
}

const WORDS = {
  sourceDigest: 'source tree',
  lockfileDigest: 'lockfile',
  kernelsDigest: 'kernels',
  containerDigest: 'container image',
} as const satisfies Record<keyof WorkerDigests, string>

/** The first way in which a worker is not what its coordinator is, or undefined. @param who the worker, and its host. */
export function digestMismatch(
  who: string,
  worker: WorkerDigests,
  coordinator: WorkerDigests,
): ReducibleError | undefined {
  for (const key of ['sourceDigest', 'lockfileDigest', 'kernelsDigest', 'containerDigest'] as const) {
    const [got, want] = [worker[key], coordinator[key]]
    if (got === want) continue
    const text = `${who} has ${WORDS[key]} ${shortOf(got)}, the coordinator ${shortOf(want)}`
    return new ReducibleError('source-mismatch', text)
  }
  return undefined
}

function shortOf(digest: string): string {
  return digest === '' ? 'none' : digest.replace(/^sha256:/, '').slice(0, 12)
}
