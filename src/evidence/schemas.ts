import { z } from 'zod'
import { clusterSchema } from '../record/cluster-schema.ts'
import { clusterSpecSchema } from '../record/cluster-spec/schema.ts'
import { environmentSchema } from '../record/environment-schema.ts'
import { manifestSchema } from '../record/manifest-schema.ts'
import { sampleSchema } from '../record/sample.ts'
import { comparisonSchema } from './comparison-schema.ts'
import { performanceVerdictSchema } from './performance-verdict-schema.ts'
import { verdictSchema } from './verdict-schema.ts'

/** The JSON Schemas of files in a run folder, and of a cluster spec, by the name under docs/schemas/. */
export const JSON_SCHEMAS = {
  manifest: z.toJSONSchema(manifestSchema),
  environment: z.toJSONSchema(environmentSchema),
  cluster: z.toJSONSchema(clusterSchema),
  sample: z.toJSONSchema(sampleSchema),
  comparison: z.toJSONSchema(comparisonSchema, { io: 'input' }),
  verdict: z.toJSONSchema(verdictSchema),
  'performance-verdict': z.toJSONSchema(performanceVerdictSchema),
  'cluster-spec': z.toJSONSchema(clusterSpecSchema),
}
