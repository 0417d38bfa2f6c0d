// Goal: the order that an arrival-ordered sum was witnessed in, forced again, makes its bits again, and another order other
// bits. Left out: whole runs (test/end-to-end/replay-orders.long.test.ts).
import { describe, expect, it } from 'vitest'
import { arrivalReplay, arrivalSchedule } from '../../src/reduce/algorithms/gather.ts'
import { f32Arithmetic } from '../../src/reduce/arithmetic/f32.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { reduceWitnessed, wideVectors } from './vectors.ts'

const RANKS = 5

describe('an order of arrival', () => {
  const vectors = wideVectors(RANKS, 300)
  const bitsBy = async (order: string): Promise<{ bits: Uint32Array; order: string }> => {
    const { results, orders } = await reduceWitnessed(
      arrivalReplay(order),
      memoryTransports(RANKS),
      vectors,
      f32Arithmetic,
    )
    return { bits: new Uint32Array(results[0].buffer), order: orders[0] }
  }

  it('forced again makes the same bits by the same witnessed order', async () => {
    const { results, orders } = await reduceWitnessed(
      arrivalSchedule(RANKS),
      memoryTransports(RANKS),
      vectors,
      f32Arithmetic,
    )
    expect(await bitsBy(orders[0])).toEqual({ bits: new Uint32Array(results[0].buffer), order: orders[0] })
  })

  it('that was altered makes other bits, and is witnessed as what it is', async () => {
    const [one, other] = ['((((0 1) 2) 3) 4)', '((((0 1) 2) 4) 3)']
    expect((await bitsBy(other)).order).toBe(other)
    expect((await bitsBy(other)).bits).not.toEqual((await bitsBy(one)).bits)
  })

  it('of one rank is no addition at all', async () => {
    expect(arrivalReplay('0').roundCount).toBe(0)
  })
})
