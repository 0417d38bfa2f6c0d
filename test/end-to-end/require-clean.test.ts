// Goal: a tree that is not clean is refused before any work where that is asked for, as it is in CI. Left out: what makes
// a tree dirty (code-state.test.ts).
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { committedTree, TreeCopy } from '../mutation/tree.ts'
import { Command, documentOf, type Finished, manifestOf, runFolders, Scratch } from './reducible.ts'

const RUN = 'run configs/smoke.yaml --nodes 1 --seeds 0 --steps 2 --adapter swiftshader'
const COMMANDS = [RUN, 'reproduce configs/claims/smoke.yaml', 'spread --cluster configs/spread-mnist-mlp.yaml']

function finish(words: string, scratch: Scratch, tree: TreeCopy, environment = {}): Promise<Finished> {
  return new Command([...words.split(' '), '--json', '--out', scratch.path], environment, tree.root).finished
}

function expectRefused(finished: Finished, scratch: Scratch, reason: string): void {
  expect(finished.status).toBe(64)
  expect(documentOf(finished)).toMatchObject({ status: 'failed', error: { code: 'not-clean' } })
  expect(finished.stderr).toContain(reason)
  expect(runFolders(scratch, '.')).toEqual([])
}

describe('a tree that git knows nothing of', () => {
  it.each(COMMANDS)('is refused by `%s --require-clean`', async (words) => {
    using scratch = new Scratch()
    using tree = new TreeCopy()
    const finished = await finish(`${words} --require-clean`, scratch, tree)
    expectRefused(finished, scratch, 'the state of the tree is unknown: not a git repository')
  })
})

describe('in CI', () => {
  const CI = { CI: 'true' }

  it('a clean tree runs, a comment in a source file is refused, and --no-require-clean lets it run', async () => {
    using tree = committedTree()
    using clean = new Scratch()
    const first = await finish(RUN, clean, tree, CI)
    expect(first.status, first.stderr).toBe(0)
    expect(manifestOf(String(documentOf(first).run)).code.state).toBe('clean')

    appendFileSync(join(tree.root, 'src/core/ulp.ts'), '// a comment\n')
    using refused = new Scratch()
    expectRefused(await finish(RUN, refused, tree, CI), refused, 'is dirty: changes of tracked files')

    const allowed = await finish(`${RUN} --no-require-clean`, refused, tree, CI)
    expect(allowed.status, allowed.stderr).toBe(0)
    const run = String(documentOf(allowed).run)
    expect(manifestOf(run).code.state).toBe('dirty')
    expect(readFileSync(join(run, 'diff.patch'), 'utf8')).toContain('+// a comment')
  })
})
