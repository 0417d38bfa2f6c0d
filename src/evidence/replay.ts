import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { ERROR_CODES, type ErrorCode, messageOf, ReducibleError } from '../core/errors.ts'
import { projectRoot } from '../core/paths.ts'
import { codeState } from '../record/code-state.ts'
import { Git } from '../record/git.ts'
import { captureInstalledPackages } from '../record/installed-packages.ts'
import type { Manifest } from '../record/manifest-schema.ts'
import { codeDigests, sourceDigestOf } from '../record/source-digest.ts'
import type { Claim, Study } from '../study/schema.ts'

/** A tree to replay in, and the interpreter that its lockfile pins. */
export interface ReplayTree extends AsyncDisposable {
  readonly root: string
  readonly node: string
  readonly made: 'current' | 'worktree'
  /** Why the current tree will do, or why a worktree was made. */
  readonly evidence: string
  readonly sourceDigest: string
}

/**
 * The code a run was made from, with the packages its lockfile pins: the current tree where that is the same, else a
 * worktree of the commit in a temporary folder, installed with `npm ci` and gone when disposed of.
 * @param diff changes beside the commit, to be made there too; null: none.
 * @param fresh never the current tree.
 * @throws {ReducibleError} no-commit, install-failed.
 */
export async function openReplayTree(
  manifest: Manifest,
  { diff, fresh }: { readonly diff: string | null; readonly fresh: boolean },
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<ReplayTree> {
  const otherwise = fresh ? 'a fresh tree was asked for' : unlikeCurrentTree(manifest)
  if (otherwise === null) return currentTree()
  const { commit } = manifest.code
  if (commit === null) {
    throw new ReducibleError('no-commit', `the run records no commit, and the current tree will not do: ${otherwise}`, {
      remedy: 'replay it in the tree it was made in',
    })
  }
  requireCommit(new Git(projectRoot, GIT_TIMEOUT_MS), commit)
  const temporary = mkdtempSync(join(tmpdir(), 'reducible-replay-'))
  const dispose = async (): Promise<void> => {
    rmSync(temporary, { recursive: true, force: true })
    new Git(projectRoot, GIT_TIMEOUT_MS).text('worktree', 'prune')
  }
  try {
    const root = join(temporary, 'tree')
    addWorktree(root, commit, manifest, diff)
    note(`installing what package-lock.json pins at ${commit.slice(0, 7)} (npm ci)`)
    await install(root, signal)
    const own = join(root, 'node_modules/.bin/node')
    const node = existsSync(own) ? own : process.execPath
    const evidence = `worktree of ${commit.slice(0, 7)}, npm ci: ${otherwise}`
    return {
      root,
      node,
      made: 'worktree',
      evidence,
      sourceDigest: sourceDigestOf(root),
      [Symbol.asyncDispose]: dispose,
    }
  } catch (thrown) {
    await dispose()
    throw thrown
  }
}

const GIT_TIMEOUT_MS = 120_000

/** Of a run that the current tree makes as the recorded one was made. */
export function currentTree(): ReplayTree {
  const evidence = 'the current tree: same commit, source digest, lockfile, packages and Node'
  const { sourceDigest } = codeDigests()
  const nothing = async (): Promise<void> => {}
  return {
    root: projectRoot,
    node: process.execPath,
    made: 'current',
    evidence,
    sourceDigest,
    [Symbol.asyncDispose]: nothing,
  }
}

/** What of the current tree is not as the run had it; null: nothing that a run reads. */
function unlikeCurrentTree({ code, environment }: Manifest): string | null {
  const { commit } = codeState()
  if (commit !== code.commit) return `the current tree is at ${commit?.slice(0, 7) ?? 'no commit'}`
  if (codeDigests().sourceDigest !== code.sourceDigest) return 'the sources of the current tree are others'
  const installed = captureInstalledPackages()
  if (installed.drift === 'unknown') return `what is installed here is unknown: ${installed.reason}`
  if (!isDeepStrictEqual(installed, environment.lockfile)) return 'the packages installed here are others'
  return process.versions.node === environment.node ? null : `the current Node is ${process.versions.node}`
}

function addWorktree(root: string, commit: string, { code }: Manifest, diff: string | null): void {
  const text = (of: Git, ...words: string[]): string => {
    try {
      return of.text(...words)
    } catch (thrown) {
      throw new ReducibleError('no-commit', `cannot check out ${commit.slice(0, 7)}: ${messageOf(thrown)}`, {
        cause: thrown,
        remedy: 'mend the repository (`git fsck`) and run the command again',
      })
    }
  }
  text(new Git(projectRoot, GIT_TIMEOUT_MS), 'worktree', 'add', '--quiet', '--detach', root, commit)
  const tree = new Git(root, GIT_TIMEOUT_MS)
  if (code.submodules.some(({ state }) => state !== 'absent'))
    text(tree, 'submodule', 'update', '--init', '--recursive', '--quiet')
  if (diff) {
    const patch = join(root, '..', 'diff.patch')
    writeFileSync(patch, diff)
    text(tree, 'apply', '--binary', patch)
  }
}

/** @throws {ReducibleError} no-commit: no git, no repository, or one that lacks the commit. */
function requireCommit(git: Git, commit: string): void {
  let shallow: boolean
  try {
    shallow = git.text('rev-parse', '--is-shallow-repository').trim() === 'true'
  } catch (thrown) {
    throw new ReducibleError('no-commit', `cannot look for commit ${commit.slice(0, 7)}: ${messageOf(thrown)}`, {
      cause: thrown,
      remedy: 'install git and replay in a clone of the repository',
    })
  }
  try {
    git.text('cat-file', '-e', `${commit}^{commit}`)
  } catch (thrown) {
    const text = `this ${shallow ? 'shallow ' : ''}clone does not have the commit ${commit}`
    const remedy = `run \`git fetch ${shallow ? '--depth 1 ' : ''}origin ${commit}\``
    throw new ReducibleError('no-commit', text, { cause: thrown, remedy })
  }
}

async function install(root: string, signal: AbortSignal): Promise<void> {
  const npm = process.env.npm_execpath
  const [command, ...words] = npm ? [process.execPath, npm] : ['npm']
  const flags = ['ci', '--prefer-offline', '--no-audit', '--no-fund']
  const { status, stderr } = await runProcess(command, [...words, ...flags], { cwd: root, showErrors: false }, signal)
  if (status === 0) return
  const said = stderr.split('\n').findLast((line) => /error/i.test(line)) ?? `status ${status}`
  throw new ReducibleError('install-failed', `npm ci failed in a tree of the run's commit: ${said}`)
}

/** What is run again: a study under its recorded name, and the claim it was run for. */
export interface ReplayRequest {
  /** Of a run without a claim. */
  readonly command: 'run' | 'scale'
  readonly name: string
  readonly study: Study
  readonly claim: Claim | null
  readonly quick: boolean
  readonly deterministic: boolean
  /** A run folder whose recorded orders are forced. */
  readonly ordersOf: string | null
  readonly operator: string | undefined
  /** Where `runs/` is made. */
  readonly out: string
}

/**
 * Runs a study, or reproduces a claim with it, in a tree and by the tree's own code.
 * @returns the new run folder.
 * @throws {ReducibleError} what the run itself failed with.
 */
export async function runInTree(tree: ReplayTree, request: ReplayRequest, signal: AbortSignal): Promise<string> {
  const asked = mkdtempSync(join(tmpdir(), 'reducible-asked-'))
  try {
    const words = [join(tree.root, 'src/cli/reducible.mjs'), ...commandWords(asked, request), '--json']
    const bin = join(tree.root, 'node_modules/.bin')
    const options = { cwd: tree.root, showErrors: true, path: `${bin}${delimiter}${process.env.PATH}` }
    const { status, stdout, stderr } = await runProcess(tree.node, words, options, signal)
    return runFolderIn(stdout, status, stderr)
  } finally {
    rmSync(asked, { recursive: true, force: true })
  }
}

/** Writes what is asked into a folder. The resolved study has the quick block and every override in it already. */
function commandWords(asked: string, request: ReplayRequest): string[] {
  const { command, name, study, claim, quick, deterministic, ordersOf, operator, out } = request
  const file = join(asked, `${name}.yaml`)
  writeFileSync(file, stringify(study))
  const flags = [
    ...['--out', resolve(out), '--no-require-clean'],
    ...(deterministic ? ['--deterministic'] : []),
    ...(operator === undefined ? [] : ['--operator', operator]),
    ...(ordersOf === null ? [] : ['--replay-orders', resolve(ordersOf)]),
  ]
  if (claim === null) return [command, file, ...flags]
  const folder = join(asked, 'claims')
  mkdirSync(folder)
  const claimFile = join(folder, 'claim.yaml')
  writeFileSync(claimFile, stringify({ ...claim, study: `../${name}.yaml`, ...(quick && { quick: {} }) }))
  return ['reproduce', claimFile, ...(quick ? ['--quick'] : []), ...flags]
}

/** @throws {ReducibleError} the run's own error. */
function runFolderIn(stdout: string, status: number | null, stderr: string): string {
  const { run, error } = parseDocument(stdout)
  if (error === undefined && run !== undefined) return run
  const { code, message, remedy } = error ?? {}
  const text = message ?? `it ended with status ${status}: ${stderr.trim().split('\n').at(-1)}`
  const known = code !== undefined && code in ERROR_CODES ? (code as ErrorCode) : 'internal'
  throw new ReducibleError(known, `the replayed run failed: ${text}`, {
    ...(remedy !== undefined && { remedy }),
    details: { run },
  })
}

interface RunDocument {
  readonly run?: string
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string }
}

function parseDocument(stdout: string): RunDocument {
  try {
    return JSON.parse(stdout) as RunDocument
  } catch {
    return {}
  }
}

interface ProcessOptions {
  readonly cwd: string
  /** Does what it writes on stderr go to ours? */
  readonly showErrors: boolean
  readonly path?: string
}

/** Runs a program to its end; it is asked to stop when the signal aborts, and waited for. */
async function runProcess(
  command: string,
  words: readonly string[],
  { cwd, showErrors, path = process.env.PATH }: ProcessOptions,
  signal: AbortSignal,
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  signal.throwIfAborted()
  // A group of its own: Ctrl-C reaches us, and it hears of it from us, once.
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
    if (showErrors) process.stderr.write(text)
  })
  const stop = (): boolean => child.kill('SIGTERM')
  signal.addEventListener('abort', stop)
  try {
    const [status] = (await once(child, 'close')) as [number | null]
    signal.throwIfAborted()
    return { status, ...said }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
