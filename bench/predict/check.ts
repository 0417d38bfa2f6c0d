import { coresSaturated } from '../../src/evidence/paced.ts'
import { byteTimeNs, type Parts, partsOf, type Term, termToBlame } from '../../src/evidence/prediction/blame.ts'
import { predictSeconds } from '../../src/evidence/prediction/link-model.ts'
import {
  type ErrorScore,
  type IntervalScore,
  isCovered,
  scoreErrors,
  scoreIntervals,
} from '../../src/evidence/prediction/score.ts'
import type { Forecast, Prediction } from './forecast.ts'
import type { MeasuredSweep, MeasuredTime } from './measure.ts'

/** A prediction, and what came of it. */
export interface CheckedPoint extends Prediction {
  readonly measuredSeconds: number
  readonly samples: readonly number[]
  readonly coreWait: number | null
  readonly coresSaturated: boolean | 'unknown'
  readonly covered: boolean
  readonly parts: Parts
  /** Null where the interval holds it. */
  readonly blamed: Term | null
}

/** Of a group of points. */
export interface GroupScore extends IntervalScore {
  readonly alphaBeta: ErrorScore
  readonly lastCarried: ErrorScore
}

/** The predictions of a node count beside what was measured. @throws {Error} something was not. */
export function checkSweep(forecast: Forecast, measured: MeasuredSweep): CheckedPoint[] {
  const base = forecast.fittedTo.at(-1) ?? measured
  const byteTimeRatio = neighbourByteNs(measured) / neighbourByteNs(base)
  return measured.sized.map((time) => {
    const prediction = forecast.predictions.find(isPlace(time))
    const smallest = measured.smallest.find(({ algorithm }) => algorithm === time.algorithm)
    const smallestPrediction = smallest && forecast.smallest.find(isPlace(smallest))
    if (!prediction || !smallest || !smallestPrediction) throw new Error(`${time.algorithm} was not predicted`)
    const { model } = forecast
    const { predictedSeconds } = prediction
    const ratioModel = { ...model, nsPerByte: model.nsPerByte * byteTimeRatio }
    const parts = partsOf(
      { predictedSeconds, predictedAtRatioSeconds: predictSeconds(prediction, ratioModel), measured: time },
      { smallest, smallestPredictedSeconds: smallestPrediction.predictedSeconds },
    )
    const checked = { ...prediction, measuredSeconds: time.seconds }
    const covered = isCovered(checked)
    const saturated = coresSaturated({ ...(time.coreWait !== null && { coreWait: time.coreWait }) })
    return {
      ...checked,
      samples: time.samples,
      coreWait: time.coreWait,
      coresSaturated: saturated,
      covered,
      parts,
      blamed: covered ? null : termToBlame(parts),
    }
  })
}

/** Null where there is no point. */
export function scoreOf(points: readonly CheckedPoint[]): GroupScore | null {
  if (points.length === 0) return null
  const by = (secondsOf: (point: CheckedPoint) => number): ErrorScore =>
    scoreErrors(points.map((point) => ({ ...point, predictedSeconds: secondsOf(point) })))
  return {
    ...scoreIntervals(points),
    alphaBeta: by(({ alphaBetaSeconds }) => alphaBetaSeconds),
    lastCarried: by(({ carriedSeconds }) => carriedSeconds),
  }
}

function neighbourByteNs({ neighbours: [short, long] }: MeasuredSweep): number {
  return byteTimeNs(long, short, long.sizeBytes - short.sizeBytes)
}

function isPlace({ algorithm, nodes, sizeBytes }: Pick<MeasuredTime, 'algorithm' | 'nodes' | 'sizeBytes'>) {
  return (other: Pick<MeasuredTime, 'algorithm' | 'nodes' | 'sizeBytes'>): boolean =>
    other.algorithm === algorithm && other.nodes === nodes && other.sizeBytes === sizeBytes
}
