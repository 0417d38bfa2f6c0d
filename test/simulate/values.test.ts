// Goal: ranks that carry values over the virtual network end at the same time as those that carry bytes alone, and with the
// bits of the twin: two drivers of one network. Left out: what the times should be (timing.test.ts).
import { describe, expect, it } from 'vitest'
import { EVERY_ALGORITHM, leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'
import { CALM, type Conditions } from '../../src/simulate/conditions.ts'
import { Network } from '../../src/simulate/network.ts'
import { passesOf } from '../../src/simulate/passes.ts'
import { TimedRanks } from '../../src/simulate/timing.ts'
import { VirtualRanks } from '../../src/simulate/virtual-transport.ts'
import { bitsOf, wideVectors } from '../reduce/vectors.ts'
import { unlikeLinks } from './networks.ts'

const ROUGH: Conditions = {
  ...CALM,
  segmentBytes: 256,
  jitterNs: 3000,
  seed: 7,
  backgroundShare: 0.25,
  stragglers: [{ node: 1, factor: 3 }],
}

const RANK_COUNTS = [1, 2, 3, 4, 7, 8]
const CASES = EVERY_ALGORITHM.flatMap((algorithm) => RANK_COUNTS.map((n) => [algorithm, n] as const))
const START = (rank: number): number => 100 * rank

async function withValues(
  algorithm: string,
  arithmetic: ArithmeticName,
  vectors: readonly Float32Array[],
  conditions: Conditions,
): Promise<{ clock: Float64Array; results: Float32Array[] }> {
  const n = vectors.length
  const ranks = new VirtualRanks(new Network(n, unlikeLinks(n), conditions))
  ranks.clock.forEach((_, rank) => {
    ranks.clock[rank] = START(rank)
  })
  const schedule = scheduleOf(algorithm, n)
  const leaves = leavesPerRank(algorithm, n)
  const results = vectors.map((vector) => vector.slice())
  const tasks = results.map(async (vector, rank) => {
    const sums = ranks.arithmetic(rank, ARITHMETICS[arithmetic])
    const program = rankProgram(schedule, rank)
    for (let call = 0; call < 2; call++) {
      const half = call === 0 ? vector.subarray(0, 100) : vector.subarray(100)
      const others = Array.from({ length: leaves - 1 }, () => new Float32Array(half.length))
      await allReduce(schedule, sums, program, ranks.transport(rank), call, half, others)
    }
  })
  await ranks.run(tasks)
  return { clock: ranks.clock, results }
}

function withoutValues(
  algorithm: string,
  arithmetic: ArithmeticName,
  n: number,
  elements: number,
  conditions: Conditions,
) {
  const clock = Float64Array.from({ length: n }, (_, rank) => START(rank))
  const passes = passesOf({ algorithm, arithmetic, nodes: n }, [100, elements - 100])
  new TimedRanks(new Network(n, unlikeLinks(n), conditions), passes, clock).run()
  return clock
}

describe.each([
  ['a calm switch', CALM],
  ['a rough switch', ROUGH],
  ['a rough ring', { ...ROUGH, topology: 'ring' }],
  ['an oversubscribed tree', { ...ROUGH, topology: 'fat-tree:2:4' }],
  ['zones of racks', { ...ROUGH, topology: 'zones:2:2:2:4:50' }],
])('on %s', (_, conditions) => {
  it.each(CASES)(
    '%s over %i ranks takes as long with values as without, and adds as the twin',
    async (algorithm, n) => {
      const vectors = wideVectors(n, 1003)
      const { clock, results } = await withValues(algorithm, 'f32', vectors, conditions)
      expect(clock).toEqual(withoutValues(algorithm, 'f32', n, 1003, conditions))
      if (algorithm === 'arrival' || leavesPerRank(algorithm, n) > 1) return
      for (const [start, end] of [
        [0, 100],
        [100, 1003],
      ]) {
        const schedule = scheduleOf(algorithm, n)
        const twin = await reduceInProcess(
          schedule,
          'f32',
          vectors.map((vector) => vector.slice(start, end)),
        )
        for (const [rank, result] of results.entries()) {
          expect(bitsOf(result.subarray(start, end))).toEqual(bitsOf(twin.results[rank]))
        }
      }
    },
  )
})

it.each(['f64', 'bf16', 'compensated'] as const)('%s sends and adds its own bytes', async (arithmetic) => {
  const { clock } = await withValues('halving-doubling', arithmetic, wideVectors(6, 1003), ROUGH)
  expect(clock).toEqual(withoutValues('halving-doubling', arithmetic, 6, 1003, ROUGH))
})

it('the exact arithmetic takes no longer than its widest elements would', async () => {
  const { clock } = await withValues('ring', 'exact', wideVectors(4, 1003), CALM)
  const widest = withoutValues('ring', 'exact', 4, 1003, CALM)
  expect(clock.every((end, rank) => end <= widest[rank])).toBe(true)
})
