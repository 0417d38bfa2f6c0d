// Goal: the linter's floating-promise rule really fires under our configuration. The fixtures are outside what
// `npm run check` lints, so they are copied to a folder of their own with the project's biome.json.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'

function lint(fixture: string): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'))
  try {
    const configuration = JSON.parse(readFileSync(join(projectRoot, 'biome.json'), 'utf8'))
    const { $schema: _schema, vcs: _vcs, files: _files, ...rules } = configuration
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules))
    copyFileSync(join(projectRoot, 'test/fixtures/lint', fixture), join(folder, fixture))
    const biome = join(projectRoot, 'node_modules/.bin/biome')
    const { status, stdout, stderr } = spawnSync(biome, ['lint', '--error-on-warnings', '.'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

it('a promise that nobody awaits is an error', () => {
  const { status, output } = lint('floating-promise.ts')
  expect(status).toBe(1)
  expect(output).toContain('noFloatingPromises')
})

it('an awaited promise is none', () => {
  expect(lint('awaited-promise.ts').status).toBe(0)
})
