// Goal: the perceptron's random draws are the published generator's, look uniform, and depend on the place in the global
// batch and never on a rank; its kernels give the bits of their twins over steps with momentum, dropout and shifts; its
// float64 oracle has the gradient of its own loss, and the twin follows it.
// Left out: planted faults, one per kernel file (kernels.test.ts), dispatches so wide that they are folded
// (mlp-wide.long.test.ts), and the accuracy that training reaches (configs/mnist-mlp.yaml).
import { describe, expect, it } from 'vitest'
import { arraySplit } from '../../src/core/array-split.ts'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { streamKey, threefry, type WordPair } from '../../src/core/streams.ts'
import { MNIST_CLASSES, MNIST_COLUMNS, MNIST_WIDTH, type MnistRows } from '../../src/data/mnist.ts'
import type { RowMap } from '../../src/data/rows.ts'
import { drawsOfStep, dropoutOf, heWeights, isDropped, shiftOf } from '../../src/gradient/draws.ts'
import { runOracle } from '../../src/gradient/oracle.ts'
import { type ByteRows, bucketsOf, type Network, type Problem, problemShape } from '../../src/gradient/problem.ts'
import { type OneLeaf, openGpuEngine, openTwin } from './one-leaf.ts'
import { leastSquaresProblem, mlpProblem, softmaxProblem } from './problems.ts'
import { bitsWithOneNaN, randomRows, randomWords } from './random.ts'

/** Random123's kat_vectors: threefry2x32, 20 rounds. */
const KNOWN_ANSWERS: readonly { key: WordPair; counter: WordPair; words: WordPair }[] = [
  { key: [0, 0], counter: [0, 0], words: [0x6b200159, 0x99ba4efe] },
  { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], words: [0x1cb996fc, 0xbb002be7] },
  { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], words: [0xc4923a9c, 0x483df7a0] },
]

