import * as np from 'numpy-ts'
import { arraySplit } from '../core/array-split.ts'
import { ROWS_PER_BLOCK } from '../gradient/engine.ts'

/** How whole blocks of a batch are dealt to leaves: in order, or as NumPy's default_rng(seed).permutation shuffles them. */
export type BlockDealing = 'contiguous' | { readonly seed: number }

/** How many blocks rows make; the last one may be short. */
export function blockCount(rowCount: number): number {
  return Math.ceil(rowCount / ROWS_PER_BLOCK)
}

/** `contiguous`, or `random:SEED`. */
export function parseDealing(text: string): BlockDealing {
  return text === 'contiguous' ? text : { seed: Number(text.split(':')[1]) }
}

/** The positions of a batch that each leaf computes where rows are dealt one by one, as array_split does. */
export function dealRows(rowCount: number, leafCount: number): Uint32Array[] {
  return Array.from({ length: leafCount }, (_, leaf) => {
    const { start, end } = arraySplit(rowCount, leafCount, leaf)
    return Uint32Array.from({ length: end - start }, (_, i) => start + i)
  })
}

/**
 * The positions of a batch that each leaf computes where blocks are dealt, and none is divided: the same blocks whatever the
 * number of leaves. In ascending order, so that a short block is the last of its leaf.
 */
export function dealBlocks(rowCount: number, leafCount: number, dealing: BlockDealing): Uint32Array[] {
  const blocks = blocksInOrder(blockCount(rowCount), dealing)
  return Array.from({ length: leafCount }, (_, leaf) => {
    const { start, end } = arraySplit(blocks.length, leafCount, leaf)
    const own = blocks.slice(start, end).sort((a, b) => a - b)
    return Uint32Array.from(own.flatMap((block) => positionsOf(block, rowCount)))
  })
}

function blocksInOrder(count: number, dealing: BlockDealing): number[] {
  if (dealing === 'contiguous') return Array.from({ length: count }, (_, block) => block)
  return Array.from(np.random.default_rng(dealing.seed).permutation(count).data as BigInt64Array, Number)
}

function positionsOf(block: number, rowCount: number): number[] {
  const start = block * ROWS_PER_BLOCK
  return Array.from({ length: Math.min(ROWS_PER_BLOCK, rowCount - start) }, (_, i) => start + i)
}
