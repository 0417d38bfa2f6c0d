import { type ClusterLinks, uniformLinks } from '../simulate/cluster-links.ts'
import type { PublishedClaim } from '../study/published-claim-schema.ts'

/** A fabric as far as it is known: its links at best and at worst. */
export interface AskedFabric {
  readonly name: string
  readonly best: ClusterLinks
  readonly worst: ClusterLinks
  /** What is taken for what nobody states, in words. */
  readonly assumed: { readonly best: readonly string[]; readonly worst: readonly string[] }
}

/**
 * The worst link and the slowest node of the specs recorded here, cluster/specs/fast-fabric.yaml and commodity-ethernet.yaml: gRPC between
 * processes of one machine, so worse than hardware that trains.
 */
export const WORST_RECORDED = { latencyNs: 282_775, addBytesPerSecond: 2_348_308_266 } as const

/** The fabric that a claim states. @returns null where it states no bandwidth that can be read. */
export function claimedFabric({ cluster }: PublishedClaim): AskedFabric | null {
  const { fabric, bandwidth, latency } = cluster?.interconnect ?? {}
  const bytesPerSecond = bandwidth ? bytesPerSecondIn(String(bandwidth.stated)) : null
  if (bytesPerSecond === null || !bandwidth) return null
  const stated = latency ? latencyNsIn(String(latency.stated)) : null
  const nsPerByte = 1e9 / bytesPerSecond
  const { latencyNs, addBytesPerSecond } = WORST_RECORDED
  return {
    name: `${fabric ? `${fabric.stated}, ` : ''}${bandwidth.stated} a node and direction`,
    best: uniformLinks(stated ?? 0, nsPerByte, 0),
    worst: uniformLinks(stated ?? latencyNs, nsPerByte, 1e9 / addBytesPerSecond),
    assumed: {
      best: [...(stated === null ? ['no latency'] : []), 'adding takes no time'],
      worst: [
        ...(stated === null ? [`${(latencyNs / 1000).toFixed(0)} µs of latency, the worst link recorded here`] : []),
        `adding at ${(addBytesPerSecond / 1e9).toFixed(1)} GB/s, the slowest node recorded here`,
      ],
    },
  }
}

/** A recorded fabric, as `simulate` has it. */
export function recordedFabric(name: string, links: ClusterLinks): AskedFabric {
  return { name, best: links, worst: links, assumed: { best: [], worst: [] } }
}

const PREFIX: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** `25 Gbit/s`, `1.25 GB/s between servers`: the figure that it begins with; null: none. */
function bytesPerSecondIn(text: string): number | null {
  const [, figure, prefix, unit] = /^(\d+(?:\.\d+)?) ?([kKMGT]?)(bit|b|B)(?:\/s|ps)/.exec(text) ?? []
  if (figure === undefined) return null
  return (Number(figure) * PREFIX[prefix]) / (unit === 'B' ? 1 : 8)
}

/** `20 µs` in nanoseconds; null: no such figure. */
function latencyNsIn(text: string): number | null {
  const [, figure, unit] = /^(\d+(?:\.\d+)?) ?(ns|µs|us|ms)/.exec(text) ?? []
  if (figure === undefined) return null
  return Number(figure) * (unit === 'ns' ? 1 : unit === 'ms' ? 1e6 : 1e3)
}
