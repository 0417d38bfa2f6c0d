import { median } from 'simple-statistics'
import { ReducibleError } from '../core/errors.ts'
import { type ClusterSpec, type SpecLink, type Statements, UNKNOWN } from '../record/cluster-spec/schema.ts'

/** α and β of every pair of nodes and γ of every node, nanoseconds and bytes. */
export interface ClusterLinks {
  /** Nodes that the spec describes; those beyond are given medians. */
  readonly specNodes: number
  /** False where no node says how fast it adds: adding then takes no time. */
  readonly addingIsKnown: boolean
  /** The least there is. */
  readonly latencyNsMin: number
  latencyNs(a: number, b: number): number
  nsPerByte(a: number, b: number): number
  addNsPerByte(node: number): number
}

/** Every link and every node alike: of no spec, so none of it is extended. */
export function uniformLinks(latencyNs: number, nsPerByte: number, addNsPerByte: number): ClusterLinks {
  return {
    specNodes: Number.POSITIVE_INFINITY,
    addingIsKnown: addNsPerByte > 0,
    latencyNsMin: latencyNs,
    latencyNs: () => latencyNs,
    nsPerByte: () => nsPerByte,
    addNsPerByte: () => addNsPerByte,
  }
}

/** Beyond these a figure is a slip of the unit, not a link or a node. */
const LATENCY_NS_MAX = 1e10
const BYTES_PER_SECOND = { min: 1e3, max: 1e13 } as const

/**
 * The links of a spec: measured values, where there are none the stated ones. Pairs and nodes that the spec does not have take
 * the medians of those that it has.
 * @param file for errors.
 * @throws {ReducibleError} invalid-study naming the field: no links, a value that is missing, or one that cannot be.
 */
export function linksOf(spec: ClusterSpec | Statements, file: string): ClusterLinks {
  const nodes = 'nodes' in spec ? spec.nodes : []
  const pairs = pairsOf(spec, file)
  const adding = nodes.flatMap(({ processor: { addBytesPerSecond: rate } }, node) =>
    rate === UNKNOWN
      ? []
      : [{ node, nsPerByte: 1e9 / within(rate, `nodes.${node}.processor.addBytesPerSecond`, file) }],
  )
  const addMedian = adding.length === 0 ? 0 : median(adding.map(({ nsPerByte }) => nsPerByte))
  const addByNode = new Map(adding.map(({ node, nsPerByte }) => [node, nsPerByte]))
  const latencyMedian = median(pairs.map(({ latencyNs }) => latencyNs))
  const rateMedian = median(pairs.map(({ nsPerByte }) => nsPerByte))
  const count = nodes.length
  const latencies = new Float64Array(count * count).fill(latencyMedian)
  const rates = new Float64Array(count * count).fill(rateMedian)
  for (const {
    nodes: [a, b],
    latencyNs,
    nsPerByte,
  } of pairs) {
    for (const at of [a * count + b, b * count + a]) {
      latencies[at] = latencyNs
      rates[at] = nsPerByte
    }
  }
  return {
    specNodes: count,
    addingIsKnown: adding.length > 0,
    latencyNsMin: Math.min(latencyMedian, ...pairs.map(({ latencyNs }) => latencyNs)),
    latencyNs: (a, b) => (a < count && b < count ? latencies[a * count + b] : latencyMedian),
    nsPerByte: (a, b) => (a < count && b < count ? rates[a * count + b] : rateMedian),
    addNsPerByte: (node) => addByNode.get(node) ?? addMedian,
  }
}

interface PairLink {
  readonly nodes: SpecLink['nodes']
  readonly latencyNs: number
  readonly nsPerByte: number
}

