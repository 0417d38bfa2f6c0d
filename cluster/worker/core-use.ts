import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of all cores of this host since it started. */
export interface CoreTicks {
  readonly busy: number
  readonly all: number
}

/** As of now; undefined where the system does not tell. */
export function coreTicks(): CoreTicks | undefined {
  try {
    return ticksIn(readFileSync('/proc/stat', 'utf8'))
  } catch {
    return undefined
  }
}

/** The sum over cores of /proc/stat: waiting for a disk is not busy, and time that another guest took is. */
export function ticksIn(stat: string): CoreTicks | undefined {
  const fields = /^cpu +([\d ]+)$/m.exec(stat)?.[1].split(' ').map(Number)
  if (fields === undefined) return undefined
  const [user, nice, system, idle, ioWait, irq, softIrq, steal = 0] = fields // guests are in user already
  const busy = user + nice + system + irq + softIrq + steal
  return { busy, all: busy + idle + ioWait }
}

/** The share of core time that was used since an earlier reading; null where that is not known. */
export function coresBusySince(before: CoreTicks | undefined): number | null {
  const now = coreTicks()
  if (before === undefined || now === undefined || now.all <= before.all) return null
  return (now.busy - before.busy) / (now.all - before.all)
}

/** Nanoseconds that each thread of this process has been ready without a core, by its id; none where the system does not tell. */
export type CoreWaits = ReadonlyMap<string, number>

/** As of now. */
export function coreWaits(): CoreWaits {
  try {
    return new Map(readdirSync(TASKS).map((thread) => [thread, delayOf(thread)]))
  } catch {
    return new Map()
  }
}

const TASKS = '/proc/self/task'

/** The second field of schedstat; 0 of a thread that has just ended. */
function delayOf(thread: string): number {
  try {
    return Number(readFileSync(`${TASKS}/${thread}/schedstat`, 'utf8').split(' ')[1])
  } catch {
    return 0
  }
}

/**
 * The share of the time since an earlier reading that a thread was ready and had no core: of the thread that waited most; null
 * where that is not known.
 */
export function coreWaitSince(before: CoreWaits, elapsedMs: number): number | null {
  const waitedNs = [...coreWaits()].map(([thread, ns]) => ns - (before.get(thread) ?? 0))
  return waitedNs.length === 0 ? null : Math.min(1, Math.max(...waitedNs) / 1e6 / elapsedMs)
}
