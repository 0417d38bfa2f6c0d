// Goal: an interval is refused where its method does not hold for what is assumed of the values, and says how often it would. Left out:
// the shares themselves (calibration.long.test.ts).
import { expect, it } from 'vitest'
import { percentileInterval } from '../../src/stats/bootstrap.ts'
import { tInterval } from '../../src/stats/mean-interval.ts'
import { medianInterval } from '../../src/stats/median-interval.ts'
import { isValid, validOrNone } from '../../src/stats/validity.ts'

const VALUES = [3, 1, 4, 1.5, 9, 2.6, 5]

it('is given where the assumption allows it, and refused where it does not', () => {
  const interval = tInterval(VALUES)
  expect(validOrNone(interval, VALUES.length, 'normal')).toBe(interval)
  expect(validOrNone(interval, VALUES.length, 'unknown')).toMatchObject({
    lower: null,
    upper: null,
    reason: expect.stringMatching(/^not valid here: Student's t covers 9\d\.\d % of lognormal values at n = 7$/),
  })
  const median = medianInterval(VALUES)
  expect(validOrNone(median, VALUES.length, 'unknown')).toBe(median)
})

it('leaves an interval that has no bounds with its own reason', () => {
  const none = medianInterval(VALUES.slice(0, 3))
  expect(validOrNone(none, 3, 'unknown')).toBe(none)
})

it('takes the next smaller size that was measured, and nothing below the smallest', () => {
  expect([29, 30, 300].map((n) => isValid('bootstrap percentile', n, 'normal'))).toEqual([false, false, false])
  expect([5, 9, 30].map((n) => isValid('order statistics', n, 'normal'))).toEqual([false, true, true])
  expect([2, 1].map((n) => isValid("Student's t", n, 'normal'))).toEqual([true, false])
  expect(validOrNone(tInterval([1, 2]), 1, 'normal').reason).toBe(
    "not valid here: how often Student's t holds at n = 1 was not measured",
  )
  expect(validOrNone(percentileInterval(VALUES, 'mean'), 7, 'normal').reason).toContain('bootstrap percentile covers')
})
