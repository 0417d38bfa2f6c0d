/** What one submit brought back. */
export interface StepOutput {
  /** f32[vectorLength]: unnormalised gradient sums of this rank's rows, then their loss sum. Valid until the next call. */
  readonly vector: Float32Array
  /** Hash of the weights as the engine holds them, 32 hex digits. */
  readonly weightsHash: string
  /** f32[weightCount] where they were asked for. */
  readonly weights: Float32Array | undefined
  readonly work: WorkCount
}

/** What one evaluation brought back. */
export interface EvaluationOutput {
  /** f32[2]: Σ loss and Σ hits over this rank's evaluation rows, unnormalised. */
  readonly sums: Float32Array
  readonly weightsHash: string
  readonly weights: Float32Array
  readonly work: WorkCount
}

/** Dispatches of one submit, and the time the GPU says it took (null: the adapter has no timestamps; a CPU has none). */
export interface WorkCount {
  readonly dispatches: number
  readonly updateDispatches: number
  readonly gpuNs: number | null
}

/**
 * What a rank computes. Calls follow each other: first, then step once per reduced vector, then finish.
 * A call that fails leaves the engine unusable; every error of the device fails the call in flight.
 *
 * `rows` are a contiguous part of the global batch from position `firstPosition` on, 0 where one rank has the whole. What
 * a row draws (dropout, shift) is keyed by its position and the step, so it does not depend on the node count.
 */
export interface GradientEngine extends AsyncDisposable {
  /** Step 1: gradient and loss at the initial weights over `rows` of the training data. */
  first(rows: Uint32Array, firstPosition?: number): Promise<StepOutput>
  /** The update with the all-reduced vector, then gradient and loss over the next `rows` at the weights it made. */
  step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean, firstPosition?: number): Promise<StepOutput>
  /** The last update, then loss and hits over `rows` of the evaluation data; nothing is dropped or shifted. */
  finish(reduced: Float32Array, rows: Uint32Array): Promise<EvaluationOutput>
}

/** What an engine must know besides the problem. */
export interface EngineSettings {
  readonly learningRate: number
  /** Rows of the global batch: the n of the one scaling that follows the all-reduce. */
  readonly batchRows: number
  /** 0 ≤ μ < 1 of v ← μ·v + gradient; 0 where absent: plain SGD. */
  readonly momentum?: number
}

/** Rows of one gradient block: the unit that is added in order before blocks are. Stands in dense-gradient.wgsl too. */
export const ROWS_PER_BLOCK = 64

/** Rows that pass through the f32 scratch of an engine at once; a multiple of ROWS_PER_BLOCK. */
export const ROWS_PER_TILE = 4096

/** Rows that pass through an engine together: `rows` of a rank's rows, from the one at `first` on. */
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

/** Four 32-bit words as 32 hex digits. */
export function hashText(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('')
}
