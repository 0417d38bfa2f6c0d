// Runs before `npm run reproduce` and `npm test`, under whatever Node the machine has: installs what the lockfile says
// when node_modules is missing or older than the lockfile. npm's output goes to stderr, so that stdout stays the command's.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

const installed = modifiedMs('node_modules/.package-lock.json')
if (installed === undefined || installed < modifiedMs('package-lock.json')) {
  const npm = process.env.npm_execpath
  const [command, ...words] = npm ? [process.execPath, npm, 'ci'] : ['npm', 'ci']
  console.error('reducible: installing what package-lock.json pins (npm ci)')
  const { status } = spawnSync(command, [...words, '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] })
  process.exit(status ?? 70)
}

function modifiedMs(file) {
  try {
    return statSync(file).mtimeMs
  } catch {
    return undefined
  }
}
