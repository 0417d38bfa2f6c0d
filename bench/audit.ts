/** Times `audit RUN…` over many copies of one run folder: `npm run bench:audit -- runs/latest`. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../src/core/paths.ts'

const COPIES = 1000
const [folder = 'runs/latest'] = process.argv.slice(2)
const copies = mkdtempSync(join(tmpdir(), 'reducible-audit-'))
try {
  const names = Array.from({ length: COPIES }, (_, copy) => join(copies, String(copy)))
  for (const name of names) cpSync(folder, name, { recursive: true, dereference: true })
  for (let repeat = 0; repeat < 3; repeat++) {
    const startedMs = performance.now()
    const words = [join(projectRoot, 'src/cli/main.ts'), 'audit', ...names, '--summary']
    const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 26 })
    const seconds = (performance.now() - startedMs) / 1000
    console.log(`${seconds.toFixed(2)} s from start to end; ${stdout.trimEnd().split('\n').at(-1)}`)
  }
} finally {
  rmSync(copies, { recursive: true })
}
