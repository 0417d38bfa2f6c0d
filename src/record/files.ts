import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, ReducibleError } from '../core/errors.ts'

/** Writes a file so that a reader sees the old text or the new one, never half. */
export function writeAtomically(file: string, text: string): void {
  const part = `${file}.part`
  writeFileSync(part, text)
  renameSync(part, file)
}

/**
 * Makes a folder and those above it. Node's own `recursive` spins for ever where a folder exists that nothing can be made in
 * and that says ENOENT, as /proc does.
 */
export function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  try {
    mkdirSync(path)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
  }
}

/** JSON for people: two spaces, a newline at the end. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Reads a JSON record of a run. @throws {ReducibleError} invalid-run: missing or not JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    throw new ReducibleError('invalid-run', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown })
  }
}
