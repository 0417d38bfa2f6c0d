import type { NamespaceFabric, StatedLinks } from '../../../src/record/interconnect.ts'

/** How a network of namespaces is laid out, as data: names, addresses, the words for `ip` and `tc`. */

/** Of the run's own namespace, where every node's cable ends and the coordinator is. */
const BRIDGE = 'br0'
/** The node's end of its cable. */
const NODE_PORT = 'eth0'
const SUBNET = '10.77.0.0'
const PREFIX_BITS = 16

/**
 * How TCP of the nodes sends, whatever the machine's own does: every Linux has it, and lets anybody choose it. Under bbr an
 * algorithm that changes its partner from round to round takes twice as long, and steps come 2 to 8 % slower for seconds.
 */
const CONGESTION_CONTROL = 'reno'

/** On the bridge. The network is seen from inside only, so that every run can have the same addresses. */
export const COORDINATOR_ADDRESS = '10.77.255.254'

/** @param node below 65,000. */
export function nodeAddress(node: number): string {
  const host = node + 1
  return `10.77.${host >> 8}.${host & 255}`
}

/** The network as records have it. */
export function namespaceFabric(nodeCount: number, stated: StatedLinks): NamespaceFabric {
  return {
    fabric: 'netns bridge',
    addresses: Array.from({ length: nodeCount }, (_, node) => nodeAddress(node)),
    stated,
    shaping: planShaping(stated).text,
    congestionControl: CONGESTION_CONTROL,
  }
}

/** Brings up the run's own namespace: lines for `ip -batch`. */
export const BRIDGE_UP = [
  'link set lo up',
  `link add ${BRIDGE} type bridge`,
  `address add ${COORDINATOR_ADDRESS}/${PREFIX_BITS} dev ${BRIDGE}`,
  `link set ${BRIDGE} up`,
]

/** A cable from the bridge into the namespace of a process, for `ip -batch` in the run's own. */
export function cableUp(node: number, pid: number): string[] {
  return [
    `link add ${bridgePort(node)} type veth peer name ${NODE_PORT} netns ${pid}`,
    `link set ${bridgePort(node)} master ${BRIDGE} up`,
  ]
}

/** The other end of it, for `ip -batch` in the node's namespace. */
export function nodeUp(node: number): string[] {
  return [
    'link set lo up',
    `address add ${nodeAddress(node)}/${PREFIX_BITS} dev ${NODE_PORT} noprefixroute`,
    `link set ${NODE_PORT} up`,
    `route add ${SUBNET}/${PREFIX_BITS} dev ${NODE_PORT} src ${nodeAddress(node)} congctl ${CONGESTION_CONTROL}`,
  ]
}

/** Takes everything away again, in the run's own namespace; a cable has gone with one of its ends. */
export function bridgeDown(nodeCount: number): string[] {
  const cables = Array.from({ length: nodeCount }, (_, node) => `link delete ${bridgePort(node)}`)
  return [...cables, `link delete ${BRIDGE}`]
}

function bridgePort(node: number): string {
  return `node${node}`
}

/** How each direction of a cable is shaped. */
export interface Shaping {
  /** Leaves a node: its port in its own namespace, lines for `tc -batch`. */
  readonly fromNode: readonly string[]
  /** Leaves the bridge towards a node: lines for `tc -batch` in the run's own namespace. */
  readonly toNode: (node: number) => readonly string[]
  /** The same, where this share of the rate is left: lines that change what `toNode` made. */
  readonly slowed: (node: number, share: number) => readonly string[]
  /** In tc's words, for the record. */
  readonly text: string
  /** What either port of a cable lets through at once after a rest, as the time that it takes else. */
  readonly burstNs: number
  /** A payload of this length shows the rate of the link and not its burst. */
  readonly measuringBytes: number | undefined
}

/** Bytes that may leave at once are as many as the rate carries in this time: a timer of a busy machine is that late. */
const BURST_SECONDS = 0.005
/** Room for two Ethernet frames: a packet longer than the burst never leaves. */
const BURST_BYTES_MIN = 4096
/** What a switch port holds before it drops: 50 ms of its rate, and of a slow one this much, or a burst of TCP is lost and sent again. */
const QUEUE_SECONDS = 0.05
const QUEUE_BYTES_MIN = 1 << 20
/** Packets that may be on their way in a delayed link: beyond it netem drops, by default at 1000. */
const DELAYED_PACKETS = 100_000
/** By how much the payload of a measurement exceeds what does not take the time that its bytes take. */
const MEASURING_BURSTS = 20

/** Shapes links to what is stated: rates in both directions, the latency where a packet leaves its node. */
export function planShaping({ bandwidthBytesPerSecond: rate, latencyNs }: StatedLinks): Shaping {
  const tbf = rate === undefined ? undefined : tbfText(rate)
  const netem = latencyNs === undefined ? undefined : `netem delay ${latencyNs / 1000}us limit ${DELAYED_PACKETS}`
  const inside = tbf === undefined ? 'root' : 'parent 1:1'
  return {
    fromNode: [
      ...(tbf === undefined ? [] : [`qdisc add dev ${NODE_PORT} root handle 1: ${tbf}`]),
      ...(netem === undefined ? [] : [`qdisc add dev ${NODE_PORT} ${inside} ${netem}`]),
    ],
    toNode: (node) => (tbf === undefined ? [] : [`qdisc add dev ${bridgePort(node)} root ${tbf}`]),
    slowed: (node, share) =>
      rate === undefined ? [] : [`qdisc change dev ${bridgePort(node)} root ${tbfText(rate * share)}`],
    text: [tbf, netem].filter((part) => part !== undefined).join(' + ') || 'none',
    burstNs: rate === undefined ? 0 : (burstBytes(rate) / rate) * 1e9,
    measuringBytes: rate === undefined ? undefined : measuringBytes(rate, latencyNs ?? 0),
  }
}

function tbfText(bytesPerSecond: number): string {
  const queue = Math.max(QUEUE_BYTES_MIN, Math.round(bytesPerSecond * QUEUE_SECONDS))
  return `tbf rate ${Math.round(bytesPerSecond * 8)}bit burst ${burstBytes(bytesPerSecond)}b limit ${queue}b`
}

function burstBytes(bytesPerSecond: number): number {
  return Math.max(BURST_BYTES_MIN, Math.round(bytesPerSecond * BURST_SECONDS))
}

/** A whole number of f32. */
function measuringBytes(bytesPerSecond: number, latencyNs: number): number {
  const onItsWay = (bytesPerSecond * latencyNs) / 1e9
  return 4 * Math.ceil((MEASURING_BURSTS * (burstBytes(bytesPerSecond) + onItsWay)) / 4)
}
