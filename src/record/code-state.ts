import { isUtf8 } from 'node:buffer'
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { projectRoot } from '../core/paths.ts'
import { readBuiltTree } from './built-tree.ts'
import { Git } from './git.ts'

/** Which code ran, as git sees the tree, or saw what it was built from. Files that .gitignore names do not count. */
export interface CodeState {
  readonly commit: string | null
  /** `unknown` wherever git fails: a failing git is never clean. Untracked and hidden files and submodules count as dirty. */
  readonly state: 'clean' | 'dirty' | 'unknown'
  /** Why the state is unknown, or why a dirty tree has no diff. */
  readonly reason: string | null
  readonly shallow: boolean | null
  /**
   * `git diff HEAD --binary`, staged changes included; empty where nothing tracked changed. Of a submodule it says the
   * commit only. Null where the tree is clean or unknown.
   */
  readonly diff: string | null
  readonly untracked: readonly UntrackedFile[]
  readonly submodules: readonly Submodule[]
  /** Files whose changes git was told not to look for: assume-unchanged, skip-worktree. */
  readonly hidden: readonly string[]
}

export interface UntrackedFile {
  readonly path: string
  /** Of a link, its target's name. Null for a repository inside the tree, and past the first 64 MiB. */
  readonly sha256: string | null
  readonly bytes: number | null
}

export interface Submodule {
  readonly path: string
  /** The one the index names; where another is checked out, the diff says which. */
  readonly commit: string
  /** `absent` where it was never checked out, which changes nothing that is tracked. */
  readonly state: 'clean' | 'dirty' | 'absent'
}

const TIMEOUT_MS = 10_000
const DIFF_BYTES_MAX = 4 * 2 ** 20
const HASHED_BYTES_MAX = 64 * 2 ** 20

let ofProject: CodeState | undefined

/** The state of the project's tree when it was first asked for, before any run folder was made. */
export function codeState(): CodeState {
  ofProject ??= builtState(projectRoot) ?? captureCodeState(projectRoot)
  return ofProject
}

/**
 * The state of the sources that a tree of JavaScript was built from; unknown where a file is not as it was built. Undefined
 * for a tree of sources.
 */
export function builtState(root: string): CodeState | undefined {
  const tree = readBuiltTree(root)
  if (tree === undefined) return undefined
  if (tree.changed.length === 0) return tree.build.code
  const [changed] = namesOf('files that are not as build.json has them:', tree.changed)
  return { ...UNKNOWN, reason: changed }
}

/** The state of the tree whose top folder is `root`; a tree below the top of another repository is unknown. */
export function captureCodeState(root: string, timeoutMs = TIMEOUT_MS): CodeState {
  try {
    return readState(new Git(root, timeoutMs))
  } catch (thrown) {
    return { ...UNKNOWN, reason: messageOf(thrown) }
  }
}

const UNKNOWN = {
  commit: null,
  state: 'unknown',
  shallow: null,
  diff: null,
  untracked: [],
  submodules: [],
  hidden: [],
} as const

/** @throws {ReducibleError} not-clean: the tree is dirty, or nobody can tell. */
export function requireClean(code: CodeState): void {
  const { commit, state, reason, diff, untracked, submodules, hidden } = code
  if (state === 'clean') return
  if (state === 'unknown') throw new ReducibleError('not-clean', `the state of the tree is unknown: ${reason}`)
  const dirtySubmodules = submodules.filter((submodule) => submodule.state === 'dirty')
  const found = [
    diff === '' ? [] : ['changes of tracked files'],
    namesOf('untracked', pathsOf(untracked)),
    namesOf('changed submodules', pathsOf(dirtySubmodules)),
    namesOf('files hidden from git status', hidden),
  ].flat()
  throw new ReducibleError('not-clean', `the tree at commit ${commit?.slice(0, 7)} is dirty: ${found.join('; ')}`)
}

function namesOf(what: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return []
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : ''
  return [`${what} ${paths.slice(0, 3).join(', ')}${more}`]
}

