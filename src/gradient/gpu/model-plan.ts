import type { Tile } from '../engine.ts'
import type { ProblemShape } from '../problem.ts'
import type { Dispatch, DispatchBuilder } from './dispatch.ts'

/** A problem's loss over tiles as dispatches, and where they leave what its gradient is made of. */
export interface ModelPlan {
  /** What goes into each layer, f32[rows, inputs] each. */
  readonly inputs: readonly GPUBuffer[]
  /** d(loss)/d(what comes out of each layer), f32[rows, outputs] each. */
  readonly deltas: readonly GPUBuffer[]
  /** From x and y to rowLoss, hit and the last layer's delta. */
  forward(tile: Tile): Dispatch[]
  /** From the delta of layer `index` to that of the layer below it. */
  backward(index: number, tile: Tile): Dispatch
}

/** What a model is planned with. */
export interface ModelContext {
  readonly builder: DispatchBuilder
  readonly shape: ProblemShape
  /** f32[weightCount]. */
  readonly weights: GPUBuffer
  /** StepDraws of kernels/streams.wgsl. */
  readonly draws: GPUBuffer
  /** u32: the place of each row in the global batch. */
  readonly positions: GPUBuffer
  /** The most rows of a tile. */
  readonly tileRows: number
  /** What one tile after another passes through: f32[tileRows, columns]. */
  readonly x: GPUBuffer
  /** f32[tileRows] targets, or u32[tileRows] labels. */
  readonly y: GPUBuffer
  /** f32[tileRows]. */
  readonly rowLoss: GPUBuffer
  /** f32[tileRows]. */
  readonly hit: GPUBuffer
}
