import type { ClockOffset } from '../../reduce/clock-offset.ts'
import type { MeasuredLinks, PairFigures } from '../../reduce/links.ts'
import type { Fabric } from '../interconnect.ts'
import type { CapturedNode } from './capture-node.ts'
import { type ClusterSpec, type LinkMethod, type SpecLink, type SpecNode, type Statements, UNKNOWN } from './schema.ts'

/** What a capture found. */
export interface Captured {
  readonly capturedAtUtc: string
  /** By node. */
  readonly nodes: readonly CapturedNode[]
  /** Of every pair. */
  readonly pairs: readonly (PairFigures & ClockOffset)[]
  readonly method: LinkMethod
  readonly collective: ClusterSpec['collective']
  /** What joined the nodes. */
  readonly fabric: Fabric['fabric']
}

/** The spec of what was found, beside what people state. @param pricePerHour of one node; `unknown` where nobody says. */
export function assembleSpec(captured: Captured, statements: Statements, pricePerHour: string): ClusterSpec {
  const { capturedAtUtc, method, collective, pairs } = captured
  const nodes = nodesOf(captured, pricePerHour)
  // What a network is made of, its nodes cannot see.
  const fabric = captured.fabric === 'network' ? UNKNOWN : captured.fabric
  const { stated = {} } = statements.interconnect ?? {}
  return {
    specVersion: 1,
    system_name: statements.system_name ?? UNKNOWN,
    host_networking: statements.host_networking ?? fabric,
    host_networking_topology: statements.host_networking_topology ?? TOPOLOGIES[captured.fabric],
    tenancy: statements.tenancy ?? UNKNOWN,
    autoscaling: statements.autoscaling ?? UNKNOWN,
    simulated: false,
    capturedAtUtc,
    number_of_nodes: nodes.length,
    collective,
    interconnect: {
      fabric: statements.interconnect?.fabric ?? fabric,
      stated: {
        bandwidthBytesPerSecond: stated.bandwidthBytesPerSecond ?? UNKNOWN,
        latencyNs: stated.latencyNs ?? UNKNOWN,
        mtuBytes: stated.mtuBytes ?? UNKNOWN,
      },
      ...(pairs.length > 0 && { method }),
      links: pairs.map((pair) => linkOf(pair, nodes)),
    },
    nodes,
  }
}

const TOPOLOGIES: Readonly<Record<Fabric['fabric'], string>> = {
  loopback: 'one host',
  'netns bridge': 'one bridge',
  network: UNKNOWN,
}

function nodesOf({ nodes }: Captured, pricePerHour: string): SpecNode[] {
  const machines = [...new Set(nodes.map(({ machineId }) => machineId))]
  return nodes.map(({ node, machineId }, index) => ({
    name: `node-${index}`,
    host: `host-${machines.indexOf(machineId)}`,
    ...node,
    pricePerHour,
  }))
}

/** The spec with the links that a run measured, in place of those it has; a run does not hold clocks against each other. */
export function withMeasuredLinks(spec: ClusterSpec, links: MeasuredLinks): ClusterSpec {
  const { transport, pairsAtOnce, latencyBytes, bandwidthBytes, warmup, pairs } = links
  const clock = { clockOffsetNs: UNKNOWN, clockOffsetErrorNs: UNKNOWN } as const
  return {
    ...spec,
    interconnect: {
      ...spec.interconnect,
      method: { transport, pairsAtOnce, latencyBytes, bandwidthBytes, warmup, clockPings: 0 },
      links: pairs.map((pair) => linkOf({ ...pair, ...clock }, spec.nodes)),
    },
  }
}

type Measured = PairFigures & Omit<Extract<SpecLink['measured'], object>, keyof PairFigures>

function linkOf({ nodes: pair, ...measured }: Measured, nodes: readonly SpecNode[]): SpecLink {
  const [a, b] = pair.map((node) => nodes[node])
  return {
    nodes: [...pair],
    host: a.host === b.host ? 'same' : 'other',
    accelerator: sharing(a, b),
    measured,
  }
}

/** Do two nodes work on one device? */
function sharing(a: SpecNode, b: SpecNode): SpecLink['accelerator'] {
  if (a.adapterDevice === 'none' && b.adapterDevice === 'none') return 'none'
  if (a.host !== b.host) return 'other'
  if (a.adapterDevice === UNKNOWN || b.adapterDevice === UNKNOWN) return UNKNOWN
  return a.adapterDevice === b.adapterDevice ? 'same' : 'other'
}
