// Goal: the figures of a pair are half the round trip that its lower node saw, and their summary is over all pairs; a run of
// many nodes measures a bounded number of pairs and says of how many. Left out: real clocks (the end-to-end smoke test).
import { expect, it } from 'vitest'
import { linkPoints, linksOf } from '../../src/reduce/links.ts'

const PAYLOAD_BYTES = 2 ** 18

/** What every node of a pair would measure, the higher one longer: it waits for the lower. */
function measured(nodeCount: number, microsOf: (point: number, node: number) => readonly number[]) {
  return linkPoints(nodeCount).map((_, point) =>
    Array.from({ length: nodeCount }, (_, node) => ({
      seconds: microsOf(point, node).map((micros) => micros / 1e6),
    })),
  )
}

it('a pair takes half of the p50 of its round trips, by the clock of its lower node', () => {
  const rounds = [
    [400, 200, 300],
    [1000, 500, 512],
  ]
  const byPoint = measured(2, (point, node) => rounds[point].map((micros) => micros * (1 + node)))
  const links = linksOf('2-nodes.seed-0', 2, byPoint)
  const latencyNsP50 = 150_000
  const bandwidthBytesPerSecond = 1_024_000_000
  expect(links).toEqual({
    trial: '2-nodes.seed-0',
    transport: 'grpc',
    nodeCount: 2,
    pairCount: 1,
    pairsAtOnce: 1,
    latencyBytes: 4,
    bandwidthBytes: PAYLOAD_BYTES,
    warmup: { latency: 5, bandwidth: 2 },
    pairs: [{ nodes: [0, 1], latencyNsP50, latencySamples: 3, bandwidthBytesPerSecond, bandwidthSamples: 3 }],
    summary: {
      latencyNsP50: { median: latencyNsP50, min: latencyNsP50, max: latencyNsP50 },
      bandwidthBytesPerSecond: {
        median: bandwidthBytesPerSecond,
        min: bandwidthBytesPerSecond,
        max: bandwidthBytesPerSecond,
      },
    },
  })
})

it('the summary is the median, the least and the greatest over pairs', () => {
  // Turns pair 1–2, then 0–2, then 0–1; 2·(turn + 1) µs there and back for the small payload, 2 ms times that for the large one.
  const { pairs, summary } = linksOf(
    't',
    3,
    measured(3, (point) => [2 * (Math.floor(point / 2) + 1) * 1000 ** (point % 2)]),
  )
  expect(pairs.map(({ latencyNsP50 }) => latencyNsP50)).toEqual([1000, 2000, 3000])
  expect(summary.latencyNsP50).toEqual({ median: 2000, min: 1000, max: 3000 })
  const [fastest, middle, slowest] = [1, 2, 3].map((milliseconds) => Math.round((PAYLOAD_BYTES * 1000) / milliseconds))
  expect(summary.bandwidthBytesPerSecond).toEqual({ median: middle, min: slowest, max: fastest })
})

it('a larger payload is what is sent, and what its time is divided into', () => {
  const bytes = 500_000
  expect(linkPoints(2, bytes).map(({ elements }) => 4 * elements)).toEqual([4, bytes])
  const byPoint = linkPoints(2, bytes).map(() => [0, 1].map(() => ({ seconds: [0.08] })))
  expect(linksOf('t', 2, byPoint, bytes)).toMatchObject({
    bandwidthBytes: bytes,
    summary: { bandwidthBytesPerSecond: { median: 12_500_000 } },
  })
})

it.each([
  [2, 1, 1],
  [3, 3, 3],
  [4, 6, 6],
  [5, 2, 10],
  [8, 4, 28],
  [16, 8, 120],
])('of %i nodes it measures %i of %i pairs', (nodeCount, measuredCount, pairCount) => {
  const links = linksOf(
    't',
    nodeCount,
    measured(nodeCount, () => [1]),
  )
  expect(new Set(links.pairs.map(({ nodes }) => nodes.join())).size).toBe(measuredCount)
  expect(links.pairCount).toBe(pairCount)
})
