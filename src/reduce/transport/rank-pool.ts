import { Piscina } from 'piscina'

/** How long a task is given to end before its thread is. */
const CLOSE_MS = 5000

/**
 * The pool of one node whose ranks are threads: one task a thread, and every thread there from the start to the end, since
 * the ranks wait for each other.
 * @param module the file that a thread runs. @param name of its function. @param workerData what it finds in its module.
 */
export function openRankPool<Task, Report>(
  module: string,
  name: string,
  threadCount: number,
  workerData: unknown,
): Piscina<Task, Report> {
  return new Piscina({
    filename: module,
    name,
    minThreads: threadCount,
    maxThreads: threadCount,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    closeTimeout: CLOSE_MS,
    // A thread blocks only where a rank waits for another.
    atomics: 'disabled',
    workerData,
  })
}

/**
 * Ends the threads, whose tasks were told to end. Not `destroy()`: a result under way from a thread that it forgot ends the process
 * (piscina 5.3).
 */
export async function closeRankPool(pool: Pick<Piscina, 'close' | 'once'>): Promise<void> {
  pool.once('error', () => {}) // a thread that did not end in time is ended now
  await pool.close({ force: true })
}