describe('the streams', () => {
  it.each(KNOWN_ANSWERS)('hold the published words of key $key and counter $counter', ({ key, counter, words }) => {
    expect(threefry(key, counter)).toEqual(words)
  })

  it('have a key of their own for every seed, name and step', () => {
    const seeds = [0, 1, 2 ** 32, 2 ** 53 - 1]
    const names = ['initial-weights', 'dropout', 'shift'] as const
    const keys = seeds.flatMap((seed) =>
      names.flatMap((name) => [0, 1, 2, 1000].map((step) => streamKey(seed, name, step).join())),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('have words whose every bit is set about half of the time, whichever counter moves', () => {
    const key = streamKey(7, 'dropout', 3)
    const count = 4096
    for (const counterOf of [(i: number): WordPair => [i, 0], (i: number): WordPair => [0, i]]) {
      const words = Array.from({ length: count }, (_, i) => threefry(key, counterOf(i)))
      for (let bit = 0; bit < 32; bit++) {
        for (const half of [0, 1]) {
          const set = words.filter((pair) => (pair[half] >>> bit) & 1).length
          expect(Math.abs(set - count / 2)).toBeLessThan(5 * Math.sqrt(count / 4))
        }
      }
    }
  })

  it('drop the stated share of units, and others in the next step', () => {
    const { threshold, scale } = dropoutOf(networkWith({ dropoutRate: 0.3 }))
    expect(scale).toBe(1 / 0.7)
    const dropped = [1, 2].map((step) => {
      const { dropoutKey } = drawsOfStep(11, step)
      return Array.from({ length: 20_000 }, (_, i) => isDropped(dropoutKey, i % 100, Math.floor(i / 100), threshold))
    })
    const deviation = Math.sqrt(20_000 * 0.3 * 0.7)
    for (const step of dropped) expect(Math.abs(step.filter(Boolean).length - 6000)).toBeLessThan(5 * deviation)
    const both = dropped[0].filter((was, i) => was && dropped[1][i]).length
    expect(Math.abs(both - 20_000 * 0.09)).toBeLessThan(5 * Math.sqrt(20_000 * 0.09 * 0.91))
  })

  it('move images to every place within reach about equally often, and none without reach', () => {
    const { shiftKey } = drawsOfStep(11, 1)
    const places = Array.from({ length: 25_000 }, (_, position) => shiftOf(shiftKey, position, 2))
    const counts = new Map<string, number>()
    for (const { down, right } of places) counts.set(`${down},${right}`, (counts.get(`${down},${right}`) ?? 0) + 1)
    expect([...counts.keys()].toSorted()).toEqual(
      [-1, -2, 0, 1, 2].flatMap((down) => [-1, -2, 0, 1, 2].map((right) => `${down},${right}`)).toSorted(),
    )
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(960))
    expect(shiftOf(shiftKey, 5, 0)).toEqual({ down: 0, right: 0 })
  })
})

describe('the initial weights', () => {
  it('lie within He’s bound, with his variance and mean zero', () => {
    const weights = heWeights(3, 1, 200, 100)
    const bound = Math.sqrt(6 / 200)
    const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length
    expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound))
    expect(Math.max(...weights.map(Math.abs))).toBeGreaterThan(0.999 * bound)
    expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * weights.length))
    expect(variance / (2 / 200)).toBeCloseTo(1, 1)
  })

  it('are these bits on every machine, as Python makes them too', () => {
    expect(sha256OfFloats(heWeights(0, 0, 784, 32))).toBe(
      '7aa8da21bee9ea5c7f94da360dae98dfe917dbde7503a38050cee3fb7baa63c3',
    )
    expect(sha256OfFloats(heWeights(2 ** 40, 2, 128, 10))).toBe(
      '47f1a20f812b86e9c9ee752c41ba1a46ad7b9d22e5acfb4a16e0a2b2e3c6abe2',
    )
  })

  it('are what the first step starts from on the GPU, with zero biases', async () => {
    const problem = mlpProblem(20, 4)
    const { layers } = problemShape(problem)
    const rows = Uint32Array.of(1, 2, 3)
    await using engine = await openGpuEngine(problem, { learningRate: 0, batchRows: 3 })
    const { vector } = await engine.first(rows)
    const { weights } = await engine.step(vector.slice(), rows, true)
    for (const [index, { inputs, outputs, start, end }] of layers.entries()) {
      expect(weights?.slice(start, start + inputs * outputs)).toEqual(heWeights(5, index, inputs, outputs))
      expect(weights?.slice(start + inputs * outputs, end)).toEqual(new Float32Array(outputs))
    }
  })
})

describe('the buckets of the vector', () => {
  it.each([
    ['least squares', leastSquaresProblem(10, 16), 1],
    ['softmax regression', softmaxProblem(10, 16, 10), 1],
    ['a perceptron', mlpProblem(10, 4), 3],
  ])('of %s are a layer each, the last layer with the loss first, or one of all', (_name, problem, count) => {
    const shape = problemShape(problem)
    const { layers, weightCount, vectorLength } = shape
    const buckets = bucketsOf(shape, 'layers').toReversed()
    expect(buckets).toHaveLength(count)
    expect(buckets.map(({ start }) => start)).toEqual(layers.map(({ start }) => start))
    expect(buckets.map(({ end }) => end)).toEqual([...layers.slice(1).map(({ start }) => start), vectorLength])
    expect(vectorLength).toBe(weightCount + 1)
    const [whole, ...others] = bucketsOf(shape, 'whole')
    expect([whole, others]).toMatchObject([{ start: 0, end: vectorLength }, []])
  })
})

