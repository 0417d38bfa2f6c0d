import type { ByteRows, DenseRows, Network, Problem } from '../gradient/problem.ts'
import { type Arm, PACED_COLUMNS, type Study } from '../study/schema.ts'
import { generateLinear, type LinearData, linearDigest } from './linear.ts'
import { loadMnist, MNIST_CLASSES, MNIST_COLUMNS, MNIST_WIDTH, type Mnist, type MnistRows } from './mnist.ts'

/** The data of one trial, in the forms its readers want. */
export interface Workload {
  /** What an engine runs on. */
  readonly problem: Problem
  /** What the float64 oracle runs on: the same data before any rounding to f32. */
  readonly exact: ExactData
  /** SHA-256 of each source, by name. */
  readonly digests: Readonly<Record<string, string>>
}

export type ExactData =
  | { readonly kind: 'linear'; readonly data: LinearData }
  | { readonly kind: 'mnist'; readonly data: Mnist }
  | { readonly kind: 'mnist-mlp'; readonly data: Mnist; readonly network: Network }

/** Generates or reads the data of a workload. @throws {ReducibleError} data-corrupt. */
export async function loadWorkload(workload: Study['workload'], seed: number): Promise<Workload> {
  switch (workload.name) {
    case 'linear':
    case 'paced': {
      const data = generateLinear({ ...(workload.name === 'paced' ? PACED_DATA : workload), seed })
      const train = denseRows(data)
      return {
        problem: { loss: 'least-squares', train, evaluation: train },
        exact: { kind: 'linear', data },
        digests: { 'linear.f64': linearDigest(data) },
      }
    }
    case 'mnist': {
      const data = await loadMnist()
      return {
        problem: { loss: 'softmax-cross-entropy', ...classification(data) },
        exact: { kind: 'mnist', data },
        digests: data.digests,
      }
    }
    case 'mnist-mlp': {
      const data = await loadMnist()
      const network: Network = {
        hidden: [workload.hidden, workload.hidden],
        dropoutRate: workload.dropout,
        shiftPixels: workload.shiftPixels,
        imageWidth: MNIST_WIDTH,
        seed,
      }
      return {
        problem: { loss: 'mlp-cross-entropy', network, ...classification(data) },
        exact: { kind: 'mnist-mlp', data, network },
        digests: data.digests,
      }
    }
  }
}

/** Rows of the training data, known before it is loaded. */
export function trainingRowCount(workload: Study['workload']): number {
  if (workload.name === 'paced') return PACED_DATA.rows
  return workload.name === 'linear' ? workload.rows : 60_000
}

/** Rows of the evaluation, known before they are loaded. */
export function evaluationRowCount(workload: Study['workload']): number {
  return hasLabels(workload) ? 10_000 : trainingRowCount(workload)
}

/** Do its rows have labels, so that a trial ends with an accuracy? */
export function hasLabels({ name }: Study['workload']): boolean {
  return name === 'mnist' || name === 'mnist-mlp'
}

/** The global batch of an arm. */
export function batchOf({ training }: Pick<Study, 'training'>, { batch }: Arm): number | 'full' {
  return batch ?? training.batch
}

/** The same in rows. */
export function batchRowsOf(study: Pick<Study, 'training' | 'workload'>, arm: Arm): number {
  const batch = batchOf(study, arm)
  return batch === 'full' ? trainingRowCount(study.workload) : batch
}

/** What a step of a paced workload takes on each rank of an arm: its part of the time of the training's batch on one rank. */
export function pacedShareMs(
  { computeMs }: Extract<Study['workload'], { name: 'paced' }>,
  study: Pick<Study, 'training' | 'workload'>,
  arm: Arm,
): number {
  const { batch: _, ...ofTraining } = arm
  const batches = batchRowsOf(study, arm) / batchRowsOf(study, ofTraining)
  return (computeMs * batches) / (arm.nodes * arm.ranksPerNode)
}

/** The small regression whose gradient a paced step computes. */
const PACED_DATA = { rows: 1024, columns: PACED_COLUMNS, noise: 0.1 } as const

function denseRows({ rowCount, columns, features, targets }: LinearData): DenseRows {
  return {
    kind: 'f32',
    rowCount,
    columns,
    features: Float32Array.from(features),
    targets: Float32Array.from(targets),
  }
}

function classification({ train, test }: Mnist): { outputs: number; train: ByteRows; evaluation: ByteRows } {
  return { outputs: MNIST_CLASSES, train: byteRows(train), evaluation: byteRows(test) }
}

function byteRows({ rowCount, images, labels }: MnistRows): ByteRows {
  return { kind: 'u8', rowCount, columns: MNIST_COLUMNS, features: images, labels }
}
