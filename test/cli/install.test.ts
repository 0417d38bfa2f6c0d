// Goal: what runs before `npm test` installs what is missing, and never through a link, whose target npm would empty.
// Left out: npm, which a script of ours stands in for.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reducible-install-'))
  mkdirSync(join(folder, 'elsewhere'))
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(join(folder, 'npm.cjs'), "require('node:fs').writeFileSync('ran', process.argv[2])")
})

afterEach(() => rmSync(folder, { recursive: true }))

function install(): { readonly status: number | null; readonly stderr: string; readonly npmRan: boolean } {
  const { status, stderr } = spawnSync(process.execPath, [join(projectRoot, 'src/cli/install.mjs')], {
    cwd: folder,
    env: { ...process.env, npm_execpath: join(folder, 'npm.cjs') },
    encoding: 'utf8',
  })
  return { status, stderr, npmRan: existsSync(join(folder, 'ran')) }
}

it('a folder that lacks what the lockfile pins is filled, and so is none', () => {
  expect(install()).toMatchObject({ status: 0, npmRan: true })
  rmSync(join(folder, 'ran'))
  mkdirSync(join(folder, 'node_modules'))
  expect(install()).toMatchObject({ status: 0, npmRan: true })
})

it.each(['elsewhere', 'nowhere'])('a link to %s that lacks it is refused, and left as it is', (target) => {
  symlinkSync(target, join(folder, 'node_modules'))
  const { status, stderr, npmRan } = install()
  expect([status, npmRan]).toEqual([64, false])
  expect(stderr).toContain(`node_modules is a symbolic link to ${target}`)
})

it('a link to what the lockfile pins will do', () => {
  writeFileSync(join(folder, 'elsewhere', '.package-lock.json'), '{}')
  symlinkSync('elsewhere', join(folder, 'node_modules'))
  expect(install()).toMatchObject({ status: 0, npmRan: false })
})
