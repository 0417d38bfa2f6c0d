import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'

/**
 * The pool of one node whose ranks are threads: one task a thread, and every thread there from the start to the end, since
 * the ranks wait for each other.
 * @param module what a thread runs. @param name of its function. @param workerData what it finds in its module.
 */
export function openRankPool<Task, Report>(
  module: URL,
  name: string,
  threadCount: number,
  workerData: unknown,
): Piscina<Task, Report> {
  return new Piscina({
    filename: fileURLToPath(module),
    name,
    minThreads: threadCount,
    maxThreads: threadCount,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    // A thread blocks only where a rank waits for another.
    atomics: 'disabled',
    workerData,
  })
}
