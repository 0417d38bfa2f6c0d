import assert from 'node:assert'
import { add, bitsOf, exponential, logarithm, mul, reciprocal, settle } from './arithmetic.ts'
import {
  type EngineSettings,
  type EvaluationOutput,
  type GradientEngine,
  hashText,
  ROWS_PER_BLOCK,
  type StepOutput,
  tilesOf,
  type WorkCount,
} from './engine.ts'
import { type ByteRows, type DenseRows, type Problem, type ProblemShape, problemShape } from './problem.ts'

const BYTE_SCALE = Math.fround(1 / 255)

/** Twin of gather-rows-f32.wgsl and gather-rows-u8.wgsl. */
export function gatherRows(source: DenseRows | ByteRows, rowIds: Uint32Array): { x: Float32Array; y: Float32Array } {
  const { columns } = source
  const x = new Float32Array(rowIds.length * columns)
  const y = new Float32Array(rowIds.length)
  for (let i = 0; i < rowIds.length; i++) {
    const at = rowIds[i] * columns
    for (let j = 0; j < columns; j++) {
      const value = source.features[at + j]
      x[i * columns + j] = source.kind === 'u8' ? mul(value, BYTE_SCALE) : settle(value)
    }
    y[i] = source.kind === 'u8' ? source.labels[rowIds[i]] : settle(source.targets[rowIds[i]])
  }
  return { x, y }
}

/** What the loss kernels make of a tile: delta f32[rows, outputs], rowLoss f32[rows], hit f32[rows]. */
interface RowResults {
  readonly delta: Float32Array
  readonly rowLoss: Float32Array
  readonly hit: Float32Array
}

/** Twin of least-squares.wgsl. x f32[rows, columns], w f32[columns], y f32[rows]. */
export function leastSquares(x: Float32Array, w: Float32Array, y: Float32Array): RowResults {
  const rows = y.length
  const delta = new Float32Array(rows)
  const rowLoss = new Float32Array(rows)
  for (let i = 0; i < rows; i++) {
    const at = i * w.length
    let sum = mul(x[at], w[0])
    for (let j = 1; j < w.length; j++) sum = add(sum, mul(x[at + j], w[j]))
    delta[i] = add(sum, -y[i])
    rowLoss[i] = mul(delta[i], delta[i])
  }
  return { delta, rowLoss, hit: new Float32Array(rows) }
}

/** Twin of dense-forward.wgsl. x f32[rows, columns], w f32[columns + 1, outputs]; returns f32[rows, outputs]. */
export function denseForward(x: Float32Array, w: Float32Array, outputs: number): Float32Array {
  const columns = w.length / outputs - 1
  const rows = x.length / columns
  const logits = new Float32Array(rows * outputs)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < outputs; k++) {
      let sum = mul(x[i * columns], w[k])
      for (let j = 1; j < columns; j++) sum = add(sum, mul(x[i * columns + j], w[j * outputs + k]))
      logits[i * outputs + k] = add(sum, w[columns * outputs + k])
    }
  }
  return logits
}

/** Twin of softmax-cross-entropy.wgsl. logits f32[rows, outputs], label f32[rows] holding whole numbers. */
export function softmaxCrossEntropy(logits: Float32Array, label: Float32Array): RowResults {
  const rows = label.length
  const outputs = logits.length / rows
  const delta = new Float32Array(logits.length)
  const rowLoss = new Float32Array(rows)
  const hit = new Float32Array(rows)
  for (let i = 0; i < rows; i++) {
    const z = logits.subarray(i * outputs, (i + 1) * outputs)
    let choice = 0
    for (let k = 1; k < outputs; k++) if (z[k] > z[choice]) choice = k
    const exponentials = z.map((value) => exponential(add(value, -z[choice])))
    const sum = exponentials.reduce(add)
    const inverse = reciprocal(sum)
    for (let k = 0; k < outputs; k++) {
      delta[i * outputs + k] = add(mul(exponentials[k], inverse), k === label[i] ? -1 : 0)
    }
    rowLoss[i] = add(logarithm(sum), -add(z[label[i]], -z[choice]))
    hit[i] = choice === label[i] ? 1 : 0
  }
  return { delta, rowLoss, hit }
}

/** Twin of dense-gradient.wgsl for one tile: f32[blocks, vectorLength]. */
export function denseGradient(
  x: Float32Array,
  { delta, rowLoss }: Pick<RowResults, 'delta' | 'rowLoss'>,
  shape: ProblemShape,
): Float32Array {
  const { columns, outputs, biasRows, vectorLength } = shape
  const rows = rowLoss.length
  const blocks = Math.ceil(rows / ROWS_PER_BLOCK)
  const partial = new Float32Array(blocks * vectorLength)
  for (let block = 0; block < blocks; block++) {
    const sums = partial.subarray(block * vectorLength, (block + 1) * vectorLength)
    const start = block * ROWS_PER_BLOCK
    for (let i = start; i < Math.min(start + ROWS_PER_BLOCK, rows); i++) {
      const accumulate = i === start ? (_sum: number, term: number) => term : add
      for (let j = 0; j < columns; j++) {
        for (let k = 0; k < outputs; k++) {
          const e = j * outputs + k
          sums[e] = accumulate(sums[e], mul(x[i * columns + j], delta[i * outputs + k]))
        }
      }
      for (let k = 0; k < outputs * biasRows; k++) {
        const e = columns * outputs + k
        sums[e] = accumulate(sums[e], delta[i * outputs + k])
      }
      sums[vectorLength - 1] = accumulate(sums[vectorLength - 1], rowLoss[i])
    }
  }
  return partial
}

