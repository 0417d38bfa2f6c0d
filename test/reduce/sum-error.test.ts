// Goal: the error of a checked result is in units of u·Σ|x|: none for the exact sum rounded once beyond half a unit, what was
// planted for others, and lower for wider arithmetic.
import { expect, it } from 'vitest'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import type { ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { roundingInput } from '../../src/reduce/inputs.ts'
import { sumError } from '../../src/reduce/sum-error.ts'
import { reduceInProcess } from '../../src/reduce/twin.ts'

const RANKS = 8

async function errorOf(arithmetic: ArithmeticName, length: number) {
  const inputs = Array.from({ length: RANKS }, (_, rank) => roundingInput(rank, length))
  const { results } = await reduceInProcess(scheduleOf('ring', RANKS), arithmetic, inputs)
  return sumError(results[0], RANKS, 'rounding')
}

it.each([1, 63, 5000, 100_000])('of one rounding is at most one unit over %i elements', async (length) => {
  const { maxUnits, meanUnits } = await errorOf('f64', length)
  expect(maxUnits).toBeLessThanOrEqual(1)
  expect(meanUnits).toBeLessThanOrEqual(maxUnits)
})

it('grows with every rounding', async () => {
  const [f64, f32, bf16] = await Promise.all(
    (['f64', 'f32', 'bf16'] as const).map(async (name) => (await errorOf(name, 10_000)).meanUnits),
  )
  expect(f32).toBeGreaterThan(f64)
  expect(bf16).toBeGreaterThan(1000 * f32)
})

it('of a single rank is none, of what is not finite is none, and a planted one is found', () => {
  const input = roundingInput(0, 100)
  expect(sumError(input, 1, 'rounding')).toEqual({ maxUnits: 0, meanUnits: 0 })
  expect(sumError(input.with(5, Number.NaN), 1, 'rounding')).toEqual({ maxUnits: 0, meanUnits: 0 })
  const { maxUnits } = sumError(input.with(7, input[7] * (1 + 2 ** -20)), 1, 'rounding')
  expect(maxUnits).toBeCloseTo(16, 0)
})
