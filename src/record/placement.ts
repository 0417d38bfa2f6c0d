import { z } from 'zod'

export const placementSchema = z.strictObject({
  engine: z.enum(['slurm', 'ssh', 'kubernetes']),
  job: z.string().nullable().describe("the engine's own number or name of the job; null where it has none"),
  nodes: z.array(z.string()).min(1).describe('by node of the largest arm, as the engine names them'),
})

/** Which engine placed the nodes of a run, and where. */
export type Placement = Readonly<Omit<z.output<typeof placementSchema>, 'nodes'>> & {
  readonly nodes: readonly string[]
}
