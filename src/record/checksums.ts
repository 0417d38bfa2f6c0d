import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { sha256 } from '../core/digest.ts'
import { messageOf, ReducibleError } from '../core/errors.ts'
import { writeAtomically } from './files.ts'

const FILE = 'SHA256SUMS'

/** SHA256SUMS of a folder: a line for every file in it but itself, as sha256sum(1) writes and checks them. */
export function checksums(folder: string): string {
  return filesIn(folder)
    .map((file) => checksumLine(folder, file))
    .join('')
}

/** Adds the line of one file, or replaces it; the other lines are left as they stand. */
export function addChecksum(folder: string, file: string): void {
  const others = readLines(folder).filter((line) => fileOf(line) !== file)
  const lines = [...others.map((line) => `${line}\n`), checksumLine(folder, file)]
  lines.sort((a, b) => (fileOf(a) < fileOf(b) ? -1 : 1))
  writeAtomically(join(folder, FILE), lines.join(''))
}

/**
 * Holds every file of a run against SHA256SUMS. @returns how many there are.
 * @throws {ReducibleError} invalid-run naming the first file that is changed, missing or not listed.
 */
export function checkChecksums(folder: string): number {
  const lines = readLines(folder)
  const refuse = (file: string, what: string): never => {
    throw new ReducibleError('invalid-run', `${join(folder, file)} ${what}`, {
      remedy: 'restore the folder from the original run; `reducible audit` names all that is wrong with it',
    })
  }
  for (const line of lines) {
    const file = fileOf(line)
    if (!existsSync(join(folder, file))) refuse(file, 'is missing, though SHA256SUMS lists it')
    if (checksumLine(folder, file) !== `${line}\n`)
      refuse(file, 'is not as SHA256SUMS has it: it was edited after the run')
  }
  const listed = new Set(lines.map(fileOf))
  const stray = filesIn(folder).find((file) => !listed.has(file))
  if (stray !== undefined) refuse(stray, 'is not in SHA256SUMS: it was added after the run')
  return lines.length
}

function readLines(folder: string): string[] {
  try {
    return readFileSync(join(folder, FILE), 'utf8').trimEnd().split('\n')
  } catch (thrown) {
    throw new ReducibleError('invalid-run', `cannot read ${join(folder, FILE)}: ${messageOf(thrown)}`, {
      cause: thrown,
    })
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== FILE)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function checksumLine(folder: string, file: string): string {
  return `${sha256(readFileSync(join(folder, file)))}  ${file}\n`
}

function fileOf(line: string): string {
  return line.slice(66).trimEnd()
}