describe('the perceptron on the GPU', () => {
  it.each([
    { rows: 1, imageWidth: 4, network: {} },
    { rows: 3, imageWidth: 8, network: {} },
    { rows: 65, imageWidth: 8, network: { hidden: [36, 44] } },
    { rows: 130, imageWidth: 8, network: { hidden: [32], dropoutRate: 0.9, shiftPixels: 4 } },
    { rows: 131, imageWidth: 6, network: { dropoutRate: 0, shiftPixels: 0, seed: 2 ** 40 } },
    { rows: 70, imageWidth: 28, network: {} },
    { rows: 4099, imageWidth: 2, network: { hidden: [4, 4] } },
  ])('gives the bits of the twin on $rows rows of width $imageWidth with $network', async (options) => {
    const problem = mlpProblem(200, options.imageWidth, options.network)
    const settings = { learningRate: 0.1, momentum: 0.9, batchRows: options.rows }
    const batches = [0, 1, 0, 2].map((fewer, step) => randomRows(80 + step, Math.max(1, options.rows - fewer), 200))
    await using engine = await openGpuEngine(problem, settings)
    const got = await traceOf(engine, problem, batches, 17)
    expect(got).toEqual(await traceOf(openTwin(problem, settings), problem, batches, 17))
    expect(new Set(got.hashes).size).toBe(batches.length + 1)
  })

  it('keeps a NaN in sight through ReLU and dropout, as the twin does', async () => {
    const problem = mlpProblem(40, 4)
    const rows = randomRows(90, 40, 40)
    const reduced = new Float32Array(problemShape(problem).vectorLength).fill(Number.NaN, 3, 4)
    const settings = { learningRate: 0.1, batchRows: 40 }
    await using engine = await openGpuEngine(problem, settings)
    for (const each of [engine, openTwin(problem, settings)]) {
      await each.first(rows)
      const { vector } = await each.step(reduced, rows, false)
      expect(vector[vector.length - 1]).toBeNaN()
    }
  })

  it('drops and shifts nothing in evaluation', async () => {
    const settings = { learningRate: 0, batchRows: 8 }
    const rows = randomRows(91, 8, 40)
    const sums: Float32Array[] = []
    for (const network of [
      { dropoutRate: 0.5, shiftPixels: 2 },
      { dropoutRate: 0, shiftPixels: 0 },
    ]) {
      await using engine = await openGpuEngine(mlpProblem(40, 8, network), settings)
      const { vector } = await engine.first(rows)
      sums.push((await engine.finish(vector.slice(), Uint32Array.of(0, 3, 7))).sums)
    }
    expect(sums[0]).toEqual(sums[1])
  })
})

describe('what a row draws', () => {
  const problem = mlpProblem(400, 4, { dropoutRate: 0.5 })
  const { vectorLength } = problemShape(problem)
  const batches = [0, 1, 2].map((step) => randomRows(70 + step, 192, 400))
  const settings = { learningRate: 0.1, momentum: 0.9, batchRows: 192 }

  /** The vectors of every step, summed in rank order. With 64 rows a rank the blocks are those of one node: equal bits. */
  async function vectorsOver(rankCount: number, positionOf: (start: number) => number): Promise<Uint32Array[]> {
    const ranks = Array.from({ length: rankCount }, (_, rank) => ({
      engine: openTwin(problem, settings),
      ...arraySplit(192, rankCount, rank),
    }))
    const sums: Float32Array[] = []
    for (const [step, batch] of batches.entries()) {
      let sum: Float32Array | undefined
      for (const { engine, start, end } of ranks) {
        const rows = batch.subarray(start, end)
        const { vector } =
          step === 0
            ? await engine.first(rows, positionOf(start))
            : await engine.step(sums[step - 1], rows, false, positionOf(start))
        const before = sum
        sum = before ? before.map((value, i) => value + vector[i]) : vector
      }
      sums.push(sum ?? new Float32Array(vectorLength))
    }
    return sums.map(bitsWithOneNaN)
  }

  it('depends on its position in the global batch: three ranks make the bits of one', async () => {
    expect(await vectorsOver(3, (start) => start)).toEqual(await vectorsOver(1, () => 0))
  })

  it('would be seen if it depended on its place within the rank', async () => {
    expect(await vectorsOver(3, () => 0)).not.toEqual(await vectorsOver(1, () => 0))
  })
})

