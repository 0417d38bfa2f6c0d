// Goal: the code state is clean only where git says so of every tracked file, and names all that a replay would lack. Real
// repositories in temporary folders. Left out: what a manifest makes of it.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sha256 } from '../../src/core/digest.ts'
import { type CodeState, captureCodeState, requireClean } from '../../src/record/code-state.ts'

let scratch: string
let root: string
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'code-state-')))
  root = repository('tree')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true })
})

/** A repository with one commit of `a.txt` and of a .gitignore that names `runs/`. */
function repository(name: string): string {
  const folder = join(scratch, name)
  mkdirSync(folder)
  git(folder, 'init', '--quiet', '--initial-branch=main')
  write(folder, 'a.txt', 'one\n')
  write(folder, '.gitignore', 'runs/\n')
  commitAll(folder)
  return folder
}

function git(folder: string, ...words: string[]): string {
  const settings = ['user.name=a', 'user.email=a@example.org', 'protocol.file.allow=always', 'commit.gpgsign=false']
  const flags = settings.flatMap((setting) => ['-c', setting])
  return execFileSync('git', ['-C', folder, ...flags, ...words], { encoding: 'utf8', stdio: 'pipe' }).trim()
}

function commitAll(folder: string): void {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message=a commit')
}

function write(folder: string, file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

function clean(commit = git(root, 'rev-parse', 'HEAD')): CodeState {
  const none = { untracked: [], submodules: [], hidden: [] }
  return { commit, state: 'clean', reason: null, shallow: false, diff: null, ...none }
}

/** The state of a git that fails for the reason. */
function unknown(reason: unknown): CodeState {
  return { ...clean('any'), commit: null, state: 'unknown', shallow: null, reason: reason as string }
}

describe('a tree is clean', () => {
  it('where every tracked file is as its commit has it', () => {
    expect(captureCodeState(root)).toEqual(clean())
  })

  it('whatever lies in the folders that .gitignore names', () => {
    write(root, 'runs/a-study/manifest.json', '{}')
    expect(captureCodeState(root)).toEqual(clean())
  })

  it('where only the time of a file is another', () => {
    write(root, 'a.txt', 'one\n')
    expect(captureCodeState(root)).toEqual(clean())
  })

  it('where a person let git trust a program that never answers', () => {
    write(root, 'runs/monitor', '#!/bin/sh\nexec sleep 60\n')
    chmodSync(join(root, 'runs/monitor'), 0o755)
    git(root, 'config', 'core.fsmonitor', join(root, 'runs/monitor'))
    expect(captureCodeState(root)).toEqual(clean())
  })

  it('as its own repository says, when a git hook points at another', () => {
    const other = repository('other')
    write(other, 'a.txt', 'another\n')
    vi.stubEnv('GIT_DIR', join(other, '.git'))
    vi.stubEnv('GIT_WORK_TREE', other)
    const state = captureCodeState(root)
    vi.unstubAllEnvs()
    expect(state).toEqual(clean())
  })

  it('as a shallow clone too, and says that it is one', () => {
    write(root, 'a.txt', 'two\n')
    commitAll(root)
    git(scratch, 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow')
    expect(captureCodeState(join(scratch, 'shallow'))).toEqual({ ...clean(), shallow: true })
  })

  it('as a worktree of a repository that is not', () => {
    git(root, 'worktree', 'add', '--quiet', join(scratch, 'worktree'))
    write(root, 'a.txt', 'two\n')
    expect(captureCodeState(join(scratch, 'worktree'))).toEqual(clean())
    expect(captureCodeState(root).state).toBe('dirty')
  })
})

describe('a tree is dirty', () => {
  it('with a changed file, and its diff makes the change again', () => {
    write(root, 'a.txt', 'two\n')
    const state = captureCodeState(root)
    expect(state).toEqual({ ...clean(), state: 'dirty', diff: expect.stringContaining('-one\n+two\n') })
    expect(captureCodeState(clonedAndPatched(state))).toMatchObject({ state: 'dirty', diff: state.diff })
  })

  it('with staged changes alone, a binary file and a renamed one among them', () => {
    write(root, 'weights.f32', Uint8Array.of(0, 255, 0, 1))
    git(root, 'mv', 'a.txt', 'b c.txt')
    git(root, 'add', '--all')
    const state = captureCodeState(root)
    expect(state).toMatchObject({ state: 'dirty', untracked: [] })
    expect(state.diff).toContain('GIT binary patch')
    expect(captureCodeState(clonedAndPatched(state)).untracked.map(({ path }) => path)).toEqual([
      'b c.txt',
      'weights.f32',
    ])
  })

  it('with a deleted file and with one that is executable now', () => {
    rmSync(join(root, 'a.txt'))
    chmodSync(join(root, '.gitignore'), 0o755)
    const { state, diff } = captureCodeState(root)
    expect(state).toBe('dirty')
    expect(diff).toContain('deleted file mode 100644')
    expect(diff).toContain('new mode 100755')
  })

  it('with a diff that no setting of a person shapes', () => {
    write(root, 'a.txt', 'two\n')
    const { diff } = captureCodeState(root)
    for (const setting of [
      'diff.noprefix=true',
      'color.ui=always',
      'diff.external=false',
      'diff.mnemonicPrefix=true',
    ]) {
      git(root, 'config', ...setting.split('='))
    }
    expect(captureCodeState(root).diff).toBe(diff)
  })

  it('with untracked files, each by its digest: of a link its target, of a repository nothing', () => {
    write(root, 'new folder/line\nbreak.txt', 'hello')
    symlinkSync('nowhere', join(root, 'link'))
    repository('tree/nested')
    expect(captureCodeState(root)).toEqual({
      ...clean(),
      state: 'dirty',
      diff: '',
      untracked: [
        { path: 'link', sha256: sha256('nowhere'), bytes: 7 },
        { path: 'nested/', sha256: null, bytes: null },
        { path: 'new folder/line\nbreak.txt', sha256: sha256('hello'), bytes: 5 },
      ],
    })
  })

  it('with untracked files that a setting hides', () => {
    write(root, 'new.txt', '')
    git(root, 'config', 'status.showUntrackedFiles', 'no')
    expect(captureCodeState(root)).toMatchObject({ state: 'dirty', untracked: [{ path: 'new.txt' }] })
  })

  it.each(['--assume-unchanged', '--skip-worktree'])('with a file hidden by %s', (flag) => {
    git(root, 'update-index', flag, 'a.txt')
    expect(captureCodeState(root)).toEqual({ ...clean(), state: 'dirty', diff: '', hidden: ['a.txt'] })
  })

  it('in the middle of a merge', () => {
    git(root, 'checkout', '--quiet', '-b', 'side')
    write(root, 'a.txt', 'side\n')
    commitAll(root)
    git(root, 'checkout', '--quiet', 'main')
    write(root, 'a.txt', 'main\n')
    commitAll(root)
    expect(() => git(root, 'merge', 'side')).toThrow()
    expect(captureCodeState(root)).toMatchObject({ state: 'dirty', untracked: [], reason: null })
  })

  it('with a change that is no UTF-8, and says why there is no diff', () => {
    write(root, 'a.txt', Uint8Array.of(0x63, 0xe9, 0x0a))
    expect(captureCodeState(root)).toEqual({ ...clean(), state: 'dirty', reason: 'the diff is not UTF-8' })
  })

  it('with a change too long to keep, and says so', () => {
    write(root, 'a.txt', 'x'.repeat(5 * 2 ** 20))
    expect(captureCodeState(root)).toEqual({
      ...clean(),
      state: 'dirty',
      reason: 'git diff printed more than 4 MiB',
    })
  })

  /** A clone of the tree's commit with the diff applied to its files. */
  function clonedAndPatched({ diff }: CodeState): string {
    write(scratch, 'a.patch', diff ?? '')
    git(scratch, 'clone', '--quiet', root, 'patched')
    git(join(scratch, 'patched'), 'apply', join(scratch, 'a.patch'))
    return join(scratch, 'patched')
  }
})

describe('a submodule', () => {
  let commit: string
  beforeEach(() => {
    commit = git(repository('part'), 'rev-parse', 'HEAD')
    git(root, 'submodule', '--quiet', 'add', join(scratch, 'part'), 'part')
    commitAll(root)
  })
  const submodule = (state: string) => ({ path: 'part', commit, state })

  it('as the commit has it leaves the tree clean, and is named', () => {
    expect(captureCodeState(root)).toEqual({ ...clean(), submodules: [submodule('clean')] })
  })

  it('that was never checked out is absent from a clean tree', () => {
    git(scratch, 'clone', '--quiet', root, 'clone')
    expect(captureCodeState(join(scratch, 'clone'))).toEqual({ ...clean(), submodules: [submodule('absent')] })
  })

  it.each([
    ['a changed file', () => write(root, 'part/a.txt', 'two\n')],
    ['an untracked file', () => write(root, 'part/new.txt', '')],
    ['another commit', () => git(join(root, 'part'), ...'commit --quiet --allow-empty -m x'.split(' '))],
  ])('with %s makes the tree dirty, also where settings ignore it', (_, change) => {
    git(root, 'config', 'submodule.part.ignore', 'all')
    change()
    const state = captureCodeState(root)
    expect(state).toMatchObject({ state: 'dirty', submodules: [submodule('dirty')] })
    expect(state.diff).toContain(`-Subproject commit ${commit}\n`)
  })
})

describe('a tree is unknown, never clean', () => {
  it('without a git program', () => {
    vi.stubEnv('PATH', join(scratch, 'nowhere'))
    expect(captureCodeState(root)).toEqual(unknown('there is no program git'))
  })

  it('outside a repository', () => {
    mkdirSync(join(scratch, 'plain'))
    expect(captureCodeState(join(scratch, 'plain'))).toEqual(unknown(expect.stringContaining('not a git repository')))
  })

  it('in a folder of another repository, which knows nothing of it', () => {
    write(root, 'runs/copy/a.txt', 'one\n')
    expect(captureCodeState(join(root, 'runs/copy'))).toEqual(unknown(expect.stringContaining('not a git repository')))
    expect(captureCodeState(root)).toEqual(clean())
  })

  it('before the first commit', () => {
    const fresh = join(scratch, 'fresh')
    git(scratch, 'init', '--quiet', 'fresh')
    expect(captureCodeState(fresh)).toEqual(unknown('the repository has no commit yet'))
  })

  it('where git does not trust the owner of the repository', () => {
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1')
    expect(captureCodeState(root)).toEqual(unknown(expect.stringContaining('dubious ownership')))
  })

  it('where the index is broken', () => {
    write(root, '.git/index', 'not an index')
    expect(captureCodeState(root)).toEqual(unknown(expect.stringContaining('index')))
  })

  it('where git does not answer in time', () => {
    write(root, '.gitattributes', 'a.txt filter=slow\n')
    git(root, 'config', 'filter.slow.clean', 'sleep 60')
    write(root, 'a.txt', 'two\n')
    expect(captureCodeState(root, 200)).toEqual(unknown('git status took longer than 0.2 s'))
    git(root, 'config', 'filter.slow.clean', 'cat')
    expect(captureCodeState(root).state).toBe('dirty')
  })
})

describe('--require-clean', () => {
  it('takes a clean tree', () => {
    expect(() => requireClean(captureCodeState(root))).not.toThrow()
  })

  it('refuses a dirty one and names what it found', () => {
    git(root, 'update-index', '--skip-worktree', 'a.txt')
    for (const name of ['b', 'c', 'd', 'e']) write(root, name, '')
    write(root, '.gitignore', '')
    const { commit } = clean()
    expect(() => requireClean(captureCodeState(root))).toThrow(
      expect.objectContaining({
        code: 'not-clean',
        exitStatus: 64,
        message: `the tree at commit ${commit?.slice(0, 7)} is dirty: changes of tracked files; untracked b, c, d and 1 more; files hidden from git status a.txt`,
      }),
    )
  })

  it('refuses one of which nothing is known, with the reason', () => {
    vi.stubEnv('PATH', join(scratch, 'nowhere'))
    expect(() => requireClean(captureCodeState(root))).toThrow(
      expect.objectContaining({
        code: 'not-clean',
        message: 'the state of the tree is unknown: there is no program git',
      }),
    )
  })
})
