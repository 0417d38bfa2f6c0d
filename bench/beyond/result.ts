import type { WhatIf } from '../../src/evidence/what-if.ts'

/** bench/results/beyond.json: what the simulator says of more ranks than anybody here has. Nothing in it was measured. */
export interface BeyondResult {
  readonly schemaVersion: 1
  readonly simulated: true
  readonly command: string
  readonly fabrics: readonly Fabric[]
  /** The tree that stands beside the switch. */
  readonly tree: string
  readonly times: readonly TimedCell[]
  readonly parts: readonly Parts[]
  readonly conditions: readonly Condition[]
  readonly spread: readonly SpreadOfRanks[]
  readonly depths: readonly Depth[]
  readonly claims: readonly SimulatedClaim[]
}

/** A recorded spec. Figures are medians, which nodes beyond its own are given. */
export interface Fabric {
  readonly name: string
  readonly spec: string
  readonly specNodes: number
  readonly latencyNs: number
  readonly bytesPerSecond: number
  readonly addBytesPerSecond: number
}

/** An all-reduce of one size over so many ranks, by every algorithm that could be walked. */
export interface TimedCell {
  readonly fabric: string
  readonly topology: string
  readonly ranks: number
  readonly bytes: number
  /** More ranks than the spec has nodes. */
  readonly extended: boolean
  readonly seconds: readonly TimedAlgorithm[]
}

export interface TimedAlgorithm {
  readonly algorithm: string
  readonly seconds: number
  readonly method: 'event' | 'closed-form'
}

/** What the seconds of the fastest algorithm are made of: each by what it adds to those before it. */
export interface Parts {
  readonly fabric: string
  readonly ranks: number
  readonly bytes: number
  readonly algorithm: string
  readonly latency: number
  readonly bandwidth: number
  readonly adding: number
  /** What the tree adds to the switch. */
  readonly contention: number
}

/** The fastest where something is another way than recorded. */
export interface Condition {
  readonly condition: string
  readonly fabric: string
  readonly ranks: number
  readonly bytes: number
  readonly seconds: readonly TimedAlgorithm[]
}

/** Sums of the same values by every algorithm, in units of u·Σ|x|, the largest over elements. */
export interface SpreadOfRanks {
  readonly ranks: number
  readonly elements: number
  /** Greatest less least over algorithms. */
  readonly spread: number
  readonly errors: readonly { readonly algorithm: string; readonly error: number }[]
}

/** Additions on the longest way to a result, and the bound of its error that follows, in units of u·Σ|x|. */
export interface Depth {
  readonly algorithm: string
  readonly ranks: number
  readonly additions: number
  readonly bound: number
}

/** A published claim as it was put to the simulator. */
export interface SimulatedClaim extends Pick<WhatIf, 'answer' | 'wants' | 'fabric' | 'unverified'> {
  readonly file: string
  readonly claimed: string
  /** Low and high, in the claim's unit. */
  readonly predicted: readonly [string, string] | null
}
