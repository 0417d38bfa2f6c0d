// Goal: the probe finds an adapter as it is. The tests' adapter passes; models of adapters that fuse, simplify, round otherwise,
// lose signs or NaNs, or add in another order are told apart, and only what the kernels' bits rest on fails. Left out: which
// adapters do what (npm run test:system probes two).
import { beforeAll, describe, expect, it } from 'vitest'
import { add, bitsOf, floatOf, mul, settle } from '../../src/gradient/arithmetic.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { type ProbeRunner, probeRunner } from '../../src/gradient/gpu/probe-kernels.ts'
import type { ProbeRow } from '../../src/gradient/gpu/probe-record.ts'
import { probeRows } from '../../src/gradient/gpu/probe-rows.ts'
import { type ParsedOrder, parseOrder } from '../../src/reduce/order.ts'
import { fallingStrides, sequentialOrder, stridedOrder } from '../../src/reduce/recover-order.ts'
import { ADAPTER } from './test-adapter.ts'

const { fround } = Math

/** The arithmetic of a modelled adapter; plain expressions and those the kernels guard. */
interface Model {
  readonly load: (a: number) => number
  readonly add: (a: number, b: number) => number
  readonly mul: (a: number, b: number) => number
  readonly div: (a: number, b: number) => number
  /** a·b + c, (a + b) − a, errors of a + b and a·b, as the compiler makes them. */
  readonly compounds: readonly ((a: number, b: number, c: number) => number)[]
  readonly guardedCompounds: Model['compounds']
  readonly guardedAdd: (a: number, b: number) => number
  readonly lanesWithoutBarriers: string
  readonly loop: string
  readonly meanLoss: string
}

const WRITTEN: Model['compounds'] = [
  (a, b, c) => fround(fround(a * b) + c),
  (a, b) => fround(fround(a + b) - a),
  (a, b) => a + b - fround(a + b),
  (a, b) => a * b - fround(a * b),
]
const STRIDED = stridedOrder(64, fallingStrides(64))
const EXACT: Model = {
  load: (a) => a,
  add: (a, b) => fround(a + b),
  mul: (a, b) => fround(a * b),
  div: (a, b) => fround(a / b),
  compounds: WRITTEN,
  guardedCompounds: WRITTEN,
  guardedAdd: (a, b) => add(settle(a), settle(b)),
  lanesWithoutBarriers: STRIDED,
  loop: sequentialOrder(64),
  meanLoss: STRIDED,
}

/** Runs the probes on a model, as if kernels/probe/ had been compiled for it. */
function runnerOf(changed: Partial<Model>): ProbeRunner {
  const model = { ...EXACT, ...changed }
  const sumsBy = (order: string, values: Float32Array): Float32Array => {
    const tree = parseOrder(order)
    return Float32Array.from({ length: values.length / 64 }, (_, i) =>
      sumBy(tree, values.subarray(i * 64, i * 64 + 64)),
    )
  }
  return {
    hasSubgroups: false,
    meanLoss: async (rows) => Float32Array.from(rows, (losses) => sumBy(parseOrder(model.meanLoss), losses)),
    run: async (probe, entryPoint, [a, b = a, c = a]) => {
      const isPlain = entryPoint === 'plain'
      const byElement = (results: Model['compounds']): Float32Array =>
        Float32Array.from(results.flatMap((result) => Array.from(a, (_, i) => result(a[i], b[i], c[i]))))
      switch (probe) {
        case 'operations': {
          const [plus, times, same] = isPlain
            ? [model.add, model.mul, model.load]
            : [model.guardedAdd, (x: number, y: number) => mul(settle(x), settle(y)), settle]
          const isNaNSum = (x: number, y: number): number => Number(Number.isNaN(plus(x, y)))
          return byElement([same, plus, times, isNaNSum, model.div])
        }
        case 'compounds':
          return byElement(isPlain ? model.compounds : model.guardedCompounds)
        case 'lanes':
          return sumsBy(isPlain ? model.lanesWithoutBarriers : STRIDED, a)
        case 'loop':
          return sumsBy(isPlain ? model.loop : sequentialOrder(64), a)
        case 'subgroup':
          throw new Error('the model has no subgroups')
      }
    },
  }
}

function sumBy(order: ParsedOrder, values: Float32Array): number {
  return typeof order === 'number' ? values[order] : fround(sumBy(order[0], values) + sumBy(order[1], values))
}

/** The rows of a changed model that are not those of the exact one: name and outcome, and whether they fail. */
async function changesOf(changed: Partial<Model>): Promise<Record<string, string>> {
  const [exact, other] = [await probeRows(runnerOf({})), await probeRows(runnerOf(changed))]
  const rows = other.filter(({ outcome }, i) => outcome !== exact[i].outcome)
  return Object.fromEntries(
    rows.map(({ name, outcome, pass }) => [name, `${outcome}${pass === false ? ', fails' : ''}`]),
  )
}

const flushToZero = (x: number): number => (Math.abs(x) < 2 ** -126 ? x * 0 : x)

describe('an exact model', () => {
  it('passes every row that the kernels rest on, and has no counterexample', async () => {
    const rows = await probeRows(runnerOf({}))
    expect(rows.filter(({ pass }) => pass === false)).toEqual([])
    expect(rows.filter(({ counterexample }) => counterexample !== null)).toEqual([])
    expect(rows.filter(({ pass }) => pass === true).length).toBeGreaterThanOrEqual(10)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  })
})

