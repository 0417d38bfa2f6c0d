import { ReducibleError } from '../../core/errors.ts'

/** Which send of which all-reduce a payload belongs to. Both ends derive it from the schedule; it is checked. */
export interface MoveTag {
  /** Number of the all-reduce within the trial, from 0. */
  readonly call: number
  readonly round: number
  /** The first chunk of the move. */
  readonly chunk: number
}

/** A payload and what it is: the packed trees of its chunks travel with it, from the rank that made the sums. */
export interface Payload {
  readonly bytes: Uint8Array
  readonly order: string
  /**
   * A receive of the same round overwrites these bytes, and waits for the send. The receiver may be in the same place: a
   * transport that lends its memory has to copy them.
   */
  readonly overwritten?: boolean
}

/** Messages of a library, each of which it holds in a buffer of its own on either side. */
export interface MessageCounts {
  readonly sent: number
  readonly received: number
  readonly bytesSent: number
  readonly bytesReceived: number
}

export const NO_MESSAGES: MessageCounts = { sent: 0, received: 0, bytesSent: 0, bytesReceived: 0 }

/** Payload bytes by the way they went. */
export interface BytesByWay {
  readonly shared: number
  readonly grpc: number
}

/** How one rank reaches the others. Payloads between two ranks arrive in the order they were sent. */
export interface Transport {
  readonly rank: number
  readonly rankCount: number
  /** Payload bytes this rank has sent so far. */
  readonly bytesSent: number
  /** The same by way; absent where there is none, inside one thread. */
  readonly bytesByWay?: BytesByWay
  /** Payload buffers it has made so far; absent where it needs none. */
  readonly buffersMade?: number
  /** Time it has spent on laying out and handing over what it sends; absent where sending copies nothing. */
  readonly sendNs?: number
  /** What a library has carried for it so far; absent where there is none. */
  readonly messages?: MessageCounts
  /** Resolves when the payload may be overwritten. @throws {ReducibleError} peer-lost. */
  send(to: number, tag: MoveTag, payload: Payload): Promise<void>
  /**
   * The next payload from a rank, handed over in one or more consecutive pieces. A piece is valid during the call.
   * @param byteLength bytes expected in all.
   * @returns the packed order that came with it.
   * @throws {ReducibleError} payload-mismatch: wrong sender, all-reduce, round, chunk or size; peer-lost.
   */
  receive(
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string>
  /** Which of these ranks has a payload waiting, the one that has waited longest first. */
  firstOf(ranks: readonly number[]): Promise<number>
}

/** Refuses a payload that is not the one the schedule calls for next. @throws {ReducibleError} payload-mismatch. */
export function checkPayload(
  rank: number,
  from: number,
  want: MoveTag,
  wantBytes: number,
  got: MoveTag,
  gotBytes: number,
): void {
  if (got.call === want.call && got.round === want.round && got.chunk === want.chunk && gotBytes === wantBytes) return
  const text = ({ call, round, chunk }: MoveTag, bytes: number): string =>
    `all-reduce ${call}, round ${round}, chunk ${chunk}, ${bytes} bytes`
  throw new ReducibleError(
    'payload-mismatch',
    `rank ${rank} got ${text(got, gotBytes)} from rank ${from}, want ${text(want, wantBytes)}`,
    { rank },
  )
}
