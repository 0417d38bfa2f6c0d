import { relative } from 'node:path'
import type { MeasuredByRank } from '../../cluster/coordinator/collect-points.ts'
import { type RankPair, tournament } from '../reduce/algorithms/pairs.ts'
import { PAIR, PAIRS } from '../reduce/measure.ts'
import type { Quantile } from '../stats/quantiles.ts'
import { type Cell, quantileUs } from './bench-rows.ts'
import { type UnmeasuredPoint, unmeasuredText } from './bench-text.ts'
import { formatTable, wrap } from './table.ts'

/** What two ranks exchange: half of there and back. */
export interface PairRow extends Cell {
  readonly pair: RankPair
  /** Of the smallest size and of the largest, while all other ranks rest. */
  readonly alone: LinkFigures
  /** The same while every other rank is busy with one other. */
  readonly busy: LinkFigures
}

interface LinkFigures {
  readonly latencyBytes: number
  readonly latencyP50Us: Quantile
  readonly bandwidthBytes: number
  readonly transferP50Us: Quantile
  readonly bandwidthGBs: number
  readonly samples: number
}

/** The link of least bandwidth, where its ranks are more than one pair. */
export interface SlowLink extends Cell {
  readonly pair: RankPair
  readonly bandwidthGBs: number
  /** Its bandwidth over that of the median pair. */
  readonly shareOfMedian: number
  /** Do the intervals of the two lie apart? */
  readonly isApart: boolean
}

/** A row for each pair of which every figure was measured. @param measured each point with its launches. */
export function pairRows(cell: Cell, measured: readonly (readonly MeasuredByRank[])[]): PairRow[] {
  const { ranks } = cell
  if (ranks < 2) return []
  const figures = (algorithm: string, pair: RankPair): LinkFigures | undefined => {
    const points = measured.filter((launches) => launches[0]?.point.algorithm === algorithm)
    return points.length < 2 ? undefined : linkFigures(points, pair)
  }
  const rows = tournament(ranks).flatMap((pairs, turn) =>
    pairs.flatMap((pair): PairRow[] => {
      const alone = figures(`${PAIR}${pair.join('-')}`, pair)
      const busy = figures(`${PAIRS}${turn}`, pair)
      return alone && busy ? [{ ...cell, pair, alone, busy }] : []
    }),
  )
  return rows.sort((x, y) => x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1])
}

function linkFigures(points: readonly (readonly MeasuredByRank[])[], [a, b]: RankPair): LinkFigures {
  const [small, large] = points.map((launches) => ({
    bytes: launches[0].point.elements * 4,
    p50Us: quantileUs(
      launches.map(({ byRank }) => byRank[a].seconds.map((seconds, i) => Math.max(seconds, byRank[b].seconds[i]) / 2)),
      0.5,
    ),
    samples: launches.reduce((sum, { byRank }) => sum + byRank[a].seconds.length, 0),
  }))
  return {
    latencyBytes: small.bytes,
    latencyP50Us: small.p50Us,
    bandwidthBytes: large.bytes,
    transferP50Us: large.p50Us,
    bandwidthGBs: large.bytes / large.p50Us.value / 1000,
    samples: large.samples,
  }
}

/** One for each transport and rank count of three ranks or more. */
export function slowLinks(rows: readonly PairRow[]): SlowLink[] {
  const cells = Map.groupBy(rows, ({ transport, ranks }) => `${transport} ${ranks}`)
  return [...cells.values()].flatMap((ofCell): SlowLink[] => {
    if (ofCell.length < 2) return []
    const sorted = ofCell.toSorted((x, y) => x.alone.bandwidthGBs - y.alone.bandwidthGBs)
    const [slowest] = sorted
    const median = sorted[Math.floor(sorted.length / 2)].alone
    const { transport, ranks, nodes, ranksPerNode, pair, alone } = slowest
    const fastestOfSlow = alone.transferP50Us.interval[0]
    const slowestOfMedian = median.transferP50Us.interval[1]
    return [
      {
        transport,
        ranks,
        nodes,
        ranksPerNode,
        pair,
        bandwidthGBs: alone.bandwidthGBs,
        shareOfMedian: alone.bandwidthGBs / median.bandwidthGBs,
        isApart: fastestOfSlow !== null && slowestOfMedian !== null && fastestOfSlow > slowestOfMedian,
      },
    ]
  })
}

/** The table of pairs, at most 80 columns wide. */
export function pairsText(
  rows: readonly PairRow[],
  slow: readonly SlowLink[],
  unmeasured: readonly UnmeasuredPoint[],
  folder: string,
): string {
  const header = ['transport', 'n', 'pair', 'latency(µs)', 'busy(µs)', 'bandwidth(GB/s)', 'busy(GB/s)']
  const cells = rows.map(({ transport, ranks, pair, alone, busy }) => [
    transport,
    String(ranks),
    pair.join('–'),
    alone.latencyP50Us.value.toFixed(1),
    busy.latencyP50Us.value.toFixed(1),
    alone.bandwidthGBs.toFixed(3),
    busy.bandwidthGBs.toFixed(3),
  ])
  const sizes = rows[0] && `${rows[0].alone.latencyBytes} B, bandwidth of ${rows[0].alone.bandwidthBytes} B`
  const named = slow.map(({ transport, ranks, pair, shareOfMedian, isApart }) =>
    wrap(
      `slowest link of ${transport}, ${ranks} ranks: ${pair.join('–')}, ${shareOfMedian.toFixed(2)} of the median ` +
        `pair's bandwidth${isApart ? '' : ' (their intervals overlap: no link is slow)'}`,
      '  ',
    ),
  )
  return [
    `# p50 of half of there and back${sizes === undefined ? '' : `; latency of ${sizes}`}`,
    '# busy: every other rank sends to one other at the same time; 1 GB = 1e9 bytes',
    '',
    formatTable(header, cells, ['left', 'right', 'left', 'right', 'right', 'right', 'right']),
    '',
    ...named,
    ...unmeasuredText(unmeasured),
    `figures, intervals and samples: ${relative('.', folder)}`,
  ].join('\n')
}