describe('the float64 oracle of the perceptron', () => {
  const data = { train: images(21, 8), test: images(23, 40), digests: {} }
  const network = networkWith({ hidden: [12, 8], dropoutRate: 0.4, shiftPixels: 2 })
  const batches = [Uint32Array.of(0, 1, 2, 3), Uint32Array.of(5, 3, 3, 7), Uint32Array.of(6, 2, 4, 1)]
  const rows: RowMap = { batchRows: 4, rowsOfStep: (step) => batches[step - 1] }
  const learningRate = 0.05
  const exact = { kind: 'mnist-mlp', data, network } as const
  const run = runOracle(exact, rows, { steps: 3, learningRate }, [1, 2, 3])
  const start = runOracle(exact, rows, { steps: 1, learningRate: 0 }, [1]).weights.get(1) ?? expect.unreachable()
  const weightsAfter = (step: number): Float64Array =>
    step === 0 ? start : (run.weights.get(step) ?? expect.unreachable())

  it.each([1, 2, 3])('moves in step %i against the numeric gradient over the draws of that step', (step) => {
    const [before, after] = [weightsAfter(step - 1), weightsAfter(step)]
    const indices = randomWords(step + 30, 300).map((word) => word % before.length)
    const lastBiases = Uint32Array.from({ length: MNIST_CLASSES }, (_, k) => before.length - 1 - k)
    const gradients: number[] = []
    for (const index of [...indices, ...lastBiases]) {
      const gradient = (before[index] - after[index]) / learningRate
      const numeric = numericDerivative(before, index, (w) =>
        meanTrainingLoss(w, data.train, batches[step - 1], network, step),
      )
      expect(Math.abs(gradient - numeric)).toBeLessThan(1e-6)
      gradients.push(Math.abs(gradient))
    }
    expect(Math.max(...gradients)).toBeGreaterThan(0.01)
  })

  it('would not pass with the draws of another step', () => {
    const bias = start.length - 1
    const gradient = (start[bias] - weightsAfter(1)[bias]) / learningRate
    const other = numericDerivative(start, bias, (w) => meanTrainingLoss(w, data.train, batches[0], network, 2))
    expect(Math.abs(gradient - other)).toBeGreaterThan(1e-4)
  })

  it('adds the share of the last velocity that momentum asks for', () => {
    const heavy = runOracle(exact, rows, { steps: 2, learningRate, momentum: 0.5 }, [1, 2])
    const [first, second] = [heavy.weights.get(1), heavy.weights.get(2)]
    expect(first).toEqual(weightsAfter(1))
    const expected = start.map((w, i) => weightsAfter(2)[i] + 0.5 * (weightsAfter(1)[i] - w))
    expect(Math.max(...expected.map((w, i) => Math.abs(w - (second?.[i] ?? Number.NaN))))).toBeLessThan(1e-15)
  })

  it('is followed by the twin, step by step and in the evaluation', async () => {
    const training = { steps: 3, learningRate, momentum: 0.9 }
    const heavy = runOracle(exact, rows, training, [1, 2, 3])
    const problem: Problem = {
      loss: 'mlp-cross-entropy',
      network,
      outputs: MNIST_CLASSES,
      train: byteRows(data.train),
      evaluation: byteRows(data.test),
    }
    const twin = openTwin(problem, { learningRate, momentum: 0.9, batchRows: 4 })
    let { vector } = await twin.first(batches[0])
    for (const step of [1, 2]) {
      const output = await twin.step(vector, batches[step], true)
      expect(deviation(output.weights, heavy.weights.get(step))).toBeLessThan(1e-6)
      vector = output.vector
    }
    const last = await twin.finish(
      vector,
      Uint32Array.from({ length: 40 }, (_, row) => row),
    )
    expect(deviation(last.weights, heavy.weights.get(3))).toBeLessThan(1e-6)
    expect(last.sums[0] / 40).toBeCloseTo(heavy.loss, 5)
    expect(last.sums[1] / 40).toBe(heavy.accuracy)
  })
})

function networkWith(network: Partial<Network>): Network {
  return { hidden: [32, 32], dropoutRate: 0.1, shiftPixels: 1, imageWidth: MNIST_WIDTH, seed: 9, ...network }
}

