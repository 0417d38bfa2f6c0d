import { machine as machineName, type as systemName } from 'node:os'
import { ReducibleError } from '../../../src/core/errors.ts'
import type { CodeDigests } from '../../../src/record/source-digest.ts'
import { digestMismatch, workerDigests } from '../../wire/worker-digests.ts'
import { describeTree } from './describe-tree.ts'
import { packTree } from './pack-tree.ts'
import { askHost, type SshCommand, unreachable } from './remote-script.ts'

export interface TreeTerms {
  readonly ssh: SshCommand
  /** The folder on every host, absolute or from the home folder on; undefined: one in the cache, named after this tree. */
  readonly folder: string | undefined
  readonly say: (target: string, line: string) => void
  readonly signal: AbortSignal
}

/**
 * Sees to it that a host has the tree of this process, and copies it where there is none.
 * @returns its folder there.
 * @throws {ReducibleError} host-unreachable; source-mismatch: another tree or another Node is there; worker-failed: it cannot run, or
 * the copy failed.
 */
export async function treeOn(target: string, { ssh, folder, say, signal }: TreeTerms): Promise<string> {
  const variables = { dir: folder ?? '', name: nameInCache() }
  const { status, stdout, lastWords } = await askHost(ssh, target, 'check-tree.sh', variables, signal)
  if (status !== 0) throw unreachable(target, lastWords || stdout.trim()) // no shell for this user
  const [dir, machine, description] = stdout.trim().split('\n').slice(-3) // before it may be what a login shell prints
  if (description !== 'absent') {
    refuseOther(`the tree ${dir} on ${target}`, description, lastWords)
    return dir
  }
  refuseMachine(target, machine)
  say(target, `copying this tree to ${dir}`)
  const startMs = performance.now()
  const copied = await askHost(ssh, target, 'copy-tree.sh', { dir, expected: describeTree() }, signal, packTree())
  if (copied.status !== 0) {
    throw new ReducibleError(
      'worker-failed',
      `the tree could not be copied to ${dir} on ${target}: ${copied.lastWords}`,
      {
        remedy: 'is there room, and is tar there? --remote-dir names another folder',
      },
    )
  }
  say(target, `copied in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
  return dir
}

/** The same sources with another lockfile have other packages. */
function nameInCache(): string {
  const { sourceDigest, lockfileDigest } = workerDigests()
  return `${sourceDigest.slice(0, 12)}-${lockfileDigest.slice(0, 12)}`
}

function refuseOther(what: string, description: string, lastWords: string): void {
  if (description === 'broken') {
    throw new ReducibleError('worker-failed', `${what} does not run: ${lastWords}`, {
      remedy: 'run `npm ci` there, or remove it to have this tree copied; --remote-dir names another folder',
    })
  }
  const { node, ...digests } = JSON.parse(description) as CodeDigests & { node: string }
  const ours = workerDigests()
  const mismatch = digestMismatch(what, { ...digests, containerDigest: ours.containerDigest }, ours)
  if (mismatch) throw mismatch
  if (node !== process.versions.node) {
    throw new ReducibleError(
      'source-mismatch',
      `${what} runs under Node ${node}, and this is ${process.versions.node}`,
      {
        remedy: 'run `npm ci` there, which brings the Node of the lockfile',
      },
    )
  }
}

/** Packages are for one kind of machine. @param machine as uname -sm has it. @throws {ReducibleError} usage. */
function refuseMachine(target: string, machine: string): void {
  const ours = `${systemName()} ${machineName()}`
  if (machine === ours) return
  throw new ReducibleError('usage', `${target} is ${machine}, and this tree is installed for ${ours}`, {
    remedy: 'install the commit there with `npm ci`, and name the folder with --remote-dir',
  })
}
