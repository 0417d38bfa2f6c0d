// Goal: in deterministic mode a random draw without a name ends the trial, whoever makes it but gRPC, and no source of ours
// makes one. Left out: references to a drawing function that were taken before the guard; nothing that computes is loaded then.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'

const DRAW = fileURLToPath(new URL('fixtures/draw.ts', import.meta.url))
const saidOf = (...words: string[]): Record<string, string> =>
  JSON.parse(execFileSync(process.execPath, [DRAW, ...words], { encoding: 'utf8' })) as Record<string, string>

describe('a draw', () => {
  const [free, guarded] = [saidOf(), saidOf('guarded')]

  it.each([
    'Math.random',
    'Math.random in a map',
    'Math.random after a wait',
    'import randomBytes',
    'import randomInt',
    'import getRandomValues',
    'global getRandomValues',
    'global randomUUID',
  ])('by %s goes on without the guard, and throws under it', (way) => {
    expect(free[way]).toBe('drew')
    expect(guarded[way]).toMatch(/^\[unnamed-draw\] .* was called from .* in deterministic mode/)
  })

  it.each(['a named stream', 'a generator of NumPy', 'a channel of gRPC'])('by %s goes on under the guard', (way) => {
    expect(guarded[way]).toBe('drew')
  })
})

const DRAWS = /Math\.random|randomBytes|randomInt|randomUUID|randomFill|getRandomValues|default_rng\(\)/

it('no source of ours draws without a name', () => {
  expect('const seed = Math.random()').toMatch(DRAWS)
  const drawing = ['src', 'cluster']
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .filter((file) => DRAWS.test(readFileSync(join(projectRoot, file), 'utf8')))
  // A token must be one that nobody can draw again; only the coordinator makes one.
  expect(drawing).toEqual(['cluster/wire/token.ts', 'cluster/worker/unnamed-draws.ts'])
})
