import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { closedFormNs } from '../../src/simulate/closed-form.ts'
import type { ClusterLinks } from '../../src/simulate/cluster-links.ts'
import { CALM, type Conditions } from '../../src/simulate/conditions.ts'
import { Network } from '../../src/simulate/network.ts'
import { moveCountOf, passesOf } from '../../src/simulate/passes.ts'
import { TimedRanks } from '../../src/simulate/timing.ts'
import type { Condition, Parts, TimedAlgorithm, TimedCell } from './result.ts'

export const RANKS = [8, 64, 512, 4096, 65_536]
export const SIZES = [1024, 65_536, 16_777_216]
/** 32 nodes a leaf, whose links carry a quarter of what their ports do. */
export const TREE = 'fat-tree:32:4'

const ALGORITHMS = [
  'ring',
  'halving-doubling',
  'recursive-doubling',
  'double-binary-tree',
  'binomial-tree',
  'all-pairs',
  'rank-order',
]

/** Longer walks are left out, but for rings, which win on the tree. Beyond their limit these have a closed form on a switch. */
const SEGMENTS_MAX = 1e7
const RING_SEGMENTS_MAX = 4e7

/** A named fabric and its links. */
export interface Links {
  readonly name: string
  readonly links: ClusterLinks
}

/** The all-reduce by every algorithm that can be walked. */
export function timedCell({ name, links }: Links, topology: string, ranks: number, bytes: number): TimedCell {
  const seconds = everyAlgorithm(links, { ...CALM, topology }, ranks, bytes)
  return { fabric: name, topology, ranks, bytes, extended: ranks > links.specNodes, seconds }
}

/** What the fastest algorithm on a switch spends. @param onTree the same cells on the tree, as far as they were walked. */
export function partsOf(
  { name, links }: Links,
  { ranks, bytes, seconds }: TimedCell,
  onTree: readonly TimedCell[],
): Parts {
  const [{ algorithm, seconds: whole }] = fastestFirst(seconds)
  const at = (of: ClusterLinks, topology = 'switch'): number =>
    secondsOf(algorithm, of, { ...CALM, topology }, ranks, bytes)?.seconds ?? Number.NaN
  const walked = onTree
    .find((cell) => cell.fabric === name && cell.ranks === ranks && cell.bytes === bytes)
    ?.seconds.find((one) => one.algorithm === algorithm)
  const alone = at({ ...links, nsPerByte: () => 0, addNsPerByte: () => 0 })
  const sent = at({ ...links, addNsPerByte: () => 0 })
  return {
    ...{ fabric: name, ranks, bytes, algorithm },
    latency: alone,
    bandwidth: sent - alone,
    adding: whole - sent,
    contention: (walked?.seconds ?? at(links, TREE)) - whole,
  }
}

const times = (links: ClusterLinks, factor: number): ClusterLinks => ({
  ...links,
  latencyNs: (a, b) => factor * links.latencyNs(a, b),
})

/** What would have to be another way for another algorithm to be the fastest. */
const CONDITIONS: Readonly<Record<string, (links: ClusterLinks) => [ClusterLinks, Conditions]>> = {
  'as recorded': (links) => [links, CALM],
  'a tenth of the latency': (links) => [times(links, 0.1), CALM],
  'ten times the latency': (links) => [times(links, 10), CALM],
  'ten times the bandwidth': (links) => [{ ...links, nsPerByte: (a, b) => links.nsPerByte(a, b) / 10 }, CALM],
  'a tree, 4 to 1': (links) => [links, { ...CALM, topology: TREE }],
  'jitter of 1 ms a message': (links) => [links, { ...CALM, jitterNs: 1e6 }],
  'half of every link taken': (links) => [links, { ...CALM, backgroundShare: 0.5 }],
}

/** Every algorithm under every condition. */
export function underConditions({ name, links }: Links, ranks: number, bytes: number): Condition[] {
  return Object.entries(CONDITIONS).map(([condition, change]) => {
    const [changed, conditions] = change(links)
    return { condition, fabric: name, ranks, bytes, seconds: everyAlgorithm(changed, conditions, ranks, bytes) }
  })
}

/** By time, the shortest first. */
export function fastestFirst(seconds: readonly TimedAlgorithm[]): TimedAlgorithm[] {
  return seconds.toSorted((a, b) => a.seconds - b.seconds)
}

function everyAlgorithm(links: ClusterLinks, conditions: Conditions, ranks: number, bytes: number): TimedAlgorithm[] {
  return ALGORITHMS.flatMap((algorithm) => secondsOf(algorithm, links, conditions, ranks, bytes) ?? [])
}

/** @returns undefined where the walk is too long. */
function secondsOf(
  algorithm: string,
  links: ClusterLinks,
  conditions: Conditions,
  ranks: number,
  bytes: number,
): TimedAlgorithm | undefined {
  const collective = { algorithm, arithmetic: 'f32', nodes: ranks } as const
  const passes = passesOf(collective, [bytes / 4])
  const segments = segmentsOf(algorithm, ranks, bytes, conditions)
  if (segments > (algorithm === 'ring' ? RING_SEGMENTS_MAX : SEGMENTS_MAX)) {
    if (algorithm !== 'ring' || conditions.topology !== 'switch') return undefined
    return { algorithm, seconds: closedFormNs(passes, links, conditions) / 1e9, method: 'closed-form' }
  }
  const clock = new Float64Array(ranks)
  new TimedRanks(new Network(ranks, links, conditions), passes, clock).run()
  return { algorithm, seconds: clock.reduce((a, b) => Math.max(a, b)) / 1e9, method: 'event' }
}

/** As if every move of an algorithm that does not divide the vector were whole, and of one that does in a chunk a rank. */
function segmentsOf(algorithm: string, ranks: number, bytes: number, { segmentBytes }: Conditions): number {
  const { chunkCount } = scheduleOf(algorithm, ranks)
  return moveCountOf(algorithm, ranks) * Math.ceil(bytes / chunkCount / segmentBytes)
}
