import { ReducibleError } from '../../src/core/errors.ts'

/**
 * A Segment message of proto/reducible.proto, laid out by hand: six fixed32 fields, then the payload with its length as
 * a varint padded to five bytes (which every protobuf reader accepts), padded in front by a repeated first field so that
 * the payload starts 3 mod 4 bytes into the message. A gRPC message starts 5 bytes into the buffer that grpc-js hands
 * out, so the receiver reads f32 values in place.
 */
const FIELDS = ['fromRank', 'call', 'round', 'chunk', 'at', 'chunkLength'] as const
export type SegmentHeader = Readonly<Record<(typeof FIELDS)[number], number>>

const FIXED32_BYTES = 5
const LENGTH_BYTES = 5
const PAYLOAD_TAG = (7 << 3) | 2

/** The last of a repeated field counts; three more of the first make the header 51 bytes, 3 mod 4. */
const REPEATED_FIELDS = 3
export const SEGMENT_HEADER_BYTES = (FIELDS.length + REPEATED_FIELDS) * FIXED32_BYTES + 1 + LENGTH_BYTES

/** Writes a segment into `buffer` and returns the part of it that is the message. */
export function encodeSegment(buffer: Buffer, header: SegmentHeader, payload: Float32Array): Buffer {
  let at = 0
  const put = (field: number): void => {
    buffer[at] = ((field + 1) << 3) | 5
    buffer.writeUInt32LE(header[FIELDS[field]], at + 1)
    at += FIXED32_BYTES
  }
  for (let i = 0; i < REPEATED_FIELDS; i++) put(0)
  for (let field = 0; field < FIELDS.length; field++) put(field)
  buffer[at++] = PAYLOAD_TAG
  for (let i = 0; i < LENGTH_BYTES; i++) {
    buffer[at++] = ((payload.byteLength / 2 ** (7 * i)) & 0x7f) | (i < LENGTH_BYTES - 1 ? 0x80 : 0)
  }
  buffer.set(new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength), at)
  return buffer.subarray(0, at + payload.byteLength)
}

/** Reads a segment of ours. The payload is a view of the message where it is aligned, else a copy. */
export function decodeSegment(message: Buffer): { header: SegmentHeader; payload: Float32Array } {
  if (message.length < SEGMENT_HEADER_BYTES || message[SEGMENT_HEADER_BYTES - LENGTH_BYTES - 1] !== PAYLOAD_TAG) {
    throw new ReducibleError('payload-mismatch', `got ${message.length} bytes that are not a segment`)
  }
  const word = (field: number): number => message.readUInt32LE((REPEATED_FIELDS + field) * FIXED32_BYTES + 1)
  const header = Object.fromEntries(FIELDS.map((name, field) => [name, word(field)])) as SegmentHeader
  const bytes = message.subarray(SEGMENT_HEADER_BYTES)
  if (bytes.length % 4 !== 0) {
    throw new ReducibleError(
      'payload-mismatch',
      `got a segment of ${bytes.length} payload bytes, want whole f32 values`,
    )
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return { header, payload: new Float32Array(aligned.buffer, aligned.byteOffset, bytes.length / 4) }
}
