// Goal: durations and memory as a person reads them. Left out: tables and verdicts that hold them.
import { expect, it } from 'vitest'
import { formatDuration, formatMemory } from '../../src/core/units.ts'

it.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [999, '999 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [1000, '1.0 s'],
  [3449, '3.4 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 0 s'],
  [119_400, '1 min 59 s'],
  [119_600, '2 min 0 s'],
  [60_000, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_600_000, '60 min 0 s'],
])('%d ms are %s', (milliseconds, want) => {
  expect(formatDuration(milliseconds)).toBe(want)
})

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [24 * 1024 ** 3, '24.0 GiB'],
  [2048 * 1024 ** 4, '2048.0 TiB'],
])('%d bytes are %s', (bytes, want) => {
  expect(formatMemory(bytes)).toBe(want)
})
