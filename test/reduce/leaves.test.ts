/**
 * Goal: under fixed-tree:L the leaves are added by one tree, whatever power of two of ranks holds them.
 * Left out: who deals rows to leaves (test/data/rows.test.ts), and training by them (test/gradient/leaves.test.ts).
 */
import assert from 'node:assert'
import { describe, expect, test } from 'vitest'
import { leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import { orderOfLeaves } from '../../src/reduce/order.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { provenOrder } from '../../src/reduce/verify.ts'

const LEAVES = 16
const ELEMENTS = 37

async function reduceLeaves(algorithm: string, arithmetic: keyof typeof ARITHMETICS, rankCount: number) {
  const schedule = scheduleOf(algorithm, rankCount)
  const perRank = LEAVES / rankCount
  const transports = memoryTransports(rankCount)
  const ranks = transports.map(async (transport, rank) => {
    const own = Array.from({ length: perRank }, (_, i) => roundingInput(rank * perRank + i, ELEMENTS))
    const [vector, ...others] = own
    assert(vector)
    const program = rankProgram(schedule, rank)
    const order = await allReduce(schedule, ARITHMETICS[arithmetic], program, transport, 0, vector, others)
    return { bits: Array.from(new Uint32Array(vector.buffer)), order }
  })
  return Promise.all(ranks)
}

describe.each(['f32', 'f64', 'compensated'] as const)('%s', (arithmetic) => {
  test('1, 2, 4, 8 and 16 ranks come to the same bits by the same witnessed tree, on every rank', async () => {
    const [whole] = await reduceLeaves('fixed-tree:16', arithmetic, 1)
    for (const rankCount of [1, 2, 4, 8, 16]) {
      for (const rank of await reduceLeaves('fixed-tree:16', arithmetic, rankCount)) expect(rank).toEqual(whole)
    }
  })
})

test('the same leaves by a ring over 4 ranks come to other bits: the inputs would show a difference', async () => {
  const [whole] = await reduceLeaves('fixed-tree:16', 'f32', 1)
  const [ring] = await reduceLeaves('ring', 'f32', 4)
  expect(ring.bits).not.toEqual(whole.bits)
})

test.each([1, 2, 4, 8, 16])('the order planned for %i ranks is the one that is witnessed', async (rankCount) => {
  const [{ order }] = await reduceLeaves('fixed-tree:16', 'f32', rankCount)
  const planned = provenOrder(scheduleOf('fixed-tree:16', rankCount)).order
  expect(orderOfLeaves(planned, leavesPerRank('fixed-tree:16', rankCount))).toBe(order)
})

test('chunks that stand together keep their number when ranks become leaves', () => {
  expect(orderOfLeaves('(0 1)*12;(1 2)', 2)).toBe('((0 1) (2 3))*12;((2 3) (4 5))')
})

test('a rank count that does not divide the leaves, or another algorithm, has one leaf a rank', () => {
  expect([3, 5, 6, 32].map((rankCount) => leavesPerRank('fixed-tree:16', rankCount))).toEqual([1, 1, 1, 1])
  expect(leavesPerRank('ring', 4)).toBe(1)
})
