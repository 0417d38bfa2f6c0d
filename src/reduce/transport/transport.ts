import { ReducibleError } from '../../core/errors.ts'

/** Which send of which all-reduce a payload belongs to. Both ends derive it from the schedule; it is checked. */
export interface MoveTag {
  /** Number of the all-reduce within the trial, from 0. */
  readonly call: number
  readonly round: number
  readonly chunk: number
}

/** How one rank reaches the others. Payloads between two ranks arrive in the order they were sent. */
export interface Transport {
  readonly rank: number
  readonly rankCount: number
  /** Resolves when the payload may be overwritten. @throws {ReducibleError} peer-lost. */
  send(to: number, tag: MoveTag, payload: Float32Array): Promise<void>
  /**
   * The next payload from a rank, handed over in one or more consecutive pieces. A piece is valid during the call.
   * @param length elements expected in all.
   * @throws {ReducibleError} payload-mismatch: wrong sender, all-reduce, round, chunk or size; peer-lost.
   */
  receive(from: number, tag: MoveTag, length: number, take: (piece: Float32Array, at: number) => void): Promise<void>
}

/** Refuses a payload that is not the one the schedule calls for next. @throws {ReducibleError} payload-mismatch. */
export function checkPayload(
  rank: number,
  from: number,
  want: MoveTag,
  wantLength: number,
  got: MoveTag,
  gotLength: number,
): void {
  if (got.call === want.call && got.round === want.round && got.chunk === want.chunk && gotLength === wantLength) return
  const text = ({ call, round, chunk }: MoveTag, length: number): string =>
    `all-reduce ${call}, round ${round}, chunk ${chunk}, ${length * 4} bytes`
  throw new ReducibleError(
    'payload-mismatch',
    `rank ${rank} got ${text(got, gotLength)} from rank ${from}, want ${text(want, wantLength)}`,
    { rank },
  )
}
