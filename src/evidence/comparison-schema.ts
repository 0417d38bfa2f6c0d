import { z } from 'zod'
import type { Same } from '../core/same.ts'
import { clusterSchema } from '../record/cluster-schema.ts'
import { armSchema, claimSchema } from '../study/schema.ts'
import type { Comparison } from './comparison.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')

/** JSON has no NaN: null where an arm has no trial. */
const numberOrNone = z
  .number()
  .min(0)
  .or(z.null().transform(() => Number.NaN))

const trial = z.strictObject({
  trial: z.string(),
  arm: z.string(),
  nodes: z.int().min(1),
  ranksPerNode: z.int().min(1),
  adapterByNode: z.array(z.string().nullable()),
  gpuByNode: z.array(z.string().nullable()).exactOptional(),
  sharedAccelerator: z
    .union([z.boolean(), z.literal('unknown')])
    .nullable()
    .exactOptional(),
  seed: z.int().min(0),
  repeat: z.int().min(0),
  status: z.enum(['finished', 'diverged']),
  divergedStep: z.int().min(1).nullable(),
  loss: z.number().nullable(),
  accuracy: z.number().min(0).max(1).nullable(),
  weightsSha256: digest.nullable(),
  evaluationOrder: digest.nullable(),
  dataDigests: z.record(z.string(), digest),
  rowMapDigest: digest,
  stepsRecorded: z.int().min(0),
  stepsWithoutOneUpdate: z.array(z.int().min(1)),
  trainSeconds: z.number().min(0),
  reduceSeconds: z.number().min(0),
  overlapSeconds: z.number().min(0),
  readySeconds: z.number().min(0),
  bytesSentMax: z.number().min(0),
  coresBusy: z.number().min(0).max(1).nullable().exactOptional(),
  coreWait: z.number().min(0).max(1).nullable().exactOptional(),
  cpuMsPerStepByThread: z.record(z.string(), z.number().min(0)),
})

const noiseFloor = z.strictObject({
  schemaVersion: z.literal(1),
  metric: claimSchema.shape.metric,
  value: z.number().min(0),
  quantile: z.number(),
  interval: z.tuple([z.number().nullable(), z.number().nullable()]),
  range: z.number().min(0),
  resolution: z.number().min(0),
  multiple: z.number().min(0),
  limit: z.number().min(0),
  falseAlarmRate: z.number().min(0).max(1),
  orders: z.int().min(1),
  algorithms: z.array(z.string()),
  nodes: z.int().min(1),
  arithmetic: z.string(),
  seed: z.int().min(0),
  trainingDigest: digest,
  run: z.string(),
})

/** comparison.json. */
export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal(1),
  invocation: z.string(),
  commit: z.string().nullable(),
  metric: z.strictObject({ name: claimSchema.shape.metric, definition: z.string() }),
  cluster: clusterSchema,
  interleaving: z.string(),
  arms: z.array(
    z.strictObject({
      ...armSchema.shape,
      nodeCountInvariant: z.boolean(),
      trials: z.array(trial),
      medianTrainSeconds: numberOrNone,
      stepsPerSecond: numberOrNone,
    }),
  ),
  reported: claimSchema.shape.reported.nullable(),
  speed: z
    .strictObject({
      base: z.string(),
      against: z.string(),
      baseSeconds: z.number().min(0),
      ratio: z.number().min(0),
      interval: z.tuple([z.number().nullable(), z.number().nullable()]),
      method: z.string(),
      floor: z.number().min(1).nullable(),
      pairs: z.int().min(1),
      selfPairs: z.int().min(0),
      reason: z.string().nullable(),
      decision: z.enum(['faster', 'slower', 'indistinguishable', 'insufficient']),
    })
    .nullable(),
  numeric: z
    .strictObject({
      base: z.string(),
      against: z.string(),
      difference: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      method: z.string(),
      pairs: z.int().min(1),
      reason: z.string().nullable(),
      noiseFloor: noiseFloor.nullable(),
      decision: z.enum(['real', 'indistinguishable', 'insufficient']),
    })
    .nullable(),
})

true satisfies Same<Comparison, z.output<typeof comparisonSchema>>
