import assert from 'node:assert'
import type { ModelContext, ModelPlan } from './model-plan.ts'

/** Least squares: one layer without a bias, whose delta is the residual. */
export function leastSquaresPlan({ builder, shape, weights, tileRows, x, y, rowLoss, hit }: ModelContext): ModelPlan {
  const [{ inputs }] = shape.layers
  const residual = builder.buffer('residuals', tileRows * 4, GPUBufferUsage.STORAGE)
  return {
    inputs: [x],
    deltas: [residual],
    forward: ({ rows }) => [
      builder.dispatch('least-squares', [builder.params(rows, inputs), x, weights, y, residual, rowLoss, hit], rows),
    ],
    backward: () => assert.fail('nothing is below the only layer'),
  }
}
