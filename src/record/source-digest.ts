import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { projectRoot } from '../core/paths.ts'
import { kernelsDigest } from '../gradient/gpu/kernels.ts'

/** What two machines must have in common to compute the same thing. */
export interface CodeDigests {
  /** Every file under src/, cluster/ and kernels/: paths and contents. */
  readonly sourceDigest: string
  readonly lockfileDigest: string
  readonly kernelsDigest: string
}

const SOURCE_FOLDERS = ['cluster', 'kernels', 'src']

let ofProcess: CodeDigests | undefined

/** Digests of the tree this process runs from, when they were first asked for. */
export function codeDigests(): CodeDigests {
  ofProcess ??= computeDigests()
  return ofProcess
}

function computeDigests(): CodeDigests {
  return {
    sourceDigest: sourceDigestOf(projectRoot),
    lockfileDigest: sha256(readFileSync(join(projectRoot, 'package-lock.json'))),
    kernelsDigest: kernelsDigest(),
  }
}

/** The source digest of the tree under `root`. */
export function sourceDigestOf(root: string): string {
  const files = SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  ).sort()
  return sha256(...files.flatMap((file) => [`${relative(root, file)}\0`, readFileSync(file), '\0']))
}
