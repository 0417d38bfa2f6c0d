import assert from 'node:assert'
import { linkPoints, linksOf, type MeasuredLinks } from '../../src/reduce/links.ts'
import type { MeasuredPoint, PointResult } from '../../src/reduce/measure.ts'
import type { MeasurementMessage } from '../wire/messages.ts'

/** A point as every rank measured it, by rank. */
export interface MeasuredByRank {
  readonly point: MeasuredPoint
  readonly byRank: readonly PointResult[]
}

export type OnPoint = (measured: MeasuredByRank) => void

/** What takes the reports of a trial that measures, and hands a point over when every rank has reported it. */
export function collectPoints(
  points: readonly MeasuredPoint[],
  rankCount: number,
  onPoint: OnPoint,
): (node: number, measurement: MeasurementMessage) => void {
  const results = points.map((): (PointResult | undefined)[] => Array.from({ length: rankCount }, () => undefined))
  return (_, measurement) => {
    const ofPoint = results[measurement.point]
    assert(ofPoint !== undefined && measurement.rank < rankCount)
    ofPoint[measurement.rank] = measurement
    const byRank = ofPoint.filter((result) => result !== undefined)
    if (byRank.length === rankCount) onPoint({ point: points[measurement.point], byRank })
  }
}

/** What takes the reports of a trial that measures its links, and hands them over when every node has reported every point. */
export function collectLinks(
  trial: string,
  nodeCount: number,
  onLinks: (links: MeasuredLinks) => void,
  bandwidthBytes?: number,
): ReturnType<typeof collectPoints> {
  const points = linkPoints(nodeCount, bandwidthBytes)
  const byPoint: MeasuredByRank['byRank'][] = []
  return collectPoints(points, nodeCount, ({ byRank }) => {
    byPoint.push(byRank) // in the order of points: a node reports them in turn
    if (byPoint.length === points.length) onLinks(linksOf(trial, nodeCount, byPoint, bandwidthBytes))
  })
}
