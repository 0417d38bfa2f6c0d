import { ReducibleError } from '../core/errors.ts'
import type { ClusterLinks } from './cluster-links.ts'

/**
 * What lies between the port that a node sends by and the one that it receives by. Links are directed and numbered; a way is
 * found link by link, so that none is ever held.
 */
export interface Topology {
  readonly name: string
  readonly linkCount: number
  /** Is the latency of a pair of nodes that of their whole way? Else every link has its own. */
  readonly latencyIsOfPair: boolean
  /** Link number `hop` of the way, from 0; −1 where it has come to the receiver's port. */
  linkAt(from: number, to: number, hop: number): number
  /** Of one link; beside the pair's where the pair has one. */
  latencyNs(link: number): number
  /** Cables that a link is made of, each of which carries a segment at a time. */
  lanes(link: number): number
  /** Of one of them. */
  nsPerByte(link: number): number
}

/** How topologies are written, for help texts and errors. */
export const TOPOLOGY_FORMS =
  'switch, ring, torus:AxB or torus:AxBxC, fat-tree:NODES:RATIO, zones:NODES:RATIO:RACKS:RATIO:MICROSECONDS'

/**
 * - `switch`: full bisection, nothing but ports.
 * - `ring`, `torus:AxB…`: a link each way to every neighbour; the shorter way round, dimension after dimension.
 * - `fat-tree:K:R`: K nodes a leaf switch, whose up and down links carry K/R times what a port does.
 * - `zones:K:R:M:Q:US`: racks as such leaves, M racks a zone, whose links carry K·M/Q times what a port does and take US
 *   microseconds more.
 * @throws {ReducibleError} usage: no such topology, or one that these nodes do not fill.
 */
export function topologyOf(text: string, nodeCount: number, links: ClusterLinks): Topology {
  const [kind, ...parameters] = text.split(':')
  const numbers = parameters.map(Number)
  const whole = (...at: number[]): boolean => at.every((i) => Number.isInteger(numbers[i]) && numbers[i] >= 1)
  if (kind === 'switch' && parameters.length === 0) return switchTopology()
  if (kind === 'ring' && parameters.length === 0) return torusTopology('ring', [nodeCount], links)
  if (kind === 'torus' && parameters.length === 1) return torusOf(text, parameters[0], nodeCount, links)
  if (kind === 'fat-tree' && numbers.length === 2 && whole(0) && numbers[1] >= 1) {
    return groupedTopology(text, nodeCount, links, [{ nodes: numbers[0], ratio: numbers[1], latencyNs: 0 }])
  }
  if (
    kind === 'zones' &&
    numbers.length === 5 &&
    whole(0, 2) &&
    numbers[1] >= 1 &&
    numbers[3] >= 1 &&
    numbers[4] >= 0
  ) {
    const [nodes, ratio, racks, zoneRatio, micros] = numbers
    const zone = { nodes: nodes * racks, ratio: zoneRatio, latencyNs: micros * 1000 }
    return groupedTopology(text, nodeCount, links, [{ nodes, ratio, latencyNs: 0 }, zone])
  }
  throw new ReducibleError('usage', `--topology must be one of ${TOPOLOGY_FORMS} (got '${text}')`)
}

function switchTopology(): Topology {
  return {
    name: 'switch',
    linkCount: 0,
    latencyIsOfPair: true,
    linkAt: () => -1,
    latencyNs: () => 0,
    lanes: () => 0,
    nsPerByte: () => 0,
  }
}

function torusOf(text: string, sizes: string, nodeCount: number, links: ClusterLinks): Topology {
  const lengths = sizes.split('x').map(Number)
  const isWhole = lengths.every((length) => Number.isInteger(length) && length >= 1)
  if (!isWhole || lengths.reduce((a, b) => a * b, 1) !== nodeCount) {
    throw new ReducibleError('usage', `--topology ${text} has not the ${nodeCount} nodes of an arm`)
  }
  return torusTopology(text, lengths, links)
}

