/** What befalls a simulated network beside the traffic of the study. */
export interface Conditions {
  /** As topology.ts writes it. */
  readonly topology: string
  /** Bytes that travel as one; a longer message follows itself segment by segment. */
  readonly segmentBytes: number
  /** What a port lets through at once after a rest, as the time that it takes else: the bucket of a shaped link; 0: nothing. */
  readonly burstNs: number
  /** Does a rank go on when it has handed over what it sends? Else when all of it has left. */
  readonly buffersSends: boolean
  /** The mean of an exponential delay that every message is given; 0: none. */
  readonly jitterNs: number
  /** Of jitter. */
  readonly seed: number
  /** Share of every port and link that other traffic takes, 0 ≤ share < 1. */
  readonly backgroundShare: number
  /** Nodes that compute and add this many times as slowly. */
  readonly stragglers: readonly { readonly node: number; readonly factor: number }[]
  /** What else happens on a node: the mean of an exponential delay of every gradient, as a share of what it takes; 0: nothing. */
  readonly unrest: number
}

/** Nothing but the study. */
export const CALM: Conditions = {
  topology: 'switch',
  segmentBytes: 1 << 20,
  burstNs: 0,
  buffersSends: false,
  jitterNs: 0,
  seed: 0,
  backgroundShare: 0,
  stragglers: [],
  unrest: 0,
}

/** How many times as slow a node is. */
export function slownessOf({ stragglers }: Conditions, node: number): number {
  return stragglers.find((straggler) => straggler.node === node)?.factor ?? 1
}
