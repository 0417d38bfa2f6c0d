import assert from 'node:assert'
import type { MeasuredLinks } from '../reduce/links.ts'
import type { Arm } from '../study/schema.ts'

/** What joins the nodes of a run, and the ranks inside a node where one holds several. */
export type Interconnect = BetweenNodes & { readonly insideNode?: InsideNode }

type BetweenNodes =
  | { readonly fabric: 'none'; readonly reason: string }
  | (Fabric & { readonly measured: MeasuredLinks })
  | (Fabric & { readonly notMeasured: string })

/** `network`: nodes are on several hosts. */
export type Fabric = { readonly fabric: 'loopback' | 'network' } | NamespaceFabric

/** What every link between two nodes is meant to be. */
export interface StatedLinks {
  /** One direction. */
  readonly bandwidthBytesPerSecond?: number
  /** One way. */
  readonly latencyNs?: number
}

/** A network namespace for each node, with a cable each to a bridge. */
export interface NamespaceFabric {
  readonly fabric: 'netns bridge'
  /** By node. */
  readonly addresses: readonly string[]
  /** What every link was shaped to; without a value it was left as it is. */
  readonly stated: StatedLinks
  /** How, in tc's words: each direction of each link. */
  readonly shaping: string
  /** How TCP of the nodes sends. */
  readonly congestionControl: 'reno'
}

interface InsideNode {
  readonly fabric: 'shared memory'
  readonly notMeasured: string
}

/** That of arms none of which has run. @param notYet why no link between nodes is measured. */
export function unmeasuredInterconnect(
  arms: readonly Pick<Arm, 'nodes' | 'ranksPerNode'>[],
  notYet: string,
  fabric: Fabric = { fabric: 'loopback' },
): Interconnect {
  const between: BetweenNodes = arms.every(({ nodes }) => nodes === 1)
    ? { fabric: 'none', reason: 'every arm has one node' }
    : { ...fabric, notMeasured: notYet }
  if (arms.every(({ ranksPerNode }) => ranksPerNode === 1)) return between
  const notMeasured = 'threads of one process have no link: bench --transport shared --pairs measures what they copy'
  return { ...between, insideNode: { fabric: 'shared memory', notMeasured } }
}

/** The same with what was measured between its nodes. */
export function measuredInterconnect(before: Interconnect, measured: MeasuredLinks): Interconnect {
  assert('notMeasured' in before)
  const { notMeasured: _, ...fabric } = before
  return { ...fabric, measured }
}

/** `loopback, pair 0.93 GB/s, 180 µs`: the medians over pairs. */
export function interconnectText(interconnect: Interconnect): string {
  const inside = interconnect.insideNode ? `, ${interconnect.insideNode.fabric} inside a node` : ''
  return `${betweenText(interconnect)}${inside}`
}

function betweenText(between: BetweenNodes): string {
  if (between.fabric === 'none') return `no interconnect: ${between.reason}`
  const fabric = fabricText(between)
  if (!('measured' in between)) return `${fabric}, bandwidth not measured`
  const { latencyNsP50, bandwidthBytesPerSecond } = between.measured.summary
  const digits = between.fabric === 'netns bridge' ? 3 : 2
  return `${fabric}, pair ${gigabytes(bandwidthBytesPerSecond.median, digits)}, ${micros(latencyNsP50.median)}`
}

/** `netns bridge 10.77.0.1 to 10.77.0.4, shaped to 0.0025 GB/s`: what it is meant to be. */
export function fabricText(fabric: Fabric): string {
  if (fabric.fabric !== 'netns bridge') return fabric.fabric
  const { addresses, stated } = fabric
  const { bandwidthBytesPerSecond: bandwidth, latencyNs } = stated
  const values = [bandwidth && gigabytes(bandwidth, 3), latencyNs && micros(latencyNs)].filter(Boolean).join(', ')
  return `${fabric.fabric} ${addresses[0]} to ${addresses.at(-1)}, ${values ? `shaped to ${values}` : 'not shaped'}`
}

function gigabytes(bytesPerSecond: number, digits: number): string {
  return `${Number((bytesPerSecond / 1e9).toPrecision(digits))} GB/s`
}

function micros(nanoseconds: number): string {
  return `${Math.round(nanoseconds / 1000)} µs`
}
