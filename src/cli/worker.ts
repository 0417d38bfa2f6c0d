import { setFlagsFromString } from 'node:v8'
import { runWorker } from '../../cluster/worker/worker.ts'
import { ReducibleError } from '../core/errors.ts'

/** `reducible worker`: one rank. Ctrl-C reaches the whole process group; a worker leaves when its coordinator says so. */
export async function workerCommand(options: { coordinator: string; trial: string; index: string }): Promise<void> {
  process.on('SIGINT', () => {})
  countReceivedPayloadsAsHeap()
  try {
    await runWorker({ coordinator: options.coordinator, trial: options.trial, launchIndex: Number(options.index) })
    process.exit(0)
  } catch (thrown) {
    console.error(thrown)
    process.exit(ReducibleError.from(thrown).exitStatus)
  }
}

/**
 * Every received payload is a fresh buffer outside the V8 heap, and V8 answers its default limit for such memory with a
 * full collection about twice per 16 MiB all-reduce: a quarter of the time, 44 ms instead of 21 (two ranks, gRPC, ring).
 * Counted towards the limit of the heap, and allowed to grow by this factor, it is collected in time all the same. A V8
 * that does not know these flags ignores them.
 */
export function countReceivedPayloadsAsHeap(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
  setFlagsFromString('--external-memory-max-growing-factor=4')
}