/** Node number Σ position[d] · stride[d]; link 2·(node·dimensions + d) goes up dimension d, the next one down. */
function torusTopology(name: string, lengths: readonly number[], links: ClusterLinks): Topology {
  const dimensions = lengths.length
  const strides = lengths.map((_, d) => lengths.slice(0, d).reduce((a, b) => a * b, 1))
  const nodeCount = lengths.reduce((a, b) => a * b, 1)
  const neighbour = (node: number, d: number, down: boolean): number => {
    const position = Math.floor(node / strides[d]) % lengths[d]
    const next = (position + (down ? lengths[d] - 1 : 1)) % lengths[d]
    return node + (next - position) * strides[d]
  }
  const endsOf = (link: number): [number, number] => {
    const node = Math.floor(link / 2 / dimensions)
    return [node, neighbour(node, (link >> 1) % dimensions, link % 2 === 1)]
  }
  return {
    name,
    linkCount: 2 * nodeCount * dimensions,
    latencyIsOfPair: false,
    linkAt(from, to, hop) {
      let node = from
      let left = hop
      for (let d = 0; d < dimensions; d++) {
        const length = lengths[d]
        const ahead = (Math.floor(to / strides[d]) - Math.floor(from / strides[d])) % length
        const up = (ahead + length) % length
        const down = length - up
        const steps = up === 0 ? 0 : Math.min(up, down)
        const goesDown = down < up
        const position = Math.floor(node / strides[d]) % length
        const walked = Math.min(left, steps)
        const at = (position + (goesDown ? length - walked : walked)) % length
        node += (at - position) * strides[d]
        if (left < steps) return 2 * (node * dimensions + d) + (goesDown ? 1 : 0)
        left -= steps
      }
      return -1
    },
    latencyNs: (link) => links.latencyNs(...endsOf(link)),
    lanes: () => 1,
    nsPerByte: (link) => links.nsPerByte(...endsOf(link)),
  }
}

/** Nodes that share links to the rest: a rack, a zone of racks. */
interface Level {
  readonly nodes: number
  /** What the nodes can send, over what the link carries. */
  readonly ratio: number
  readonly latencyNs: number
}

/** Link 2·group goes up from a group, the next one down to it; levels lie one after the other. */
function groupedTopology(name: string, nodeCount: number, links: ClusterLinks, levels: readonly Level[]): Topology {
  const counts = levels.map(({ nodes }) => Math.ceil(nodeCount / nodes))
  const firsts = levels.map((_, level) => 2 * counts.slice(0, level).reduce((a, b) => a + b, 0))
  const levelOf = (link: number): Level => levels[firsts.findLastIndex((first) => first <= link)]
  return {
    name,
    linkCount: 2 * counts.reduce((a, b) => a + b, 0),
    latencyIsOfPair: true,
    linkAt(from, to, hop) {
      let height = 0
      while (
        height < levels.length &&
        Math.floor(from / levels[height].nodes) !== Math.floor(to / levels[height].nodes)
      ) {
        height++
      }
      if (hop >= 2 * height) return -1
      const level = hop < height ? hop : 2 * height - 1 - hop
      const group = Math.floor((hop < height ? from : to) / levels[level].nodes)
      return firsts[level] + 2 * group + (hop < height ? 0 : 1)
    },
    latencyNs: (link) => levelOf(link).latencyNs / 2,
    lanes: (link) => lanesOf(levelOf(link)),
    nsPerByte(link) {
      const level = levelOf(link)
      // A port of a node that no spec describes: the median.
      return (links.nsPerByte(links.specNodes, links.specNodes) * level.ratio * lanesOf(level)) / level.nodes
    },
  }
}

const LANES_MAX = 64

/** As many as ports fit into the link, each a little faster than a port where they do not divide it. */
function lanesOf({ nodes, ratio }: Level): number {
  return Math.max(1, Math.min(LANES_MAX, Math.floor(nodes / ratio)))
}
