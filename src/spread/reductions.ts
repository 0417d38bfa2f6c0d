import type { ArithmeticName } from '../reduce/arithmetics.ts'

/** How an all-reduce was carried out: as ever, in smaller messages, or in parts reduced by themselves. */
export type Variant = 'plain' | 'segments' | 'buckets'

/** One all-reduce as all ranks saw it: a line of reductions.jsonl. */
export interface ReducedOnce {
  /** Name of the contributions. */
  readonly set: string
  readonly ranks: number
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  readonly variant: Variant
  /** Fresh processes each; from 0. */
  readonly launch: number
  readonly call: number
  /** SHA-256 of the result, by rank. */
  readonly digests: readonly string[]
  /** By bucket, of the order that was witnessed. */
  readonly certificates: readonly string[]
}

/** What all-reduces came to. */
export interface Reductions {
  readonly all: readonly ReducedOnce[]
  /** f32 by digest; those that rank 0 held. */
  readonly results: ReadonlyMap<string, Float32Array>
  /** Packed, by certificate. */
  readonly orders: ReadonlyMap<string, string>
}
