import { add, exponential, logarithm, mul, reciprocal } from '../arithmetic.ts'

/** What the loss kernels make of a tile: delta f32[rows, outputs], rowLoss f32[rows], hit f32[rows]. */
export interface RowResults {
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
