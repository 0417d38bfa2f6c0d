// Goal: a run from a clean tree is made again to the same bits and its record stays as it was; what cannot be replayed is
// refused with one sentence. Left out: worktrees, perturbations and swaps (replay.long.test.ts), the levels (replay-level.test.ts).
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkChecksums } from '../../src/record/checksums.ts'
import { readJson } from '../../src/record/files.ts'
import { thisOwner } from '../../src/record/manifest.ts'
import { committedTree, git, type TreeCopy } from '../mutation/tree.ts'
import { Command, documentOf, type Finished, manifestOf, Scratch } from './reducible.ts'

const STUDY = 'run configs/smoke.yaml --nodes 2 --steps 3 --seeds 0 --adapter swiftshader'

describe('a run from a clean tree', () => {
  const scratch = new Scratch()
  let tree: TreeCopy
  let run: string

  const finish = (words: string, out = scratch.path): Promise<Finished> =>
    new Command([...words.split(' '), '--json', '--out', out], {}, tree.root).finished
  const replay = (flags = '', of = run): Promise<Finished> =>
    finish(`replay ${of} ${flags}`.trim(), join(scratch.path, 'again'))

  beforeAll(async () => {
    tree = committedTree()
    run = String(documentOf(await finish(STUDY)).run)
  })
  afterAll(() => {
    tree[Symbol.dispose]()
    scratch[Symbol.dispose]()
  })

  it('is made again to the numerical level by its operator, who repeats it', async () => {
    const sums = readFileSync(join(run, 'SHA256SUMS'), 'utf8')
    const finished = await replay()
    expect(finished.status, finished.stderr).toBe(0)
    const document = documentOf(finished)
    expect(document).toMatchObject({
      verdict: 'true',
      kind: 'repeat',
      signed: false,
      level: { claimed: null, expected: 'numerical', achieved: 'numerical' },
      inputsThatDiffer: [],
    })
    const again = String(document.run)
    expect(readJson(join(again, 'replay-verdict.json'))).toMatchObject({
      of: manifestOf(run).runId,
      level: document.level,
    })
    expect(manifestOf(again).inputs).toEqual(manifestOf(run).inputs)
    checkChecksums(again)
    checkChecksums(run)
    expect(readFileSync(join(run, 'SHA256SUMS'), 'utf8')).toBe(sums)
  })

  it('is reproduced by another operator, in a tree that was dirtied since beside its sources', async () => {
    const file = join(tree.root, 'configs/smoke.yaml')
    const text = readFileSync(file, 'utf8')
    appendFileSync(file, '# later\n')
    try {
      const finished = await replay('--operator somebody')
      expect(finished.status, finished.stderr).toBe(0)
      expect(documentOf(finished)).toMatchObject({ kind: 'reproduce', level: { achieved: 'numerical' } })
    } finally {
      writeFileSync(file, text)
    }
  })

  it.each([
    ['--swap study', '--swap and --from go together'],
    ['--swap weather --from runs/x', '--swap wants some of code, study'],
    ['--perturb weather', '--perturb wants some of seed, nodes'],
    ['--level best', '--level must be one of numerical'],
  ])('is not replayed with %s', async (flags, said) => {
    const { status, stderr } = await replay(flags)
    expect(stderr).toContain(said)
    expect(status).toBe(64)
  })

  describe('that is no longer whole', () => {
    const edited = (edit: (folder: string) => void): string => {
      const folder = join(scratch.path, 'edited')
      rmSync(folder, { recursive: true, force: true })
      cpSync(run, folder, { recursive: true })
      edit(folder)
      return folder
    }
    const withManifest = (changes: object) => (folder: string) =>
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifestOf(folder), ...changes }))

    it.each([
      [
        'edited',
        (folder: string) => appendFileSync(join(folder, 'samples.jsonl'), ' '),
        'samples.jsonl is not as SHA256SUMS has it',
      ],
      [
        'without its orders',
        (folder: string) => rmSync(join(folder, 'orders'), { recursive: true }),
        'is missing, though',
      ],
      ['still running', withManifest({ status: 'running', owner: thisOwner() }), 'is still running'],
      ['failed', withManifest({ status: 'failed' }), 'failed'],
      ['of a newer schema', withManifest({ schemaVersion: 99 }), 'has schema version 99'],
      ['another thing', (folder: string) => writeFileSync(join(folder, 'manifest.json'), '[]'), 'manifest.json: '],
    ] as const)('is refused when it is %s', async (_, edit, said) => {
      const { status, stderr } = await replay('', edited(edit))
      expect(stderr).toContain(said)
      expect(status).toBe(64)
    })
  })

  it('is refused by a repository that lacks its commit, a shallow clone and a folder without git', async () => {
    const folder = join(tree.root, '.git')
    const kept = join(scratch.path, 'git')
    cpSync(folder, kept, { recursive: true })
    try {
      rmSync(folder, { recursive: true })
      expect((await replay()).stderr).toContain('[no-commit] cannot look for commit')
      git(tree, 'init', '--quiet')
      const foreign = await replay()
      expect(foreign.stderr).toContain('[no-commit] this clone does not have the commit')
      expect(foreign.status).toBe(64)
      writeFileSync(join(folder, 'shallow'), `${'1'.repeat(40)}\n`)
      expect((await replay()).stderr).toContain('Run `git fetch --depth 1 origin ')
    } finally {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      cpSync(kept, folder, { recursive: true })
    }
  })
})

it('a run from a dirty tree is refused', async () => {
  using scratch = new Scratch()
  using tree = committedTree()
  appendFileSync(join(tree.root, 'src/core/ulp.ts'), '// a comment\n')
  const finish = (words: string): Promise<Finished> =>
    new Command([...words.split(' '), '--json', '--out', scratch.path], {}, tree.root).finished
  const run = String(documentOf(await finish(STUDY)).run)
  const refused = await finish(`replay ${run}`)
  expect(refused.stderr).toContain('[not-clean]')
  expect(refused.status).toBe(64)
})
