import assert from 'node:assert'
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
