import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from '../core/digest.ts'
import type { CodeState } from './code-state.ts'

/** build.json: what cluster/launch/packaging/build.ts made a tree of JavaScript from, and what it made. */
export interface Build {
  readonly schemaVersion: 1
  /** Of the sources, as git saw them. */
  readonly code: CodeState
  readonly sourceDigest: string
  /** SHA-256 of every file of the tree, by its path with slashes. */
  readonly files: Readonly<Record<string, string>>
}

/** What a result depends on beside the installed packages; a tree may hold more, such as node_modules. */
const BUILT = ['cluster', 'configs', 'kernels', 'package-lock.json', 'src']

/** SHA-256 of every file that counts in the tree at `root`. */
export function hashBuiltFiles(root: string): Build['files'] {
  const files = BUILT.flatMap((name) => filesBelow(join(root, name))).sort()
  return Object.fromEntries(files.map((file) => [relative(root, file), sha256(readFileSync(file))]))
}

/** The files of a folder and of all folders in it; of a file, itself. */
export function filesBelow(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOTDIR') return [path]
    throw thrown
  }
}

/** A built tree as it stands now. */
export interface BuiltTree {
  readonly build: Build
  /** Files changed, added or removed since it was built. */
  readonly changed: readonly string[]
}

/** The tree at `root` compared with its build.json; undefined where there is none: sources. */
export function readBuiltTree(root: string): BuiltTree | undefined {
  const build = readBuild(root)
  if (build === undefined) return undefined
  const now = hashBuiltFiles(root)
  const paths = [...new Set([...Object.keys(build.files), ...Object.keys(now)])]
  return { build, changed: paths.filter((path) => build.files[path] !== now[path]) }
}

function readBuild(root: string): Build | undefined {
  try {
    return JSON.parse(readFileSync(join(root, 'build.json'), 'utf8')) as Build
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}
