// Goal: the paragraph about the five sources calls none of them controlled that the study itself brings in. Left out: its other words,
// which a scaling run prints (test/end-to-end/scale.long.test.ts).
import { expect, it } from 'vitest'
import { variationSources } from '../../../src/evidence/scaling/sources.ts'
import type { LocalCluster } from '../../../src/record/host.ts'
import { studySchema } from '../../../src/study/schema.ts'

const CLUSTER = {
  host: { cpuModel: 'one', cores: 2 },
  interconnect: { fabric: 'none', reason: 'no links' },
} as unknown as LocalCluster

function standingsWith(inject?: readonly object[]): string[] {
  const study = studySchema.parse({
    purpose: 'A curve.',
    workload: { name: 'paced', computeMs: 60, parameters: 100 },
    arms: [{ name: 'a', nodes: 2 }],
    training: { steps: 5, learningRate: 1 },
    seeds: [0],
    repeats: 2,
    launch: 'netns',
    ...(inject && { inject }),
  })
  return variationSources(study, CLUSTER, []).map(({ source, standing }) => `${source}: ${standing}`)
}

it('a source that a study injects is only reported, the others are as they were', () => {
  const calm = standingsWith()
  expect(calm).toContain('network: controlled')
  expect(calm).toContain('unlike hardware: controlled')
  const injected = standingsWith([{ source: 'network', rate: 0.5 }])
  expect(injected).toEqual(calm.map((one) => one.replace('network: controlled', 'network: only reported')))
})
