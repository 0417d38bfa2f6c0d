import { predictSeconds, type ScheduleCost } from '../reduce/cost.ts'

/** A speedup over a base case, and the one that nothing lost to exchange would give. */
export interface StatedSpeedup {
  readonly speedup: number
  readonly ideal: number
  readonly workers: number
}

export interface SpeedupRange {
  readonly low: number
  readonly high: number
  /** Where all that the workers lose is bandwidth, and none of it is hidden behind computing. */
  readonly ifAllBandwidth: number
}

/**
 * Where the speedup of synchronous training can lie on links of `factor` times the bandwidth, the work per worker and
 * all else as stated (docs/methodology.md derives it).
 *
 * @param speedup at most `ideal`: above it the model has no room for an exchange.
 */
export function speedupAtBandwidth({ speedup, ideal, workers }: StatedSpeedup, factor: number): SpeedupRange {
  // In units of the base case's step, which is all computing.
  const exposed = ideal / speedup - 1
  const payload = ringCost(workers, 1)
  const secondsPerByte = exposed / payload.criticalBytes / factor
  const exchange = predictSeconds(payload, { secondsPerRound: 0, secondsPerByte, secondsPerAddedByte: 0 })
  const atMost = Math.min(ideal, speedup * factor)
  return {
    low: Math.min(speedup, atMost),
    high: Math.max(speedup, atMost),
    ifAllBandwidth: ideal / (1 + exchange),
  }
}

/**
 * The least bandwidth of a worker, in bytes per second and direction, that a step time allows: an all-reduce among the
 * workers makes some of them send 2(N−1)/N of the payload, and it cannot take longer than the step.
 */
export function leastBandwidth(workers: number, payloadBytes: number, stepSeconds: number): number {
  return ringCost(workers, payloadBytes).criticalBytes / stepSeconds
}

/** `costOf` a ring, in closed form: the ranks of a claim are too many to walk its moves. */
export function ringCost(workers: number, payloadBytes: number): ScheduleCost {
  const bytes = ((2 * (workers - 1)) / workers) * payloadBytes
  return { rounds: 2 * (workers - 1), bytesSentMax: bytes, criticalBytes: bytes, criticalAddedBytes: bytes / 2 }
}
