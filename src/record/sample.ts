import { z } from 'zod'
import type { DeepReadonly } from '../core/deep-readonly.ts'
import { batchOf, hasLabels } from '../data/workload.ts'
import type { Arm, Study } from '../study/schema.ts'
import type { TrialRecord } from './trial-record.ts'

/** Under what a number was made. There is no metric without it. */
const metricContextSchema = z.strictObject({
  workload: z.string(),
  engine: z.enum(['gpu', 'cpu']),
  nodes: z.int().min(1),
  ranksPerNode: z.int().min(1),
  /** By node; null for a CPU engine. */
  adapters: z.array(z.string().nullable()),
  /** Rows of the global batch. */
  batch: z.union([z.int().min(1), z.literal('full')]),
  steps: z.int().min(1),
  /** Of gradients and weights. */
  precision: z.literal('f32'),
  /** How two partial sums are added. */
  arithmetic: z.string(),
  flags: z.strictObject({ algorithm: z.string(), transport: z.string(), buckets: z.string(), dealing: z.string() }),
})

/** One line of samples.jsonl: one number that one trial came to. */
export const sampleSchema = z.strictObject({
  trial: z.string(),
  seed: z.int().min(0),
  repeat: z.int().min(0),
  metric: z.enum(['final-loss', 'test-accuracy', 'train-seconds']),
  unit: z.enum(['mean loss', 'share', 's']),
  /** Null where the training diverged. */
  value: z.number().nullable(),
  context: metricContextSchema,
})

export type Sample = DeepReadonly<z.output<typeof sampleSchema>>

/** The numbers of a trial, each with its context. */
export function samplesOf(
  study: Pick<Study, 'workload' | 'engine' | 'training'>,
  arm: Arm,
  trial: TrialRecord,
): Sample[] {
  const { steps } = study.training
  const { nodes, ranksPerNode, arithmetic, algorithm, transport, buckets, dealing } = arm
  const context: Sample['context'] = {
    workload: study.workload.name,
    engine: study.engine,
    nodes,
    ranksPerNode,
    adapters: trial.adapterByNode,
    batch: batchOf(study, arm),
    steps,
    precision: 'f32',
    arithmetic,
    flags: { algorithm, transport, buckets, dealing },
  }
  const of = { trial: trial.trial, seed: trial.seed, repeat: trial.repeat, context }
  return [
    { ...of, metric: 'final-loss', unit: 'mean loss', value: trial.loss },
    ...(hasLabels(study.workload)
      ? [{ ...of, metric: 'test-accuracy', unit: 'share', value: trial.accuracy } as const]
      : []),
    { ...of, metric: 'train-seconds', unit: 's', value: trial.trainSeconds },
  ]
}
