// Goal: a segment laid out by hand is a plain protobuf message that any reader understands, and its payload is read in
// place where grpc-js puts it. Left out: sending segments (grpc-transport.test.ts).
import { describe, expect, it } from 'vitest'
import { reducible } from '../../cluster/proto/generated.js'
import { DEFAULT_EXCHANGE } from '../../cluster/wire/channel.ts'
import {
  decodeSegment,
  encodeSegment,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
  segmentBytes,
} from '../../cluster/wire/segment.ts'
import { doublesOf, floatsOf, halvesOf } from '../../src/reduce/arithmetic/views.ts'
import { bitsOf, wideVectors } from '../reduce/vectors.ts'

/** In f32 elements. */
const SIZES = [0, 1, 2, 1000, DEFAULT_EXCHANGE.segmentBytes / 4]
const ORDERS = ['', '7', '((0 1) 2)*3;(0 (1 2))', '(0 1)'.padEnd(70_000, ';1')]
/** Where grpc-js hands out a message: after the five bytes that frame it. */
const GRPC_FRAME_BYTES = 5

const header: SegmentHeader = {
  fromRank: 3,
  call: 0xffffffff,
  round: 7,
  chunk: 1,
  atByte: 1_048_576,
  moveBytes: 0xfffffffe,
}

/** Values that a reader may not touch: both zeros, a NaN with a payload, subnormals, and wide ones. */
function payloadOf(length: number): Uint8Array {
  const payload = wideVectors(1, length)[0]
  bitsOf(payload).set([0x80000000, 0x7fc12345, 0x00000001].slice(0, length))
  return new Uint8Array(payload.buffer)
}

/** A segment `offset` bytes into an ArrayBuffer of its own. */
function encodedAt(offset: number, payload: Uint8Array, order = ''): Buffer {
  const whole = Buffer.from(new ArrayBuffer(offset + segmentBytes(payload.byteLength, order)))
  return encodeSegment(whole.subarray(offset), { header, payload, order })
}

describe.each(ORDERS.map((order) => [order.length, order] as const))('a segment with %i bytes of order', (_, order) => {
  it.each(SIZES)('and %i elements comes back as it was', (length) => {
    const payload = payloadOf(length)
    const decoded = decodeSegment(encodedAt(GRPC_FRAME_BYTES, payload, order))
    expect(decoded.header).toEqual(header)
    expect(decoded.order === order).toBe(true)
    expect(Buffer.compare(decoded.payload, payload)).toBe(0)
  })

  it.each(SIZES)('and %i elements reads the same with the class that protobufjs generates', (length) => {
    const payload = payloadOf(length)
    const message = encodedAt(GRPC_FRAME_BYTES, payload, order)
    const decoded = reducible.v1.Segment.decode(message)
    const { payload: bytes, order: text, ...fields } = decoded
    expect({ ...fields }).toEqual(header)
    expect(Buffer.compare(bytes, payload)).toBe(0)
    expect(text === order).toBe(true)
  })

  it('is of the size that is reserved for it', () => {
    expect(encodedAt(0, payloadOf(9), order)).toHaveLength(segmentBytes(36, order))
  })
})

describe('a segment', () => {
  it('has a header of the size it says, which puts the payload on a multiple of 8 behind the frame of gRPC', () => {
    expect(encodedAt(0, payloadOf(0))).toHaveLength(SEGMENT_HEADER_BYTES)
    expect(encodedAt(0, payloadOf(9))).toHaveLength(SEGMENT_HEADER_BYTES + 36)
    expect((GRPC_FRAME_BYTES + SEGMENT_HEADER_BYTES) % 8).toBe(0)
  })

  it('leaves the rest of a longer buffer alone', () => {
    const buffer = Buffer.alloc(SEGMENT_HEADER_BYTES + 8, 0xaa)
    const segment = { header, payload: payloadOf(1), order: '' }
    expect(encodeSegment(buffer, segment)).toHaveLength(SEGMENT_HEADER_BYTES + 4)
    expect(buffer.subarray(-4)).toEqual(Buffer.alloc(4, 0xaa))
  })

  it('is written whole into a buffer that held another', () => {
    const buffer = Buffer.alloc(4096, 0xff)
    const segment = { header, payload: payloadOf(5), order: '(0 1)' }
    const message = encodeSegment(buffer, segment)
    expect(Buffer.compare(message, encodedAt(0, payloadOf(5), '(0 1)'))).toBe(0)
  })

  it('hands its payload out in place, and values of every width are read there', () => {
    const message = encodedAt(GRPC_FRAME_BYTES, payloadOf(4))
    const { payload } = decodeSegment(message)
    for (const view of [payload, floatsOf(payload), doublesOf(payload), halvesOf(payload)]) {
      expect(view.buffer).toBe(message.buffer)
      expect(view.byteOffset).toBe(GRPC_FRAME_BYTES + SEGMENT_HEADER_BYTES)
      expect(view.byteLength).toBe(16)
    }
  })

  it.each([0, 2, 3, 4])('%i bytes into its buffer, out of alignment, is read from a copy', (offset) => {
    const message = encodedAt(offset, payloadOf(4))
    const { payload } = decodeSegment(message)
    const values = floatsOf(payload)
    expect(payload.buffer).toBe(message.buffer)
    expect(values.buffer).not.toBe(message.buffer)
    expect(bitsOf(values)).toEqual(bitsOf(floatsOf(payloadOf(4))))
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
