// Goal: every file under configs/claims/examples/ loads, a claim may leave out whatever a source leaves out, and a
// mistake is answered with file, line and key. Left out: what follows from a claim (test/evidence).
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { loadPublishedClaim } from '../../src/study/load.ts'

const folder = mkdtempSync(join(tmpdir(), 'published-claim-'))
afterAll(() => rmSync(folder, { recursive: true }))

const LEAST = `statement: It is fast.
source: { title: Nothing, place: nowhere }
number:
  metric: speedup
  value: '5.0'
`

function load(text: string): unknown {
  const path = join(folder, 'claim.yaml')
  writeFileSync(path, text)
  return loadPublishedClaim(path)
}

function messageOf(text: string): string {
  try {
    load(text)
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'invalid-study', exitStatus: 64 })
    return (thrown as Error).message.replace(`${folder}/`, '')
  }
  throw new Error('it loads')
}

describe('a published claim', () => {
  const examples = join(projectRoot, 'configs/claims/examples')

  it.each(readdirSync(examples))('of configs/claims/examples loads, and names its source: %s', (name) => {
    expect(loadPublishedClaim(join(examples, name)).source.place).not.toBe('')
  })

  it('needs a statement, a source and a number, and nothing more', () => {
    expect(load(LEAST)).toMatchObject({ number: { value: { stated: '5.0', unverified: false } } })
  })

  it('may leave a key empty', () => {
    expect(load(`${LEAST}level:\ncode:\ncluster:\n  workers:\n  interconnect:\n    bandwidth:\n`)).toMatchObject({
      level: null,
      code: null,
      cluster: { workers: null, interconnect: { bandwidth: null } },
    })
  })

  it('may say where a statement stands, and that nobody looked', () => {
    const claim = load(`${LEAST}cluster:\n  workers: { stated: 8, where: section 2, unverified: true }\n  nodes: 4\n`)
    expect(claim).toMatchObject({
      cluster: {
        workers: { stated: 8, where: 'section 2', unverified: true },
        nodes: { stated: 4, unverified: false },
      },
    })
  })

  it.each([
    [`${LEAST}cluser: {}\n`, "claim.yaml:6: unknown key 'cluser'; did you mean 'cluster'?"],
    [
      `${LEAST}cluster:\n  interconnect:\n    bandwith: 1\n`,
      "claim.yaml:8: unknown key 'cluster.interconnect.bandwith'; did you mean 'bandwidth'?",
    ],
    [
      `${LEAST}cluster:\n  cpu: { stated: C, were: here }\n`,
      "claim.yaml:7: unknown key 'cluster.cpu.were'; did you mean 'where'?",
    ],
    [`${LEAST}level: good\n`, 'claim.yaml:6: level: Invalid option'],
    [`${LEAST}cluster: { workers: many }\n`, 'claim.yaml:6: cluster.workers: must be what is stated'],
    [LEAST.replace("'5.0'", '5.0'), 'claim.yaml:5: number.value: must be what is stated'],
    [LEAST.replace("'5.0'", "'fast'"), "claim.yaml:5: number.value: must be the printed digits in quotes, like '5.0'"],
    [LEAST.replace('5.0', '0.0'), 'claim.yaml:5: number.value: must be above 0 for this metric'],
    [LEAST.replace('place:', `quote: ${'word '.repeat(30)}, place:`), 'source.quote: must be a few words'],
    [LEAST.replace(', place: nowhere', ''), 'claim.yaml:2: source.place: Invalid input'],
    ['- 1\n', 'the file: Invalid input: expected object'],
    [`${LEAST}x: [1,\n`, 'at line'],
  ])('is refused with the place of the mistake: %#', (text, want) => {
    expect(messageOf(text)).toContain(want)
  })
})
