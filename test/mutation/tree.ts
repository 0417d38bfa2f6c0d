import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/core/paths.ts'

/** One change of one source file. `find` must stand there exactly once, so that a mutant is never the original. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** A copy of the project, outside git unless it is committed, to be changed and run. */
export class TreeCopy implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'reducible-tree-'))

  constructor() {
    for (const part of ['src', 'cluster', 'kernels', 'configs', 'package.json', 'package-lock.json']) {
      cpSync(join(projectRoot, part), join(this.root, part), { recursive: true })
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(this.root, 'node_modules'))
  }

  /** @throws {Error} the text to replace does not stand there exactly once. */
  apply({ file, find, replace }: Edit): void {
    const path = join(this.root, file)
    const text = readFileSync(path, 'utf8')
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`'${find}' stands ${count} times in ${file}, want once`)
    writeFileSync(
      path,
      text.replace(find, () => replace),
    )
  }

  /** Makes the copy a clean clone: everything in it committed, what npm and runs leave there ignored. */
  commit(): void {
    const git = (...words: string[]): void => {
      execFileSync('git', ['-C', this.root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { stdio: 'pipe' })
    }
    git('init', '--quiet')
    writeFileSync(join(this.root, '.git/info/exclude'), 'node_modules\nruns\n')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'copy')
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** A copy with everything committed, as a clone of somebody who is known to git. What a run writes is ignored. */
export function committedTree(): TreeCopy {
  const tree = new TreeCopy()
  writeFileSync(join(tree.root, '.gitignore'), 'node_modules\nruns/\n')
  git(tree, 'init', '--quiet')
  git(tree, 'config', 'user.name', 'a')
  git(tree, 'config', 'user.email', 'a@example.org')
  git(tree, 'config', 'commit.gpgsign', 'false')
  commitAll(tree)
  return tree
}

/** Commits what changed. */
export function commitAll(tree: TreeCopy): void {
  git(tree, 'add', '--all')
  git(tree, 'commit', '--quiet', '--message=all')
}

/** What git prints in a copy. */
export function git({ root }: TreeCopy, ...words: string[]): string {
  return execFileSync('git', ['-C', root, ...words], { encoding: 'utf8' })
}
