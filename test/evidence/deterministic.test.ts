// Goal: what deterministic mode cannot determine it refuses before anything runs, with what to do. Left out: the draws it
// refuses while training (test/cluster/unnamed-draws.test.ts).
import { describe, expect, it } from 'vitest'
import { refuseUndetermined } from '../../src/evidence/deterministic.ts'
import type { ProbeRecord } from '../../src/gradient/gpu/probe-record.ts'
import { type Study, studySchema } from '../../src/study/schema.ts'

function study(arm: object): Study {
  const common = { purpose: '?', workload: { name: 'linear' }, training: { steps: 1, learningRate: 0.1 }, seeds: [0] }
  return studySchema.parse({ ...common, arms: [{ name: 'an-arm', nodes: 4, ...arm }] })
}

function probe(pass: boolean): ProbeRecord {
  const row = { name: 'addition', outcome: 'not to nearest', samples: 1, counterexample: null, order: null }
  const adapter = { name: 'A', vendor: '', architecture: '', driver: '', backend: '', software: true }
  return { adapter, webgpu: '', kernelsSha256: '', probeKernelsSha256: '', rows: [{ ...row, pass }] }
}

describe('deterministic mode', () => {
  it('refuses an arm that adds in the order of arrival, and says what to do', () => {
    expect(() => refuseUndetermined(study({ algorithm: 'arrival' }), [], false)).toThrow(
      expect.objectContaining({
        code: 'not-deterministic',
        exitStatus: 64,
        message: expect.stringContaining('arm an-arm'),
        remedy: expect.stringContaining('--replay-orders'),
      }),
    )
  })

  it.each([
    ['a planned order', { algorithm: 'ring' }, false],
    ['exact sums as they come', { algorithm: 'arrival', arithmetic: 'exact' }, false],
    ['recorded orders, forced', { algorithm: 'arrival' }, true],
  ])('takes %s', (_, arm, forced) => {
    expect(() => refuseUndetermined(study(arm), [], forced)).not.toThrow()
  })

  it('refuses an adapter whose probe fails, and takes one whose probe passes', () => {
    expect(() => refuseUndetermined(study({}), [probe(true), probe(false)], false)).toThrow(
      expect.objectContaining({ code: 'adapter-inexact', message: expect.stringContaining('not to nearest') }),
    )
    expect(() => refuseUndetermined(study({}), [probe(true)], false)).not.toThrow()
  })
})
