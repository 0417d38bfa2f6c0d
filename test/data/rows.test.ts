// Goal: which rows a step uses comes from the seed alone, the same at every node count; an epoch uses no row twice.
// Left out: reading the rows' data.
import { describe, expect, it } from 'vitest'
import { rowMap, rowMapDigest, rowsOfRank } from '../../src/data/rows.ts'

const ROWS = 103
const BATCH = 20
const STEPS_PER_EPOCH = 5

function stepsOf(rowCount: number, batch: number, seed: number, steps: number): number[][] {
  const map = rowMap(rowCount, batch, seed)
  return Array.from({ length: steps }, (_, i) => [...map.rowsOfStep(i + 1)])
}

describe("an epoch's permutation", () => {
  // NumPy 2.4.6: g = np.random.default_rng(seed); print(g.permutation(10).tolist(), g.permutation(10).tolist())
  it.each([
    [0, [4, 6, 2, 7, 3, 5, 9, 0, 8, 1], [2, 9, 3, 6, 0, 4, 8, 7, 5, 1]],
    [7, [8, 0, 7, 1, 3, 6, 2, 4, 5, 9], [4, 2, 8, 3, 9, 1, 5, 6, 0, 7]],
  ])('is the next draw of NumPy: seed %i', (seed, first, second) => {
    const [a, b, c, d] = stepsOf(10, 5, seed, 4)
    expect([...a, ...b]).toEqual(first)
    expect([...c, ...d]).toEqual(second)
  })

  // g = np.random.default_rng(3); a = g.permutation(60000); b = g.permutation(60000)
  // print(a[:5].tolist(), a[-3:].tolist(), b[:5].tolist(), b[-3:].tolist())
  it('is that of NumPy for as many rows as MNIST has', () => {
    const [a, b] = stepsOf(60_000, 60_000, 3, 2)
    expect([a.slice(0, 5), a.slice(-3)]).toEqual([
      [37141, 17573, 34459, 18194, 14907],
      [54261, 6803, 49912],
    ])
    expect([b.slice(0, 5), b.slice(-3)]).toEqual([
      [44116, 49801, 11827, 36125, 9932],
      [4294, 38713, 13892],
    ])
  })
})

describe('the batches of a seed', () => {
  it('use no row twice in an epoch, and leave over what does not fill a batch', () => {
    const steps = stepsOf(ROWS, BATCH, 1, 3 * STEPS_PER_EPOCH)
    for (let epoch = 0; epoch < 3; epoch++) {
      const used = steps.slice(epoch * STEPS_PER_EPOCH, (epoch + 1) * STEPS_PER_EPOCH).flat()
      expect(new Set(used).size).toBe(STEPS_PER_EPOCH * BATCH)
      expect(used.every((row) => row >= 0 && row < ROWS)).toBe(true)
    }
  })

  it('are others in the next epoch', () => {
    const steps = stepsOf(ROWS, BATCH, 1, 2 * STEPS_PER_EPOCH)
    expect(steps[STEPS_PER_EPOCH]).not.toEqual(steps[0])
  })

  it('do not depend on the order in which they are asked for', () => {
    const map = rowMap(ROWS, BATCH, 1)
    const backward = [12, 7, 3, 1].map((step) => [...map.rowsOfStep(step)])
    const steps = stepsOf(ROWS, BATCH, 1, 12)
    expect(backward).toEqual([steps[11], steps[6], steps[2], steps[0]])
  })

  it('of a full batch are all rows in their own order, whatever the seed', () => {
    const map = rowMap(5, 'full', 99)
    expect(map.batchRows).toBe(5)
    for (const step of [1, 2, 1000]) expect([...map.rowsOfStep(step)]).toEqual([0, 1, 2, 3, 4])
  })
})

describe('the ranks of a step', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i nodes hold the rows of the global batch between them, in order', (nodes) => {
    const map = rowMap(ROWS, BATCH, 1)
    for (let step = 1; step <= 2 * STEPS_PER_EPOCH; step++) {
      const rows = map.rowsOfStep(step)
      const byRank = Array.from({ length: nodes }, (_, rank) => [...rowsOfRank(rows, nodes, rank)])
      expect(byRank.flat()).toEqual([...rows])
      const sizes = byRank.map(({ length }) => length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    }
  })
})

describe('the digest of the rows', () => {
  const digest = (rowCount: number, batch: number | 'full', seed: number, steps: number): string =>
    rowMapDigest(rowMap(rowCount, batch, seed), steps)

  it('is the same for the same seed and steps', () => {
    expect(digest(ROWS, BATCH, 1, 12)).toBe(digest(ROWS, BATCH, 1, 12))
    expect(digest(ROWS, 'full', 1, 12)).toBe(digest(ROWS, 'full', 2, 12))
  })

  it.each<[string, Parameters<typeof digest>]>([
    ['seed', [ROWS, BATCH, 2, 12]],
    ['batch', [ROWS, BATCH + 1, 1, 12]],
    ['number of steps', [ROWS, BATCH, 1, 11]],
    ['number of rows', [ROWS + 1, BATCH, 1, 12]],
    ['kind of batch', [ROWS, 'full', 1, 12]],
  ])('changes with the %s', (_, changed) => {
    expect(digest(...changed)).not.toBe(digest(ROWS, BATCH, 1, 12))
  })
})
