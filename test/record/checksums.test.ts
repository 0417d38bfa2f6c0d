// Goal: SHA256SUMS holds every file of a folder; one that is changed, missing or new is named; a file that is added on
// purpose leaves the other lines alone. Left out: that a run writes it (run-folder.test.ts).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addChecksum, checkChecksums, checksums } from '../../src/record/checksums.ts'
import { Scratch } from '../end-to-end/reducible.ts'

let scratch: Scratch
const write = (file: string, text: string): void => writeFileSync(join(scratch.path, file), text)

beforeEach(() => {
  scratch = new Scratch()
  mkdirSync(join(scratch.path, 'orders'))
  write('b.json', '{}')
  write('orders/a b.txt', 'order')
  write('SHA256SUMS', checksums(scratch.path))
})
afterEach(() => scratch[Symbol.dispose]())

it('an untouched folder is as it says', () => {
  expect(checkChecksums(scratch.path)).toBe(2)
})

it.each([
  ['changed', () => write('b.json', '{} '), /b\.json is not as SHA256SUMS has it/],
  ['missing', () => rmSync(join(scratch.path, 'orders/a b.txt')), /a b\.txt is missing/],
  ['new', () => write('c.json', '{}'), /c\.json is not in SHA256SUMS/],
] as const)('a file that is %s is named', (_, edit, said) => {
  edit()
  expect(() => checkChecksums(scratch.path)).toThrow(said)
})

it('an added file gets its line; a change beside it still shows', () => {
  write('a.json', '1')
  addChecksum(scratch.path, 'a.json')
  expect(checkChecksums(scratch.path)).toBe(3)
  expect(readFileSync(join(scratch.path, 'SHA256SUMS'), 'utf8')).toBe(checksums(scratch.path))
  write('b.json', 'other')
  write('a.json', '2')
  addChecksum(scratch.path, 'a.json')
  expect(() => checkChecksums(scratch.path)).toThrow(/b\.json is not as/)
})
