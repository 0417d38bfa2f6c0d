import type { Span } from '../core/array-split.ts'

/** Rows of f32 features with one f32 target each. */
export interface DenseRows {
  readonly kind: 'f32'
  readonly rowCount: number
  readonly columns: number
  /** f32[rowCount, columns], row-major. */
  readonly features: Float32Array
  /** f32[rowCount]. */
  readonly targets: Float32Array
}

/** Rows of bytes (scaled by 1/255 where they are used) with one class label each. */
export interface ByteRows {
  readonly kind: 'u8'
  readonly rowCount: number
  /** A multiple of 4: the GPU reads four bytes a word. */
  readonly columns: number
  /** u8[rowCount, columns], row-major. */
  readonly features: Uint8Array
  /** u8[rowCount]. */
  readonly labels: Uint8Array
}

/** Least squares without a bias: loss (x·w − y)², gradient factor 2. */
interface LeastSquares {
  readonly loss: 'least-squares'
  readonly train: DenseRows
  /** The rows the final metric is taken over. */
  readonly evaluation: DenseRows
}

/** Softmax regression with a bias row: loss −ln p[label], gradient factor 1. Starts from zero. */
interface SoftmaxRegression {
  readonly loss: 'softmax-cross-entropy'
  readonly outputs: number
  readonly train: ByteRows
  readonly evaluation: ByteRows
}

/** Softmax over the last of several dense layers, each with a bias row: loss −ln p[label], gradient factor 1. */
interface MlpClassifier {
  readonly loss: 'mlp-cross-entropy'
  readonly network: Network
  readonly outputs: number
  /** Square images of `network.imageWidth` pixels a side, one a row. */
  readonly train: ByteRows
  readonly evaluation: ByteRows
}

/** The hidden part of a multi-layer perceptron, and all that is random in training it. */
export interface Network {
  /** Units of each hidden layer, ReLU each. Multiples of 4: the GPU reads four activations at once. */
  readonly hidden: readonly number[]
  /** The share of hidden units dropped in training, 0 ≤ p < 1; the kept ones are scaled by 1/(1 − p). */
  readonly dropoutRate: number
  /** In training an image moves by up to this many pixels either way, down and across. */
  readonly shiftPixels: number
  readonly imageWidth: number
  /** Of the streams behind initial weights, dropout and shifts (src/core/streams.ts). */
  readonly seed: number
}

/** What is minimised. The loss of a batch is the mean over its rows. */
export type Problem = LeastSquares | SoftmaxRegression | MlpClassifier

/** A dense layer. Its weights are f32[inputs + biasRows, outputs], row-major: elements `start` … `end` of all weights. */
export interface Layer extends Span {
  readonly inputs: number
  readonly outputs: number
  readonly biasRows: 0 | 1
}

/** Sizes that follow from a problem. */
export interface ProblemShape {
  /** From the input to the output; together they hold all weights. */
  readonly layers: readonly Layer[]
  readonly weightCount: number
  /** What a rank sends each step: the gradient sum of every weight, then the loss sum. */
  readonly vectorLength: number
  /** d(loss)/dw = gradientFactor · Σ x · delta. */
  readonly gradientFactor: 1 | 2
}

/** The sizes of a problem. */
export function problemShape(problem: Problem): ProblemShape {
  const layers = layersOf(problem)
  const weightCount = layers[layers.length - 1].end
  return {
    layers,
    weightCount,
    vectorLength: weightCount + 1,
    gradientFactor: problem.loss === 'least-squares' ? 2 : 1,
  }
}

/** A part of the vector that is handed over by itself, and the layers whose gradients it holds, the last one first. */
export interface Bucket extends Span {
  readonly layers: readonly number[]
}

/** The buckets of a problem's vector in the order in which they become known: the last layer's, with the loss sum, first. */
export function bucketsOf({ layers, vectorLength }: ProblemShape, bucketing: 'layers' | 'whole'): Bucket[] {
  const backwards = layers.map((_, index) => layers.length - 1 - index)
  if (bucketing === 'whole') return [{ start: 0, end: vectorLength, layers: backwards }]
  return backwards.map((index) => {
    const { start, end } = layers[index]
    return { start, end: end === vectorLength - 1 ? vectorLength : end, layers: [index] }
  })
}

function layersOf(problem: Problem): Layer[] {
  const { columns } = problem.train
  if (problem.loss === 'least-squares') return [{ inputs: columns, outputs: 1, biasRows: 0, start: 0, end: columns }]
  const hidden = problem.loss === 'mlp-cross-entropy' ? problem.network.hidden : []
  const layers: Layer[] = []
  let inputs = columns
  let start = 0
  for (const outputs of [...hidden, problem.outputs]) {
    const end = start + (inputs + 1) * outputs
    layers.push({ inputs, outputs, biasRows: 1, start, end })
    inputs = outputs
    start = end
  }
  return layers
}
