import { ReducibleError } from '../core/errors.ts'

/** Seconds that workers may take to get ready, where nobody says. */
export const JOIN_TIMEOUT = '30'

/** What every command takes. */
export interface CommonOptions {
  readonly json?: boolean
}

/** What a command came to. */
export interface CommandResult {
  readonly verdict?: 'true' | 'false' | 'inconclusive'
  /** For people, on stdout; already at most 80 columns wide where that can be had. */
  readonly text: string
  /** For programs: the further keys of the one JSON document. */
  readonly json: Readonly<Record<string, unknown>>
  /** True where a check of the command itself failed: exit status 1 without a verdict. */
  readonly failed?: boolean
}

const VERDICT_EXIT = { true: 0, false: 1, inconclusive: 2 } as const

/**
 * Runs a command's body, prints what it came to and ends the process: the one place that writes results and statuses.
 * @param body is given a signal that aborts on Ctrl-C or SIGTERM; it must settle then.
 */
export async function runCommand(
  command: string,
  options: CommonOptions,
  body: (signal: AbortSignal) => Promise<CommandResult>,
): Promise<never> {
  const { signal, stoppedBy } = abortOnSignals()
  try {
    const { verdict, text, json, failed = false } = await body(signal)
    if (options.json) printJson({ command, status: 'done', verdict: verdict ?? null, ...json })
    else process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    return exit(verdict ? VERDICT_EXIT[verdict] : failed ? 1 : 0)
  } catch (thrown) {
    const error = ReducibleError.from(thrown)
    if (error.code === 'internal') console.error(error.cause ?? error)
    const status = error.code === 'interrupted' ? 'interrupted' : 'failed'
    const { code, message, remedy, rank, step, details } = error
    if (options.json)
      printJson({ command, status, verdict: null, error: { code, message, remedy, rank, step }, ...details })
    process.stderr.write(`reducible ${command}: ${error.sentence}\n`)
    return exit(stoppedBy() ?? error.exitStatus)
  }
}

/** A whole number that a flag gives. @throws {ReducibleError} usage naming the flag. */
export function parseCount(text: string, flag: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text)
  throw new ReducibleError('usage', `${flag} must be a whole number from ${least} on (got '${text}')`)
}

const SECONDS_PER = { s: 1, m: 60, h: 3600 } as const

/** `90s`, `10m` or `1h`. @throws {ReducibleError} usage naming the flag. */
export function secondsOf(text: string, flag: string): number {
  const [, count, unit] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? []
  if (count !== undefined) return Number(count) * SECONDS_PER[unit as keyof typeof SECONDS_PER]
  throw new ReducibleError('usage', `${flag} must be a time like 90s, 10m or 1h (got '${text}')`)
}

/** `--wait SECONDS` in milliseconds. @throws {ReducibleError} usage. */
export function waitOf(text: string): number {
  const seconds = Number(text)
  if (seconds > 0 && seconds <= 86_400) return seconds * 1000
  throw new ReducibleError('usage', `--wait must be a number of seconds above 0, at most a day (got '${text}')`)
}

function printJson(document: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...document }, null, 2)}\n`)
}

/** The first signal asks; the second ends at once. */
function abortOnSignals(): { signal: AbortSignal; stoppedBy: () => number | undefined } {
  const controller = new AbortController()
  let status: number | undefined
  const onSignal = (name: 'SIGINT' | 'SIGTERM', exitStatus: number) => (): void => {
    if (status !== undefined) process.exit(status)
    status = exitStatus
    controller.abort(new ReducibleError('interrupted', `stopped by ${name}`))
  }
  process.on('SIGINT', onSignal('SIGINT', 130))
  process.on('SIGTERM', onSignal('SIGTERM', 143))
  return { signal: controller.signal, stoppedBy: () => status }
}

/** Ends the process once stdout has taken everything: a pipe takes long documents in parts. */
async function exit(status: number): Promise<never> {
  await new Promise((resolve) => process.stdout.write('', resolve))
  process.exit(status)
}
