// Goal: a segment laid out by hand is a plain protobuf message that any reader understands, and its payload is read in
// place where grpc-js puts it. Left out: sending segments (grpc-transport.test.ts).
import { describe, expect, it } from 'vitest'
import { reducible } from '../../cluster/proto/generated.js'
import { SEGMENT_BYTES } from '../../cluster/wire/channel.ts'
import { decodeSegment, encodeSegment, SEGMENT_HEADER_BYTES, type SegmentHeader } from '../../cluster/wire/segment.ts'
import { bitsOf, wideVectors } from '../reduce/vectors.ts'

const SIZES = [0, 1, 2, 1000, SEGMENT_BYTES / 4]
/** Where grpc-js hands out a message: after the five bytes that frame it. */
const GRPC_FRAME_BYTES = 5

const header: SegmentHeader = { fromRank: 3, call: 0xffffffff, round: 7, chunk: 1, at: 262_144, chunkLength: 700_000 }

/** Values that a reader may not touch: both zeros, a NaN with a payload, subnormals, and wide ones. */
function payloadOf(length: number): Float32Array {
  const payload = wideVectors(1, length)[0]
  bitsOf(payload).set([0x80000000, 0x7fc12345, 0x00000001].slice(0, length))
  return payload
}

/** A segment `offset` bytes into an ArrayBuffer of its own. */
function encodedAt(offset: number, payload: Float32Array): Buffer {
  const whole = Buffer.from(new ArrayBuffer(offset + SEGMENT_HEADER_BYTES + payload.byteLength))
  return encodeSegment(whole.subarray(offset), header, payload)
}

describe('a segment', () => {
  it.each(SIZES)('of %i elements comes back as it was', (length) => {
    const payload = payloadOf(length)
    const decoded = decodeSegment(encodedAt(GRPC_FRAME_BYTES, payload))
    expect(decoded.header).toEqual(header)
    expect(bitsOf(decoded.payload)).toEqual(bitsOf(payload))
  })

  it.each(SIZES)('of %i elements reads the same with the class that protobufjs generates', (length) => {
    const payload = payloadOf(length)
    const { payload: bytes, ...fields } = reducible.v1.Segment.decode(encodedAt(GRPC_FRAME_BYTES, payload))
    expect({ ...fields }).toEqual(header)
    expect(Buffer.compare(bytes, new Uint8Array(payload.buffer))).toBe(0)
  })

  it('has a header of the size it says, which puts the payload on a multiple of 8 behind the frame of gRPC', () => {
    expect(encodedAt(0, payloadOf(0))).toHaveLength(SEGMENT_HEADER_BYTES)
    expect(encodedAt(0, payloadOf(9))).toHaveLength(SEGMENT_HEADER_BYTES + 36)
    expect((GRPC_FRAME_BYTES + SEGMENT_HEADER_BYTES) % 8).toBe(0)
  })

  it('leaves the rest of a longer buffer alone', () => {
    const buffer = Buffer.alloc(SEGMENT_HEADER_BYTES + 8, 0xaa)
    expect(encodeSegment(buffer, header, payloadOf(1))).toHaveLength(SEGMENT_HEADER_BYTES + 4)
    expect(buffer.subarray(-4)).toEqual(Buffer.alloc(4, 0xaa))
  })

  it('that is aligned is read in place', () => {
    const message = encodedAt(GRPC_FRAME_BYTES, payloadOf(4))
    const { payload } = decodeSegment(message)
    expect(payload.buffer).toBe(message.buffer)
    expect(payload.byteOffset).toBe(GRPC_FRAME_BYTES + SEGMENT_HEADER_BYTES)
  })

  it.each([0, 2, 3, 4])('%i bytes into its buffer, out of alignment, is copied', (offset) => {
    const message = encodedAt(offset, payloadOf(4))
    const { payload } = decodeSegment(message)
    expect(payload.buffer).not.toBe(message.buffer)
    expect(bitsOf(payload)).toEqual(bitsOf(payloadOf(4)))
  })
})

it.each([
  ['nothing', Buffer.alloc(0)],
  ['less than a header', encodedAt(0, payloadOf(0)).subarray(1)],
  ['zeros', Buffer.alloc(1000)],
  ['ones', Buffer.alloc(1000, 0xff)],
  ['a payload that ends inside a value', encodedAt(0, payloadOf(2)).subarray(0, -3)],
])('%s is refused', (_, message) => {
  expect(() => decodeSegment(message)).toThrow(expect.objectContaining({ code: 'payload-mismatch' }))
})
