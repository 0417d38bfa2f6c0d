// Goal: the generated protobuf code that is checked in is what reducible.proto makes today. Left out: what the code
// does (messages.test.ts, segment.test.ts).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateProto } from '../../cluster/proto/generate.ts'
import { projectRoot } from '../../src/core/paths.ts'

const fresh = mkdtempSync(join(tmpdir(), 'proto-'))
beforeAll(() => generateProto(fresh))
afterAll(() => rmSync(fresh, { recursive: true }))

it.each(['generated.js', 'generated.d.ts'])('%s is up to date: `npm run proto` would change nothing', (file) => {
  const checkedIn = readFileSync(join(projectRoot, 'cluster/proto', file), 'utf8')
  expect(readFileSync(join(fresh, file), 'utf8') === checkedIn).toBe(true)
})
