import { ReducibleError } from '../../src/core/errors.ts'
import { CONTAINER_DIGEST_VARIABLE } from '../../src/record/container.ts'

/** A container image that names one content for ever. */
export interface Image {
  /** NAME@sha256:…, as a registry takes it. */
  readonly reference: string
  /** `sha256:` and 64 hex digits. */
  readonly digest: string
}

/** What a container of a worker needs beside its image. */
export interface ContainerNeeds {
  /** All GPUs that its engine may hand out. */
  readonly gpu: boolean
  /** Variables handed through by name: a command line can be read by everybody on a machine. */
  readonly environment: readonly string[]
}

/** What starts containers under Slurm. */
export const CONTAINER_ENGINES = ['apptainer', 'pyxis'] as const
export type ContainerEngine = (typeof CONTAINER_ENGINES)[number]

const REFERENCE =
  /^(?:[a-z0-9][a-z0-9.-]*(?::\d+)?\/)?[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*@(sha256:[0-9a-f]{64})$/

/**
 * Reads `--image`. A tag can name another image tomorrow.
 * @throws {ReducibleError} usage, with how a digest is found.
 */
export function parseImage(text: string): Image {
  const digest = REFERENCE.exec(text)?.[1]
  if (digest !== undefined) return { reference: text, digest }
  throw new ReducibleError('usage', `--image must be NAME@sha256: and 64 hex digits, without a tag (got '${text}')`, {
    remedy: "find the digest with `docker image inspect --format '{{index .RepoDigests 0}}' NAME:TAG`",
  })
}

/**
 * The words that run `words` in a container on this host's network. Of pyxis, what follows `srun` and its other options; it
 * takes the environment of srun, which must have REDUCIBLE_CONTAINER_DIGEST. None of these engines was at hand to try them.
 * @source apptainer-exec; pyxis, README.
 */
export function containerCommand(
  engine: ContainerEngine,
  { reference, digest }: Image,
  words: readonly string[],
  { gpu, environment }: ContainerNeeds,
): string[] {
  const stated = `${CONTAINER_DIGEST_VARIABLE}=${digest}`
  switch (engine) {
    case 'apptainer': // hands the whole environment through
      return [
        ...['apptainer', 'exec'],
        ...(gpu ? ['--nv'] : []),
        ...[`--env=${stated}`, `docker://${reference}`, ...words],
      ]
    case 'pyxis':
      return [
        `--container-image=${enrootReference(reference)}`,
        `--container-env=${[CONTAINER_DIGEST_VARIABLE, ...environment].join()}`,
        ...words,
      ]
  }
}

/** Enroot parts a registry from the name by `#`. */
function enrootReference(reference: string): string {
  const [first, ...rest] = reference.split('/')
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  return isRegistry ? `${first}#${rest.join('/')}` : reference
}
