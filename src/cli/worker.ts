import { runWorker } from '../../cluster/worker/worker.ts'
import { ReducibleError } from '../core/errors.ts'

/** `reducible worker`: one rank. Ctrl-C reaches the whole process group; a worker leaves when its coordinator says so. */
export async function workerCommand(options: { coordinator: string; trial: string; index: string }): Promise<void> {
  process.on('SIGINT', () => {})
  try {
    await runWorker({ coordinator: options.coordinator, trial: options.trial, launchIndex: Number(options.index) })
    process.exit(0)
  } catch (thrown) {
    console.error(thrown)
    process.exit(ReducibleError.from(thrown).exitStatus)
  }
}
