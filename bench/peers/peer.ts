import assert from 'node:assert'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { quantile } from '../../src/stats/quantiles.ts'

/** What one launch measures. */
export interface PeerRequest {
  readonly ranks: number
  readonly bytes: number
  readonly warmup: number
  readonly iterations: number
}

/** What one launch measured, with the best of its settings by median. */
export interface PeerRun {
  readonly variant: string
  /** One per timed all-reduce: the maximum over ranks. */
  readonly seconds: readonly number[]
}

/** An all-reduce of f32 that is timed: somebody else's, or one of our transports. */
export interface Peer {
  readonly name: string
  /** Ours that it is measured against: the one with the same memory model. */
  readonly transport: 'shared' | 'grpc'
  /** The command that installs it. */
  readonly install: string
  /** @returns its version; undefined: not installed. */
  find(): Promise<string | undefined>
  /** One launch: fresh ranks. @throws {AssertionError} an element of a result is not the sum. */
  run(request: PeerRequest): Promise<PeerRun>
}

const LAUNCH_TIMEOUT_MS = 300_000

/** The first line that a command prints; undefined where it cannot be run. */
export async function firstLineOf(command: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: 60_000 })
    return stdout.split('\n')[0].trim()
  } catch {
    return undefined
  }
}

/** Runs a program that prints one JSON document `{wrong, seconds: {variant: samples}}`, as every peer's program does. */
export async function launch(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const { stdout } = await promisify(execFile)(command, args, {
    env: { ...process.env, ...env },
    timeout: LAUNCH_TIMEOUT_MS,
  })
  const { wrong, seconds } = JSON.parse(stdout) as { wrong: number; seconds: Record<string, number[]> }
  assert.equal(wrong, 0, `${command} ${args.join(' ')}: elements that are not the sum`)
  return Object.entries(seconds).map(([variant, samples]): PeerRun => ({ variant, seconds: samples }))
}

/** The run with the smallest median. */
export function fastest(runs: readonly PeerRun[]): PeerRun {
  return runs.reduce((best, run) => (p50(run.seconds) < p50(best.seconds) ? run : best))
}

/** The median, by nearest rank. */
export function p50(samples: readonly number[]): number {
  return medianOf(samples).value
}

/** The median with its order-statistic interval. */
export function medianOf(samples: readonly number[]) {
  return quantile(
    [...samples].sort((a, b) => a - b),
    0.5,
  )
}

/** The first Python that imports a module: `$REDUCIBLE_PYTHON`, Debian's, the one on the PATH. */
export async function findPython(module: string): Promise<{ python: string; version: string } | undefined> {
  for (const python of [process.env.REDUCIBLE_PYTHON, '/usr/bin/python3', 'python3']) {
    if (python === undefined) continue
    const version = await firstLineOf(python, '-c', `import ${module}; print(${module}.__version__)`)
    if (version !== undefined) return { python, version }
  }
  return undefined
}

/** A PeerRequest as the arguments that every peer's program takes. */
export function programArguments({ ranks, bytes, warmup, iterations }: PeerRequest): string[] {
  return [ranks, bytes, warmup, iterations].map(String)
}
