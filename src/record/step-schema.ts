import { z } from 'zod'
import type { Same } from '../core/same.ts'
import type { StepRecord } from './trial-record.ts'

const nanoseconds = z.number().min(0)

/** A line of steps.jsonl. */
export const stepSchema = z.strictObject({
  trial: z.string(),
  step: z.int().min(1),
  loss: z.number().nullable(),
  weightsHash: z.string().regex(/^[0-9a-f]{32}$/),
  orderCertificates: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  nodes: z.array(
    z.strictObject({
      node: z.int().min(0),
      dispatches: z.int().min(0),
      updateDispatches: z.int().min(0),
      gpuNs: nanoseconds.nullable(),
      startedMs: z.number().positive().exactOptional(),
      stepNs: nanoseconds,
      engineNs: nanoseconds,
      reduceNs: nanoseconds,
      overlapNs: nanoseconds,
      phases: z
        .strictObject({
          rowsNs: nanoseconds,
          uploadNs: nanoseconds,
          dispatchNs: nanoseconds,
          computeNs: nanoseconds,
          readbackNs: nanoseconds,
          updateNs: nanoseconds,
          paceNs: nanoseconds,
          recordNs: nanoseconds,
        })
        .exactOptional(),
      buckets: z.array(
        z.strictObject({
          elements: z.int().min(0),
          readNs: nanoseconds,
          reduceStartNs: nanoseconds,
          reduceEndNs: nanoseconds,
          sendNs: nanoseconds.exactOptional(),
          addNs: nanoseconds.exactOptional(),
        }),
      ),
    }),
  ),
})

true satisfies Same<StepRecord, z.output<typeof stepSchema>>