function pathsOf(entries: readonly { readonly path: string }[]): string[] {
  return entries.map(({ path }) => path)
}

function readState(git: Git): CodeState {
  const { commit, changed, untracked } = readStatus(git)
  if (commit === null) return { ...UNKNOWN, reason: 'the repository has no commit yet' }
  const { submodules, hidden } = readIndex(git, changed)
  const shallow = git.text('rev-parse', '--is-shallow-repository').trim() === 'true'
  const listed = { commit, shallow, submodules, hidden }
  if (changed.size + untracked.length + hidden.length === 0) {
    return { ...listed, state: 'clean', reason: null, diff: null, untracked: [] }
  }
  const difference = changed.size === 0 ? { diff: '', reason: null } : readDiff(git)
  return { ...listed, ...difference, state: 'dirty', untracked: hashFiles(git.root, untracked) }
}

interface Status {
  readonly commit: string | null
  /** Tracked paths that differ from the commit, in the index or in the tree. */
  readonly changed: ReadonlySet<string>
  readonly untracked: readonly string[]
}

function readStatus(git: Git): Status {
  const flags = ['--branch', '--untracked-files=all', '--ignore-submodules=none', '--no-renames']
  const records = git.text('status', '--porcelain=v2', '-z', ...flags).split('\0')
  const oid = records.find((record) => record.startsWith('# branch.oid '))?.slice('# branch.oid '.length)
  return {
    commit: oid === undefined || oid === '(initial)' ? null : oid,
    changed: new Set([...afterFields(records, '1', 8), ...afterFields(records, 'u', 10)]),
    untracked: afterFields(records, '?', 1),
  }
}

/** The path of every record of a kind: all that follows its first `count` words. */
function afterFields(records: readonly string[], kind: string, count: number): string[] {
  return records
    .filter((record) => record.startsWith(`${kind} `))
    .map((record) => record.split(' ').slice(count).join(' '))
}

function readIndex(git: Git, changed: ReadonlySet<string>): Pick<CodeState, 'submodules' | 'hidden'> {
  const entries = git
    .text('ls-files', '-v', '--stage', '-z')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [tag, mode, commit] = entry.split(' ', 3)
      return { tag, mode, commit, path: entry.slice(entry.indexOf('\t') + 1) }
    })
  return {
    submodules: entries
      .filter(({ mode }) => mode === '160000')
      .map(({ path, commit }) => ({ path, commit, state: submoduleState(join(git.root, path), changed.has(path)) })),
    // A small letter is assume-unchanged, S skip-worktree.
    hidden: entries.filter(({ tag }) => tag === 'S' || tag !== tag.toUpperCase()).map(({ path }) => path),
  }
}

function submoduleState(folder: string, changed: boolean): Submodule['state'] {
  if (changed) return 'dirty'
  return existsSync(join(folder, '.git')) ? 'clean' : 'absent'
}

function readDiff(git: Git): Pick<CodeState, 'diff' | 'reason'> {
  // A person's own settings must not shape the text.
  const flags = [
    '--binary',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--submodule=short',
    '--ignore-submodules=none',
    '--no-renames',
  ]
  try {
    const bytes = git.bytes(DIFF_BYTES_MAX, 'diff', 'HEAD', ...flags, '--src-prefix=a/', '--dst-prefix=b/')
    return isUtf8(bytes) ? { diff: bytes.toString(), reason: null } : { diff: null, reason: 'the diff is not UTF-8' }
  } catch (thrown) {
    return { diff: null, reason: messageOf(thrown) }
  }
}

function hashFiles(root: string, paths: readonly string[]): UntrackedFile[] {
  let bytesLeft = HASHED_BYTES_MAX
  return paths.map((path) => {
    const file = join(root, path)
    const status = lstatSync(file)
    if (status.isDirectory()) return { path, sha256: null, bytes: null }
    if (status.size > bytesLeft) return { path, sha256: null, bytes: status.size }
    bytesLeft -= status.size
    const content = status.isSymbolicLink() ? readlinkSync(file) : readFileSync(file)
    return { path, sha256: sha256(content), bytes: status.size }
  })
}
