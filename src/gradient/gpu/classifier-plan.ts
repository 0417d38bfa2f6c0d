import { type Dropout, firstUnits } from '../draws.ts'
import type { Tile } from '../engine.ts'
import { type Dispatch, THREADS_PER_GROUP_ROW } from './dispatch.ts'
import type { ModelContext, ModelPlan } from './model-plan.ts'

/** Threads of dense-forward and dense-backward make this many rows each. */
const ROWS_PER_THREAD = 4

/** Dense layers with ReLU and dropout between them, and softmax with cross-entropy over the last. One layer: regression. */
export function classifierPlan(context: ModelContext, hidden: readonly number[], dropout: Dropout): ModelPlan {
  const { builder, shape, weights, draws, positions, tileRows, x, y, rowLoss, hit } = context
  const { layers } = shape
  const last = layers.length - 1
  const perRow = (label: string, width: number): GPUBuffer =>
    builder.buffer(label, tileRows * width * 4, GPUBufferUsage.STORAGE)
  const inputs = [x, ...hidden.map((units) => perRow('hidden units', units))]
  const logits = perRow('logits', layers[last].outputs)
  const deltas = layers.map(({ outputs }) => perRow('delta', outputs))
  const units = firstUnits(hidden)

  const dense = (index: number, rows: number): Dispatch => {
    const { inputs: columns, outputs, start } = layers[index]
    return builder.dispatch(
      'dense-forward',
      [
        builder.params(rows, columns, outputs, start, THREADS_PER_GROUP_ROW),
        inputs[index],
        weights,
        index === last ? logits : inputs[index + 1],
      ],
      Math.ceil(rows / ROWS_PER_THREAD) * outputs,
    )
  }
  const reluDropout = (index: number, { first, rows }: Tile): Dispatch => {
    const { threshold, scale } = dropout
    return builder.dispatch(
      'relu-dropout',
      [
        builder.params(
          rows,
          hidden[index],
          first,
          units[index],
          threshold,
          Float32Array.of(scale),
          THREADS_PER_GROUP_ROW,
        ),
        draws,
        inputs[index + 1],
        positions,
      ],
      rows * hidden[index],
    )
  }
  const throughLayer = (index: number, rows: number): Dispatch => {
    const { inputs: columns, outputs, start } = layers[index]
    return builder.dispatch(
      'dense-backward',
      [
        builder.params(rows, columns, outputs, start, Float32Array.of(dropout.scale), THREADS_PER_GROUP_ROW),
        deltas[index],
        weights,
        inputs[index],
        deltas[index - 1],
      ],
      Math.ceil(rows / ROWS_PER_THREAD) * columns,
    )
  }
  return {
    inputs,
    deltas,
    forward: (tile) => [
      ...hidden.flatMap((_, index) => [dense(index, tile.rows), reluDropout(index, tile)]),
      dense(last, tile.rows),
      builder.dispatch(
        'softmax-cross-entropy',
        [builder.params(tile.rows, layers[last].outputs), logits, y, deltas[last], rowLoss, hit],
        tile.rows,
      ),
    ],
    backward: (index, { rows }) => throughLayer(index, rows),
  }
}
