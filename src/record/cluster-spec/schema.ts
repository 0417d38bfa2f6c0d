import { z } from 'zod'
import type { DeepReadonly } from '../../core/deep-readonly.ts'
import { acceleratorSchema } from '../cluster-schema.ts'
import { containerSchema } from '../manifest-schema.ts'
import { contradictions } from './contradictions.ts'

/** What stands where nothing could be read. Never left out: a reader must see what was not recorded. */
export const UNKNOWN = 'unknown'

const text = z.string().min(1)
const count = z.int().min(1)

function orUnknown<S extends z.ZodType>(schema: S) {
  return z.union([schema, z.literal(UNKNOWN)])
}

const memoryText = z
  .string()
  .regex(/^(\d+(\.\d+)? (B|[KMGT]i?B)|none|unknown)$/, 'want a size like 24.0 GiB, none or unknown')

const statedLink = z.strictObject({
  bandwidthBytesPerSecond: orUnknown(z.number().positive()).describe('one direction'),
  latencyNs: orUnknown(z.number().positive()).describe('one way'),
  mtuBytes: orUnknown(count),
})

const measuredLink = z.strictObject({
  latencyNsP50: z.number().positive().describe('half of a round trip of the small payload'),
  latencySamples: count,
  bandwidthBytesPerSecond: z
    .number()
    .positive()
    .describe('the large payload over half of its round trip, latency included'),
  bandwidthSamples: count,
  clockOffsetNs: orUnknown(z.number()).describe('clock of the second node minus that of the first'),
  clockOffsetErrorNs: orUnknown(z.number().min(0)).describe('the offset is within ± this, however the ping was split'),
})

const link = z.strictObject({
  nodes: z.tuple([z.int().min(0), z.int().min(0)]),
  host: z.enum(['same', 'other', UNKNOWN]),
  accelerator: z.enum(['same', 'other', 'none', UNKNOWN]).describe('none: neither node has a hardware accelerator'),
  stated: statedLink.exactOptional().describe('in place of interconnect.stated'),
  measured: orUnknown(measuredLink),
})

const interconnect = z.strictObject({
  fabric: text.describe('loopback, ethernet, infiniband, …'),
  stated: statedLink.describe('what every link is meant to be; typed'),
  method: z
    .strictObject({
      transport: z.literal('grpc'),
      pairsAtOnce: count,
      latencyBytes: count,
      bandwidthBytes: count,
      warmup: z.strictObject({ latency: z.int().min(0), bandwidth: z.int().min(0) }),
      clockPings: z.int().min(0),
    })
    .exactOptional()
    .describe('how links were measured'),
  links: z.array(link),
})

const device = z.strictObject({
  source: z.enum(['nvidia-smi', 'rocm-smi', 'sysfs']),
  model: text,
  vendorId: text,
  deviceId: text,
  revision: text,
  pciBusId: text,
  uuid: text,
  driver: text,
  vbios: text,
  memory: memoryText,
  ecc: text,
  powerLimitWatts: orUnknown(z.number().positive()),
  pcie: text.describe('generation and width in use'),
  partitions: text.describe('MIG or another division'),
})

/** Not on and off: YAML 1.1 reads them as booleans. */
const switched = z.enum(['enabled', 'disabled', UNKNOWN])

const processor = z.strictObject({
  architecture: text,
  stepping: text,
  microcode: text,
  flags: orUnknown(z.array(z.string())).describe('instruction sets that decide how numbers are added'),
  governor: text,
  turbo: switched,
  smt: switched,
  usableCores: orUnknown(count).describe('that the process may run on'),
  cgroupCores: orUnknown(z.union([z.number().positive(), z.literal('unlimited')])).describe('CPU time a cgroup allows'),
  addBytesPerSecond: orUnknown(z.number().positive()).describe('one thread, f32, measured'),
})

const memory = z.strictObject({
  cgroupLimit: z.union([memoryText, z.literal('unlimited')]),
  numaNodes: orUnknown(z.array(z.strictObject({ cpus: text, memory: memoryText }))),
})

