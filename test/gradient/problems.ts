import type { ByteRows, DenseRows, Network, Problem } from '../../src/gradient/problem.ts'
import { floatsOf, randomFloats, randomWords } from './random.ts'

/** Rows of f32, evaluated on half as many other rows. */
export function leastSquaresProblem(
  rowCount: number,
  columns: number,
  values: (seed: number, count: number) => Float32Array = smallFloats,
): Problem {
  const rows = (seed: number, count: number): DenseRows => ({
    kind: 'f32',
    rowCount: count,
    columns,
    features: values(seed, count * columns),
    targets: values(seed + 1, count),
  })
  return { loss: 'least-squares', train: rows(100, rowCount), evaluation: rows(200, Math.ceil(rowCount / 2)) }
}

type SoftmaxProblem = Extract<Problem, { loss: 'softmax-cross-entropy' }>

/** Rows of random bytes with random labels, evaluated on half as many other rows. */
export function softmaxProblem(rowCount: number, columns: number, outputs: number): SoftmaxProblem {
  return { loss: 'softmax-cross-entropy', outputs, ...randomBytes(rowCount, columns, outputs) }
}

/** Square images of random bytes in ten classes; two hidden layers of 32 units where `network` says nothing else. */
export function mlpProblem(rowCount: number, imageWidth: number, network: Partial<Network> = {}): Problem {
  return {
    loss: 'mlp-cross-entropy',
    outputs: 10,
    network: { hidden: [32, 32], dropoutRate: 0.25, shiftPixels: 2, imageWidth, seed: 5, ...network },
    ...randomBytes(rowCount, imageWidth ** 2, 10),
  }
}

function randomBytes(rowCount: number, columns: number, outputs: number): { train: ByteRows; evaluation: ByteRows } {
  const rows = (seed: number, count: number): ByteRows => ({
    kind: 'u8',
    rowCount: count,
    columns,
    features: Uint8Array.from(randomWords(seed, count * columns)),
    labels: Uint8Array.from(randomWords(seed + 1, count), (word) => word % outputs),
  })
  return { train: rows(300, rowCount), evaluation: rows(400, Math.ceil(rowCount / 2)) }
}

function smallFloats(seed: number, count: number): Float32Array {
  return randomFloats(seed, count, -2, 2)
}

/** The words whose handling is easiest to get wrong: zeros, subnormals, 2^-126, its neighbours and huge values. */
const ODD_WORDS = [0, 1, 0x400000, 0x7fffff, 0x800000, 0x800001, 0x00c00000, 0x01000000, 0x7f000000, 0x7f7fffff]

/** Floats in [−2, 2), one in 16 replaced by an odd one of either sign. */
export function partlyOddFloats(seed: number, count: number): Float32Array {
  const small = new Uint32Array(smallFloats(seed, count).buffer)
  return floatsOf(randomWords(seed + 7, count).map((word, i) => (word >>> 28 === 0 ? oddWord(word) : small[i])))
}

/** Floats of the order of 2^-126, half of them subnormal, with zeros of both signs. */
export function tinyFloats(seed: number, count: number): Float32Array {
  return floatsOf(randomWords(seed, count).map((word) => (word % 8 === 0 ? word & 0x80000000 : word & 0x80ffffff)))
}

function oddWord(word: number): number {
  return ODD_WORDS[word % ODD_WORDS.length] | ((word << 4) & 0x80000000)
}
