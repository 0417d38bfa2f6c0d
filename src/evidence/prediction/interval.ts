import { fitLinkModel, type LinkModel, predictSeconds, type TimedPlace } from './link-model.ts'

/** What a model is fitted to, of two node counts or more. */
export interface FitPoints {
  /** Of the sizes that are to be predicted. */
  readonly sized: readonly TimedPlace[]
  /** Of one element: they tell α. */
  readonly smallest: readonly TimedPlace[]
}

/** How far a prediction may be off, as logarithms. */
export interface ErrorScale {
  readonly confidence: number
  /** Nodes of the largest places that the model was fitted to. */
  readonly nodesFitted: number
  /** Doublings of the node count over which the errors were seen. */
  readonly doublingsSeen: number
  /** |ln(measured ÷ predicted)| of the places seen that a fit to smaller node counts had to predict, sorted. */
  readonly errors: readonly number[]
  /** Of them, the one that a further one exceeds with a probability of at most 1 − confidence. */
  readonly bound: number
}

/**
 * The errors of the largest node count, predicted by a fit to the smaller ones: conformal, the ⌈(m+1)·confidence⌉-th smallest of m.
 * @source Vovk, Gammerman & Shafer 2005, Algorithmic learning in a random world, section 2.2 (split conformal).
 */
export function errorScale({ sized, smallest }: FitPoints, start: LinkModel, confidence: number): ErrorScale {
  const counts = [...new Set(sized.map(({ nodes }) => nodes))].sort((a, b) => a - b)
  const [before, nodesFitted] = counts.slice(-2)
  const isSmaller = ({ nodes }: TimedPlace): boolean => nodes < nodesFitted
  const smaller = fitLinkModel([...sized, ...smallest].filter(isSmaller), start)
  const errors = sized
    .filter((point) => !isSmaller(point))
    .map((point) => Math.abs(Math.log(point.seconds / predictSeconds(point, smaller))))
    .sort((a, b) => a - b)
  const rank = Math.ceil((errors.length + 1) * confidence)
  return {
    confidence,
    nodesFitted,
    doublingsSeen: Math.log2(nodesFitted / before),
    errors,
    bound: errors[Math.min(rank, errors.length) - 1],
  }
}

/**
 * Bounds of a measurement beyond the node counts of a fit. Errors go on as a random walk over doublings of the node count: their
 * square grows with the doublings from the fit on, from what one step of the scale showed.
 */
export function predictionBounds(
  seconds: number,
  nodes: number,
  { bound, nodesFitted, doublingsSeen }: ErrorScale,
): readonly [number, number] {
  const half = bound * Math.sqrt(1 + Math.log2(nodes / nodesFitted) / doublingsSeen)
  return [seconds * Math.exp(-half), seconds * Math.exp(half)]
}
