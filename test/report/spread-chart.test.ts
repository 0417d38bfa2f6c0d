// Goal: the figure is the checked-in one, numbers rounded, so that a new version of the charting library is noticed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { spreadChart } from '../../src/report/spread-chart.ts'
import type { ArraySpread } from '../../src/spread/array-spread.ts'
import type { Point } from '../../src/spread/points.ts'

const GOLDEN = join(projectRoot, 'test/golden/spread.svg')

const points = [1, 1e4, 1e8].flatMap((mix, i) =>
  ['near-one', 'normal'].map((values, kind) => {
    const value = 1e-14 * 10 ** kind * (i + 1)
    return { values, mix, overExact: { value, interval: [value / 2, i === 0 ? null : value * 2] } } as unknown as Point
  }),
)
const arrays = points.map(
  ({ values, mix, overExact }) =>
    ({
      values,
      mix,
      count: 1000,
      condition: 1 + mix,
      random: { orders: 50, overExact: overExact?.value },
    }) as ArraySpread,
)

/** Numbers to a tenth: the last digits are the library's and the machine's. */
function rounded(svg: string): string {
  return `${svg.replace(/-?\d+\.\d+/g, (number) => Number(number).toFixed(1)).replaceAll('><', '>\n<')}\n`
}

it('draws relative spread against mix and condition number', async () => {
  const svg = rounded((await spreadChart(points, arrays)) ?? '')
  if (!existsSync(GOLDEN)) writeFileSync(GOLDEN, svg)
  expect(svg).toBe(readFileSync(GOLDEN, 'utf8'))
  expect(svg).toContain('spread over |exact sum|')
})

it('draws nothing where every spread is 0', async () => {
  const zero = points.map((point) => ({ ...point, overExact: { value: 0, interval: [0, 0] as const } }))
  expect(await spreadChart(zero, arrays)).toBeUndefined()
})
