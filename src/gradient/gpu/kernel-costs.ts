import { SUM_PLANES } from '../../core/exact-words.ts'
import { ROWS_PER_BLOCK } from '../engine.ts'
import type { KernelName } from './kernels.ts'

/** What one dispatch has to do, whatever the adapter. */
export interface KernelCost {
  /** Of what it works on, as the kernel's header names it: rows first. */
  readonly shape: readonly number[]
  /** Bytes of its storage buffers, each input element read once and each output element written once. */
  readonly bytes: number
  /** f32 additions and multiplications of its results. Integer work (settle, draws, hashes) and compares count nothing. */
  readonly flops: number
}

/** Additions and multiplications of the functions of kernels/arithmetic.wgsl. */
const EXPONENTIAL_FLOPS = 19
const LOGARITHM_FLOPS = 25
const RECIPROCAL_FLOPS = 16

/** What a dispatch costs. @param params the words of the kernel's uniform, in the order of its struct Params. */
export function kernelCost(kernel: KernelName, params: readonly number[]): KernelCost {
  return COSTS[kernel](...params)
}

/** By kernel, from the first words of its Params. Rows or columns that a thread makes twice at an edge count once. */
const COSTS: Readonly<Record<KernelName, (...params: number[]) => KernelCost>> = {
  // a row: 4 bytes of row id, the target read and written, every feature read and written
  'gather-rows-f32': (rows, columns) => ({
    shape: [rows, columns],
    bytes: rows * (4 + 8 + 8 * columns),
    flops: 0,
  }),
  // a row: row id, label read and written, a byte read and four written per feature; one scaling each
  'gather-rows-u8': (rows, columns) => ({
    shape: [rows, columns],
    bytes: rows * (4 + 8 + 5 * columns),
    flops: rows * columns,
  }),
  // as above for whole images; pixels that the shift moves out of the image count as if they were read and scaled
  'gather-shifted-u8': (rows, width) => ({
    shape: [rows, width, width],
    bytes: rows * (4 + 8 + 5 * width * width),
    flops: rows * width * width,
  }),
  // a row: `columns` products and `columns` sums (the last one with −y), and the square; out come residual, loss and hit
  'least-squares': (rows, columns) => ({
    shape: [rows, columns],
    bytes: 4 * (rows * (columns + 4) + columns),
    flops: rows * (2 * columns + 1),
  }),
  // an output: a product and a sum per column, and the bias
  'dense-forward': (rows, columns, outputs) => ({
    shape: [rows, columns, outputs],
    bytes: 4 * (rows * columns + (columns + 1) * outputs + rows * outputs),
    flops: rows * outputs * (2 * columns + 1),
  }),
  // in place: read, scaled, written
  'relu-dropout': (rows, units) => ({
    shape: [rows, units],
    bytes: 8 * rows * units,
    flops: rows * units,
  }),
  // an output: z − max, its exponential, the running sum (but the first), the scaling and − onehot; a row: the inverse,
  // the logarithm of the sum and two additions. What it re-reads of delta it has just written.
  'softmax-cross-entropy': (rows, outputs) => ({
    shape: [rows, outputs],
    bytes: rows * (8 * outputs + 12),
    flops: rows * (outputs * (EXPONENTIAL_FLOPS + 4) - 1 + RECIPROCAL_FLOPS + LOGARITHM_FLOPS + 2),
  }),
  // an element below: a product and a sum per output, and the scale; the unit is read, the delta written; w without its bias
  'dense-backward': (rows, columns, outputs) => ({
    shape: [rows, columns, outputs],
    bytes: 4 * (rows * outputs + columns * outputs + 2 * rows * columns),
    flops: rows * columns * (2 * outputs + 1),
  }),
  // a weight: a product and a sum per row; a bias, and the loss after the last layer: all rows of a block but its first
  'dense-gradient': (rows, columns, outputs, biasRows, start, length) => {
    const blocks = Math.ceil(rows / ROWS_PER_BLOCK)
    const weights = columns * outputs
    const biases = biasRows * outputs
    const losses = start + weights + biases === length - 1 ? 1 : 0
    return {
      shape: [rows, columns, outputs],
      bytes: 4 * (rows * (columns + outputs + losses) + blocks * (weights + biases + losses)),
      flops: 2 * rows * weights + (rows - blocks) * (biases + losses),
    }
  },
  // an element: every block read and, but the first, added; with goesOn the total so far as well
  'sum-blocks': (blocks, elements, goesOn) => ({
    shape: [blocks, elements],
    bytes: 4 * elements * (blocks + 1 + goesOn),
    flops: elements * (blocks - 1 + goesOn),
  }),
  // an element: every block read and the 11 words of its total written; with goesOn they are read too. Integers only
  'sum-blocks-exact': (blocks, elements, goesOn) => ({
    shape: [blocks, elements],
    bytes: 4 * elements * (blocks + SUM_PLANES * (1 + goesOn)),
    flops: 0,
  }),
  // two sums over the rows, then for each group two trees over 64 lanes
  'mean-loss': (rows, _first, rowsPerGroup) => {
    const groups = Math.ceil(rows / rowsPerGroup)
    return { shape: [rows], bytes: 8 * rows + 8 * groups, flops: 2 * (rows + 63 * groups) }
  },
  // a weight: two products, one sum; the gradient read, the weight read and written
  'sgd-update': (weights) => ({
    shape: [weights],
    bytes: 12 * weights,
    flops: 3 * weights,
  }),
  // a weight: three products, two sums; the gradient read, velocity and weight read and written
  'momentum-update': (weights) => ({
    shape: [weights],
    bytes: 20 * weights,
    flops: 5 * weights,
  }),
  // integers only; the four words of the hash are read and written
  'weights-hash': (weights) => ({
    shape: [weights],
    bytes: 4 * weights + 32,
    flops: 0,
  }),
}
