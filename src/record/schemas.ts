import { z } from 'zod'
import { manifestSchema } from './manifest-schema.ts'
import { sampleSchema } from './sample.ts'

/** The JSON Schemas of files in a run folder, by the name under docs/schemas/. */
export const JSON_SCHEMAS = {
  manifest: z.toJSONSchema(manifestSchema),
  sample: z.toJSONSchema(sampleSchema),
}
