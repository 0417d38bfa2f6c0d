import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a small file of the system says, without the newline at its end; undefined where it cannot be read or is empty.
 * @param root where the file system begins.
 */
export function systemFile(path: string, root = '/'): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

/** The same as a whole number. */
export function systemNumber(path: string, root = '/'): number | undefined {
  const text = systemFile(path, root)
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}
