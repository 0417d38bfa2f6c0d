import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { moduleBeside } from '../../src/core/paths.ts'
import { LOOPBACK } from '../wire/address.ts'
import { environmentOf } from '../wire/reach.ts'
import type { WorkerOptions } from '../worker/worker.ts'

/** A worker process, here or elsewhere. */
export interface LaunchedWorker {
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

/** A token or address that is meant for others stays out of a run of one machine. */
const HERE = environmentOf({ advertised: LOOPBACK, token: undefined })

const MAIN = moduleBeside(import.meta.url, '../../src/cli/main')

/**
 * Starts a worker process on this machine; what it prints goes to `logFile`. It ends with its coordinator's session.
 * @param environment added to ours: the driver that the adapter needs, and how it is reached; by default on this machine alone.
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
  const log = openSync(logFile, 'a') // its own, so that all it printed is there when it has ended
  const [program, ...words] = [...entering, process.execPath, MAIN, 'worker', ...flags]
  const child = spawn(program, words, {
    env: { ...process.env, ...HERE, ...environment },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return { ended: endOf(child), kill: () => child.kill('SIGKILL') }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return signal ? `its process was ended by ${signal}` : `its process ended with status ${code}`
  } catch (thrown) {
    return `its process could not be started: ${String(thrown)}`
  }
}
