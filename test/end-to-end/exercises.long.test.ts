// Goal: every answer in docs/exercises.md is what its command prints today. Left out: the words around them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withAnswers } from '../../bench/docs-exercises.ts'
import { projectRoot } from '../../src/core/paths.ts'

it('the answers of docs/exercises.md are made again by `npm run docs:exercises`, an edited one too', async () => {
  const document = readFileSync(join(projectRoot, 'docs/exercises.md'), 'utf8')
  const edited = document.replace(/to the power \d\.\d+/, 'to the power 1.00')
  expect(edited).not.toBe(document)
  expect(await withAnswers(edited)).toBe(document)
})
