import { z } from 'zod'
import type { Same } from '../core/same.ts'
import { performanceClaimSchema } from '../study/schema.ts'
import { comparisonSchema } from './comparison-schema.ts'
import type { PerformanceVerdict } from './performance-verdict.ts'

const difference = z.strictObject({
  path: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  threatens: z.enum(['numeric', 'performance', 'both', 'neither']),
  why: z.string(),
})

const linkModel = z.strictObject({
  latencyNs: z.number().nullable(),
  bandwidthBytesPerSecond: z.number().nullable(),
  addBytesPerSecond: z.number().nullable(),
})

const explanation = z.strictObject({
  algorithm: z.string(),
  bytes: z.int().min(0),
  models: z.tuple([linkModel, linkModel]),
  seconds: z.tuple([z.number(), z.number()]).nullable(),
  ratio: z.number().nullable(),
  ratioBy: z.strictObject({ latency: z.number(), bandwidth: z.number(), adding: z.number() }).nullable(),
  observed: z
    .strictObject({
      gap: z.number(),
      shareOfStepNeeded: z.number().nullable(),
      explains: z.enum(['whole', 'part', 'none']),
    })
    .nullable(),
})

/** verdict.json of a claim of speed. */
export const performanceVerdictSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('performance'),
  verdict: z.enum(['true', 'false', 'inconclusive']),
  statement: z.string(),
  source: z.string(),
  tier: performanceClaimSchema.shape.tier,
  quick: z.boolean(),
  reasons: z.array(z.string()),
  of: z.string(),
  over: z.string(),
  claimed: z.number(),
  allowed: z.tuple([z.number(), z.number()]),
  speed: comparisonSchema.shape.speed,
  differences: z.array(difference).describe("where the run's cluster is not the claim's"),
  interconnect: z
    .strictObject({ explanation, extraSeconds: z.number(), extraByLinks: z.number(), share: z.number() })
    .nullable()
    .describe('what the links explain of steps that take another time than claimed'),
})

true satisfies Same<PerformanceVerdict, z.output<typeof performanceVerdictSchema>>
