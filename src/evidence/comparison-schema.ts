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

const orUnknown = <S extends z.ZodType>(schema: S) => z.union([schema, z.literal('unknown')])
const share = z.number().min(0).max(1)

const machine = z.strictObject({
  nodes: z.array(z.int().min(0)).min(1),
  startedAtUtc: z.iso.datetime(),
  loadAverage: orUnknown(z.tuple([z.number().min(0), z.number().min(0)])).describe('over a minute, at both ends'),
  pressure: z
    .strictObject({ cpu: orUnknown(share), io: orUnknown(share), memory: orUnknown(share) })
    .describe('share of the time in which some thread waited for it'),
  stealShare: orUnknown(share).describe('of CPU time, that a hypervisor gave to others'),
  cpuMhz: orUnknown(z.tuple([z.number().min(0), z.number().min(0)])).describe('slowest and fastest core, at the end'),
  cpuCelsius: orUnknown(z.number()).describe('the hottest sensor, at the end'),
  cpuThrottles: orUnknown(z.int().min(0)).describe('how often cores were slowed down for their heat'),
  gpus: orUnknown(
    z.array(
      z.strictObject({
        uuid: z.string(),
        clockMhz: orUnknown(z.number().min(0)),
        celsius: orUnknown(z.number()),
        watts: orUnknown(z.number().min(0)),
        throttledBy: orUnknown(z.array(z.string())),
      }),
    ),
  ).describe('at the end; none where nobody computed on one'),
})

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
  machines: z.array(machine).min(1).exactOptional().describe('what each machine was like, as its lowest node saw it'),
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
