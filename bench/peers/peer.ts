import assert from 'node:assert'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pythons } from '../../src/cli/python.ts'
import { quantile } from '../../src/stats/quantiles.ts'

/** What one launch measures. */
export interface PeerRequest {
  readonly ranks: number
  readonly bytes: number
  readonly warmup: number
  readonly iterations: number
}

/** What one setting of an arm gave. */
export interface Variant {
  readonly variant: string
  /** One per timed all-reduce: the maximum over ranks. */
  readonly seconds: readonly number[]
}

/** What one launch measured: the setting with the smallest median, and the median of every setting that was tried. */
export interface PeerRun extends Variant {
  readonly triedP50Seconds: Readonly<Record<string, number>>
}

/** An all-reduce of f32, or a stream, that is timed: somebody else's, or one of our transports. */
export interface Peer {
  readonly name: string
  /** It is measured against ours of the same one; `gpu`: no arm of ours reduces in the memory of GPUs. */
  readonly transport: 'shared' | 'grpc' | 'gpu'
  readonly ours?: true
  /** The command that installs it. */
  readonly install: string
  /** @returns its version; undefined: not installed. */
  find(): Promise<string | undefined>
  /** One launch: fresh ranks. @throws {AssertionError} an element of a result is not the sum. */
  run(request: PeerRequest): Promise<PeerRun>
}

const LAUNCH_TIMEOUT_MS = 300_000

/** What a command prints; undefined where it cannot be run, or fails. */
export async function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(command, args, { timeout: LAUNCH_TIMEOUT_MS })).stdout
  } catch {
    return undefined
  }
}

/** The first line that a command prints; undefined where it cannot be run, or fails. */
export async function firstLineOf(command: string, ...args: string[]): Promise<string | undefined> {
  return (await outputOf(command, args))?.split('\n')[0].trim()
}

/** Runs a program that prints one JSON document `{wrong, seconds: {variant: samples}}`, as every peer's program does. */
export async function launch(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Variant[]> {
  const { stdout } = await promisify(execFile)(command, args, {
    env: { ...process.env, ...env },
    timeout: LAUNCH_TIMEOUT_MS,
  })
  const { wrong, seconds } = JSON.parse(stdout) as { wrong: number; seconds: Record<string, number[]> }
  assert.equal(wrong, 0, `${command} ${args.join(' ')}: elements that are not the sum`)
  return Object.entries(seconds).map(([variant, samples]) => ({ variant, seconds: samples }))
}

/** The setting with the smallest median. @param tried at least one; of equal names the last is recorded. */
export function fastest(tried: readonly Variant[]): PeerRun {
  const best = tried.reduce((one, other) => (p50(other.seconds) < p50(one.seconds) ? other : one))
  return { ...best, triedP50Seconds: Object.fromEntries(tried.map(({ variant, seconds }) => [variant, p50(seconds)])) }
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

/** The first Python that imports a module. */
export async function findPython(module: string): Promise<{ python: string; version: string } | undefined> {
  for (const python of pythons()) {
    const script = `import platform, ${module}; print(${module}.__version__ + ", Python " + platform.python_version())`
    const version = await firstLineOf(python, '-c', script)
    if (version !== undefined) return { python, version }
  }
  return undefined
}

/** A PeerRequest as the arguments that every peer's program takes. */
export function programArguments({ ranks, bytes, warmup, iterations }: PeerRequest): string[] {
  return [ranks, bytes, warmup, iterations].map(String)
}
