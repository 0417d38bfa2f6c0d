import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** $XDG_CACHE_HOME/reducible, else ~/.cache/reducible, else a folder under the system's temporary one. */
export async function cacheFolder(): Promise<string> {
  const preferred = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'reducible')
  try {
    await mkdir(preferred, { recursive: true })
    await access(preferred, constants.W_OK)
    return preferred
  } catch {
    const fallback = join(tmpdir(), `reducible-${process.getuid?.() ?? 'user'}`)
    await mkdir(fallback, { recursive: true })
    return fallback
  }
}
