// Runs before `npm run reproduce` and `npm test`, under whatever Node the machine has: installs what the lockfile says
// when node_modules is missing or older than the lockfile. npm's output goes to stderr, so that stdout stays the command's.
import { spawnSync } from 'node:child_process'
import { lstatSync, readlinkSync, statSync } from 'node:fs'

const installed = modifiedMs('node_modules/.package-lock.json')
if (installed === undefined || installed < modifiedMs('package-lock.json')) {
  if (lstatSync('node_modules', { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would empty what it links to.
    const target = readlinkSync('node_modules')
    console.error(
      `reducible: node_modules is a symbolic link to ${target}, which does not hold what package-lock.json pins; ` +
        'remove the link (rm node_modules) and run the command again',
    )
    process.exit(64)
  }
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
