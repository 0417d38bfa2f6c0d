import type { Arithmetic } from './arithmetic/arithmetic.ts'
import type { ArithmeticName } from './arithmetics.ts'
import type { Transport } from './transport/transport.ts'

/** Where one rank measures: how it reaches the others, where its vector lies, and which clock it reads. */
export interface Seat {
  readonly transport: Transport
  /** f32[length] of any content, where the transport takes payloads from. One at a time: a later one may lie on it. */
  vector(length: number): Float32Array
  arithmetic(name: ArithmeticName): Arithmetic
  /** Numbers the all-reduces of the transport, from 0. */
  nextCall(): number
  /** Resolves when every rank has come here. */
  barrier(): Promise<void>
  /** Resolves when an all-reduce that returned needs nothing more of this rank. */
  flush?(): Promise<void>
  /** Seconds on a clock that never goes back and that all ranks of one machine read alike. */
  clock(): number
  /** Resolves when the clock has come to `seconds`. */
  until(seconds: number): Promise<void>
  /** The most memory this rank's process has held so far. */
  peakResidentBytes(): number
}
