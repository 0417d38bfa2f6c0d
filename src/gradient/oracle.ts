import type { LinearData } from '../data/linear.ts'
import { MNIST_CLASSES, MNIST_COLUMNS, type Mnist } from '../data/mnist.ts'
import type { RowMap } from '../data/rows.ts'
import type { ExactData } from '../data/workload.ts'
import { mlpModel } from './oracle/mlp.ts'
import type { OracleModel } from './oracle/model.ts'

/** What float64 makes of a training: the weights after the steps asked for, and the final metrics. */
export interface OracleRun {
  /** f64[weightCount] by step. */
  readonly weights: ReadonlyMap<number, Float64Array>
  /** Mean loss over the evaluation rows at the last weights. */
  readonly loss: number
  /** Share of evaluation rows classified right; null where rows have no label. */
  readonly accuracy: number | null
}

/**
 * The same SGD in float64 on one node, written as the formulas are: no kernels, no shards, no reduction. What it shares
 * with the run under judgement is the data, the row map and the random streams only.
 *
 * @param keepSteps steps after which the weights are kept.
 */
export function runOracle(
  exact: ExactData,
  rows: RowMap,
  training: { readonly steps: number; readonly learningRate: number; readonly momentum?: number },
  keepSteps: readonly number[],
): OracleRun {
  const { steps, learningRate, momentum = 0 } = training
  const model = modelOf(exact)
  const weights = model.initialWeights()
  const velocity = new Float64Array(weights.length)
  const kept = new Map<number, Float64Array>()
  for (let step = 1; step <= steps; step++) {
    const gradient = model.meanGradient(weights, rows.rowsOfStep(step), step)
    for (let i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i]
      weights[i] -= learningRate * velocity[i]
    }
    if (keepSteps.includes(step)) kept.set(step, weights.slice())
  }
  return { weights: kept, ...model.evaluate(weights) }
}

/** Loss and accuracy over the evaluation rows at any weights. */
export function evaluateExactly(exact: ExactData, weights: Float32Array): Pick<OracleRun, 'loss' | 'accuracy'> {
  return modelOf(exact).evaluate(Float64Array.from(weights))
}

function modelOf(exact: ExactData): OracleModel {
  switch (exact.kind) {
    case 'linear':
      return linearModel(exact.data)
    case 'mnist':
      return softmaxModel(exact.data)
    case 'mnist-mlp':
      return mlpModel(exact.data, exact.network)
  }
}

function linearModel({ rowCount, columns, features, targets }: LinearData): OracleModel {
  const residual = (weights: Float64Array, row: number): number => {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += features[row * columns + j] * weights[j]
    return sum - targets[row]
  }
  return {
    initialWeights: () => new Float64Array(columns),
    meanGradient(weights, rows) {
      const gradient = new Float64Array(columns)
      for (const row of rows) {
        const r = residual(weights, row)
        for (let j = 0; j < columns; j++) gradient[j] += r * features[row * columns + j]
      }
      return gradient.map((sum) => (2 / rows.length) * sum)
    },
    evaluate(weights) {
      let sum = 0
      for (let row = 0; row < rowCount; row++) sum += residual(weights, row) ** 2
      return { loss: sum / rowCount, accuracy: null }
    },
  }
}

function softmaxModel({ train, test }: Mnist): OracleModel {
  const logits = new Float64Array(MNIST_CLASSES)
  /** Leaves the logits in `logits`, shifted so that the greatest is 0; returns the index of the greatest. */
  const forward = (weights: Float64Array, images: Uint8Array, row: number): number => {
    for (let k = 0; k < MNIST_CLASSES; k++) logits[k] = weights[MNIST_COLUMNS * MNIST_CLASSES + k]
    for (let j = 0; j < MNIST_COLUMNS; j++) {
      const x = images[row * MNIST_COLUMNS + j] / 255
      if (x === 0) continue
      for (let k = 0; k < MNIST_CLASSES; k++) logits[k] += x * weights[j * MNIST_CLASSES + k]
    }
    const greatest = Math.max(...logits)
    const choice = logits.indexOf(greatest)
    for (let k = 0; k < MNIST_CLASSES; k++) logits[k] -= greatest
    return choice
  }
  const sumOfExponentials = (): number => logits.reduce((sum, z) => sum + Math.exp(z), 0)
  return {
    initialWeights: () => new Float64Array((MNIST_COLUMNS + 1) * MNIST_CLASSES),
    meanGradient(weights, rows) {
      const gradient = new Float64Array(weights.length)
      for (const row of rows) {
        forward(weights, train.images, row)
        const sum = sumOfExponentials()
        const delta = logits.map((z, k) => Math.exp(z) / sum - (k === train.labels[row] ? 1 : 0))
        for (let j = 0; j < MNIST_COLUMNS; j++) {
          const x = train.images[row * MNIST_COLUMNS + j] / 255
          if (x === 0) continue
          for (let k = 0; k < MNIST_CLASSES; k++) gradient[j * MNIST_CLASSES + k] += x * delta[k]
        }
        for (let k = 0; k < MNIST_CLASSES; k++) gradient[MNIST_COLUMNS * MNIST_CLASSES + k] += delta[k]
      }
      return gradient.map((total) => total / rows.length)
    },
    evaluate(weights) {
      let loss = 0
      let right = 0
      for (let row = 0; row < test.rowCount; row++) {
        const choice = forward(weights, test.images, row)
        loss += Math.log(sumOfExponentials()) - logits[test.labels[row]]
        if (choice === test.labels[row]) right++
      }
      return { loss: loss / test.rowCount, accuracy: right / test.rowCount }
    },
  }
}