/** Twin of sum-blocks.wgsl. partial f32[blocks, elements]. */
export function sumBlocks(partial: Float32Array, elements: number): Float32Array {
  const total = partial.slice(0, elements)
  for (let b = 1; b < partial.length / elements; b++) {
    for (let e = 0; e < elements; e++) total[e] = add(total[e], partial[b * elements + e])
  }
  return total
}

/** Twin of mean-loss.wgsl: f32[2], Σ rowLoss and Σ hit of one tile. */
export function meanLoss(rowLoss: Float32Array, hit: Float32Array): Float32Array {
  return Float32Array.of(lanesAndTree(rowLoss), lanesAndTree(hit))
}

function lanesAndTree(values: Float32Array): number {
  const lanes = new Float32Array(64)
  values.forEach((value, i) => {
    lanes[i % 64] = add(lanes[i % 64], value)
  })
  for (let stride = 32; stride >= 1; stride /= 2) {
    for (let lane = 0; lane < stride; lane++) lanes[lane] = add(lanes[lane], lanes[lane + stride])
  }
  return lanes[0]
}

/** Twin of sgd-update.wgsl, in place. */
export function sgdUpdate(w: Float32Array, sum: Float32Array, learningRate: number, scale: number): void {
  for (let i = 0; i < w.length; i++) {
    w[i] = add(w[i], -mul(learningRate, mul(scale, settle(sum[i]))))
  }
}

const HASH_SEEDS = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]

/** Twin of weights-hash.wgsl: u32[4]. */
export function weightsHash(w: Float32Array): Uint32Array {
  const hash = new Uint32Array(4)
  for (let i = 0; i < w.length; i++) {
    const bits = Number.isNaN(w[i]) ? 0x7fc00000 : bitsOf(w[i])
    HASH_SEEDS.forEach((seed, k) => {
      hash[k] += mix(mix((i + seed) | 0) + bits)
    })
  }
  return hash
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

const NO_GPU_WORK: WorkCount = { dispatches: 0, updateDispatches: 0, gpuNs: null }

/**
 * `engine: cpu`: the kernels' twin behind the GPU's interface. Its bits are the GPU's; its dispatch counts are 0.
 * It runs only where a study asks for it by name.
 */
export class TwinEngine implements GradientEngine {
  readonly #problem: Problem
  readonly #shape: ProblemShape
  readonly #learningRate: number
  readonly #scale: number
  readonly #weights: Float32Array

  constructor(problem: Problem, settings: EngineSettings) {
    this.#problem = problem
    this.#shape = problemShape(problem)
    this.#learningRate = Math.fround(settings.learningRate)
    this.#scale = Math.fround(this.#shape.gradientFactor / settings.batchRows)
    this.#weights = new Float32Array(this.#shape.weightCount)
  }

  async first(rows: Uint32Array): Promise<StepOutput> {
    return this.#gradient(rows, false)
  }

  async step(reduced: Float32Array, rows: Uint32Array, wantWeights: boolean): Promise<StepOutput> {
    this.#update(reduced)
    return this.#gradient(rows, wantWeights)
  }

  async finish(reduced: Float32Array, rows: Uint32Array): Promise<EvaluationOutput> {
    this.#update(reduced)
    const partials: number[] = []
    this.#forEachTile(this.#problem.evaluation, rows, (_x, { rowLoss, hit }) => {
      partials.push(...meanLoss(rowLoss, hit))
    })
    const sums = sumBlocks(Float32Array.from(partials), 2)
    return { sums, weightsHash: this.#hash(), weights: this.#weights.slice(), work: NO_GPU_WORK }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #gradient(rows: Uint32Array, wantWeights: boolean): StepOutput {
    const partials: Float32Array[] = []
    this.#forEachTile(this.#problem.train, rows, (x, results) => {
      partials.push(denseGradient(x, results, this.#shape))
    })
    const joined = new Float32Array(partials.reduce((length, partial) => length + partial.length, 0))
    partials.reduce((at, partial) => {
      joined.set(partial, at)
      return at + partial.length
    }, 0)
    const vector = sumBlocks(joined, this.#shape.vectorLength)
    const weights = wantWeights ? this.#weights.slice() : undefined
    return { vector, weightsHash: this.#hash(), weights, work: NO_GPU_WORK }
  }

  #forEachTile(
    source: DenseRows | ByteRows,
    rows: Uint32Array,
    use: (x: Float32Array, results: RowResults) => void,
  ): void {
    for (const tile of tilesOf(rows.length)) {
      const { x, y } = gatherRows(source, rows.subarray(tile.first, tile.first + tile.rows))
      const results =
        this.#problem.loss === 'least-squares'
          ? leastSquares(x, this.#weights, y)
          : softmaxCrossEntropy(denseForward(x, this.#weights, this.#shape.outputs), y)
      use(x, results)
    }
  }

  #update(reduced: Float32Array): void {
    assert.equal(reduced.length, this.#shape.vectorLength)
    sgdUpdate(this.#weights, reduced, this.#learningRate, this.#scale)
  }

  #hash(): string {
    return hashText(weightsHash(this.#weights))
  }
}
