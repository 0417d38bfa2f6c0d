// Goal: non-negative least squares finds the optimum, and names columns that nothing tells apart. Left out: many columns.
import { describe, expect, it } from 'vitest'
import { leastSquares } from '../../src/stats/least-squares.ts'

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9))

describe('non-negative least squares', () => {
  it('finds coefficients that fit exactly', () => {
    const rows = [
      [1, 1],
      [1, 2],
      [1, 4],
    ]
    expect(
      leastSquares(
        rows,
        rows.map(([, x]) => 3 + 0.5 * x),
      ).coefficients,
    ).toEqual(close([3, 0.5]))
  })

  it('finds the least error where none fits', () => {
    const rows = [[1], [1], [1], [1]]
    expect(leastSquares(rows, [1, 2, 3, 10]).coefficients).toEqual(close([4]))
  })

  it('lets no coefficient fall below 0, and finds the best of those', () => {
    const rows = [
      [1, 0],
      [1, 1],
      [1, 2],
    ]
    expect(leastSquares(rows, [3, 2, 1]).coefficients).toEqual(close([2, 0]))
  })

  it('names a column that is a multiple of another, and gives it nothing', () => {
    const rows = [
      [1, 2, 4],
      [1, 3, 6],
      [1, 5, 10],
    ]
    const { coefficients, dependent } = leastSquares(
      rows,
      rows.map(([, x]) => 1 + 2 * x),
    )
    expect(dependent).toEqual([2])
    expect(coefficients).toEqual(close([1, 2, 0]))
  })

  it('tells columns of very unlike size apart', () => {
    const rows = [1, 2, 4, 8].map((n) => [1 / n, 2 * (n - 1), (1e9 * (n - 1)) / n])
    const truth = [0.2, 1e-3, 1e-10]
    const { coefficients, dependent } = leastSquares(
      rows,
      rows.map((row) => row.reduce((sum, value, i) => sum + value * truth[i], 0)),
    )
    // 1/n and (n−1)/n are told apart only by their size: they are independent all the same.
    expect(dependent).toEqual([])
    expect(coefficients.map((value, i) => value / truth[i])).toEqual([1, 1, 1].map((one) => expect.closeTo(one, 6)))
  })
})
