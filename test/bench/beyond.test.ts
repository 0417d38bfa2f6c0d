// Goal: the page about more ranks than anybody here has rests on depths that proven orders have, on errors below their bounds, and on the
// claims as they stand. Left out: the simulator (test/simulate), and that the page is made of the result (tidy).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BeyondResult } from '../../bench/beyond/result.ts'
import { DEPTHS, depthsOf, provenDepth, spreadOf } from '../../bench/beyond/spread.ts'
import { timedCell } from '../../bench/beyond/times.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { whatIf } from '../../src/evidence/what-if.ts'
import { uniformLinks } from '../../src/simulate/cluster-links.ts'
import { loadPublishedClaim } from '../../src/study/load.ts'

const LINKS = uniformLinks(1000, 1, 0.1)

it.each(Object.keys(DEPTHS))('%s adds as many numbers on the longest way as its proven order', (algorithm) => {
  for (const ranks of [2, 8, 64]) expect(DEPTHS[algorithm](ranks)).toBe(provenDepth(algorithm, ranks))
})

it('no simulated sum is further off than its bound, and one further off would be noticed', async () => {
  const { errors, spread } = await spreadOf(8, LINKS)
  const bounds = new Map(depthsOf(8).map(({ algorithm, bound }) => [algorithm, bound]))
  const known = errors.filter(({ algorithm }) => bounds.has(algorithm))
  expect(known).toHaveLength(bounds.size)
  for (const { algorithm, error } of known) {
    expect(error).toBeGreaterThan(0)
    expect(error).toBeLessThanOrEqual(bounds.get(algorithm) ?? 0)
  }
  expect(spread).toBeLessThanOrEqual(2 * Math.max(...bounds.values()))
  expect(spread).toBeGreaterThan(Math.max(...errors.map(({ error }) => error)))
})

it('a cell has every algorithm, the closed form of a ring where a walk is too long, and the stamp of an extended spec', () => {
  const small = timedCell({ name: 'even', links: { ...LINKS, specNodes: 8 } }, 'switch', 8, 1024)
  expect(small).toMatchObject({ extended: false })
  expect(small.seconds.map(({ method }) => method)).toEqual(Array.from({ length: 7 }, () => 'event'))
  const large = timedCell({ name: 'even', links: { ...LINKS, specNodes: 8 } }, 'switch', 16_384, 1024)
  expect(large).toMatchObject({ extended: true })
  expect(large.seconds.find(({ algorithm }) => algorithm === 'ring')?.method).toBe('closed-form')
  expect(large.seconds.map(({ algorithm }) => algorithm)).not.toContain('all-pairs')
})

describe('the committed result', () => {
  const result = JSON.parse(readFileSync(join(projectRoot, 'bench/results/beyond.json'), 'utf8')) as BeyondResult

  it('is simulated, and carries values up to 64 ranks alone', () => {
    expect(result.simulated).toBe(true)
    expect(Math.max(...result.spread.map(({ ranks }) => ranks))).toBe(64)
    expect(Math.max(...result.times.map(({ ranks }) => ranks))).toBe(65_536)
    for (const { extended, ranks } of result.times) expect(extended).toBe(ranks > 8)
  })

  it('has the answers that the claims get now', () => {
    expect(result.claims.length).toBeGreaterThan(3)
    for (const { file, answer } of result.claims) {
      expect(whatIf(loadPublishedClaim(join(projectRoot, 'configs/claims/examples', file)), null).answer).toBe(answer)
    }
  })
})
