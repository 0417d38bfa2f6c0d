/**
 * How two partial sums are added, apart from the order they are added in. Partial sums of one rank start as its f32
 * vector, travel in the arithmetic's own wire format, and end as f32 again.
 */
export interface Arithmetic {
  readonly name: string
  /** Wire bytes of one element. */
  readonly bytesPerElement: number
  /** Where ranks have to know of each other's contributions before they begin; the executor sees to it. */
  readonly agreement?: Agreement
  /**
   * The partial sums of a rank that contributes `vector`; f32 in, and f32 out at `finish`, into the same array.
   * @param workspace where sums that do not travel as f32 are kept: bytesPerElement · length bytes, 8-byte aligned, of
   * any content. Its own by default; a transport that lends memory passes a part of that.
   */
  begin(vector: Float32Array, workspace?: Uint8Array): PartialSums
}

/** The partial sums of one rank. Element ranges are half-open; bytes are little-endian. */
export interface PartialSums {
  /**
   * Elements as they travel; valid until the next call. Where the wire format is narrower than the sum, the sum is
   * rounded here for the sender too, so that every rank goes on with the same value.
   */
  encode(start: number, end: number): Uint8Array
  /** Adds elements from `start` on. A piece may begin inside an element: then `start` is a fraction. */
  add(bytes: Uint8Array, start: number): void
  /** Puts elements from `start` on in place of ours. */
  copy(bytes: Uint8Array, start: number): void
  /** Rounds to f32, once, into the vector that was contributed. */
  finish(): void
}

/** What ranks tell each other before the first partial sum travels: numbers whose maximum over ranks all of them need. */
export interface Agreement {
  /** f32, of the same length on every rank and not empty. @param vectors what a rank contributes. */
  needs(vectors: readonly Float32Array[]): Float32Array
  /** What the maximum travels by. */
  readonly maximum: Arithmetic
  /** The arithmetic that ranks go on with. @param terms how many vectors all ranks together contribute. */
  over(agreed: Float32Array, terms: number): Arithmetic
  /** The most wire bytes an element can come to take. */
  bytesPerElementMax(terms: number): number
}
