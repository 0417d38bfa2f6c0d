import assert from 'node:assert'
import type { MeasuredLinks } from '../reduce/links.ts'
import type { Arm } from '../study/schema.ts'

/** What joins the nodes of a run, and the ranks inside a node where one holds several. */
export type Interconnect = BetweenNodes & { readonly insideNode?: InsideNode }

type BetweenNodes =
  | { readonly fabric: 'none'; readonly reason: string }
  | { readonly fabric: Fabric; readonly measured: MeasuredLinks }
  | { readonly fabric: Fabric; readonly notMeasured: string }

/** `network`: nodes are on several hosts. */
export type Fabric = 'loopback' | 'network'

interface InsideNode {
  readonly fabric: 'shared memory'
  readonly notMeasured: string
}

/** That of arms none of which has run. @param notYet why no link between nodes is measured. */
export function unmeasuredInterconnect(
  arms: readonly Pick<Arm, 'nodes' | 'ranksPerNode'>[],
  notYet: string,
  fabric: Fabric = 'loopback',
): Interconnect {
  const between: BetweenNodes = arms.every(({ nodes }) => nodes === 1)
    ? { fabric: 'none', reason: 'every arm has one node' }
    : { fabric, notMeasured: notYet }
  if (arms.every(({ ranksPerNode }) => ranksPerNode === 1)) return between
  const notMeasured = 'threads of one process have no link: bench --transport shared --pairs measures what they copy'
  return { ...between, insideNode: { fabric: 'shared memory', notMeasured } }
}

/** The same with what was measured between its nodes. */
export function measuredInterconnect({ fabric, insideNode }: Interconnect, measured: MeasuredLinks): Interconnect {
  assert(fabric !== 'none', 'one node has no links')
  return { fabric, measured, ...(insideNode && { insideNode }) }
}

/** `loopback, pair 0.93 GB/s, 180 µs`: the medians over pairs. */
export function interconnectText(interconnect: Interconnect): string {
  const inside = interconnect.insideNode ? `, ${interconnect.insideNode.fabric} inside a node` : ''
  return `${betweenText(interconnect)}${inside}`
}

function betweenText(between: BetweenNodes): string {
  if (between.fabric === 'none') return `no interconnect: ${between.reason}`
  if (!('measured' in between)) return `${between.fabric}, bandwidth not measured`
  const { latencyNsP50, bandwidthBytesPerSecond } = between.measured.summary
  const gigabytes = Number((bandwidthBytesPerSecond.median / 1e9).toPrecision(2))
  return `${between.fabric}, pair ${gigabytes} GB/s, ${Math.round(latencyNsP50.median / 1000)} µs`
}
