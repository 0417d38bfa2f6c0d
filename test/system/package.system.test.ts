// Goal: what leaves the clone runs without it: the package of `npm pack`, installed into an empty folder, and the bundle, in an empty
// environment and a network namespace that reaches nothing. The package wants the registry, the bundle npm's cache or the registry,
// and a kernel that gives namespaces; each skips by name. Left out: the image, for want of an engine.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { codeState } from '../../src/record/code-state.ts'
import type { Manifest } from '../../src/record/manifest-schema.ts'
import { codeDigests } from '../../src/record/source-digest.ts'
import { Scratch } from '../end-to-end/reducible.ts'

/** Half a gigabyte of small files is written, on a disk that may have other work. */
const LIMIT_MS = 900_000

const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED/

it(
  'a package installed into an empty folder reproduces, and knows its commit',
  ({ skip }) => {
    using scratch = new Scratch()
    execFileSync('npm', ['pack', '--pack-destination', scratch.path], { cwd: projectRoot, stdio: 'pipe' })
    const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', './reducible-0.1.0.tgz']
    const installed = spawnSync('npm', words, { cwd: scratch.path, env: outsider(), encoding: 'utf8' })
    if (UNREACHABLE.test(installed.stderr)) skip('needs the npm registry')
    expect(installed.status, installed.stderr).toBe(0)
    const command = ['--no-install', 'reducible', 'reproduce', '--quick', '--json']
    const finished = spawnSync('npx', command, { cwd: scratch.path, env: outsider(), encoding: 'utf8' })
    expect(finished.status, finished.stderr).toBe(0)
    const { code, environment } = manifestOf(finished.stdout)
    expect(code).toMatchObject(sources())
    expect(environment.node).toBe(process.versions.node)
    expect(environment.lockfile).toMatchObject({ drift: 'unknown', differences: [] })
  },
  LIMIT_MS,
)

it(
  'the bundle reproduces in an empty environment without a network',
  ({ skip }) => {
    const built = spawnSync('npm', ['run', '--silent', 'bundle'], { cwd: projectRoot, encoding: 'utf8' })
    if (UNREACHABLE.test(built.stderr)) skip("needs the npm registry, or its packages in npm's cache")
    expect(built.status, built.stderr).toBe(0)
    if (spawnSync('unshare', ['-rn', 'true']).status !== 0) skip('needs a kernel that lets us make a network namespace')
    using scratch = new Scratch()
    const environment = { HOME: scratch.path, PATH: '/usr/sbin:/usr/bin:/bin' }
    const inside = `ip link set lo up; exec ${join(projectRoot, built.stdout.trim())}/reducible reproduce --quick --json`
    const finished = spawnSync('unshare', ['-rn', 'sh', '-c', inside], {
      cwd: scratch.path,
      env: environment,
      encoding: 'utf8',
    })
    expect(finished.status, finished.stderr).toBe(0)
    const { code, environment: recorded } = manifestOf(finished.stdout)
    expect(code).toMatchObject(sources())
    expect(recorded.lockfile).toMatchObject({ drift: 'none', withoutIntegrity: [] })
    // The driver came out of the bundle.
    expect(existsSync(join(scratch.path, '.cache/reducible/drivers'))).toBe(true)
  },
  LIMIT_MS,
)

/** Our environment without what npm and vitest put there: the PATH of somebody who has no clone. */
function outsider(): NodeJS.ProcessEnv {
  const { HOME, PATH = '' } = process.env
  const own = PATH.split(':').filter((folder) => !folder.startsWith(projectRoot))
  return { HOME, PATH: own.join(':') }
}

/** What a manifest of the sources themselves would say of them. */
function sources(): Partial<Manifest['code']> {
  const { commit, state, shallow } = codeState()
  const { sourceDigest, kernelsDigest } = codeDigests()
  return { commit, state, shallow, sourceDigest, kernelsDigest }
}

function manifestOf(stdout: string): Manifest {
  const { verdict, run } = JSON.parse(stdout) as { verdict: string; run: string }
  expect(verdict).toBe('true')
  return JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as Manifest
}