function pairsOf(spec: ClusterSpec | Statements, file: string): PairLink[] {
  const { interconnect } = spec
  const links = interconnect && 'links' in interconnect ? interconnect.links : []
  const stated = interconnect?.stated ?? {}
  if (links.length > 0)
    return links.map((link, index) => pairOf(link, stated, spec, `interconnect.links.${index}`, file))
  const { latencyNs = UNKNOWN, bandwidthBytesPerSecond = UNKNOWN } = stated
  if (latencyNs === UNKNOWN || bandwidthBytesPerSecond === UNKNOWN) {
    const missing = latencyNs === UNKNOWN ? 'latencyNs' : 'bandwidthBytesPerSecond'
    refuse(
      file,
      `interconnect.links is empty and interconnect.stated.${missing} is unknown: there is no link to simulate`,
    )
  }
  return [statedPair([0, 1], latencyNs, bandwidthBytesPerSecond, 'interconnect', file)]
}

function pairOf(
  { nodes, measured, stated: own }: SpecLink,
  ofAll: NonNullable<NonNullable<Statements['interconnect']>['stated']>,
  spec: ClusterSpec | Statements,
  path: string,
  file: string,
): PairLink {
  if (measured === UNKNOWN) {
    const { latencyNs = UNKNOWN, bandwidthBytesPerSecond = UNKNOWN } = own ?? ofAll
    if (latencyNs === UNKNOWN || bandwidthBytesPerSecond === UNKNOWN) {
      const missing = latencyNs === UNKNOWN ? 'latencyNs' : 'bandwidthBytesPerSecond'
      refuse(file, `${path}.measured is unknown, and so is ${own ? path : 'interconnect'}.stated.${missing}`)
    }
    return statedPair(nodes, latencyNs, bandwidthBytesPerSecond, own ? path : 'interconnect', file)
  }
  const latencyNs = latencyWithin(measured.latencyNsP50, `${path}.measured.latencyNsP50`, file)
  const rate = within(measured.bandwidthBytesPerSecond, `${path}.measured.bandwidthBytesPerSecond`, file)
  return { nodes, latencyNs, nsPerByte: nsPerByteWithout(latencyNs, rate, measuredBytes(spec)) }
}

function statedPair(
  nodes: SpecLink['nodes'],
  latencyNs: number,
  bandwidthBytesPerSecond: number,
  path: string,
  file: string,
): PairLink {
  return {
    nodes,
    latencyNs: latencyWithin(latencyNs, `${path}.stated.latencyNs`, file),
    nsPerByte: 1e9 / within(bandwidthBytesPerSecond, `${path}.stated.bandwidthBytesPerSecond`, file),
  }
}

function measuredBytes({ interconnect }: ClusterSpec | Statements): number | undefined {
  return interconnect && 'method' in interconnect ? interconnect.method?.bandwidthBytes : undefined
}

/** A measured rate is a payload over its whole time, latency included: β is what is left without it. */
function nsPerByteWithout(latencyNs: number, bytesPerSecond: number, payloadBytes: number | undefined): number {
  const whole = 1e9 / bytesPerSecond
  const rest = payloadBytes === undefined ? whole : whole - latencyNs / payloadBytes
  return rest > 0 ? rest : whole
}

function latencyWithin(latencyNs: number, path: string, file: string): number {
  if (latencyNs > 0 && latencyNs <= LATENCY_NS_MAX) return latencyNs
  return refuse(file, `${path} is ${latencyNs} ns, want more than 0 and at most ${LATENCY_NS_MAX / 1e9} s`)
}

function within(bytesPerSecond: number, path: string, file: string): number {
  const { min, max } = BYTES_PER_SECOND
  if (bytesPerSecond >= min && bytesPerSecond <= max) return bytesPerSecond
  return refuse(file, `${path} is ${bytesPerSecond} bytes a second, want ${min} to ${max}`)
}

function refuse(file: string, problem: string): never {
  throw new ReducibleError('invalid-study', `${file}: ${problem}`, {
    remedy: 'measure the links with `reducible cluster capture`, or state them in the file',
  })
}
