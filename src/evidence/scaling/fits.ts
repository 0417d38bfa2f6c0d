import { mean } from 'simple-statistics'
import type { ScheduleCost } from '../../reduce/cost.ts'
import { leastSquares } from '../../stats/least-squares.ts'

/** One rank count of a curve, as models see it. */
export interface FitPoint {
  readonly ranks: number
  /** Batch of the arm over that of the base: 1 everywhere in strong scaling. */
  readonly work: number
  readonly cost: ScheduleCost
  readonly secondsPerStep: number
}

type Place = Omit<FitPoint, 'secondsPerStep'>

export type ModelName = 'Amdahl' | 'Gustafson' | 'USL' | 'alpha-beta-gamma'

/** A model whose value is a sum of non-negative terms: a coefficient each, times what is known of a point. */
interface Model {
  readonly name: ModelName
  readonly terms: Readonly<Record<string, (place: Place) => number>>
  /** Seconds of a step from the value of the terms, and back: the same function. */
  readonly seconds: (value: number, place: Place) => number
}

const asItIs = (value: number): number => value

/**
 * @source Amdahl 1967; Gustafson 1988, Reevaluating Amdahl's law; Gunther 2007, Guerrilla capacity planning (USL); α-β-γ:
 * Thakur, Rabenseifner & Gropp 2005, section 3.
 */
const MODELS: readonly Model[] = [
  {
    name: 'Amdahl',
    terms: { serial: ({ work }) => work, parallel: ({ work, ranks }) => work / ranks },
    seconds: asItIs,
  },
  {
    name: 'Gustafson',
    terms: { serial: () => 1, parallel: ({ ranks }) => ranks },
    seconds: (throughput, { work }) => work / throughput,
  },
  {
    name: 'USL',
    terms: {
      alone: ({ work, ranks }) => work / ranks,
      contention: ({ work, ranks }) => (work * (ranks - 1)) / ranks,
      coherence: ({ work, ranks }) => work * (ranks - 1),
    },
    seconds: asItIs,
  },
  {
    name: 'alpha-beta-gamma',
    terms: {
      compute: ({ work, ranks }) => work / ranks,
      alpha: ({ cost }) => cost.rounds,
      beta: ({ cost }) => cost.criticalBytes,
      gamma: ({ cost }) => cost.criticalAddedBytes,
    },
    seconds: asItIs,
  },
]

/** What one model makes of a curve. */
export interface ModelFit {
  readonly model: ModelName
  /** By term; a term that these points cannot tell from others is not there. Null where the fit was refused. */
  readonly coefficients: Readonly<Record<string, number>> | null
  /** Terms left out because they follow from others at these points. */
  readonly notTold: readonly string[]
  /** By point that was held out, |predicted − measured| ÷ measured of its step; null where leaving one out leaves too few. */
  readonly heldOut: readonly { readonly ranks: number; readonly error: number }[] | null
  /** The mean of those. */
  readonly heldOutError: number | null
  /** Why there is no fit, or no held-out error. */
  readonly reason: string | null
}

/** Fits every model to a curve, and holds each point out in turn. Refused with no more points than parameters. */
export function fitModels(points: readonly FitPoint[]): ModelFit[] {
  return MODELS.map((model): ModelFit => {
    const { coefficients, notTold } = coefficientsOf(model, points)
    const count = Object.keys(coefficients).length
    const none = { model: model.name, coefficients: null, notTold, heldOut: null, heldOutError: null }
    if (points.length <= count) {
      return { ...none, reason: `${points.length} points, and ${count} parameters need ${count + 1}` }
    }
    if (points.length - 1 <= count) {
      const reason = `held out, ${points.length - 1} points are left for ${count} parameters`
      return { ...none, coefficients, reason }
    }
    const heldOut = points.map((point) => {
      const others = points.filter((other) => other !== point)
      const predicted = predictSeconds(model.name, coefficientsOf(model, others).coefficients, point)
      return { ranks: point.ranks, error: Math.abs(predicted - point.secondsPerStep) / point.secondsPerStep }
    })
    const heldOutError = mean(heldOut.map(({ error }) => error))
    return { model: model.name, coefficients, notTold, heldOut, heldOutError, reason: null }
  })
}

/** The model that predicts points it has not seen best; undefined where none was asked to. */
export function bestFit(fits: readonly ModelFit[]): ModelFit | undefined {
  const judged = fits.filter(({ heldOutError }) => heldOutError !== null)
  const errorOf = ({ heldOutError }: ModelFit): number => heldOutError ?? Number.POSITIVE_INFINITY
  return judged.length === 0 ? undefined : judged.reduce((best, one) => (errorOf(one) < errorOf(best) ? one : best))
}

/** Seconds of a step by a fitted model. */
export function predictSeconds(name: ModelName, coefficients: Readonly<Record<string, number>>, place: Place): number {
  const model = MODELS.find((one) => one.name === name) ?? MODELS[0]
  const value = Object.entries(coefficients).reduce((sum, [term, by]) => sum + by * model.terms[term](place), 0)
  return model.seconds(value, place)
}

/** Coefficients ≥ 0 of the least sum of squared relative errors of the value. */
function coefficientsOf(
  model: Model,
  points: readonly FitPoint[],
): Pick<ModelFit, 'notTold'> & { coefficients: Record<string, number> } {
  const rows = points.map((point) => {
    const value = model.seconds(point.secondsPerStep, point)
    return Object.values(model.terms).map((term) => term(point) / value)
  })
  const names = Object.keys(model.terms)
  const { coefficients, dependent } = leastSquares(
    rows,
    points.map(() => 1),
  )
  const told = names.flatMap((name, i) => (dependent.includes(i) ? [] : [[name, coefficients[i]] as const]))
  return { coefficients: Object.fromEntries(told), notTold: dependent.map((i) => names[i]) }
}
