// Goal: the float64 oracle is right by measures that are not its own: the losses printed in section 41.8 for least
// squares, and numeric derivatives of the loss as its formula is written for softmax regression.
// Left out: MNIST itself, whose accuracy the end-to-end studies hold.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { generateLinear } from '../../src/data/linear.ts'
import { MNIST_CLASSES, MNIST_COLUMNS, type Mnist, type MnistRows } from '../../src/data/mnist.ts'
import { type RowMap, rowMap } from '../../src/data/rows.ts'
import { runOracle } from '../../src/gradient/oracle.ts'
import { randomWords } from './random.ts'

interface Section41 {
  readonly seed: number
  readonly final_loss: string
  readonly losses_seeds_0_to_9: readonly number[]
}

const book = JSON.parse(readFileSync(join(projectRoot, 'test/golden/book.json'), 'utf8')) as {
  readonly section_41_8: Section41
}

function linearLoss(seed: number): number {
  const data = generateLinear({ rows: 4096, columns: 16, noise: 0.1, seed })
  const training = { steps: 200, learningRate: 0.05 }
  const { loss, accuracy } = runOracle({ kind: 'linear', data }, rowMap(4096, 'full', seed), training, [])
  expect(accuracy).toBeNull()
  return loss
}

describe('least squares', () => {
  const { seed, final_loss: finalLoss, losses_seeds_0_to_9: losses } = book.section_41_8

  it.each(losses.map((loss, index) => [index, loss.toFixed(6)] as const))(
    'with seed %i ends at the printed loss %s',
    (index, printed) => {
      expect(linearLoss(index).toFixed(6)).toBe(printed)
    },
  )

  it('with the seed of the text ends at the printed loss to 1e-14', () => {
    expect(Math.abs(linearLoss(seed) - Number(finalLoss))).toBeLessThanOrEqual(1e-14)
  })

  it('with another seed ends elsewhere', () => {
    expect(linearLoss(10).toFixed(6)).not.toBe(losses[9].toFixed(6))
  })
})

const WEIGHTS = (MNIST_COLUMNS + 1) * MNIST_CLASSES

/** Images of which one pixel in eight is not white, with random labels. */
function images(seed: number, rowCount: number): MnistRows {
  return {
    rowCount,
    images: Uint8Array.from(randomWords(seed, rowCount * MNIST_COLUMNS), (word) => (word >>> 29 === 0 ? word : 0)),
    labels: Uint8Array.from(randomWords(seed + 1, rowCount), (word) => word % MNIST_CLASSES),
  }
}

/** −ln softmax(x · w + b)[label], as the formula is written. */
function rowLoss(weights: Float64Array, { images: pixels, labels }: MnistRows, row: number): number {
  const exponentials = Array.from({ length: MNIST_CLASSES }, (_, k) => {
    let logit = weights[MNIST_COLUMNS * MNIST_CLASSES + k]
    for (let j = 0; j < MNIST_COLUMNS; j++) {
      logit += (pixels[row * MNIST_COLUMNS + j] / 255) * weights[j * MNIST_CLASSES + k]
    }
    return Math.exp(logit)
  })
  return -Math.log(exponentials[labels[row]] / exponentials.reduce((sum, value) => sum + value))
}

function meanLoss(weights: Float64Array, data: MnistRows, rows: Iterable<number>): number {
  const losses = Array.from(rows, (row) => rowLoss(weights, data, row))
  return losses.reduce((sum, loss) => sum + loss) / losses.length
}

/** Central difference of the mean loss by one weight. Its error is of the order of 1e-9. */
function numericDerivative(weights: Float64Array, index: number, data: MnistRows, rows: Uint32Array): number {
  const step = 1e-4
  const [above, below] = [step, -step].map((move) => meanLoss(weights.with(index, weights[index] + move), data, rows))
  return (above - below) / (2 * step)
}

describe('softmax regression', () => {
  const data: Mnist = { train: images(1, 8), test: images(3, 40), digests: {} }
  const batches = [Uint32Array.of(0, 1, 2), Uint32Array.of(5, 3, 3, 7), Uint32Array.of(6, 2, 4, 1)]
  const rows: RowMap = { batchRows: 4, rowsOfStep: (step) => batches[step - 1] }
  const learningRate = 0.25
  const run = runOracle({ kind: 'mnist', data }, rows, { steps: 3, learningRate }, [1, 2, 3])
  const weightsAfter = (step: number): Float64Array =>
    step === 0 ? new Float64Array(WEIGHTS) : (run.weights.get(step) ?? expect.unreachable())

  it.each([1, 2, 3])('moves in step %i against the numeric gradient over the rows of that step', (step) => {
    const [before, after] = [weightsAfter(step - 1), weightsAfter(step)]
    const indices = [
      ...randomWords(step + 10, 200).map((word) => word % WEIGHTS),
      ...Array.from({ length: MNIST_CLASSES }, (_, k) => MNIST_COLUMNS * MNIST_CLASSES + k),
    ]
    const gradients = indices.map((index) => (before[index] - after[index]) / learningRate)
    const errors = indices.map((index, i) =>
      Math.abs(gradients[i] - numericDerivative(before, index, data.train, batches[step - 1])),
    )
    expect(Math.max(...errors)).toBeLessThan(1e-7)
    expect(Math.max(...gradients.map(Math.abs))).toBeGreaterThan(0.01)
  })

  it('does not move by the gradient over other rows', () => {
    const bias = MNIST_COLUMNS * MNIST_CLASSES + data.train.labels[batches[0][0]]
    const gradient = (weightsAfter(0)[bias] - weightsAfter(1)[bias]) / learningRate
    expect(Math.abs(gradient - numericDerivative(weightsAfter(0), bias, data.train, batches[0]))).toBeLessThan(1e-7)
    expect(Math.abs(gradient - numericDerivative(weightsAfter(0), bias, data.train, batches[1]))).toBeGreaterThan(0.01)
  })

  it('ends with the mean loss and the share of right answers over the test rows', () => {
    const everyRow = Array.from({ length: data.test.rowCount }, (_, row) => row)
    expect(run.loss).toBeCloseTo(meanLoss(weightsAfter(3), data.test, everyRow), 12)
    const right = everyRow.filter((row) => {
      const ownLoss = rowLoss(weightsAfter(3), data.test, row)
      return Array.from({ length: MNIST_CLASSES }, (_, label) => label).every((label) => {
        const labels = data.test.labels.with(row, label)
        return rowLoss(weightsAfter(3), { ...data.test, labels }, row) >= ownLoss
      })
    })
    expect(right.length).toBeGreaterThan(0)
    expect(run.accuracy).toBe(right.length / data.test.rowCount)
  })

  it('takes the first of equal logits for its answer, as the kernels do', () => {
    const still = runOracle({ kind: 'mnist', data }, rows, { steps: 1, learningRate: 0 }, [])
    const zeros = data.test.labels.filter((label) => label === 0).length
    expect(still.accuracy).toBe(zeros / data.test.rowCount)
    expect(still.loss).toBeCloseTo(Math.log(MNIST_CLASSES), 12)
  })
})
