import { z } from 'zod'
import type { Same } from '../core/same.ts'
import type { LocalCluster } from './host.ts'
import { placementSchema } from './placement.ts'

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

const positive = z.number().positive()
const extremes = z.strictObject({ median: positive, min: positive, max: positive })

const measuredLinks = z.strictObject({
  trial: z.string(),
  transport: z.literal('grpc'),
  nodeCount: z.int().min(2),
  pairCount: z.int().min(1),
  pairsAtOnce: z.int().min(1),
  latencyBytes: z.int().min(1),
  bandwidthBytes: z.int().min(1),
  warmup: z.strictObject({ latency: z.int().min(0), bandwidth: z.int().min(0) }),
  pairs: z
    .array(
      z.strictObject({
        nodes: z.tuple([z.int().min(0), z.int().min(0)]),
        latencyNsP50: positive,
        latencySamples: z.int().min(1),
        bandwidthBytesPerSecond: positive,
        bandwidthSamples: z.int().min(1),
      }),
    )
    .min(1),
  summary: z.strictObject({ latencyNsP50: extremes, bandwidthBytesPerSecond: extremes }),
})

const insideNode = z
  .strictObject({ fabric: z.literal('shared memory'), notMeasured: z.string() })
  .exactOptional()
  .describe('where a node holds several ranks')

const stated = z.strictObject({
  bandwidthBytesPerSecond: positive.exactOptional().describe('one direction'),
  latencyNs: positive.exactOptional().describe('one way'),
})

const namespaces = {
  fabric: z.literal('netns bridge').describe('a network namespace for each node, joined by a bridge'),
  addresses: z.array(z.string()).min(1).describe('by node'),
  stated: stated.describe('what every link was shaped to'),
  shaping: z.string().describe("each direction of each link, in tc's words"),
  congestionControl: z.literal('reno').describe('how TCP of the nodes sends'),
}

const betweenHosts = z.enum(['loopback', 'network']).describe('network: nodes are on several hosts')

const interconnect = z.union([
  z.strictObject({ fabric: z.literal('none'), reason: z.string(), insideNode }),
  z.strictObject({ fabric: betweenHosts, measured: measuredLinks, insideNode }),
  z.strictObject({ fabric: betweenHosts, notMeasured: z.string(), insideNode }),
  z.strictObject({ ...namespaces, measured: measuredLinks, insideNode }),
  z.strictObject({ ...namespaces, notMeasured: z.string(), insideNode }),
])

const host = z.strictObject({
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
})

/** cluster.yaml of a run. */
export const clusterSchema = z.strictObject({
  kind: z.enum(['local', 'external']).describe('external: somebody else started the workers, on hosts of their own'),
  simulated: z.literal(false),
  host: host.describe('of the coordinator'),
  nodes: z.array(host).min(1).exactOptional().describe("by node, where one was not on the coordinator's host"),
  placement: placementSchema.exactOptional().describe('where Slurm, ssh or Kubernetes placed the nodes'),
  accelerator: acceleratorSchema.nullable().describe('of node 0; null for a CPU engine'),
  accelerators: z.array(acceleratorSchema).exactOptional().describe('where nodes have different ones, dealt in turn'),
  nodeCounts: z.array(z.int().min(1)),
  interconnect,
  pricePerHour: z.string().exactOptional().describe('of one node, as the spec of the cluster states it'),
})

true satisfies Same<LocalCluster, z.output<typeof clusterSchema>>
