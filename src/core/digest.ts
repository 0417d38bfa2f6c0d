import { createHash } from 'node:crypto'

/** SHA-256 in hex of the concatenated parts. */
export function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const CANONICAL_NAN = 0x7fc00000

/**
 * SHA-256 of f32 values, little-endian, in order. Every NaN counts as 0x7fc00000; -0 and subnormals keep their bits.
 */
export function sha256OfFloats(...arrays: Float32Array[]): string {
  const hash = createHash('sha256')
  for (const values of arrays) {
    for (let start = 0; start < values.length; start += PIECE_LENGTH) {
      hash.update(littleEndianBytes(values.subarray(start, start + PIECE_LENGTH)))
    }
  }
  return hash.digest('hex')
}

/** Values that are copied at a time. */
const PIECE_LENGTH = 65_536

function littleEndianBytes(values: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.length * 4))
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) bytes.setUint32(i * 4, CANONICAL_NAN, true)
    else bytes.setFloat32(i * 4, values[i], true)
  }
  return new Uint8Array(bytes.buffer)
}
