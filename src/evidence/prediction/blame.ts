/** What a time is made of: α; β; cores that a rank waited for (γ is of them); and the rest, which is waiting at ports. */
export type Term = 'latency' | 'bandwidth' | 'cores' | 'contention'

/** A measured time, and the share of it for which a thread was ready and had no core; null: not known. */
export interface Timing {
  readonly seconds: number
  readonly coreWait: number | null
}

/** What was measured beside a point, on the same nodes in the same launch. */
export interface Witnesses {
  /** The same schedule over one element, and what the model said of it. */
  readonly smallest: Timing
  readonly smallestPredictedSeconds: number
}

/** A prediction and what came. */
export interface Gap {
  readonly predictedSeconds: number
  /** The same with β as much longer as bytes took from each node to the next, all at once, than where the model was fitted. */
  readonly predictedAtRatioSeconds: number
  readonly measured: Timing
}

/** Seconds that each term adds to a prediction or takes off; their sum is the gap. */
export type Parts = Readonly<Record<Term, number>>

/**
 * Splits measured − predicted by what was measured apart: latency is what the smallest vector took beyond its own prediction, its
 * wait for cores not counted; bandwidth what the bytes of the point take at the measured pace; cores the wait for them; contention
 * the rest.
 */
export function partsOf({ predictedSeconds, predictedAtRatioSeconds, measured }: Gap, witnesses: Witnesses): Parts {
  const { smallest, smallestPredictedSeconds } = witnesses
  const latency = withoutWait(smallest) - smallestPredictedSeconds
  const bandwidth = predictedAtRatioSeconds - predictedSeconds
  const cores = measured.seconds - withoutWait(measured)
  const gap = measured.seconds - predictedSeconds
  return { latency, bandwidth, cores, contention: gap - latency - bandwidth - cores }
}

/** The term that goes furthest the way the gap goes. */
export function termToBlame(parts: Parts): Term {
  const terms = Object.keys(parts) as Term[]
  const gap = terms.reduce((sum, term) => sum + parts[term], 0)
  return terms.reduce((most, term) => (parts[term] * Math.sign(gap) > parts[most] * Math.sign(gap) ? term : most))
}

/** Nanoseconds a byte from timings of a long and a short vector. */
export function byteTimeNs(long: Timing, short: Timing, bytesApart: number): number {
  return ((long.seconds - short.seconds) * 1e9) / bytesApart
}

/** Of what no link holds back, a wait for a core lengthens all of it. */
function withoutWait({ seconds, coreWait }: Timing): number {
  return seconds * (1 - (coreWait ?? 0))
}
