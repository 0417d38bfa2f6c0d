import { z } from 'zod'
import type { Same } from '../core/same.ts'
import { claimSchema } from '../study/schema.ts'
import type { Verdict } from './verdict.ts'

const rate = z.number().min(0).max(1)

/** verdict.json. */
export const verdictSchema = z.strictObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['true', 'false', 'inconclusive']),
  statement: z.string(),
  source: z.string(),
  level: claimSchema.shape.level,
  tier: claimSchema.shape.tier,
  quick: z.boolean(),
  reasons: z.array(z.string()),
  checks: z.array(
    z.strictObject({ name: z.string(), outcome: z.enum(['pass', 'fail', 'not tested']), detail: z.string() }),
  ),
  values: z.array(
    z.strictObject({
      trial: z.string(),
      arm: z.string(),
      seed: z.int().min(0),
      ours: z.number().nullable(),
      published: z.string().nullable(),
      allowed: z.number().nullable(),
      pass: z.boolean().nullable(),
    }),
  ),
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      summary: z.strictObject({ n: z.int().min(1), mean: z.number(), sd: z.number().min(0).nullable() }).nullable(),
      fresh: z
        .strictObject({
          freshSeeds: z.int().min(1),
          mean: z.number(),
          interval: z.tuple([z.number(), z.number()]),
          pass: z.boolean(),
          insidePublishedRule: z.boolean(),
          falseAlarmRate: rate,
          publishedRuleFalseAlarmRate: rate,
          missRateByShift: z.strictObject({ '1s': rate, '2s': rate, '3s': rate }),
        })
        .nullable(),
    }),
  ),
  repeats: z.array(
    z.strictObject({
      arm: z.string(),
      seed: z.int().min(0),
      digests: z.array(z.string().nullable()),
      equal: z.boolean(),
    }),
  ),
  trajectory: z.array(
    z.strictObject({
      trial: z.string(),
      deviation: z.number().min(0),
      worstStep: z.int().min(0),
      steps: z.array(z.int().min(1)),
    }),
  ),
  trajectoryTolerance: z.number(),
})

true satisfies Same<Verdict, z.output<typeof verdictSchema>>
