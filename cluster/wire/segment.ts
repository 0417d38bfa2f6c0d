import { ReducibleError } from '../../src/core/errors.ts'

/**
 * A Segment message of proto/reducible.proto, laid out by hand: six fixed32 fields, then the payload with its length as
 * a varint padded to five bytes (which every protobuf reader accepts), padded in front by a repeated first field so that
 * the payload starts 3 mod 4 bytes into the message. A gRPC message starts 5 bytes into the buffer that grpc-js hands
 * out, so the receiver reads f32 values in place.
 */
const FIELDS = ['fromRank', 'call', 'round', 'chunk', 'atByte', 'moveBytes'] as const
export type SegmentHeader = Readonly<Record<(typeof FIELDS)[number], number>>

export interface Segment {
  readonly header: SegmentHeader
  readonly payload: Uint8Array
  /** Packed order of the move's chunks; empty but in its first segment. */
  readonly order: string
}

const FIXED32_BYTES = 5
const LENGTH_BYTES = 5
const PAYLOAD_TAG = (7 << 3) | 2
const ORDER_TAG = (8 << 3) | 2

/** The last of a repeated field counts; three more of the first make the header 51 bytes, 3 mod 8. */
const REPEATED_FIELDS = 3
export const SEGMENT_HEADER_BYTES = (FIELDS.length + REPEATED_FIELDS) * FIXED32_BYTES + 1 + LENGTH_BYTES

/** Bytes of a message. */
export function segmentBytes(payloadBytes: number, order: string): number {
  return SEGMENT_HEADER_BYTES + payloadBytes + (order === '' ? 0 : 1 + LENGTH_BYTES + order.length)
}

/** Writes a segment into `buffer`, which must hold segmentBytes, and returns the part of it that is the message. */
export function encodeSegment(buffer: Buffer, { header, payload, order }: Segment): Buffer {
  let at = 0
  const putField = (field: number): void => {
    buffer[at] = ((field + 1) << 3) | 5
    buffer.writeUInt32LE(header[FIELDS[field]], at + 1)
    at += FIXED32_BYTES
  }
  const putLength = (length: number): void => {
    for (let i = 0; i < LENGTH_BYTES; i++) {
      buffer[at++] = ((length / 2 ** (7 * i)) & 0x7f) | (i < LENGTH_BYTES - 1 ? 0x80 : 0)
    }
  }
  for (let i = 0; i < REPEATED_FIELDS; i++) putField(0)
  for (let field = 0; field < FIELDS.length; field++) putField(field)
  buffer[at++] = PAYLOAD_TAG
  putLength(payload.byteLength)
  buffer.set(payload, at)
  at += payload.byteLength
  if (order !== '') {
    buffer[at++] = ORDER_TAG
    putLength(order.length)
    at += buffer.write(order, at, 'latin1')
  }
  return buffer.subarray(0, at)
}

/** Reads a segment of ours; the payload is a view of the message. @throws {ReducibleError} payload-mismatch. */
export function decodeSegment(message: Buffer): Segment {
  const payloadTagAt = SEGMENT_HEADER_BYTES - LENGTH_BYTES - 1
  const isSegment = message.length >= SEGMENT_HEADER_BYTES && message[payloadTagAt] === PAYLOAD_TAG
  const payloadEnd = isSegment ? SEGMENT_HEADER_BYTES + lengthAt(message, payloadTagAt + 1) : Number.NaN
  if (!(payloadEnd <= message.length)) {
    throw new ReducibleError('payload-mismatch', `got ${message.length} bytes that are not a segment`)
  }
  const word = (field: number): number => message.readUInt32LE((REPEATED_FIELDS + field) * FIXED32_BYTES + 1)
  const header: SegmentHeader = {
    fromRank: word(0),
    call: word(1),
    round: word(2),
    chunk: word(3),
    atByte: word(4),
    moveBytes: word(5),
  }
  const order = message[payloadEnd] === ORDER_TAG ? message.toString('latin1', payloadEnd + 1 + LENGTH_BYTES) : ''
  return { header, payload: message.subarray(SEGMENT_HEADER_BYTES, payloadEnd), order }
}

function lengthAt(message: Buffer, at: number): number {
  let length = 0
  for (let i = 0; i < LENGTH_BYTES; i++) length += (message[at + i] & 0x7f) * 2 ** (7 * i)
  return length
}
