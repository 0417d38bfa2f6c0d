import { isDeepStrictEqual } from 'node:util'
import type { WorkersElsewhere } from '../../cluster/launch/elsewhere.ts'
import { LOOPBACK } from '../../cluster/wire/address.ts'
import { ofNode } from '../../cluster/wire/assignment.ts'
import { DEFAULT_EXCHANGE } from '../../cluster/wire/channel.ts'
import { type ProbeRecord, summarizeProbe } from '../gradient/gpu/probe-record.ts'
import { assembleSpec, withMeasuredLinks } from '../record/cluster-spec/assemble.ts'
import { type CapturedNode, captureNode } from '../record/cluster-spec/capture-node.ts'
import type { StatedCluster } from '../record/cluster-spec/load.ts'
import { type ClusterSpec, type Statements, UNKNOWN } from '../record/cluster-spec/schema.ts'
import { type Accelerator, captureHost, type LocalCluster } from '../record/host.ts'
import { measuredInterconnect, unmeasuredInterconnect } from '../record/interconnect.ts'
import type { MeasuredLinks } from '../reduce/links.ts'
import type { Arm } from '../study/schema.ts'

/** What a run is made on: in short, and every node of its largest arm. */
export interface RunCluster {
  readonly cluster: LocalCluster
  readonly spec: ClusterSpec
}

type ArmShape = Pick<Arm, 'nodes' | 'ranksPerNode'>

/** That of arms none of which has run. @param stated what the study says of it. */
export async function clusterOfRun(
  arms: readonly ArmShape[],
  probes: readonly ProbeRecord[],
  stated: StatedCluster | null,
  elsewhere?: WorkersElsewhere,
): Promise<RunCluster> {
  const nodeCount = Math.max(1, ...arms.map(({ nodes }) => nodes))
  const nodes = elsewhere?.nodes?.slice(0, nodeCount) ?? (await nodesHere(nodeCount, probes, elsewhere))
  const captured = {
    capturedAtUtc: new Date().toISOString(),
    nodes,
    pairs: [],
    method: UNMEASURED,
    collective: { library: 'reducible', ...DEFAULT_EXCHANGE },
    fabric: elsewhere?.fabric.fabric ?? 'loopback',
  }
  const [{ pricePerHour = UNKNOWN } = {}] = stated && 'nodes' in stated.spec ? stated.spec.nodes : []
  const spec = assembleSpec(captured, statementsOf(stated), pricePerHour)
  return { cluster: { ...localCluster(arms, probes, elsewhere), ...priceIn(spec) }, spec }
}

/** The same with the links that its first trial measured. */
export function withLinks({ cluster, spec }: RunCluster, links: MeasuredLinks): RunCluster {
  const interconnect = measuredInterconnect(cluster.interconnect, links)
  return { cluster: { ...cluster, interconnect }, spec: withMeasuredLinks(spec, links) }
}

/** Of one node, where all have one price. */
function priceIn({ nodes }: ClusterSpec): Pick<LocalCluster, 'pricePerHour'> {
  const [price, ...others] = new Set(nodes.map(({ pricePerHour }) => pricePerHour))
  return price === UNKNOWN || others.length > 0 ? {} : { pricePerHour: price }
}

/** This machine, or the hosts of the workers, as the cluster of arms none of which has run. */
export function localCluster(
  arms: readonly ArmShape[],
  probes: readonly ProbeRecord[],
  elsewhere?: Pick<WorkersElsewhere, 'hosts' | 'fabric' | 'placement'>,
): LocalCluster {
  const accelerators = distinctAccelerators(probes)
  const host = captureHost()
  const nodes = elsewhere?.hosts ?? [host]
  const placement = elsewhere?.placement?.(Math.max(...arms.map(({ nodes: count }) => count)))
  const isSpread = nodes.some((other) => !isDeepStrictEqual(other, host))
  return {
    kind: 'local',
    simulated: false,
    host,
    ...(isSpread && { kind: 'external', nodes }),
    ...(placement && { placement }),
    accelerator: accelerators[0] ?? null,
    ...(accelerators.length > 1 && { accelerators }),
    nodeCounts: [...new Set(arms.map(({ nodes: count }) => count))],
    interconnect: unmeasuredInterconnect(arms, 'no trial of several nodes has started', elsewhere?.fabric),
  }
}

/** Of no link. */
const UNMEASURED = {
  transport: 'grpc',
  pairsAtOnce: 1,
  latencyBytes: 4,
  bandwidthBytes: 4,
  warmup: { latency: 0, bandwidth: 0 },
  clockPings: 0,
} as const

/** Nodes of this machine are alike but for address and adapter. */
async function nodesHere(
  nodeCount: number,
  probes: readonly ProbeRecord[],
  elsewhere: WorkersElsewhere | undefined,
): Promise<CapturedNode[]> {
  const addresses = elsewhere && 'addresses' in elsewhere.fabric ? elsewhere.fabric.addresses : [LOOPBACK]
  const captured: CapturedNode[] = []
  for (const accelerator of [probes.map(acceleratorOf), [null]].find((some) => some.length > 0) ?? []) {
    captured.push(await captureNode(addresses[0], accelerator))
  }
  return Array.from({ length: nodeCount }, (_, node) => {
    const { machineId, node: own } = captured[node % captured.length]
    return { machineId, node: { ...own, address: ofNode(addresses, node) ?? own.address } }
  })
}

/** The typed part of a spec. */
function statementsOf(stated: StatedCluster | null): Statements {
  if (stated === null) return {}
  const { system_name, host_networking, host_networking_topology, tenancy, autoscaling, interconnect } = stated.spec
  const { fabric, stated: links } = interconnect ?? {}
  return {
    ...(system_name && { system_name }),
    ...(host_networking && { host_networking }),
    ...(host_networking_topology && { host_networking_topology }),
    ...(tenancy && { tenancy }),
    ...(autoscaling && { autoscaling }),
    interconnect: { ...(fabric && { fabric }), ...(links && { stated: links }) },
  }
}

/** One where all are the same. */
function distinctAccelerators(probes: readonly ProbeRecord[]): Accelerator[] {
  const all = probes.map(acceleratorOf)
  return all.every((accelerator) => isDeepStrictEqual(accelerator, all[0])) ? all.slice(0, 1) : all
}

function acceleratorOf(probe: ProbeRecord): Accelerator {
  return { ...probe.adapter, probe: summarizeProbe(probe) }
}
