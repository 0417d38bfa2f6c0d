/** A loss in float64. */
export interface OracleModel {
  initialWeights(): Float64Array
  /** d(mean loss)/dw over rows, in the order they stand in the batch of a step, from 1. */
  meanGradient(weights: Float64Array, rows: Uint32Array, step: number): Float64Array
  /** Over all evaluation rows; accuracy is null where rows have no label. */
  evaluate(weights: Float64Array): { readonly loss: number; readonly accuracy: number | null }
}
