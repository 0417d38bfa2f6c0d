// Goal: a package has all that a run reads, and starts threads and processes from files that it has; and it knows the commit it
// was built from as long as no file of it is another. Left out: installing and running it (test/system/package.system.test.ts).
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildTree } from '../../cluster/launch/packaging/build.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { type Build, filesBelow } from '../../src/record/built-tree.ts'
import { builtState, type CodeState, captureCodeState, requireClean } from '../../src/record/code-state.ts'
import { captureInstalledPackages } from '../../src/record/installed-packages.ts'
import { digestsOf } from '../../src/record/source-digest.ts'

const IN_PLACE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'src/cli/reducible.mjs', 'docs/schemas']

let root: string
let dist: string
let build: Build
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'reducible-package-'))
  dist = join(root, 'node_modules/reducible/dist')
  build = buildTree(dist)
  for (const file of IN_PLACE) cpSync(join(projectRoot, file), join(dist, '..', file), { recursive: true })
})
afterAll(() => rmSync(root, { recursive: true }))

const javascript = (): string[] => filesBelow(dist).filter((file) => file.endsWith('.js'))

/** Names of TypeScript files that a program would open. */
function typescriptNames(text: string): string[] {
  return text.match(/(['"`])[^'"`\s]*\.ts\1/g) ?? []
}

describe('a built tree', () => {
  it('names no TypeScript file, and has none', () => {
    expect(javascript().length).toBeGreaterThan(200)
    expect(javascript().flatMap((file) => typescriptNames(readFileSync(file, 'utf8')))).toEqual([])
    expect(filesBelow(dist).filter((file) => file.endsWith('.ts'))).toEqual([])
    expect(typescriptNames("new URL('shared-rank.ts', import.meta.url)")).toEqual(["'shared-rank.ts'"])
  })

  it('has the modules that threads and processes run', () => {
    const started = javascript().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/moduleBeside\(import\.meta\.url, '([^']+)'\)/g)].map(([, name]) =>
        relative(dist, join(dirname(file), `${name}.js`)),
      ),
    )
    expect([...new Set(started)].sort()).toEqual([
      'cluster/inject/busy.js',
      'cluster/worker/node-rank-thread.js',
      'src/cli/main.js',
      'src/gradient/gpu/bench-adapter.js',
      'src/gradient/gpu/enumerate.js',
      'src/gradient/gpu/probe-adapter.js',
      'src/reduce/transport/shared-rank.js',
      'src/spread/worker.js',
    ])
    expect(Object.keys(build.files)).toEqual(expect.arrayContaining(started))
  })

  it('keeps what git says of the sources', () => {
    expect(build.code).toEqual(captureCodeState(projectRoot))
  })

  it('has what code reads from beside it, as the sources have it', () => {
    for (const file of [
      'cluster/proto/generated.js',
      'configs/claims/capstone-41.8.yaml',
      'kernels/probe/loop.wgsl',
      'package-lock.json',
      'src/evidence/book/harness.py',
      'src/reduce/transport/wasm/add.wasm',
      'src/spread/wasm/order.wasm',
      'src/stats/coverage.json',
    ]) {
      expect(readFileSync(join(dist, file)).equals(readFileSync(join(projectRoot, file))), file).toBe(true)
    }
  })

  it('runs, from the launcher of the package and from its own', () => {
    symlinkSync(join(projectRoot, 'node_modules'), join(dist, '../node_modules'))
    for (const launcher of ['src/cli/reducible.mjs', 'dist/src/cli/reducible.mjs']) {
      const words = [join(dist, '..', launcher), 'bench', '--explain', 'ring', '--ranks', '2']
      expect(execFileSync(process.execPath, words, { encoding: 'utf8' })).toContain('ring')
    }
    unlinkSync(join(dist, '../node_modules'))
  })
})

it('npm packs the whole built tree, the command and the schemas, and no source or test', () => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const packed = JSON.parse(execFileSync('npm', words, { cwd: join(dist, '..'), encoding: 'utf8', stdio: 'pipe' }))
  const [{ files }] = Object.values(packed) as [{ files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  const built = filesBelow(dist).map((file) => relative(join(dist, '..'), file))
  expect(paths.filter((path) => path.startsWith('dist/')).sort()).toEqual(built.sort())
  expect(paths).toEqual(expect.arrayContaining(['docs/schemas/manifest.schema.json', ...IN_PLACE.slice(0, 5)]))
  expect(paths.filter((path) => /^(dist\/)?(test|bench|packaging|runs)\/|\.ts$/.test(path))).toEqual([])
})

it('as a package of another project it says that nobody knows what its lockfile pinned', () => {
  const { drift, reason } = captureInstalledPackages(dist)
  expect(drift).toBe('unknown')
  expect(reason).toContain('is a package of another project')
})

describe('the state of the code', () => {
  let tree: string
  beforeEach(() => {
    tree = join(root, 'tree')
    rmSync(tree, { recursive: true, force: true })
    cpSync(dist, tree, { recursive: true })
    seen(CLEAN)
  })

  const CLEAN: CodeState = {
    commit: 'a'.repeat(40),
    state: 'clean',
    reason: null,
    shallow: false,
    diff: null,
    untracked: [],
    submodules: [],
    hidden: [],
  }

  /** Rewrites build.json as if git had seen the sources so. */
  function seen(code: CodeState): void {
    writeFileSync(join(tree, 'build.json'), JSON.stringify({ ...build, code }))
  }

  it('is what git saw of the sources, with their digests', () => {
    expect(builtState(tree)).toEqual(CLEAN)
    expect(digestsOf(tree)).toEqual(digestsOf(projectRoot))
    const dirty: CodeState = { ...CLEAN, state: 'dirty', diff: 'a difference' }
    seen(dirty)
    expect(builtState(tree)).toEqual(dirty)
  })

  it.each<[string, string, (file: string) => void]>([
    ['a changed module', 'src/core/digest.js', (file) => appendFileSync(file, '\n')],
    ['a changed claim', 'configs/claims/smoke.yaml', (file) => appendFileSync(file, '\n')],
    ['another lockfile', 'package-lock.json', (file) => appendFileSync(file, '\n')],
    ['a missing kernel', 'kernels/probe/loop.wgsl', unlinkSync],
    ['an added module', 'cluster/launch/new.js', (file) => writeFileSync(file, '')],
  ])('is unknown with %s, which it names', (_, file, change) => {
    change(join(tree, file))
    const found = builtState(tree)
    expect(found).toMatchObject({ commit: null, state: 'unknown', reason: expect.stringContaining(file) })
    expect(() => found && requireClean(found)).toThrow(file)
  })

  it('a changed module has a digest of its own; a changed claim leaves the source digest', () => {
    const { sourceDigest } = digestsOf(projectRoot)
    appendFileSync(join(tree, 'configs/claims/smoke.yaml'), '\n')
    expect(digestsOf(tree).sourceDigest).toBe(sourceDigest)
    appendFileSync(join(tree, 'src/core/digest.js'), '\n')
    expect(digestsOf(tree).sourceDigest).not.toBe(sourceDigest)
  })

  it('a tree of sources has no build.json, and asks git', () => {
    mkdirSync(join(root, 'sources'), { recursive: true })
    expect(builtState(join(root, 'sources'))).toBeUndefined()
    expect(builtState(projectRoot)).toBeUndefined()
  })
})
