// Goal: on live processes one seed fixes planned, forced and exact sums, and neither another order nor any time. Left out: that
// arrival differs from run to run (arrival.long.test.ts); the demonstration says what happened.
import { expect, it } from 'vitest'
import type { Demonstration } from '../../src/evidence/budget/demonstration.ts'
import { documentOf, reducible } from './reducible.ts'

it('the demonstration shows what a seed does not control', async () => {
  const finished = await reducible(['budget', '--demo', 'sync', '--json'])
  expect(finished.status, finished.stderr).toBe(0)
  const { findings } = documentOf(finished) as unknown as Demonstration
  const [planned, other, , forced, exact, times] = findings.map(({ holds }) => holds)
  expect({ planned, other, forced, exact, times }).toEqual({
    planned: true,
    other: false,
    forced: true,
    exact: true,
    times: false,
  })
})
