import * as np from 'numpy-ts'
import { arraySplit } from '../core/array-split.ts'
import { type BatchPart, type Leaf, ROWS_PER_BLOCK } from '../gradient/engine.ts'
import type { Arm } from '../study/schema.ts'

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

/** The positions of a batch that each of an arm's leaves computes: rows are dealt one by one, or under `exact` whole blocks. */
export function dealToLeaves(
  { arithmetic, dealing }: Pick<Arm, 'arithmetic' | 'dealing'>,
  rowCount: number,
  leafCount: number,
): Uint32Array[] {
  return arithmetic === 'exact' ? dealBlocks(rowCount, leafCount, parseDealing(dealing)) : dealRows(rowCount, leafCount)
}

/** The positions of a batch that some leaves compute, leaf after leaf. */
export interface BatchShare {
  readonly positions: Uint32Array
  readonly leafRows: readonly number[]
}

/** @param places of each leaf. */
export function shareOf(places: readonly Uint32Array[]): BatchShare {
  const leafRows = places.map(({ length }) => length)
  const positions = new Uint32Array(leafRows.reduce((sum, rowCount) => sum + rowCount, 0))
  let start = 0
  for (const ofLeaf of places) {
    positions.set(ofLeaf, start)
    start += ofLeaf.length
  }
  return { positions, leafRows }
}

/** Where leaves put their gradients: a vector each, and under `exact` the words of its sums. */
export interface LeafVectors {
  readonly vectors: readonly Leaf['vector'][]
  readonly words?: readonly NonNullable<Leaf['words']>[] | undefined
}

/** A share of a batch, for an engine to compute. @param length elements of each leaf's vector; all by default. */
export function partOf(
  batch: Uint32Array,
  { positions, leafRows }: BatchShare,
  { vectors, words }: LeafVectors,
  length?: number,
): BatchPart {
  const leaves = vectors.map((vector, leaf) => ({
    rowCount: leafRows[leaf],
    vector: vector.subarray(0, length),
    words: words?.[leaf],
  }))
  return { rows: positions.map((position) => batch[position]), positions, leaves }
}

function blocksInOrder(count: number, dealing: BlockDealing): number[] {
  if (dealing === 'contiguous') return Array.from({ length: count }, (_, block) => block)
  return Array.from(np.random.default_rng(dealing.seed).permutation(count).data as BigInt64Array, Number)
}

function positionsOf(block: number, rowCount: number): number[] {
  const start = block * ROWS_PER_BLOCK
  return Array.from({ length: Math.min(ROWS_PER_BLOCK, rowCount - start) }, (_, i) => start + i)
}
