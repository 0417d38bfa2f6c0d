import { type ClusterSpec, type SpecLink, UNKNOWN } from '../../record/cluster-spec/schema.ts'

/** A measured value that is not what people state of it. */
export interface StatedGap {
  readonly path: string
  readonly what: 'bandwidth' | 'latency' | 'MTU'
  readonly stated: number
  readonly measured: number
  /** measured / stated − 1. */
  readonly share: number
}

/** A larger difference between stated and measured is named. */
export const GAP_SHARE = 0.2

/** Where a spec's measured values are off its stated ones by more than GAP_SHARE of the stated one. */
export function statedGaps({ interconnect, nodes }: ClusterSpec): StatedGap[] {
  const links = interconnect.links.flatMap((link, index) => linkGaps(link, interconnect.stated, index))
  const { mtuBytes } = interconnect.stated
  const mtus = nodes.flatMap(({ network }, index) =>
    gap(`nodes.${index}.network.mtuBytes`, 'MTU', mtuBytes, network.mtuBytes),
  )
  return [...links, ...mtus]
}

function linkGaps(link: SpecLink, ofAll: ClusterSpec['interconnect']['stated'], index: number): StatedGap[] {
  const { measured, stated = ofAll } = link
  if (measured === UNKNOWN) return []
  const path = `interconnect.links.${index}.measured`
  const { bandwidthBytesPerSecond, latencyNsP50 } = measured
  return [
    ...gap(`${path}.bandwidthBytesPerSecond`, 'bandwidth', stated.bandwidthBytesPerSecond, bandwidthBytesPerSecond),
    ...gap(`${path}.latencyNsP50`, 'latency', stated.latencyNs, latencyNsP50),
  ]
}

type Known = number | typeof UNKNOWN

function gap(path: string, what: StatedGap['what'], stated: Known, measured: Known): StatedGap[] {
  if (stated === UNKNOWN || measured === UNKNOWN) return []
  const share = measured / stated - 1
  return Math.abs(share) > GAP_SHARE ? [{ path, what, stated, measured, share }] : []
}
