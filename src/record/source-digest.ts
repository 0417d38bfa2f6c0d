import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { projectRoot } from '../core/paths.ts'
import { kernelsDigest } from '../gradient/gpu/kernels.ts'
import { filesBelow, readBuiltTree } from './built-tree.ts'

/** What two machines must have in common to compute the same thing. */
export interface CodeDigests {
  /** Every file under src/, cluster/ and kernels/ but specs: paths and contents. A package that is as it was built has its sources'. */
  readonly sourceDigest: string
  readonly lockfileDigest: string
  readonly kernelsDigest: string
}

const SOURCE_FOLDERS = ['cluster', 'kernels', 'src']

/** Specs are read by nobody but a study that names them. */
function isSource(path: string): boolean {
  return SOURCE_FOLDERS.some((folder) => path.startsWith(`${folder}/`)) && !path.startsWith('cluster/specs/')
}

let ofProcess: CodeDigests | undefined

/** Digests of the tree this process runs from, when they were first asked for. */
export function codeDigests(): CodeDigests {
  ofProcess ??= digestsOf(projectRoot)
  return ofProcess
}

/** Digests of the tree at `root`. */
export function digestsOf(root: string): CodeDigests {
  return {
    sourceDigest: sourceDigestOf(root),
    lockfileDigest: sha256(readFileSync(join(root, 'package-lock.json'))),
    kernelsDigest: kernelsDigest(join(root, 'kernels')),
  }
}

/** The source digest of the tree at `root`. */
export function sourceDigestOf(root: string): string {
  return builtSourceDigest(root) ?? digestOfFiles(root)
}

function digestOfFiles(root: string): string {
  const files = SOURCE_FOLDERS.flatMap((folder) => filesBelow(join(root, folder))).sort()
  const paths = files.map((file) => relative(root, file)).filter(isSource)
  return sha256(...paths.flatMap((path) => [`${path}\0`, readFileSync(join(root, path)), '\0']))
}

function builtSourceDigest(root: string): string | undefined {
  const tree = readBuiltTree(root)
  const changed = tree?.changed.some(isSource)
  return changed ? undefined : tree?.build.sourceDigest
}
