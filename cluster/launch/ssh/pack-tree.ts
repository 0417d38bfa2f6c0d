import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-fs'
import { ReducibleError } from '../../../src/core/errors.ts'
import { projectRoot } from '../../../src/core/paths.ts'

const TREE = ['src', 'cluster', 'kernels', 'configs', 'package.json', 'build.json']
/** Comes last: without it a tree cannot say what it is, so one that was cut short is found out. */
const LAST = 'package-lock.json'
/** Runs the tree; npm links it to the Node of the lockfile. */
const NODE = 'node_modules/.bin/node'

/**
 * A tree as a tar, by default the one this process runs from: sources or JavaScript, and the packages that npm installed for this kind of machine,
 * Node among them, without those that only developers need.
 * @throws {ReducibleError} usage: they are not in the tree.
 */
export function packTree(root = projectRoot): Readable {
  const lockfile = readFileSync(join(root, LAST))
  const packages = installedPackages(root, lockfile.toString())
  if (!existsSync(join(root, NODE))) {
    const text = `the tree ${root} has no ${NODE}, so a copy of it would not run`
    throw new ReducibleError('usage', text, { remedy: 'launch from a clone after `npm ci`, or from a bundle' })
  }
  const entries = [...TREE.filter((name) => existsSync(join(root, name))), ...packages, NODE]
  const tar = pack(root, {
    entries,
    finalize: false,
    finish: (unfinished) => {
      unfinished.entry({ name: LAST }, lockfile)
      unfinished.finalize()
    },
  })
  return Readable.from(tar, { objectMode: false })
}

/** Their folders; a package inside another comes with it. */
function installedPackages(root: string, lockfile: string): string[] {
  const { packages } = JSON.parse(lockfile) as { packages: Readonly<Record<string, { dev?: boolean }>> }
  return Object.entries(packages)
    .filter(([folder, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(folder) && dev !== true)
    .map(([folder]) => folder)
    .filter((folder) => existsSync(join(root, folder)))
}
