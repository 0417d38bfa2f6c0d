// Goal: the cancellation probe tells orders apart that add one after the other, in pairs, or lose nothing, under every schedule
// that the twin runs. Left out: gRPC (the end-to-end test).
import { describe, expect, it } from 'vitest'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import type { ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'
import { cancellationProbes, cancellationVectors, PROBE_RANKS, PROBE_SET } from '../../src/spread/cancellation.ts'

async function probeOf(algorithm: string, arithmetic: ArithmeticName) {
  const schedule = scheduleOf(algorithm, PROBE_RANKS, 2)
  const { results } = await reduceInProcess(schedule, arithmetic, cancellationVectors())
  const once = {
    set: PROBE_SET,
    ranks: PROBE_RANKS,
    algorithm,
    arithmetic,
    variant: 'plain',
    launch: 0,
    call: 0,
  } as const
  const all = [{ ...once, digests: ['it'], certificates: [] }]
  return cancellationProbes({ all, results: new Map([['it', results[0]]]), orders: new Map() })[0]
}

describe('the cancellation probe', () => {
  it.each(['ring', 'ring-segmented', 'rank-order', 'reverse-rank', 'permutation:3', 'all-pairs'])(
    '%s adds one after the other',
    async (algorithm) => {
      expect(await probeOf(algorithm, 'f32')).toMatchObject({ sums: [0, 1, 2], kind: 'one after the other' })
    },
  )

  it.each(['recursive-doubling', 'halving-doubling', 'binomial-tree', 'bcube:2', 'fixed-tree:4'])(
    '%s adds in pairs',
    async (algorithm) => {
      expect(await probeOf(algorithm, 'f32')).toMatchObject({ sums: [0, 2], kind: 'tree of pairs' })
    },
  )

  it.each(['f64', 'compensated'] as const)('%s loses nothing in any order', async (arithmetic) => {
    for (const algorithm of ['ring', 'recursive-doubling', 'rank-order']) {
      expect(await probeOf(algorithm, arithmetic)).toMatchObject({ sums: [2], kind: 'exact' })
    }
  })

  it('holds every placement in every chunk', () => {
    const vectors = cancellationVectors()
    const texts = Array.from({ length: 24 }, (_, i) => vectors.map((vector) => vector[i]).join(' '))
    expect(new Set(texts).size).toBe(12) // the two ones look alike
    expect(vectors[0].length / 24 / scheduleOf('ring-segmented', PROBE_RANKS).chunkCount).toBe(3)
  })
})
