import { MNIST_CLASSES, MNIST_COLUMNS, type Mnist, type MnistRows } from '../../data/mnist.ts'
import { drawsOfStep, dropoutOf, firstUnits, heWeights, isDropped, NO_DROPOUT, shiftOf } from '../draws.ts'
import type { Network } from '../problem.ts'
import type { OracleModel } from './model.ts'

/** A dense layer; its weights, then its biases, stand from `start` on. */
interface OracleLayer {
  readonly inputs: number
  readonly outputs: number
  readonly start: number
}

/** What one image makes of the layers. */
interface Pass {
  /** What goes into each layer. */
  readonly inputs: readonly Float64Array[]
  /** Shifted so that the greatest is 0. */
  readonly logits: Float64Array
  readonly choice: number
}

/** ReLU layers with inverted dropout, softmax and cross-entropy over MNIST; images shifted in training. */
export function mlpModel({ train, test }: Mnist, network: Network): OracleModel {
  const layers = layersOf(network.hidden)
  const weightCount = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0)
  const units = firstUnits(network.hidden)
  const { threshold, scale } = dropoutOf(network)

  const forward = (weights: Float64Array, x: Float64Array, factor: (unit: number) => number): Pass => {
    const inputs = [x]
    for (const [index, firstUnit] of units.entries()) {
      const sums = denseLayer(weights, layers[index], inputs[index])
      inputs.push(sums.map((sum, unit) => (sum > 0 ? sum * factor(firstUnit + unit) : 0)))
    }
    const last = layers.length - 1
    const logits = denseLayer(weights, layers[last], inputs[last])
    const greatest = Math.max(...logits)
    return { inputs, choice: logits.indexOf(greatest), logits: logits.map((z) => z - greatest) }
  }
  return {
    initialWeights() {
      const weights = new Float64Array(weightCount)
      for (const [index, { inputs, outputs, start }] of layers.entries()) {
        weights.set(heWeights(network.seed, index, inputs, outputs), start)
      }
      return weights
    },
    meanGradient(weights, rows, step) {
      const gradient = new Float64Array(weightCount)
      const { dropoutKey, shiftKey } = drawsOfStep(network.seed, step)
      for (const [position, row] of rows.entries()) {
        const x = shiftedImage(train, row, network.imageWidth, shiftOf(shiftKey, position, network.shiftPixels))
        const factor = (unit: number): number => (isDropped(dropoutKey, position, unit, threshold) ? 0 : scale)
        const { inputs, logits } = forward(weights, x, factor)
        const sum = sumOfExponentials(logits)
        let delta: Float64Array = logits.map((z, k) => Math.exp(z) / sum - (k === train.labels[row] ? 1 : 0))
        for (let index = layers.length - 1; index >= 0; index--) {
          addGradient(gradient, layers[index], inputs[index], delta)
          // Where a unit is above zero it was kept, and scaled; elsewhere nothing comes through.
          delta = index === 0 ? delta : throughLayer(weights, layers[index], inputs[index], delta, scale)
        }
      }
      return gradient.map((total) => total / rows.length)
    },
    evaluate(weights) {
      let loss = 0
      let right = 0
      for (let row = 0; row < test.rowCount; row++) {
        const x = shiftedImage(test, row, network.imageWidth, { down: 0, right: 0 })
        const { logits, choice } = forward(weights, x, () => NO_DROPOUT.scale)
        loss += Math.log(sumOfExponentials(logits)) - logits[test.labels[row]]
        if (choice === test.labels[row]) right++
      }
      return { loss: loss / test.rowCount, accuracy: right / test.rowCount }
    },
  }
}

function layersOf(hidden: readonly number[]): OracleLayer[] {
  const widths = [MNIST_COLUMNS, ...hidden, MNIST_CLASSES]
  let start = 0
  return widths.slice(1).map((outputs, index) => {
    const layer = { inputs: widths[index], outputs, start }
    start += (layer.inputs + 1) * outputs
    return layer
  })
}

/** f64[784], 0 … 1. What moves in from outside is 0. */
function shiftedImage(
  { images }: MnistRows,
  row: number,
  width: number,
  { down, right }: { down: number; right: number },
): Float64Array {
  const inside = (place: number): boolean => place >= 0 && place < width
  return Float64Array.from({ length: MNIST_COLUMNS }, (_, pixel) => {
    const [line, column] = [Math.floor(pixel / width) - down, (pixel % width) - right]
    return inside(line) && inside(column) ? images[row * MNIST_COLUMNS + line * width + column] / 255 : 0
  })
}

function denseLayer(weights: Float64Array, { inputs, outputs, start }: OracleLayer, x: Float64Array): Float64Array {
  const biases = start + inputs * outputs
  const sums = weights.slice(biases, biases + outputs)
  for (let j = 0; j < inputs; j++) {
    if (x[j] === 0) continue
    for (let k = 0; k < outputs; k++) sums[k] += x[j] * weights[start + j * outputs + k]
  }
  return sums
}

function addGradient(
  gradient: Float64Array,
  { inputs, outputs, start }: OracleLayer,
  x: Float64Array,
  delta: Float64Array,
): void {
  for (let j = 0; j < inputs; j++) {
    if (x[j] === 0) continue
    for (let k = 0; k < outputs; k++) gradient[start + j * outputs + k] += x[j] * delta[k]
  }
  for (let k = 0; k < outputs; k++) gradient[start + inputs * outputs + k] += delta[k]
}

function throughLayer(
  weights: Float64Array,
  { outputs, start }: OracleLayer,
  x: Float64Array,
  delta: Float64Array,
  scale: number,
): Float64Array {
  return x.map((unit, j) => {
    if (unit === 0) return 0
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += delta[k] * weights[start + j * outputs + k]
    return sum * scale
  })
}

function sumOfExponentials(logits: Float64Array): number {
  return logits.reduce((sum, z) => sum + Math.exp(z), 0)
}
