import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ReducibleError } from '../../../src/core/errors.ts'
import { isHopeless, isOver, type JobState, jobText } from './job-state.ts'
import { cancelJob, jobState } from './slurm.ts'

/** How a job ended: with the status of its script, or, where Slurm ended the script too, in this state. */
export type JobEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'ended'; readonly state: JobState | undefined }

export interface Following {
  readonly job: string
  /** Where the job writes its files. */
  readonly folder: string
  /** Told the state in the queue, and what the job writes to stderr, by line. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const LOOK_MS = 50
/** Between questions to Slurm's controller, which everybody shares. */
const ASK_MS = 2_000
/** How often Slurm may know nothing of a job, or not answer, before it is given up. */
const UNKNOWN_MAX = 15
/** What a coordinator needs to close its run folder. */
const STOP_GRACE_MS = 10_000

/**
 * Follows a job to its end. When the signal aborts, the job is ended first: its coordinator is asked, and after 10 s Slurm.
 * @throws {ReducibleError} usage: it waits for what will never be; the reason of the signal.
 */
export async function followJob({ job, folder, say, signal }: Following): Promise<JobEnd> {
  const output = new LinesOf(join(folder, `slurm-${job}.err`))
  let said = ''
  let state: JobState | undefined
  let unknown = 0
  let askAtMs = 0
  let stopAtMs: number | undefined
  for (;;) {
    const status = statusOf(join(folder, `slurm-${job}.status`))
    for (const line of output.next()) say(line)
    if (status !== undefined) {
      signal.throwIfAborted()
      return { kind: 'exited', status }
    }
    if (performance.now() >= askAtMs) {
      askAtMs = performance.now() + ASK_MS
      state = await jobState(job)
      unknown = state === undefined ? unknown + 1 : 0
      const text = state && jobText(state)
      if (text !== undefined && text !== said && state && !isOver(state)) say(`job ${job}: ${text}`)
      said = text ?? said
      if (state && isHopeless(state)) {
        await cancelJob(job)
        throw new ReducibleError('usage', `Slurm would keep job ${job} waiting for ever: ${state.reason}`, {
          remedy: 'ask for what `sinfo` shows; the job is cancelled',
        })
      }
      const isGone = (state && isOver(state)) || unknown > UNKNOWN_MAX
      if (isGone && statusOf(join(folder, `slurm-${job}.status`)) === undefined) {
        signal.throwIfAborted()
        return { kind: 'ended', state }
      }
    }
    if (signal.aborted && stopAtMs === undefined) {
      say(`ending job ${job}`)
      stopAtMs = performance.now() + (state?.state === 'RUNNING' ? STOP_GRACE_MS : 0)
      await cancelJob(job, 'SIGINT')
      askAtMs = 0
    }
    if (stopAtMs !== undefined && performance.now() >= stopAtMs) {
      await cancelJob(job)
      stopAtMs = Number.POSITIVE_INFINITY
      askAtMs = 0
    }
    await pause(LOOK_MS)
  }
}

/** The status that the script of a job ended with; undefined while it has not. */
function statusOf(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    return text.endsWith('\n') ? Number(text) : undefined
  } catch {
    return undefined
  }
}

/** The lines of a file that grows. */
class LinesOf {
  readonly #file: string
  #at = 0
  #rest = ''

  constructor(file: string) {
    this.#file = file
  }

  /** Those that were finished since the last call. */
  next(): string[] {
    const lines = (this.#rest + this.#read()).split('\n')
    this.#rest = lines.pop() ?? ''
    return lines
  }

  #read(): string {
    let descriptor: number
    try {
      descriptor = openSync(this.#file, 'r')
    } catch {
      return '' // the job has not started
    }
    try {
      const bytes = Buffer.alloc(2 ** 20)
      const count = readSync(descriptor, bytes, 0, bytes.length, this.#at)
      this.#at += count
      return bytes.toString('utf8', 0, count)
    } finally {
      closeSync(descriptor)
    }
  }
}
