import assert from 'node:assert'
import type { Span } from '../core/array-split.ts'

/** Consecutive rows whose sums are one operand of the order of addition, and where these sums go. */
export interface Leaf {
  /** At least 1. */
  readonly rowCount: number
  /** The unnormalised sums: f32[vectorLength] gradient, then loss; of an evaluation f32[2], loss and hits. */
  readonly vector: Float32Array
  /** Where the sums go instead under `exact`: u32[SUM_PLANES, length] of core/exact-words.ts, length ≥ that of the vector. */
  readonly words?: Uint32Array | undefined
}

/** What one engine computes over in a step: a part of the global batch. */
export interface BatchPart {
  readonly rows: Uint32Array
  /**
   * The place of each row in the global batch. What a row draws (dropout, shift) is keyed by its place and the step, so it does
   * not depend on the node count.
   */
  readonly positions: Uint32Array
  /** In order; they hold all rows. */
  readonly leaves: readonly Leaf[]
}

/** What one step brought back, beside the vectors of its leaves. */
export interface StepOutput {
  /** Hash of the weights as the engine holds them, 32 hex digits. */
  readonly weightsHash: string
  /** f32[weightCount] where they were asked for. */
  readonly weights: Float32Array | undefined
  readonly work: WorkCount
}

export interface EvaluationOutput extends StepOutput {
  readonly weights: Float32Array
}

/** Dispatches of one call, and the time the GPU says they took (null: the adapter has no timestamps; a CPU has none). */
export interface WorkCount {
  readonly dispatches: number
  readonly updateDispatches: number
  readonly gpuNs: number | null
  /** Of `gpuNs`, in the update. */
  readonly updateGpuNs: number | null
}

/** What an engine's time is spent on, in turn; `pace` is waited out and computes nothing. */
export type EnginePhase = 'upload' | 'dispatch' | 'compute' | 'readback' | 'update' | 'pace'

/** Told that everything since it was told last was of this phase: who asks reads the clock. */
export type OnPhase = (phase: EnginePhase) => void

/** Told, while a step goes on, that these elements of all its leaves' vectors are there. */
export type OnBucket = (bucket: Span) => void

/**
 * What the ranks of a node compute. Calls follow each other: first, then step once per reduced vector, then finish.
 * A call that fails leaves the engine unusable; every error of the device fails the call in flight.
 */
export interface GradientEngine extends AsyncDisposable {
  /** Step 1: gradient and loss at the initial weights, over training rows. */
  first(part: BatchPart, onBucket?: OnBucket, onPhase?: OnPhase): Promise<StepOutput>
  /** The update with the all-reduced vector, then gradient and loss of the next part at the weights it made. */
  step(
    reduced: Float32Array,
    part: BatchPart,
    wantWeights: boolean,
    onBucket?: OnBucket,
    onPhase?: OnPhase,
  ): Promise<StepOutput>
  /** The last update, then loss and hits over evaluation rows; nothing is dropped or shifted. */
  finish(reduced: Float32Array, part: BatchPart): Promise<EvaluationOutput>
}

/** What an engine must know besides the problem. */
export interface EngineSettings {
  readonly learningRate: number
  /** Rows of the global batch: the n of the one scaling that follows the all-reduce. */
  readonly batchRows: number
  /** 0 ≤ μ < 1 of v ← μ·v + gradient; 0 where absent: plain SGD. */
  readonly momentum?: number
  /**
   * Sums over blocks of rows are exact and go to the words of a leaf; false where absent. An evaluation too is then cut into
   * blocks, so that neither depends on how whole blocks are dealt to leaves.
   */
  readonly exact?: boolean
  /** How a gradient is handed over: a bucket a layer as soon as it is known, which is the default, or whole. */
  readonly buckets?: Bucketing
}

export type Bucketing = 'layers' | 'whole'

/** Rows of one gradient block: the unit that is added in order before blocks are. Stands in dense-gradient.wgsl too. */
export const ROWS_PER_BLOCK = 64

/** Rows that pass through the f32 scratch of an engine at once; a multiple of ROWS_PER_BLOCK. */
export const ROWS_PER_TILE = 4096

/** Rows that pass through an engine together: `rows` of a part's rows, from the one at `first` on. */
export interface Tile {
  readonly first: number
  readonly rows: number
}

/** The tiles of `rowCount` rows, in order. */
export function tilesOf(rowCount: number, rowsPerTile: number = ROWS_PER_TILE): Tile[] {
  const tiles = []
  for (let first = 0; first < rowCount; first += rowsPerTile) {
    tiles.push({ first, rows: Math.min(rowsPerTile, rowCount - first) })
  }
  return tiles
}

/** Checks that leaves hold all rows of their part. @returns the first row of each. */
export function startsOfLeaves({ rows, positions, leaves }: BatchPart): number[] {
  assert.equal(positions.length, rows.length)
  let next = 0
  const starts = leaves.map(({ rowCount }) => {
    assert(rowCount >= 1, 'a leaf has rows')
    next += rowCount
    return next - rowCount
  })
  assert.equal(next, rows.length, 'leaves hold all rows')
  return starts
}

/** Four 32-bit words as 32 hex digits. */
export function hashText(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('')
}
