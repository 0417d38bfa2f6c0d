/**
 * Every way the world can fail us, as a closed list. `exit` is the process status, `definite` says whether the
 * effect surely did not happen, `remedy` what a person does about it. docs/errors.md is this table.
 */
export const ERROR_CODES = {
  usage: { exit: 64, definite: true, remedy: 'run the command with --help' },
  'invalid-study': { exit: 64, definite: true, remedy: 'correct the file at the line named' },
  'invalid-schedule': { exit: 64, definite: true, remedy: 'choose another --algorithm' },
  'unknown-adapter': { exit: 64, definite: true, remedy: 'run `reducible gpu list` for the adapters this machine has' },
  'data-corrupt': { exit: 64, definite: true, remedy: 'run `npm ci` to restore the data files' },
  unwritable: { exit: 64, definite: true, remedy: 'choose a folder you can write to with --out' },
  'invalid-run': { exit: 64, definite: true, remedy: 'name a run folder that holds the file' },
  'replay-mismatch': { exit: 64, definite: true, remedy: 'replay with the inputs of the recorded run' },
  'not-clean': { exit: 64, definite: true, remedy: 'commit the changes in a git clone, or pass --no-require-clean' },
  'no-commit': { exit: 64, definite: true, remedy: 'fetch the commit of the run into this clone' },
  'install-failed': { exit: 70, definite: true, remedy: 'run `npm ci` at the commit of the run by hand' },
  'no-adapter': { exit: 70, definite: true, remedy: 'run `reducible doctor`' },
  'adapter-inexact': {
    exit: 64,
    definite: true,
    remedy: 'choose another --adapter; `reducible gpu probe` shows what it does',
  },
  'gpu-failed': { exit: 70, definite: true, remedy: 'look at the worker log named in the run folder' },
  'wrong-token': {
    exit: 64,
    definite: true,
    remedy: 'give the worker the token of the coordinator, as REDUCIBLE_TOKEN or with --token-file',
  },
  'host-unreachable': { exit: 70, definite: true, remedy: 'try `ssh -o BatchMode=yes HOST true` by hand' },
  'another-cluster': {
    exit: 64,
    definite: true,
    remedy: 'run it on the stated cluster, or with --on-another-cluster for a verdict about the difference',
  },
  'links-off': {
    exit: 70,
    definite: true,
    remedy: 'end what else uses this machine, and try again',
  },
  'no-network': {
    exit: 70,
    definite: true,
    remedy: 'run as root, or allow user namespaces (sysctl user.max_user_namespaces), or use --launch local',
  },
  'source-mismatch': { exit: 70, definite: true, remedy: 'run the same commit on every node' },
  'join-timeout': { exit: 70, definite: true, remedy: 'look at workers/*.log, or raise --join-timeout' },
  'worker-lost': { exit: 70, definite: true, remedy: 'look at workers/*.log' },
  'worker-failed': { exit: 70, definite: true, remedy: 'look at workers/*.log' },
  'no-progress': { exit: 70, definite: false, remedy: 'look at workers/*.log; is the machine out of cores?' },
  'coordinator-lost': { exit: 70, definite: false, remedy: 'look at the terminal of the coordinator' },
  'job-ended': { exit: 70, definite: false, remedy: 'raise --time, or look at the output of the job' },
  'payload-mismatch': { exit: 70, definite: true, remedy: 'do all ranks run the same study?' },
  'base-failed': { exit: 70, definite: true, remedy: 'make the base case train by itself first' },
  'pace-missed': {
    exit: 70,
    definite: true,
    remedy: 'raise computeMs, use fewer nodes, or leave the machine to the run',
  },
  'peer-lost': { exit: 70, definite: false, remedy: 'look at the log of the rank named' },
  'order-mismatch': { exit: 70, definite: true, remedy: 'this is a defect of the executor or of a transport' },
  'ranks-disagree': { exit: 70, definite: true, remedy: 'compare the adapters of the ranks named' },
  'not-deterministic': { exit: 64, definite: true, remedy: 'run it without --deterministic' },
  'unnamed-draw': { exit: 70, definite: true, remedy: 'draw from a named stream (src/core/streams.ts)' },
  interrupted: { exit: 130, definite: false, remedy: 'run the command again' },
  internal: { exit: 70, definite: false, remedy: 'this is a defect of reducible; please report it with the message' },
} as const

export type ErrorCode = keyof typeof ERROR_CODES

interface ErrorContext {
  readonly rank?: number
  readonly node?: number
  readonly step?: number
  readonly cause?: unknown
  /** Replaces the table's remedy where a better one is known. */
  readonly remedy?: string
  /** More for programs: keys of a command's JSON document. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** The one error class for what the world does. Programmer mistakes are `assert`s and are never caught. */
export class ReducibleError extends Error {
  readonly code: ErrorCode
  readonly remedy: string
  readonly rank: number | undefined
  readonly node: number | undefined
  readonly step: number | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, { cause: context.cause })
    this.name = 'ReducibleError'
    this.code = code
    this.remedy = context.remedy ?? ERROR_CODES[code].remedy
    this.rank = context.rank
    this.node = context.node
    this.step = context.step
    this.details = context.details ?? {}
  }

  /** The one door in from `unknown`: keeps our own errors, wraps everything else as `code`. */
  static from(thrown: unknown, code: ErrorCode = 'internal'): ReducibleError {
    if (thrown instanceof ReducibleError) return thrown
    return new ReducibleError(code, messageOf(thrown), { cause: thrown })
  }

  /** The process status this error ends with. */
  get exitStatus(): number {
    return ERROR_CODES[this.code].exit
  }

  /** `[code] message. Remedy.` on one line. */
  get sentence(): string {
    const message = this.message.replace(/[.\s]+$/, '')
    const remedy = this.remedy.charAt(0).toUpperCase() + this.remedy.slice(1)
    return `[${this.code}] ${message}. ${remedy}${/[.?!]$/.test(remedy) ? '' : '.'}`
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
