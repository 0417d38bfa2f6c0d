// Goal: the observations of exercise 5.7.1, as recorded runs, are attributed to their sources; what a study says of an injection
// changes nothing; a folder that is no run is refused. Left out: how a diagnosis is made (test/evidence/diagnose).
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { diagnosisText } from '../../src/cli/diagnose.ts'
import { readDiagnosedRun } from '../../src/cli/diagnosed-run.ts'
import { projectRoot } from '../../src/core/paths.ts'
import { type Diagnosis, diagnose } from '../../src/evidence/diagnose/diagnose.ts'

const FIXTURES = join(projectRoot, 'test/fixtures/diagnose')

const ANSWERS = [
  ['a-arrival-order', 'arrival order', ['numeric'], 'plan the order of addition'],
  ['b-another-tenant', 'another tenant', ['performance'], 'reserve the machines'],
  ['c-network', 'network', ['performance'], 'shape or reserve them'],
  ['d-node-count', 'node count', ['numeric', 'performance'], 'fix the node count'],
  ['e-unlike-hardware', 'unlike hardware', ['performance'], 'use like nodes'],
] as const

const scratch = mkdtempSync(join(tmpdir(), 'diagnose-test-'))
afterAll(() => rmSync(scratch, { recursive: true }))

function diagnosed(folder: string): Diagnosis {
  return diagnose(readDiagnosedRun(folder))
}

describe.each(ANSWERS)('the run %s', (name, source, touches, practice) => {
  it('has one source, what it touches and what addresses it', () => {
    const { conclusion, findings } = diagnosed(join(FIXTURES, name))
    const seen = findings.filter(({ standing }) => standing !== 'not seen')
    expect([conclusion, seen.length]).toEqual(['named', 1])
    expect(seen[0]).toMatchObject({ source, touches, practice: expect.stringContaining(practice) })
  })
})

it('is diagnosed the same whatever its study says that it injects', () => {
  const folder = join(FIXTURES, 'c-network')
  const study = readFileSync(join(folder, 'study.yaml'), 'utf8')
  const claims = ['', 'inject: [{ source: tenant, load: 9 }]\n', 'injected: [{ source: node-count }]\n']
  const diagnoses = claims.map((claim, i) => {
    const copy = join(scratch, String(i))
    cpSync(folder, copy, { recursive: true })
    writeFileSync(join(copy, 'study.yaml'), study + claim)
    return diagnosed(copy)
  })
  expect(diagnoses).toEqual(claims.map(() => diagnosed(folder)))
})

it('fits 80 columns', () => {
  for (const [name] of ANSWERS) {
    const text = diagnosisText(diagnosed(join(FIXTURES, name)), '4 trials, SIMULATED')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  }
})

it('refuses a folder without a run, and a simulation without trials', () => {
  expect(() => readDiagnosedRun(scratch)).toThrow('manifest.json')
  const copy = join(scratch, 'timed')
  cpSync(join(FIXTURES, 'c-network'), copy, { recursive: true })
  expect(() => readDiagnosedRun(copy)).not.toThrow()
  writeFileSync(join(copy, 'simulation.json'), '{"arms":[{"trials":[]}]}')
  expect(() => readDiagnosedRun(copy)).toThrow('simulated in time alone')
})
