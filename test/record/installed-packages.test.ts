// Goal: every way in which npm's own note of what it installed can differ from the lockfile is found, and nothing else is.
// Left out: changed files inside a package, which are not looked at.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/digest.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { captureInstalledPackages } from '../../src/record/installed-packages.ts'

type Entries = Record<string, Record<string, unknown> | undefined>

const PINNED: Entries = {
  '': { name: 'a-project', version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
  'node_modules/here': { version: '1.0.0', integrity: 'sha512-here', optional: true, os: [process.platform] },
  'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true, os: ['plan9'] },
  'node_modules/other-chip': { version: '1.0.0', integrity: 'sha512-o', optional: true, cpu: 'pdp11' },
  'node_modules/not-here': { version: '1.0.0', integrity: 'sha512-n', optional: true, os: [`!${process.platform}`] },
  'node_modules/below-elsewhere': { version: '1.0.0', integrity: 'sha512-d', optional: true },
  'node_modules/for-developers': { version: '1.0.0', integrity: 'sha512-f', dev: true },
}
const { '': _, 'node_modules/a': a, 'node_modules/a/node_modules/b': b, 'node_modules/here': here } = PINNED
const INSTALLED: Entries = { 'node_modules/a': a, 'node_modules/a/node_modules/b': b, 'node_modules/here': here }

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'))
  mkdirSync(join(root, 'node_modules'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(pinned: Entries, installed: Entries): string {
  const text = JSON.stringify({ lockfileVersion: 3, packages: pinned })
  writeFileSync(join(root, 'package-lock.json'), text)
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  return text
}

describe('installed packages', () => {
  it('have not drifted where only what this platform and a user can do without is absent', () => {
    const text = write(PINNED, INSTALLED)
    expect(captureInstalledPackages(root)).toEqual({
      sha256: sha256(text),
      withoutIntegrity: [],
      drift: 'none',
      reason: null,
      differences: [],
      contentsHashed: false,
    })
  })

  it.each<[string, Entries, object]>([
    [
      'a missing one',
      { 'node_modules/a': undefined },
      { package: 'node_modules/a', lockfile: '1.0.0', installed: null },
    ],
    [
      'a missing optional one of this platform',
      { 'node_modules/here': undefined },
      { package: 'node_modules/here', lockfile: '1.0.0', installed: null },
    ],
    [
      'another version',
      { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-c' } },
      { package: 'node_modules/a', lockfile: '1.0.0', installed: '1.0.1' },
    ],
    [
      'another archive of the same version',
      { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-c' } },
      { package: 'node_modules/a', lockfile: 'sha512-a', installed: 'sha512-c' },
    ],
    [
      'an archive that nobody checked',
      { 'node_modules/a': { version: '1.0.0' } },
      { package: 'node_modules/a', lockfile: 'sha512-a', installed: 'no integrity' },
    ],
    [
      'another version of an optional one of elsewhere',
      { 'node_modules/elsewhere': { version: '2.0.0', integrity: 'sha512-e', optional: true } },
      { package: 'node_modules/elsewhere', lockfile: '1.0.0', installed: '2.0.0' },
    ],
    [
      'one that the lockfile does not know',
      { 'node_modules/c': { version: '3.0.0', integrity: 'sha512-c' } },
      { package: 'node_modules/c', lockfile: null, installed: '3.0.0' },
    ],
    [
      'a link to a folder of somebody',
      { 'node_modules/a': { version: '1.0.0', resolved: '../a', link: true } },
      { package: 'node_modules/a', lockfile: '1.0.0', installed: 'link to ../a' },
    ],
  ])('have drifted with %s', (_name, changed, difference) => {
    write(PINNED, { ...INSTALLED, ...changed })
    expect(captureInstalledPackages(root)).toMatchObject({ drift: 'drifted', reason: null, differences: [difference] })
  })

  it('are listed where the lockfile has no integrity: not the root, links, or what comes inside another', () => {
    const unpinned: Entries = {
      'node_modules/from-git': { version: '1.0.0', resolved: 'git+ssh://example.org/x.git#abc' },
      'node_modules/ours': { resolved: 'packages/ours', link: true },
      'packages/ours': { version: '1.0.0' },
      'node_modules/a/node_modules/inside': { version: '1.0.0', inBundle: true },
    }
    write({ ...PINNED, ...unpinned }, { ...INSTALLED, ...unpinned })
    expect(captureInstalledPackages(root)).toMatchObject({ drift: 'none', withoutIntegrity: ['node_modules/from-git'] })
  })

  it.each([
    ['was never written', undefined],
    ['is half written', '{"packages": {'],
    ['is of an npm that did not name packages', '{"lockfileVersion": 1, "dependencies": {}}'],
  ])('are unknown where their note %s', (_name, note) => {
    write(PINNED, {})
    const file = join(root, 'node_modules/.package-lock.json')
    if (note === undefined) rmSync(file)
    else writeFileSync(file, note)
    expect(captureInstalledPackages(root)).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      drift: 'unknown',
      reason: expect.stringMatching(/ENOENT|JSON|npm 6/),
      differences: [],
    })
  })

  it('are unknown, and so is the digest, without a lockfile', () => {
    write(PINNED, INSTALLED)
    rmSync(join(root, 'package-lock.json'))
    expect(captureInstalledPackages(root)).toMatchObject({
      sha256: null,
      drift: 'unknown',
      reason: expect.stringContaining('ENOENT'),
    })
  })
})

it('the lockfile of this project pins every package by integrity', () => {
  const { sha256: digest, withoutIntegrity } = captureInstalledPackages()
  expect(withoutIntegrity).toEqual([])
  expect(digest).toBe(sha256(readFileSync(join(projectRoot, 'package-lock.json'))))
})
