// Goal: what docs/methodology.md says of the simulator's speed is what the committed result says, and that is within the bounds
// it was measured against. Left out: the speed of this machine now (npm run bench:simulate).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'

interface Row {
  readonly algorithm: string
  readonly ranks: number
  readonly values: boolean
  readonly wallSeconds: number
  readonly peakResidentBytes: number
}

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')
const { rows, exponent, secondsMax, peakBytesMax } = JSON.parse(read('bench/results/simulate.json')) as {
  rows: Row[]
  exponent: number
  secondsMax: Record<string, number>
  peakBytesMax: number
}

it('the figures of the documents are those of bench/results/simulate.json', () => {
  const rowOf = (ranks: number, algorithm: string, values: boolean): Row =>
    rows.find((row) => row.ranks === ranks && row.algorithm === algorithm && row.values === values) ??
    expect.unreachable()
  const ring = rowOf(4096, 'ring', false)
  const text = read('docs/methodology.md').replace(/\s+/g, ' ')
  const ringText = `${ring.wallSeconds.toFixed(0)} s and ${(ring.peakResidentBytes / 2 ** 20).toFixed(0)} MiB for a ring over 4,096`
  expect(text).toContain(ringText)
  expect(text).toContain(`time going with moves^${exponent.toFixed(2)}`)
  expect(text).toContain(`${rowOf(65_536, 'binomial-tree', false).wallSeconds.toFixed(1)} s for a tree over 65,536`)
  expect(text).toContain(`With values, 64 ranks take ${rowOf(64, 'ring', true).wallSeconds.toFixed(1)} s`)
})

it('no figure is above its bound', () => {
  const bounded = rows.filter(
    ({ algorithm, ranks, values }) => `${algorithm} ${ranks}${values ? ' values' : ''}` in secondsMax,
  )
  expect(bounded).toHaveLength(Object.keys(secondsMax).length)
  for (const { algorithm, ranks, values, wallSeconds, peakResidentBytes } of bounded) {
    expect(wallSeconds).toBeLessThanOrEqual(secondsMax[`${algorithm} ${ranks}${values ? ' values' : ''}`])
    expect(peakResidentBytes).toBeLessThanOrEqual(peakBytesMax)
  }
})
