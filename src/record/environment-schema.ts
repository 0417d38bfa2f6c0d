import { z } from 'zod'
import { acceleratorSchema } from './cluster-schema.ts'
import { containerSchema } from './manifest-schema.ts'

/** environment.json. The keys with underscores are those of the toolkit's env.json. */
export const environmentSchema = z.strictObject({
  git_commit: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  world_size: z.int().min(1).describe('ranks of the largest arm'),
  gpu: acceleratorSchema.nullable().describe('of node 0; null for a CPU engine'),
  nccl_env: z.record(z.string(), z.string()).describe('settings of the collective libraries'),
  variables: z.record(z.string(), z.string()).describe('the other variables on the list of src/record/variables.ts'),
  lockfileSha256: z.string().nullable(),
  container: containerSchema,
  libc: z.string(),
  timeZone: z.string(),
  locale: z.string(),
})
