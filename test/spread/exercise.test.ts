// Goal: what an exercise reports is the same however threads share the work, agrees with section 5.7 under --numpy, and
// says what it finds only where the intervals let it. Left out: the printing (end-to-end).
import { describe, expect, it } from 'vitest'
import { ReducibleError } from '../../src/core/errors.ts'
import { type ArraySpread, arraySpread } from '../../src/spread/array-spread.ts'
import { BOOK_ARRAY, bookTable } from '../../src/spread/book.ts'
import { type ArraySums, type Exercise, runExercise } from '../../src/spread/exercise.ts'
import { conditionFit, pointsOf, trendsOf } from '../../src/spread/points.ts'

const SMALL: Exercise = {
  values: ['normal'],
  mixes: [1e8],
  fraction: { numerator: 1, denominator: 3 },
  count: 2000,
  orders: 12,
  arrays: 3,
  rankCount: 4,
  seed: 7,
  numpy: false,
}

async function run(changes: Partial<Exercise>): Promise<{ arrays: ArraySpread[]; sums: Map<number, ArraySums> }> {
  const sums = new Map<number, ArraySums>()
  const keep = ({ seed }: ArraySpread, own: ArraySums): unknown => sums.set(seed, own)
  return { arrays: await runExercise({ ...SMALL, ...changes }, new AbortController().signal, keep), sums }
}

describe('an exercise', () => {
  it('gives the same sums in every run, in the order of its points', async () => {
    const [first, second] = [await run({ mixes: [1, 1e8] }), await run({ mixes: [1, 1e8] })]
    const timeless = (arrays: readonly ArraySpread[]) => arrays.map(({ seconds: _, ...rest }) => rest)
    expect(timeless(first.arrays)).toEqual(timeless(second.arrays))
    expect(first.arrays.map(({ mix, array, seed }) => [mix, array, seed])).toEqual(
      [1, 1e8].flatMap((mix) => [0, 1, 2].map((array) => [mix, array, 7 + array])),
    )
  })

  it("draws the orders of section 5.7 with NumPy's permutations", async () => {
    const { sums, arrays } = await run({ numpy: true, arrays: 1, orders: 2 })
    const table = bookTable({ ...BOOK_ARRAY, count: SMALL.count })
    expect(sums.get(7)?.random).toEqual([table.sums.order_a, table.sums.order_b])
    expect(sums.get(7)?.sorted).toMatchObject({ up: table.sums.ascending, down: table.sums.descending })
    expect(arrays[0].exact).toBe(table.exact)
  })

  it('of equal numbers has spread 0, and says that they are equal', async () => {
    const { arrays } = await run({ mixes: [0], fraction: { numerator: 1, denominator: 1 } })
    const [point] = pointsOf(arrays)
    expect(point).toMatchObject({ allEqual: true, spread: { value: 0 }, overExact: null, condition: null })
    const control = pointsOf((await run({})).arrays)[0]
    expect(control).toMatchObject({ allEqual: false, arrays: 3 })
    expect(control.spread?.value).toBeGreaterThan(0)
  })

  it('refuses numbers whose magnitudes overflow', async () => {
    await expect(run({ mixes: [1e308] })).rejects.toThrow(/add up to (NaN|Infinity) in magnitude/)
    await expect(run({ mixes: [1e300] })).resolves.toBeDefined()
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const reason = new ReducibleError('interrupted', 'stopped')
    const stop = (): void => controller.abort(reason)
    await expect(runExercise({ ...SMALL, arrays: 50 }, controller.signal, stop)).rejects.toBe(reason)
  })
})

describe('an array', () => {
  const spec = { values: 'normal' as const, mix: 1, fraction: SMALL.fraction, count: 100, seed: 0 }
  const stated = {
    ascending: 10,
    sorted: { up: 10, down: 11, magnitudeUp: 10, magnitudeDown: 10 },
    collective: [10, 10.5],
    adversarial: { lowest: 4, highest: 20, evaluations: 14 },
  }
  const random = (sums: number[]) => ({ sums, drawSeconds: 0, addSeconds: 0 })
  const drawn = (exact: number) => ({ exact, magnitude: 40, allEqual: false, seconds: 0, numpy: random([]) })

  it('is summed up by mean, s, spread, ratios, floor and held-out pairs', () => {
    const measured = arraySpread(spec, 0, drawn(-10), random([9, 10, 11, 10, 9, 10, 30, 10]), stated)
    expect(measured).toMatchObject({
      condition: 4,
      random: {
        orders: 8,
        distinct: 4,
        spread: 21,
        overExact: 2.1,
        overMagnitude: 0.525,
        mean: 12.375,
        floor: { value: 21 },
      },
      sorted: { spread: 1, overExact: 0.1 },
      algorithms: { spread: 0.5, trees: 2 },
      adversarial: { spread: 16, evaluations: 14 },
      heldOut: { pairs: 2, beyond: 1 },
    })
    expect(measured.random.sd).toBeCloseTo(7.1502, 4)
  })

  it('whose exact sum is 0 has no spread relative to it', () => {
    expect(arraySpread(spec, 0, drawn(0), random([1, -1]), stated)).toMatchObject({
      condition: null,
      random: { spread: 2, overExact: null, overMean: null, overMagnitude: 0.05 },
    })
  })
})

describe('findings', () => {
  const arrays = (mix: number, relative: (array: number) => number): ArraySpread[] =>
    Array.from({ length: 20 }, (_, array) => {
      const overExact = relative(array)
      const extent = { overExact, overMagnitude: 1e-16 }
      return {
        ...{ values: 'normal', mix, array, exact: 1, condition: overExact * 1e16, allEqual: false },
        ...{ sorted: extent, algorithms: extent, adversarial: extent, heldOut: { pairs: 3, beyond: 0 } },
        random: { ...extent, mean: 1, sd: 1, spread: overExact, overMean: 1, floor: { value: 1, interval: [1, 1] } },
      } as unknown as ArraySpread
    })
  const trend = (from: (array: number) => number, to: (array: number) => number) =>
    trendsOf(pointsOf([...arrays(1e8, to), ...arrays(1, from)]))[0].direction

  it('say grows or falls only where the intervals of both ends do not meet', () => {
    expect(
      trend(
        (i) => 1 + i,
        (i) => 100 + i,
      ),
    ).toBe('grows')
    expect(
      trend(
        (i) => 100 + i,
        (i) => 1 + i,
      ),
    ).toBe('falls')
    expect(
      trend(
        (i) => 1 + i,
        (i) => 2 + i,
      ),
    ).toBe('unclear')
  })

  it('say nothing of a trend where arrays are too few', () => {
    const few = pointsOf([...arrays(1, () => 1).slice(0, 2), ...arrays(1e8, () => 9).slice(0, 2)])
    expect(trendsOf(few)[0].direction).toBe('too-few')
    expect(trendsOf(pointsOf(arrays(1, () => 1)))).toEqual([])
  })

  it('fit the power of the condition number', () => {
    const fit = conditionFit(arrays(1, (i) => 10 ** (i - 30)))
    expect(fit?.slope).toBeCloseTo(1, 10)
    expect(fit?.rSquared).toBeCloseTo(1, 10)
    expect(conditionFit(arrays(1, () => 1e-10))).toBeUndefined()
  })
})
