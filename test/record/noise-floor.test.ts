// Goal: a later comparison finds the floor that the newest finished run measured for just this training, and no other. Left out:
// how it is measured (test/spread/envelopes.test.ts).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findNoiseFloor } from '../../src/record/noise-floor.ts'
import { studySchema } from '../../src/study/schema.ts'
import { trainingDigest } from '../../src/study/training-digest.ts'

const STUDY = studySchema.parse({
  purpose: 'Nothing.',
  workload: { name: 'mnist' },
  arms: [
    { name: 'one', nodes: 1 },
    { name: 'two', nodes: 2 },
  ],
  training: { steps: 2, learningRate: 0.1 },
  seeds: [0],
})

let out: string
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'floor-'))
})
afterEach(() => rmSync(out, { recursive: true }))

function run(name: string, status: string, endedAt: string, floor: object): string {
  const folder = join(out, 'runs', 'a-study', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ status, endedAt }))
  writeFileSync(join(folder, 'noise-floor.json'), JSON.stringify(floor))
  return folder
}

describe('the noise floor of a training', () => {
  const digest = trainingDigest(STUDY, 'f32')

  it('is that of the newest finished run with the same workload, training and arithmetic', () => {
    expect(findNoiseFloor(out, digest)).toBeNull()
    run('1', 'done', '2026-01-01', { value: 1, trainingDigest: digest })
    const newest = run('2', 'done', '2026-01-03', { value: 2, trainingDigest: digest })
    run('3', 'done', '2026-01-02', { value: 3, trainingDigest: digest })
    run('4', 'failed', '2026-01-04', { value: 4, trainingDigest: digest })
    run('5', 'done', '2026-01-05', { value: 5, trainingDigest: trainingDigest(STUDY, 'f64') })
    expect(findNoiseFloor(out, digest)).toEqual({ value: 2, trainingDigest: digest, run: newest })
  })

  it('does not depend on the order of keys, seeds or arms, but on every key of workload and training', () => {
    const { workload, training } = STUDY
    const turned = { workload, training: Object.fromEntries(Object.entries(training).reverse()) as typeof training }
    expect(trainingDigest(turned, 'f32')).toBe(digest)
    expect(trainingDigest({ workload, training: { ...training, steps: 3 } }, 'f32')).not.toBe(digest)
    expect(trainingDigest({ workload, training: { ...training, momentum: 0.5 } }, 'f32')).not.toBe(digest)
  })
})