const software = z.strictObject({
  kernel: text,
  libc: text,
  timeZone: text,
  node: text,
  v8: text,
  webgpu: text.describe('the package that brings Dawn'),
  grpc: text,
  container: orUnknown(containerSchema),
  sourceSha256: text,
  lockfileSha256: text,
})

const network = z.strictObject({
  interface: text.describe('that the address belongs to'),
  driver: text,
  mtuBytes: orUnknown(count),
  speedBitsPerSecond: orUnknown(z.number().positive()).describe('as the interface states it'),
})

const node = z.strictObject({
  name: text,
  hostname: text,
  host: text.describe('which machine: nodes of one machine say the same'),
  address: text,
  rack: text,
  zone: text,
  host_processor_model_name: text,
  host_processors_per_node: orUnknown(count),
  host_processor_core_count: orUnknown(count).describe('of one processor'),
  host_processor_vcpu_count: orUnknown(count),
  host_processor_frequency: text,
  host_processor_caches: text,
  processor,
  host_memory_capacity: memoryText,
  memory,
  accelerators_per_node: z.int().min(0),
  accelerator_model_name: text,
  accelerator_memory_capacity: memoryText,
  accelerator_host_interconnect: text,
  accelerator_interconnect: text,
  accelerator_interconnect_topology: text,
  adapter: acceleratorSchema.nullable().describe('what WebGPU opened and its probe; null: none'),
  adapterDevice: text.describe('uuid or PCI bus of the device under the adapter; none: a CPU does the work'),
  devices: z.array(device),
  network,
  operating_system: text,
  framework: text,
  software,
  settings: z.strictObject({
    collective: z.record(z.string(), z.string()),
    other: z.record(z.string(), z.string()),
  }),
  pricePerHour: z
    .string()
    .regex(/^(\d+(\.\d+)? [A-Z]{3}|unknown)$/, 'want an amount and a currency like 3.20 USD, or unknown'),
})

const collective = z.strictObject({
  library: text,
  segmentBytes: orUnknown(count),
  windowBytes: orUnknown(count),
  connections: orUnknown(count),
})

/** What only people know of a cluster, by the keys of the spec. */
const statements = {
  system_name: text,
  host_networking: text,
  host_networking_topology: text,
  tenancy: z.enum(['exclusive', 'shared', UNKNOWN]).describe('does anybody else use these machines?'),
  autoscaling: z.enum(['fixed', 'elastic', UNKNOWN]).describe('can nodes come and go?'),
}

/** A cluster spec. Keys with underscores are those of MLPerf's system description, the others ours. */
export const clusterSpecSchema = z
  .strictObject({
    specVersion: z.literal(1),
    ...statements,
    simulated: z.boolean(),
    capturedAtUtc: orUnknown(z.iso.datetime()),
    number_of_nodes: count,
    collective,
    interconnect,
    nodes: z.array(node).min(1),
  })
  .superRefine((spec, context) => {
    for (const { path, message } of contradictions(spec)) context.addIssue({ code: 'custom', path: [...path], message })
  })

/** Statements for a capture: the typed part of a spec, in the same place, any of it. */
export const statementsSchema = z
  .strictObject({
    ...statements,
    interconnect: z.strictObject({ fabric: text, stated: statedLink.partial() }).partial(),
  })
  .partial()

export type ClusterSpec = DeepReadonly<z.output<typeof clusterSpecSchema>>
export type Statements = DeepReadonly<z.output<typeof statementsSchema>>
export type SpecNode = DeepReadonly<z.output<typeof node>>
export type SpecLink = DeepReadonly<z.output<typeof link>>
export type SpecDevice = DeepReadonly<z.output<typeof device>>
export type SpecProcessor = DeepReadonly<z.output<typeof processor>>
export type SpecMemory = DeepReadonly<z.output<typeof memory>>
export type SpecNetwork = DeepReadonly<z.output<typeof network>>
export type LinkMethod = NonNullable<ClusterSpec['interconnect']['method']>
