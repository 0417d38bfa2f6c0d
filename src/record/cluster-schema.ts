import { z } from 'zod'
import type { Same } from '../core/same.ts'
import type { LocalCluster } from './host.ts'

const probe = z.strictObject({
  passed: z.boolean(),
  failed: z.array(z.string()),
  outcomes: z.record(z.string(), z.string()),
})

export const acceleratorSchema = z.strictObject({
  name: z.string(),
  vendor: z.string(),
  architecture: z.string(),
  driver: z.string(),
  backend: z.string(),
  software: z.boolean(),
  probe: probe.exactOptional(),
})

/** cluster.yaml of a local run. */
export const clusterSchema = z.strictObject({
  kind: z.literal('local'),
  simulated: z.literal(false),
  host: z.strictObject({
    hostname: z.string(),
    cpuModel: z.string(),
    cpuFlags: z.union([z.array(z.string()), z.literal('unknown')]),
    cpuStepping: z.string(),
    microcode: z.string(),
    cores: z.int().min(1),
    memoryBytes: z.int().min(1),
    operatingSystem: z.string(),
    kernel: z.string(),
    architecture: z.string(),
    node: z.string(),
  }),
  accelerator: acceleratorSchema.nullable().describe('of node 0; null for a CPU engine'),
  accelerators: z.array(acceleratorSchema).exactOptional().describe('where nodes have different ones, dealt in turn'),
  nodeCounts: z.array(z.int().min(1)),
  interconnect: z.strictObject({
    fabric: z.literal('loopback'),
    bandwidthBytesPerSecond: z.literal('not measured'),
  }),
})

true satisfies Same<LocalCluster, z.output<typeof clusterSchema>>
