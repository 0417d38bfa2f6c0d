import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import type { AvailableAdapter } from './adapters.ts'

/**
 * The JSON that a script prints about an adapter, in a process of its own with the adapter's environment: `node SCRIPT NAME`.
 * @param doing what the script does, for the error: `measuring`.
 * @throws {ReducibleError} gpu-failed: that process failed or took longer than the limit.
 */
export async function inOwnProcess<T>(
  script: string,
  doing: string,
  { adapter, environment }: AvailableAdapter,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, adapter.name], {
      env: { ...process.env, ...environment },
      timeout: timeoutMs,
      signal,
    })
    return JSON.parse(stdout) as T
  } catch (thrown) {
    signal?.throwIfAborted()
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim() : ''
    const why = said === '' ? messageOf(thrown) : said
    throw new ReducibleError('gpu-failed', `${doing} adapter ${adapter.name} failed: ${why}`, {
      cause: thrown,
      remedy: 'choose another --adapter',
    })
  }
}