describe('a model that is not exact', () => {
  it('and fuses products into sums is seen, and fails only where the guard does not help', async () => {
    const [, ...others] = WRITTEN
    const fused: Model['compounds'] = [(a, b, c) => fround(a * b + c), ...others]
    expect(await changesOf({ compounds: fused })).toEqual({ 'a·b + c': 'fused' })
    expect(await changesOf({ guardedCompounds: fused })).toEqual({
      'a·b + c, guarded': expect.stringMatching(/^other in \d+ of \d+, fails$/),
    })
  })

  it('and simplifies differences is seen in (a + b) − a and TwoSum', async () => {
    const simplified: Model['compounds'] = [WRITTEN[0], (_, b) => b, () => 0, WRITTEN[3]]
    expect(Object.keys(await changesOf({ compounds: simplified }))).toEqual(['(a + b) − a', 'TwoSum'])
  })

  it('and rounds towards zero fails the operations themselves', async () => {
    const towardsZero = (exact: number): number => {
      const nearest = fround(exact)
      return Math.abs(nearest) > Math.abs(exact) ? floatOf(bitsOf(nearest) - 1) : nearest
    }
    const changes = await changesOf({ add: (a, b) => towardsZero(a + b), mul: (a, b) => towardsZero(a * b) })
    expect(changes.addition).toMatch(/fails$/)
    expect(changes.multiplication).toMatch(/fails$/)
  })

  it('and has ties go away from zero fails too', async () => {
    const tiesAway = (exact: number): number => {
      const nearest = fround(exact)
      const away = floatOf(bitsOf(nearest) + 1)
      return Math.abs(nearest) < Math.abs(exact) &&
        Math.abs(exact) - Math.abs(nearest) === Math.abs(away) - Math.abs(exact)
        ? away
        : nearest
    }
    const changes = await changesOf({ add: (a, b) => tiesAway(a + b), mul: (a, b) => tiesAway(a * b) })
    expect(Object.keys(changes)).toEqual(expect.arrayContaining(['addition', 'multiplication']))
  })

  it('and divides roughly is measured, and is no failure', async () => {
    const rough = (a: number, b: number): number => fround(a * fround(1 / b))
    expect(await changesOf({ div: rough })).toEqual({ division: expect.stringMatching(/^within 1\.\d\d ULP$/) })
  })

  it('and flushes subnormals is told what it flushes, and is no failure', async () => {
    const flushing: Partial<Model> = {
      add: (a, b) => flushToZero(fround(flushToZero(a) + flushToZero(b))),
      mul: (a, b) => flushToZero(fround(flushToZero(a) * flushToZero(b))),
    }
    expect(await changesOf(flushing)).toEqual({
      'subnormal operand of +': 'flushed',
      'subnormal result of +': 'flushed, sign kept',
      'subnormal operand of ·': 'flushed, sign kept',
      'subnormal result of ·': 'flushed, sign kept',
    })
    expect(await changesOf({ load: flushToZero })).toEqual({ 'subnormal loaded and stored': 'flushed, sign kept' })
    expect(await changesOf({ load: (a) => (Math.abs(a) < 2 ** -126 ? 0 : a) })).toEqual({
      'subnormal loaded and stored': 'flushed, sign lost',
    })
  })

  it('and loses the sign of a settled zero, or a NaN, fails', async () => {
    const signless = await changesOf({ guardedAdd: (a, b) => add(settle(a), settle(b)) || 0 })
    expect(signless['about 2^-126, settled']).toMatch(/fails$/)
    const withoutNaN = await changesOf({ guardedAdd: (a, b) => (Number.isNaN(a + b) ? 0 : add(settle(a), settle(b))) })
    expect(withoutNaN).toEqual({ 'Inf and NaN, settled': expect.stringMatching(/fails$/) })
  })

  it('and adds in another order is shown with the order', async () => {
    const rising = stridedOrder(64, fallingStrides(64).toReversed())
    expect(await changesOf({ loop: rising })).toEqual({ 'loop of 64': 'strides 1, 2, 4, 8, 16, 32' })
    expect(await changesOf({ meanLoss: rising })).toEqual({
      'mean-loss, 64 lanes': 'strides 1, 2, 4, 8, 16, 32, fails',
    })
    expect(Object.keys(await changesOf({ lanesWithoutBarriers: rising }))).toEqual(['barriers between lanes'])
  })
})

describe("on the tests' adapter", () => {
  let rows: readonly ProbeRow[]
  beforeAll(async () => {
    using gpu = await openDevice(ADAPTER, ['subgroups'])
    rows = await probeRows(probeRunner(gpu))
  })

  it('nothing fails that the kernels rest on', () => {
    expect(rows.filter(({ pass }) => pass === false)).toEqual([])
    expect(rows.filter(({ pass }) => pass === true).length).toBeGreaterThanOrEqual(10)
  })

  it('mean-loss adds its lanes by the strides its text says', () => {
    const row = rows.find(({ name }) => name.startsWith('mean-loss'))
    expect(row).toMatchObject({ outcome: 'strides 32, 16, 8, 4, 2, 1', order: STRIDED, pass: true })
  })

  it('every row says how many results it compared', () => {
    for (const { name, samples } of rows) if (name !== 'subgroupAdd') expect(samples, name).toBeGreaterThan(0)
  })
})
