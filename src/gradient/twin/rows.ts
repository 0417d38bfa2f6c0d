import { mul, settle } from '../arithmetic.ts'
import { type StepDraws, shiftOf } from '../draws.ts'
import type { ByteRows, DenseRows, Network } from '../problem.ts'

/** A tile of rows as the other kernels read it. */
export interface GatheredRows {
  /** f32[rows, columns]. */
  readonly x: Float32Array
  /** f32[rows]: targets, or labels as whole numbers. */
  readonly y: Float32Array
}

const BYTE_SCALE = Math.fround(1 / 255)

/** Twin of gather-rows-f32.wgsl and gather-rows-u8.wgsl. */
export function gatherRows(source: DenseRows | ByteRows, rowIds: Uint32Array): GatheredRows {
  const { columns } = source
  const x = new Float32Array(rowIds.length * columns)
  const y = new Float32Array(rowIds.length)
  for (let i = 0; i < rowIds.length; i++) {
    const at = rowIds[i] * columns
    for (let j = 0; j < columns; j++) {
      const value = source.features[at + j]
      x[i * columns + j] = source.kind === 'u8' ? mul(value, BYTE_SCALE) : settle(value)
    }
    y[i] = source.kind === 'u8' ? source.labels[rowIds[i]] : settle(source.targets[rowIds[i]])
  }
  return { x, y }
}

/** Twin of gather-shifted-u8.wgsl. @param positions of the rows in the global batch. */
export function gatherShiftedRows(
  source: ByteRows,
  rowIds: Uint32Array,
  positions: Uint32Array,
  { imageWidth, shiftPixels }: Network,
  { shiftKey }: StepDraws,
): GatheredRows {
  const x = new Float32Array(rowIds.length * source.columns)
  for (let i = 0; i < rowIds.length; i++) {
    const { down, right } = shiftOf(shiftKey, positions[i], shiftPixels)
    for (let line = 0; line < imageWidth; line++) {
      for (let c = 0; c < imageWidth; c++) {
        const [fromLine, from] = [line - down, c - right]
        if (fromLine < 0 || fromLine >= imageWidth || from < 0 || from >= imageWidth) continue
        const byte = source.features[rowIds[i] * source.columns + fromLine * imageWidth + from]
        x[i * source.columns + line * imageWidth + c] = mul(byte, BYTE_SCALE)
      }
    }
  }
  return { x, y: Float32Array.from(rowIds, (row) => source.labels[row]) }
}
