import { timeBenchedNs } from '../../simulate/bench-timing.ts'
import { uniformLinks } from '../../simulate/cluster-links.ts'
import { CALM } from '../../simulate/conditions.ts'
import { leastSquares } from '../../stats/least-squares.ts'

/** α, β and γ of nodes and links that are all alike, and the bucket of their ports. */
export interface LinkModel {
  /** α. */
  readonly latencyNs: number
  /** β. */
  readonly nsPerByte: number
  /** γ. */
  readonly addNsPerByte: number
  /** Of conditions.ts. */
  readonly burstNs: number
}

/** An all-reduce of f32. */
export interface Place {
  readonly algorithm: string
  readonly nodes: number
  readonly sizeBytes: number
}

export interface TimedPlace extends Place {
  readonly seconds: number
}

/** Rounds that share a port take turns by frames of HTTP/2. */
const FRAME_BYTES = 1 << 14

/** What the simulator makes of it, one all-reduce after the other. */
export function predictSeconds({ algorithm, nodes, sizeBytes }: Place, model: LinkModel): number {
  const { latencyNs, nsPerByte, addNsPerByte, burstNs } = model
  const links = uniformLinks(latencyNs, nsPerByte, addNsPerByte)
  const conditions = { ...CALM, segmentBytes: FRAME_BYTES, burstNs, buffersSends: true }
  return timeBenchedNs({ algorithm, arithmetic: 'f32', nodes }, sizeBytes / 4, links, conditions) / 1e9
}

const FITTED = ['latencyNs', 'nsPerByte'] as const
/** Of a parameter, to see what it changes. */
const NUDGE = 1e-4
const ROUNDS_MAX = 20
const CONVERGED = 1e-9

/**
 * The α and β of least squared relative error over measured places, from those of a start on; γ and the bucket stay. Predicted
 * times are piecewise linear in α and β, so that non-negative least squares of their slopes is repeated until it moves nothing.
 */
export function fitLinkModel(points: readonly TimedPlace[], start: LinkModel): LinkModel {
  let model = start
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const slopes = points.map((place) => slopesOf(place, model))
    const rows = slopes.map(({ byParameter }, i) => byParameter.map((slope) => slope / points[i].seconds))
    const targets = slopes.map(({ rest }, i) => (points[i].seconds - rest) / points[i].seconds)
    const [latencyNs, nsPerByte] = leastSquares(rows, targets).coefficients
    const moved = Math.abs(nsPerByte / model.nsPerByte - 1)
    model = { ...model, latencyNs, nsPerByte }
    if (moved < CONVERGED) break
  }
  return model
}

/** Seconds by which each parameter changes a prediction, per unit, and what is left of it without them. */
function slopesOf(place: Place, model: LinkModel): { byParameter: number[]; rest: number } {
  const seconds = predictSeconds(place, model)
  const byParameter = FITTED.map((name) => {
    const step = Math.max(1, model[name]) * NUDGE
    return (predictSeconds(place, { ...model, [name]: model[name] + step }) - seconds) / step
  })
  const rest = seconds - byParameter.reduce((sum, slope, i) => sum + slope * model[FITTED[i]], 0)
  return { byParameter, rest }
}
