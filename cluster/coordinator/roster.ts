import { ReducibleError } from '../../src/core/errors.ts'
import type { EnrollMessage } from '../wire/messages.ts'
import { digestMismatch, type WorkerDigests } from '../wire/worker-digests.ts'

/** Workers that were started by somebody else, and the rank of each: who is let in, without a socket or a clock. */

export interface RosterTerms {
  readonly worldSize: number
  readonly digests: WorkerDigests
}

/** How an error names such a worker. */
export function nameOf({ hostname, pid }: Pick<EnrollMessage, 'hostname' | 'pid'>): string {
  return `the worker on ${hostname} (pid ${pid})`
}

/** Why one that comes must be turned away, or undefined. @param present those that were let in and are still there. */
export function refusalOf(
  comer: EnrollMessage,
  present: readonly EnrollMessage[],
  { worldSize, digests }: RosterTerms,
): ReducibleError | undefined {
  const who = nameOf(comer)
  const refuse = (why: string, remedy: string): ReducibleError =>
    new ReducibleError('usage', `${who} ${why}`, { remedy })
  const { rank, worldSize: told } = comer
  if (present.length >= worldSize) {
    const others = present.map(nameOf).join(', ')
    return refuse(`comes too late: the ${worldSize} of this run are ${others}`, 'give the coordinator a --world-size')
  }
  if (typeof told === 'number' && told !== worldSize) {
    return refuse(`is one of ${told}, but the coordinator waits for ${worldSize}`, 'give both the same --world-size')
  }
  if (typeof rank === 'number') {
    if (rank >= worldSize) {
      return refuse(`wants rank ${rank}, but ranks are 0 to ${worldSize - 1}`, 'choose a --rank below the world size')
    }
    const holder = present.find((other) => other.rank === rank)
    if (holder) {
      return refuse(`wants rank ${rank}, which ${nameOf(holder)} has`, 'give each its own --rank, or none to any')
    }
  }
  return digestMismatch(who, comer, digests)
}

/** By place among those present: the rank that was asked for, else the lowest that nobody asked for, as they came. */
export function ranksOf(present: readonly Pick<EnrollMessage, 'rank'>[]): number[] {
  const asked = new Set(present.map(({ rank }) => rank))
  const free = [...present.keys()].filter((rank) => !asked.has(rank))
  let next = 0
  return present.map(({ rank }) => rank ?? free[next++])
}
