import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/core/paths.ts'
import { ADVERTISE_VARIABLE, LOOPBACK } from '../wire/channel.ts'
import type { WorkerOptions } from '../worker/worker.ts'

/** A worker process of this machine. */
export interface LaunchedWorker {
  readonly pid: number | undefined
  /** How the process ended, in words. */
  readonly ended: Promise<string>
  /** Ends it at once. */
  kill(): void
}

/** Starts a fresh worker process; what it prints ends up in the log file. */
export type LaunchWorker = (
  options: WorkerOptions,
  environment: Readonly<Record<string, string>>,
  logFile: string,
) => LaunchedWorker

const MAIN = join(projectRoot, 'src', 'cli', 'main.ts')

/**
 * Starts a worker process on this machine; what it prints goes to `logFile`. It ends with its coordinator's session.
 * @param environment added to ours: the driver that the adapter needs, and where it is reached if not on loopback.
 * @param entering words before the command that lead into another namespace.
 */
export function launchLocalWorker(
  options: WorkerOptions,
  environment: Readonly<Record<string, string>>,
  logFile: string,
  entering: readonly string[] = [],
): LaunchedWorker {
  const { coordinator, trial, launchIndex } = options
  const flags = ['--coordinator', coordinator, '--trial', trial, '--index', String(launchIndex)]
  const [program, ...words] = [...entering, process.execPath, MAIN, 'worker', ...flags]
  const child = spawn(program, words, {
    env: { ...process.env, [ADVERTISE_VARIABLE]: LOOPBACK, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(logFile, { flags: 'a' })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const ended = endOf(child).finally(() => log.end())
  return { pid: child.pid, ended, kill: () => child.kill('SIGKILL') }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return signal ? `its process was ended by ${signal}` : `its process ended with status ${code}`
  } catch (thrown) {
    return `its process could not be started: ${String(thrown)}`
  }
}
