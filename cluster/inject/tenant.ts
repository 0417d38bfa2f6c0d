import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { moduleBeside } from '../../src/core/paths.ts'

const BUSY = moduleBeside(import.meta.url, './busy')

/** Somebody else on this machine: processes that compute until they are told to stop, or until we are gone. */
export class Tenant implements AsyncDisposable {
  readonly #processes: readonly ChildProcess[]

  /** @param load busy threads; a part of one is busy for that part of the time. */
  constructor(load: number) {
    const shares = Array.from({ length: Math.ceil(load) }, (_, i) => Math.min(1, load - i))
    // A pipe of ours as its input: the kernel closes it when we end, by whatever signal.
    this.#processes = shares.map((share) =>
      spawn(process.execPath, [BUSY, String(share)], { stdio: ['pipe', 'ignore', 'ignore'] }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.#processes.map(async (child) => {
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await ended
      }),
    )
  }
}
