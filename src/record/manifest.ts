import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { prettyJson, readJson, writeAtomically } from './files.ts'
import { MANIFEST_VERSION, type Manifest, manifestSchema } from './manifest-schema.ts'

export type ProcessIdentity = Manifest['owner']
export type RunFailure = NonNullable<Manifest['failure']>

const FILE = 'manifest.json'

/** Writes the manifest of a run folder. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeAtomically(join(folder, FILE), prettyJson(manifest))
}

/**
 * Reads the manifest of a run folder. A run that says `running` though its owner is gone is marked, in the folder, as
 * failed at the last step it recorded.
 * @throws {ReducibleError} invalid-run.
 */
export function readManifest(folder: string): Manifest {
  const manifest = checkManifest(readJson(join(folder, FILE)), join(folder, FILE))
  if (manifest.status !== 'running' || isOwnerAlive(manifest.owner)) return manifest
  const { trial, step } = lastStep(folder)
  const failed: Manifest = {
    ...manifest,
    status: 'failed',
    failure: { code: 'coordinator-lost', message: 'the process that owned this run is gone', trial, step },
  }
  writeManifest(folder, failed)
  return failed
}

/** @throws {ReducibleError} invalid-run naming the first field that is not as the schema has it. */
function checkManifest(value: unknown, file: string): Manifest {
  const { schemaVersion, simulated } = (value ?? {}) as { schemaVersion?: unknown; simulated?: unknown }
  if (simulated === true) {
    throw new ReducibleError('invalid-run', `${file} says simulated: true: nothing in this folder was measured`, {
      remedy: 'name the folder of a run; a simulation does not stand beside measured ones',
    })
  }
  if (typeof schemaVersion === 'number' && schemaVersion !== MANIFEST_VERSION) {
    const text = `${file} has schema version ${schemaVersion}, this reducible reads ${MANIFEST_VERSION}`
    const remedy =
      schemaVersion > MANIFEST_VERSION ? 'use the reducible that made the run, or a newer one' : 'run the study again'
    throw new ReducibleError('invalid-run', text, { remedy })
  }
  const { success, data, error } = manifestSchema.safeParse(value)
  if (success) return data
  const [{ path, message }] = error.issues
  throw new ReducibleError('invalid-run', `${file}: ${path.join('.') || 'the document'}: ${message}`, {
    remedy: 'restore the file from the original run; `reducible audit` names all that is wrong with it',
  })
}

/** This process, as the owner of a run. */
export function thisOwner(): ProcessIdentity {
  return { pid: process.pid, bootId: bootId(), startTicks: startTicks(process.pid) }
}

/** Is the process that owns a run alive, on this machine and since the same start? */
export function isOwnerAlive(owner: ProcessIdentity): boolean {
  if (owner.bootId !== bootId() || owner.startTicks !== startTicks(owner.pid)) return false
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

function startTicks(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  } catch {
    return null
  }
}

/** The last whole line of steps.jsonl: its owner may have died while writing one. */
function lastStep(folder: string): { trial: string | null; step: number | null } {
  try {
    const text = readFileSync(join(folder, 'steps.jsonl'), 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n'))
    return JSON.parse(whole.slice(whole.lastIndexOf('\n') + 1)) as { trial: string; step: number }
  } catch {
    return { trial: null, step: null }
  }
}
