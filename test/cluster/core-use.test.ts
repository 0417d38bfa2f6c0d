// Goal: the busy share of all cores is read as the kernel counts it. Left out: the numbers of this machine.
import { expect, it } from 'vitest'
import { ticksIn } from '../../cluster/worker/core-use.ts'

const STAT = `cpu  10 1 20 600 50 3 4 12 5 0
cpu0 5 0 10 300 25 1 2 6 2 0
intr 12345
`

it('what waits for a disk is idle, what another guest took is busy, and guests are counted once', () => {
  expect(ticksIn(STAT)).toEqual({ busy: 10 + 1 + 20 + 3 + 4 + 12, all: 700 })
})

it('an old kernel has no stolen time', () => {
  expect(ticksIn('cpu 1 2 3 4 5 6 7\n')).toEqual({ busy: 19, all: 28 })
})

it('another format tells nothing', () => {
  expect(ticksIn('cores 1 2 3\n')).toBeUndefined()
})