/** Everything an engine says of a training, floats as bits. */
async function traceOf(
  engine: OneLeaf,
  problem: Problem,
  [first, ...others]: readonly Uint32Array[],
  firstPosition: number,
): Promise<{ hashes: string[]; floats: Uint32Array[] }> {
  let output = await engine.first(first, firstPosition)
  const hashes = [output.weightsHash]
  const floats = [bitsWithOneNaN(output.vector)]
  for (const batch of others) {
    output = await engine.step(output.vector.slice(), batch, true, firstPosition)
    hashes.push(output.weightsHash)
    floats.push(bitsWithOneNaN(output.vector), bitsWithOneNaN(output.weights ?? expect.unreachable()))
  }
  const rows = randomRows(55, problem.evaluation.rowCount, problem.evaluation.rowCount)
  const last = await engine.finish(output.vector.slice(), rows)
  hashes.push(last.weightsHash)
  floats.push(bitsWithOneNaN(last.weights), bitsWithOneNaN(last.sums))
  return { hashes, floats }
}

function images(seed: number, rowCount: number): MnistRows {
  return {
    rowCount,
    images: Uint8Array.from(randomWords(seed, rowCount * MNIST_COLUMNS)),
    labels: Uint8Array.from(randomWords(seed + 1, rowCount), (word) => word % MNIST_CLASSES),
  }
}

function byteRows({ rowCount, images: features, labels }: MnistRows): ByteRows {
  return { kind: 'u8', rowCount, columns: MNIST_COLUMNS, features, labels }
}

/** The loss that a step minimises, written from its definition, image by image and unit by unit. */
function meanTrainingLoss(
  weights: Float64Array,
  { images: pixels, labels }: MnistRows,
  batch: Uint32Array,
  { hidden, dropoutRate, shiftPixels, seed }: Network,
  step: number,
): number {
  const { dropoutKey, shiftKey } = drawsOfStep(seed, step)
  const threshold = dropoutRate * 2 ** 32
  let loss = 0
  for (const [position, row] of batch.entries()) {
    const { down, right } = shiftOf(shiftKey, position, shiftPixels)
    let values: number[] = []
    for (let line = 0; line < MNIST_WIDTH; line++) {
      for (let column = 0; column < MNIST_WIDTH; column++) {
        const [l, c] = [line - down, column - right]
        const outside = l < 0 || l >= MNIST_WIDTH || c < 0 || c >= MNIST_WIDTH
        values.push(outside ? 0 : pixels[row * MNIST_COLUMNS + l * MNIST_WIDTH + c] / 255)
      }
    }
    let at = 0
    let unit = 0
    for (const width of [...hidden, MNIST_CLASSES]) {
      const sums = Array.from({ length: width }, (_, k) =>
        values.reduce(
          (sum, value, j) => sum + value * weights[at + j * width + k],
          weights[at + values.length * width + k],
        ),
      )
      at += (values.length + 1) * width
      if (width === MNIST_CLASSES) values = sums
      else {
        values = sums.map((sum) => {
          const kept = threefry(dropoutKey, [position, unit++])[0] >= threshold
          return kept ? Math.max(0, sum) / (1 - dropoutRate) : 0
        })
      }
    }
    loss += Math.log(values.reduce((sum, z) => sum + Math.exp(z), 0)) - values[labels[row]]
  }
  return loss / batch.length
}

function numericDerivative(weights: Float64Array, index: number, loss: (weights: Float64Array) => number): number {
  const h = 1e-6
  const at = (move: number): number => loss(weights.with(index, weights[index] + move))
  return (at(h) - at(-h)) / (2 * h)
}

/** max |a − b| / max |b|. */
function deviation(a: Float32Array | undefined, b: Float64Array | undefined): number {
  if (a === undefined || b === undefined) return Number.NaN
  return Math.max(...b.map((value, i) => Math.abs(a[i] - value))) / Math.max(...b.map(Math.abs))
}
