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

/** Softmax regression with a bias row: loss −ln p[label], gradient factor 1. */
interface SoftmaxRegression {
  readonly loss: 'softmax-cross-entropy'
  readonly outputs: number
  readonly train: ByteRows
  readonly evaluation: ByteRows
}

/** What is minimised, from w = 0. The loss of a batch is the mean over its rows. */
export type Problem = LeastSquares | SoftmaxRegression

/** Sizes that follow from a problem. Weights are f32[columns + biasRows, outputs], row-major. */
export interface ProblemShape {
  readonly columns: number
  readonly outputs: number
  readonly biasRows: 0 | 1
  readonly weightCount: number
  /** What a rank sends each step: the gradient sum of every weight, then the loss sum. */
  readonly vectorLength: number
  /** d(loss)/dw = gradientFactor · Σ x · delta. */
  readonly gradientFactor: 1 | 2
}

/** The sizes of a problem. */
export function problemShape(problem: Problem): ProblemShape {
  const columns = problem.train.columns
  const outputs = problem.loss === 'least-squares' ? 1 : problem.outputs
  const biasRows = problem.loss === 'least-squares' ? 0 : 1
  const weightCount = (columns + biasRows) * outputs
  const gradientFactor = problem.loss === 'least-squares' ? 2 : 1
  return { columns, outputs, biasRows, weightCount, vectorLength: weightCount + 1, gradientFactor }
}
