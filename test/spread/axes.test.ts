// Goal: from all-reduces made by hand, every axis says what differs and how far, over how many comparisons; errors are in units of
// u·Σ|x| of the exact sum, beside the depth and bound of the order. Left out: processes (the end-to-end test).
import { describe, expect, it } from 'vitest'
import { type AxesReport, axesReport, depthOf } from '../../src/spread/axes.ts'
import { exactElements } from '../../src/spread/exact-elements.ts'
import type { ReducedOnce } from '../../src/spread/reductions.ts'
import { UNIT_ROUNDOFF, widthOf } from '../../src/spread/width.ts'

const ULP = 2 ** -23
const CONTRIBUTIONS = [Float32Array.of(1, 1, 1), Float32Array.of(1e-9, 0, 1), Float32Array.of(0, 0, -2 + 2 ** -20)]
const RESULTS = new Map([
  ['A', Float32Array.of(1, 1, 2 ** -20)],
  ['B', Float32Array.of(1 + ULP, 1, 2 ** -20)],
  ['C', Float32Array.of(1, 1, 0)],
])
const ORDERS = new Map([
  ['chain', '((0 1) 2)'],
  ['other chain', '((0 2) 1)'],
])

function reduced(digest: string, changed: Partial<ReducedOnce> = {}): ReducedOnce {
  return {
    set: 'hand',
    ranks: 3,
    algorithm: 'ring',
    arithmetic: 'f32',
    variant: 'plain',
    launch: 0,
    call: 0,
    digests: [digest, digest, digest],
    certificates: ['chain'],
    ...changed,
  }
}

function reportOf(...all: ReducedOnce[]): AxesReport {
  return axesReport({ all, results: RESULTS, orders: ORDERS }, new Map([['hand', exactElements(CONTRIBUTIONS)]]))
}

describe('axes', () => {
  it('are bitwise where all digests are equal, with the bound 3/n, and not tested where nothing was compared', () => {
    const all = [0, 1, 2].flatMap((launch) => [0, 1].map((call) => reduced('A', { launch, call })))
    const [{ axes }] = reportOf(...all).byAlgorithm
    expect(axes.ranks).toEqual({ outcome: 'bitwise', trials: 12, bound: 0.25, ulpMax: 0, spread: 0 })
    expect(axes.calls).toMatchObject({ outcome: 'bitwise', trials: 3, bound: 1 })
    expect(axes.launches).toMatchObject({ outcome: 'bitwise', trials: 2, bound: 1 })
    expect(axes.arrival).toMatchObject({ outcome: 'bitwise', trials: 5 })
    expect(axes.chunking.outcome).toBe('not-tested')
    expect(axes.nodeCount.outcome).toBe('not-tested')
  })

  it('tell a call, a launch, a chunking and a node count apart', () => {
    const base = [reduced('A'), reduced('A', { call: 1 }), reduced('A', { launch: 1 })]
    const call = reportOf(reduced('A'), reduced('B', { call: 1 }), reduced('A', { launch: 1 })).byAlgorithm[0].axes
    expect([call.calls.outcome, call.launches.outcome]).toEqual(['within-ulp', 'bitwise'])
    const launch = reportOf(reduced('A'), reduced('A', { call: 1 }), reduced('B', { launch: 1 })).byAlgorithm[0].axes
    expect([launch.calls.outcome, launch.launches.outcome]).toEqual(['bitwise', 'within-ulp'])
    const chunks = reportOf(...base, reduced('B', { launch: 2, variant: 'buckets' })).byAlgorithm[0].axes
    expect([chunks.launches.outcome, chunks.chunking.outcome]).toEqual(['bitwise', 'within-ulp'])
    const nodes = reportOf(...base, reduced('B', { ranks: 6 })).byAlgorithm[0].axes
    expect([nodes.chunking.outcome, nodes.nodeCount.outcome]).toEqual(['not-tested', 'within-ulp'])
  })

  it('vary where results are more than a few ULP apart, with the spread in units of u·Σ|x|', () => {
    const { overAll } = reportOf(reduced('A'), reduced('C', { algorithm: 'rank-order' }))
    const { order } = overAll[0].axes
    expect(order).toMatchObject({ outcome: 'varies', trials: 1, bound: null })
    expect(order.ulpMax).toBeGreaterThan(1e6)
    expect(order.spread).toBeCloseTo(2 ** -20 / (4 - 2 ** -20) / UNIT_ROUNDOFF, 5)
    expect(reportOf(reduced('A'), reduced('A', { algorithm: 'rank-order' })).overAll[0].axes.order.outcome).toBe(
      'bitwise',
    )
  })

  it('say that ranks disagree though only one result is known', () => {
    const { byAlgorithm, overAll } = reportOf(reduced('A', { digests: ['A', 'A', 'unknown'] }))
    expect(byAlgorithm[0].axes.ranks).toMatchObject({ outcome: 'varies', ulpMax: null })
    expect(overAll[0].axes.ranks).toMatchObject({ outcome: 'varies', ulpMax: null })
  })

  it('do not claim arrival for an order that came about once only', () => {
    const once = [0, 1, 2].map((call) => reduced('A', { algorithm: 'arrival', call }))
    expect(reportOf(...once).byAlgorithm[0].axes.arrival.outcome).toBe('not-tested')
    const twice = [...once, reduced('A', { algorithm: 'arrival', call: 3, certificates: ['other chain'] })]
    expect(reportOf(...twice).byAlgorithm[0].axes.arrival).toMatchObject({ outcome: 'bitwise', trials: 3 })
  })

  it('count distinct results, elements that differ, their ULP and the first of them', () => {
    const [sum] = reportOf(reduced('A'), reduced('B', { call: 1 })).results
    expect(sum).toMatchObject({ distinct: 2, allReduces: 2, elements: 3, differing: 1, ulp: { p50: 0, max: 1 } })
    expect(sum.first).toEqual({ element: 0, least: 1, greatest: 1 + ULP })
  })

  it('hold a result against the exact sum, beside depth and bound of its order', () => {
    const [a, b] = reportOf(reduced('A'), reduced('B', { algorithm: 'rank-order' })).errors
    expect(a.depth).toBe(2)
    expect(a.bound).toBeCloseTo(2, 5)
    expect(a.max).toBeCloseTo(1e-9 / UNIT_ROUNDOFF, 6)
    expect(b.max).toBeCloseTo((ULP - 1e-9) / UNIT_ROUNDOFF, 6)
    expect(b.max).toBeLessThan(b.bound ?? 0)
  })
})

describe('the width of results', () => {
  const magnitude = { magnitude: Float64Array.of(1, 1) }
  it('takes a NaN as infinitely far, and zeros of either sign as differing by nothing', () => {
    expect(widthOf([Float32Array.of(0, 1), Float32Array.of(-0, 1)], magnitude)).toMatchObject({
      differing: 1,
      ulp: { max: 0 },
      spread: 0,
    })
    expect(widthOf([Float32Array.of(0, 1), Float32Array.of(0, Number.NaN)], magnitude).ulp.max).toBe(Infinity)
  })
})

describe('the depth of an order', () => {
  it('is the longest way through any of its trees', () => {
    expect(['3', '((0 1) (2 3))', '(((0 1) 2) 3)', '((0 1) (2 3))*2;(((0 1) 2) 3)'].map(depthOf)).toEqual([0, 2, 3, 3])
  })
})
