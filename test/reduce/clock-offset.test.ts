// Goal: between two clocks the offset comes from the fastest ping, and the truth always lies within its error; links that are
// measured alone keep their pairs apart. Left out: real clocks and links (test/end-to-end/cluster.test.ts).
import { expect, it } from 'vitest'
import { type ClockPing, clockOffsetOf } from '../../src/reduce/clock-offset.ts'
import { ALONE, aloneFigures, alonePoints } from '../../src/reduce/links-alone.ts'

/** A ping whose ways take so long, over a clock that is ahead by `ahead`; all in milliseconds. */
function ping(sent: number, ahead: number, there: number, back: number): ClockPing {
  const received = sent + there + ahead
  const answered = received + 0.25
  return { sent, received, answered, returned: answered - ahead + back }
}

it('the offset is exact where both ways take as long', () => {
  expect(clockOffsetOf([ping(0, 5, 0.125, 0.125)])).toEqual({ clockOffsetNs: 5_000_000, clockOffsetErrorNs: 125_000 })
})

it('the fastest ping counts, wherever it stands', () => {
  const pings = [ping(0, -3, 4, 0.5), ping(10, -3, 0.0625, 0.0625), ping(20, -3, 0.5, 4)]
  expect(clockOffsetOf(pings)).toEqual({ clockOffsetNs: -3_000_000, clockOffsetErrorNs: 62_500 })
})

it.each([
  [0, 1],
  [1, 0],
  [0.75, 0.25],
])('the truth lies within the error where the ways take %d and %d ms', (there, back) => {
  const { clockOffsetNs, clockOffsetErrorNs } = clockOffsetOf([ping(0, 2, there, back)])
  expect(Math.abs(clockOffsetNs - 2_000_000)).toBeLessThanOrEqual(clockOffsetErrorNs)
  expect(clockOffsetErrorNs).toBe(500_000)
})

it('every pair has two points of its own, and the figures of its lower node', () => {
  const points = alonePoints(3, ALONE)
  expect(points.map(({ algorithm, elements }) => [algorithm, elements * 4])).toEqual(
    ['0-1', '0-2', '1-2'].flatMap((pair) => [
      [`pair:${pair}`, ALONE.latencyBytes],
      [`pair:${pair}`, ALONE.bandwidthBytes],
    ]),
  )
  // There and back 2 · (point + 1) ms for the lower node, as good as nothing for one that rests.
  const byPoint = points.map(({ algorithm }, point) =>
    [0, 1, 2].map((node) => ({ seconds: algorithm.startsWith(`pair:${node}-`) ? [0.002 * (point + 1)] : [1e-9] })),
  )
  const figures = aloneFigures(3, byPoint, ALONE.bandwidthBytes)
  expect(figures.map(({ nodes, latencyNsP50 }) => [...nodes, latencyNsP50])).toEqual([
    [0, 1, 1_000_000],
    [0, 2, 3_000_000],
    [1, 2, 5_000_000],
  ])
  expect(figures[2].bandwidthBytesPerSecond).toBe(Math.round(2 ** 20 / 0.006))
})
