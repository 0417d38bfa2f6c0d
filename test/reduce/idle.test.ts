// Goal: a move that no result depends on is found, and left out where that is asked; one that matters never is.
import { expect, it } from 'vitest'
import { idleChunks, withoutIdleMoves } from '../../src/reduce/idle.ts'
import type { Move, Schedule } from '../../src/reduce/schedule.ts'
import { verifySchedule } from '../../src/reduce/verify.ts'

const move = (from: number, to: number, kind: Move['kind']): Move => ({ from, to, chunk: 0, width: 1, kind })

function schedule(rounds: readonly (readonly Move[])[]): Schedule {
  return {
    algorithm: 'written down',
    rankCount: 3,
    chunkCount: 1,
    roundCount: rounds.length,
    round: (index) => rounds[index],
    isLink: () => true,
  }
}

const needed = [[move(1, 0, 'add')], [move(2, 0, 'add')], [move(0, 1, 'copy'), move(0, 2, 'copy')]]

it('a schedule that needs all of its moves has no idle one', () => {
  expect(idleChunks(schedule(needed))).toEqual([])
  expect(verifySchedule(schedule(needed)).flaws).toEqual([])
})

it('a sum that is overwritten before anybody uses it is idle, and is left out', () => {
  const idle = move(2, 1, 'add')
  const wasteful = schedule([[...needed[0], idle], needed[1], needed[2]])
  expect(idleChunks(wasteful)).toEqual([{ round: 0, index: 1, move: idle, chunk: 0 }])
  expect(verifySchedule(wasteful).flaws).toEqual(['round 0: rank 2 to rank 1, chunk 0: no result depends on it'])
  const lean = withoutIdleMoves(wasteful)
  expect([lean.round(0), lean.round(1), lean.round(2)]).toEqual(needed)
})
