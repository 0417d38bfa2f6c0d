import { sha256OfFloats } from '../core/digest.ts'
import type { StepRecord, TrialRecord } from '../record/trial-record.ts'
import { pairFalseAlarmRate } from '../stats/pair-differences.ts'
import type { Quantile } from '../stats/quantiles.ts'
import { FLOOR_QUANTILE, floorOf, REAL_MULTIPLE } from './array-spread.ts'

/** A training in one order. */
export interface TrainedOrder {
  readonly algorithm: string
  readonly record: TrialRecord
  readonly steps: readonly StepRecord[]
  /** f32[weightCount] by step. */
  readonly weights: ReadonlyMap<number, Float32Array>
}

/** The least and the greatest of a figure over all orders. */
export interface Envelope {
  readonly step: number
  readonly least: number
  readonly greatest: number
}

/** Rounding alone keeps batch losses closer than this; what is further apart has gone another way (a ReLU that let through or not). */
export const WIDE_LOSS = 1e-5

/** What orders do to a training. */
export interface Envelopes {
  readonly orders: number
  /** Mean loss of each step's batch, before its update. */
  readonly loss: readonly Envelope[]
  /** The first step after which two orders have other weights; null where none has. */
  readonly firstStepApart: number | null
  /** The first step whose losses are further apart than `WIDE_LOSS`, relatively; null where none are. */
  readonly lossApartStep: number | null
  /** Where the weights were kept: max |Δw| over all pairs of orders, over max |w|. */
  readonly growth: readonly { readonly step: number; readonly distance: number; readonly distinct: number }[]
  /** Different weights at the end. */
  readonly distinctWeights: number
}

/** Sets trainings that differ in their order only side by side. */
export function envelopesOf(trained: readonly TrainedOrder[]): Envelopes {
  const shortest = Math.min(...trained.map(({ steps }) => steps.length))
  const byStep = Array.from({ length: shortest }, (_, i) => trained.map(({ steps }) => steps[i]))
  const loss = byStep.map((records): Envelope => {
    const losses = records.map((record) => record.loss ?? Number.NaN)
    return { step: records[0].step, least: Math.min(...losses), greatest: Math.max(...losses) }
  })
  const apart = byStep.find((records) => records.some(({ weightsHash }) => weightsHash !== records[0].weightsHash))
  const kept = [...trained[0].weights.keys()].filter((step) => trained.every(({ weights }) => weights.has(step)))
  const growth = kept.map((step) => {
    const weights = trained.flatMap((order) => order.weights.get(step) ?? [])
    const distinct = new Set(weights.map((own) => sha256OfFloats(own))).size
    return { step, distance: relativeWidth(weights), distinct }
  })
  const digests = new Set(trained.map(({ record }) => record.weightsSha256))
  return {
    orders: trained.length,
    loss,
    firstStepApart: apart?.[0].step ?? null,
    lossApartStep: loss.find(({ least, greatest }) => greatest - least > WIDE_LOSS * greatest)?.step ?? null,
    growth,
    distinctWeights: digests.size,
  }
}

/** The difference of a metric that the order makes by itself, and the one beyond which a difference is real. */
export interface OrderFloor {
  readonly value: number
  readonly quantile: number
  readonly interval: Quantile['interval']
  readonly range: number
  readonly resolution: number
  readonly multiple: number
  readonly limit: number
  readonly falseAlarmRate: number
}

/** @param values the metric by order, at least two. @param resolution the least difference that it can show. */
export function orderFloor(values: readonly number[], resolution: number): OrderFloor {
  const { value, interval } = floorOf(values)
  return {
    value,
    quantile: FLOOR_QUANTILE,
    interval,
    range: Math.max(...values) - Math.min(...values),
    resolution,
    multiple: REAL_MULTIPLE,
    limit: Math.max(REAL_MULTIPLE * value, resolution),
    falseAlarmRate: pairFalseAlarmRate(values.length, FLOOR_QUANTILE, REAL_MULTIPLE),
  }
}

/** max over elements of greatest − least, over the largest magnitude. */
function relativeWidth(all: readonly Float32Array[]): number {
  let [width, largest] = [0, 0]
  for (let i = 0; i < all[0].length; i++) {
    let [least, greatest] = [all[0][i], all[0][i]]
    for (const weights of all) {
      if (weights[i] < least) least = weights[i]
      if (weights[i] > greatest) greatest = weights[i]
    }
    width = Math.max(width, greatest - least)
    largest = Math.max(largest, Math.abs(least), Math.abs(greatest))
  }
  return largest === 0 ? 0 : width / largest
}
