import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../core/errors.ts'
import type { CodeState } from './code-state.ts'
import { prettyJson, readJson, writeAtomically } from './files.ts'
import type { CodeDigests } from './source-digest.ts'

/** manifest.json: what was run, by what, and how it ended. */
export interface Manifest {
  readonly schemaVersion: 1
  readonly runId: string
  readonly status: 'running' | 'done' | 'failed' | 'interrupted'
  readonly owner: ProcessIdentity
  readonly startedAt: string
  readonly endedAt: string | null
  readonly command: readonly string[]
  readonly studyFile: string
  readonly claimFile: string | null
  readonly quick: boolean
  /** Keys of the study that the command line replaced. */
  readonly overrides: Readonly<Record<string, string>>
  readonly simulated: false
  readonly code: CodeState & CodeDigests
  readonly failure: RunFailure | null
}

/** A process, told apart from a later one of the same number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly bootId: string | null
  /** Clock ticks from boot to its start; null where the system does not tell. */
  readonly startTicks: number | null
}

export interface RunFailure {
  readonly code: ErrorCode
  readonly message: string
  /** The trial and step in flight, where known. */
  readonly trial: string | null
  readonly step: number | null
}

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
  const manifest = readJson(join(folder, FILE)) as Manifest
  if (manifest.status !== 'running' || isAlive(manifest.owner)) return manifest
  const { trial, step } = lastStep(folder)
  const failed: Manifest = {
    ...manifest,
    status: 'failed',
    failure: { code: 'coordinator-lost', message: 'the process that owned this run is gone', trial, step },
  }
  writeManifest(folder, failed)
  return failed
}

/** This process, as the owner of a run. */
export function thisOwner(): ProcessIdentity {
  return { pid: process.pid, bootId: bootId(), startTicks: startTicks(process.pid) }
}

function isAlive(owner: ProcessIdentity): boolean {
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
