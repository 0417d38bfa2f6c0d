/**
 * `npm pack` runs this first. It makes dist/, the tree that a package, a bundle and an image run from: the sources as
 * JavaScript, since Node strips no types below node_modules, what they read, and build.json, which says what they were.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../../../src/core/paths.ts'
import { type Build, filesBelow, hashBuiltFiles } from '../../../src/record/built-tree.ts'
import { captureCodeState } from '../../../src/record/code-state.ts'
import { prettyJson } from '../../../src/record/files.ts'
import { sourceDigestOf } from '../../../src/record/source-digest.ts'

const CODE = ['src', 'cluster']
const DATA = ['kernels', 'configs', 'package.json', 'package-lock.json']

/** Makes the tree in `folder`, which is emptied first. */
export function buildTree(folder: string): Build {
  const code = captureCodeState(projectRoot)
  const sourceDigest = sourceDigestOf(projectRoot)
  rmSync(folder, { recursive: true, force: true })
  compile(folder)
  for (const file of [...CODE.flatMap(filesReadAsTheyAre), ...DATA]) {
    cpSync(join(projectRoot, file), join(folder, file), { recursive: true })
  }
  const build: Build = { schemaVersion: 1, code, sourceDigest, files: hashBuiltFiles(folder) }
  writeFileSync(join(folder, 'build.json'), prettyJson(build))
  return build
}

function compile(folder: string): void {
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc')
  const words = [tsc, '-p', join(projectRoot, 'tsconfig.build.json'), '--outDir', folder]
  execFileSync(process.execPath, words, { stdio: ['ignore', 2, 2] })
}

/** WebAssembly, tables, scripts, JavaScript: all that is no TypeScript. */
function filesReadAsTheyAre(folder: string): string[] {
  return filesBelow(join(projectRoot, folder))
    .filter((file) => !file.endsWith('.ts'))
    .map((file) => relative(projectRoot, file))
}

if (import.meta.main) {
  const { commit, state, reason } = buildTree(join(projectRoot, 'dist')).code
  const from = commit === null ? 'no known commit' : `commit ${commit.slice(0, 7)}`
  console.error(`dist/ is built from ${from}, ${state}${reason === null ? '' : ` (${reason})`}`)
}
