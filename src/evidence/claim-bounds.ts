import type { ClaimSetting } from './claim-setting.ts'
import { leastBandwidth, ringCost, speedupAtBandwidth } from './speedup-range.ts'

/** What follows for a number from a field that is missing; null where nothing does. docs/methodology.md derives it. */
export function bandwidthBound({ speedup: stated }: ClaimSetting): string | null {
  if (!stated) return null
  const { ideal, speedup } = stated
  const all = `(0, ${times(ideal)}] for synchronous training`
  if (speedup > ideal) return `${all}; the stated number lies above`
  const at = (factor: number): string => {
    const { low, high, ifAllBandwidth } = speedupAtBandwidth(stated, factor)
    return `${times(low)} to ${times(high)} (${times(ifAllBandwidth)} if the loss is all bandwidth)`
  }
  return `${all}. From ${times(speedup)}: with half the bandwidth ${at(0.5)}, a tenth ${at(0.1)}, ten times ${at(10)}`
}

/** The exchange of a step stays as it is, its computing is proportional to the batch. */
export function batchBound({ speedup: stated }: ClaimSetting): string | null {
  if (!stated) return null
  const all = `(0, ${times(stated.ideal)}]`
  if (stated.speedup > stated.ideal) return all
  const [half, twice] = [0.5, 2].map((factor) => times(speedupAtBandwidth(stated, factor).ifAllBandwidth))
  return `${all}; ${half} with half the batch, ${twice} with twice, if the loss is all exchange`
}

export function latencyBound({ workers }: ClaimSetting): string | null {
  if (workers === null || workers === 1) return null
  const { rounds } = ringCost(workers, 1)
  return `each microsecond adds ${doublings(workers)} (doubling) to ${rounds} (ring) microseconds to an all-reduce`
}

export function algorithmBound({ workers }: ClaimSetting): string | null {
  if (workers === null || workers === 1) return null
  const few = doublings(workers)
  const { rounds, criticalBytes } = ringCost(workers, 1)
  return `from ${few} rounds and ${few} payloads a worker (doubling) to ${rounds} rounds and ${criticalBytes.toFixed(1)} payloads (ring); one parameter server takes in ${workers} payloads`
}

/** Bytes per second that each worker must send at least for the number to be possible; null where not known. */
export function impliedBandwidth({ workers, claim }: ClaimSetting): number | null {
  const bytes = claim.code?.gradientBytes?.stated
  const seconds = claim.number.stepSeconds?.stated
  if (workers === null || bytes === undefined || seconds === undefined) return null
  return leastBandwidth(workers, bytes, seconds)
}

/**
 * How far above its mean the best of n can lie on average, in standard deviations, whatever the distribution.
 * @source Hartley & David 1954, Universal bounds for mean range and extreme observation.
 */
export function bestOf(n: number): number {
  return (n - 1) / Math.sqrt(2 * n - 1)
}

/** `5.0×` */
export function times(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 0.95 ? ratio.toFixed(1) : ratio.toPrecision(1)}×`
}

function doublings(workers: number): number {
  return Math.ceil(Math.log2(workers))
}
