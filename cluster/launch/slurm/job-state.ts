import { expandHostlist } from './hostlist.ts'

/** A job, as Slurm has it. */
export interface JobState {
  /** `PENDING`, `RUNNING`, `TIMEOUT`, … (squeue(1), "JOB STATE CODES"). */
  readonly state: string
  /** Why it waits, or why it ended; null where Slurm says none. */
  readonly reason: string | null
  /** Where it runs. */
  readonly nodes: readonly string[]
}

const UNFINISHED = ['PENDING', 'CONFIGURING', 'RUNNING', 'COMPLETING', 'SUSPENDED', 'STOPPED', 'REQUEUED', 'RESIZING']
/** Reasons to wait that no waiting ends: the partition or an account never has as much as the job wants. */
const HOPELESS = /^(Partition(Node|Time)Limit|BadConstraints|InvalidAccount|InvalidQOS|Assoc.*PerJob|QOS.*PerJob.*)$/

/** Reads a line of `scontrol show job --oneliner`. */
export function parseJob(line: string): JobState {
  const field = (name: string): string | null => {
    const value = new RegExp(`(?:^| )${name}=(\\S+)`).exec(line)?.[1]
    return value === undefined || value === 'None' || value === '(null)' ? null : value
  }
  return {
    state: field('JobState') ?? 'UNKNOWN',
    reason: field('Reason'),
    nodes: expandHostlist(field('NodeList') ?? ''),
  }
}

/** Will it never run again? */
export function isOver({ state }: JobState): boolean {
  return !UNFINISHED.includes(state)
}

/** Does it wait for what will never be? */
export function isHopeless({ state, reason }: JobState): boolean {
  return state === 'PENDING' && reason !== null && HOPELESS.test(reason)
}

/** `RUNNING on n0 n1`, `PENDING (Resources)`, `TIMEOUT (TimeLimit)`. */
export function jobText({ state, reason, nodes }: JobState): string {
  if (state === 'RUNNING') return `${state} on ${nodes.join(' ')}`
  return reason === null ? state : `${state} (${reason})`
}
