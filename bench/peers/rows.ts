import { availableParallelism } from 'node:os'
import type { Quantile } from '../../src/stats/quantiles.ts'
import { medianOf, type Peer, type PeerRun, p50 } from './peer.ts'

/** What the arms of a row do. */
export interface Work {
  readonly kind: 'all-reduce' | 'small all-reduce' | 'stream'
  readonly ranks: number
  readonly bytes: number
  readonly iterations: number
  readonly arms: readonly Peer[]
  /** What is to be reached beside a peer, or by ours alone. */
  targetOf(arm: Peer): Target | null
}

/** One launch of one arm. */
export interface Launch extends PeerRun {
  readonly work: Work['kind']
  readonly ranks: number
  readonly bytes: number
  readonly name: string
  readonly launch: number
  readonly p50Seconds: number
  /** Of the last minute, after the launch: what else ran on the machine is in it, and so are the ranks. */
  readonly loadAverage: number
}

/** What is to be reached: a ratio, or our own time. */
export type Target =
  | { readonly kind: 'ratio'; readonly least: number }
  | { readonly kind: 'ours'; readonly mostSeconds: number }

/** One arm over its launches. */
interface Side {
  readonly name: string
  /** Median over launches of the launches' p50. */
  readonly p50Seconds: number
  /** The settings that were the fastest of a launch. */
  readonly variants: readonly string[]
}

/** Ours, a peer, or both. A ratio is bandwidth of ours over bandwidth of the peer, within one launch round. */
export interface Row {
  readonly work: Work['kind']
  readonly ranks: number
  readonly bytes: number
  readonly oversubscribed: boolean
  readonly ours: Side | null
  readonly peer: Side | null
  readonly ratios: readonly number[]
  /** Null where there are not two sides. */
  readonly ratio: Quantile | null
  readonly target: Target | null
}

/** The rows of what has been launched so far. */
export function rowsOf(works: readonly Work[], launches: readonly Launch[]): Row[] {
  return works.flatMap((work) => {
    const own = launches.filter(({ work: kind, ranks }) => kind === work.kind && ranks === work.ranks)
    return [
      ...oursAlone(work, own),
      ...work.arms.filter((arm) => !arm.ours).flatMap((peer) => besideOurs(work, peer, own)),
    ]
  })
}

/** A row without a peer, where our own time has a target. */
function oursAlone(work: Work, launches: readonly Launch[]): Row[] {
  return work.arms.flatMap((arm) => {
    const target = work.targetOf(arm)
    const ours = sideOf(arm, launches)
    if (!arm.ours || target === null || ours === null) return []
    return [{ ...placeOf(work, arm), ours, peer: null, ratios: [], ratio: null, target }]
  })
}

function besideOurs(work: Work, arm: Peer, launches: readonly Launch[]): Row[] {
  const oursArm = work.arms.find((other) => other.ours && other.transport === arm.transport)
  const [peer, ours] = [sideOf(arm, launches), oursArm === undefined ? null : sideOf(oursArm, launches)]
  if (peer === null) return []
  const timesOf = (name: string | undefined): Map<number, number> =>
    new Map(launches.filter((one) => one.name === name).map(({ launch, p50Seconds }) => [launch, p50Seconds]))
  const oursTimes = timesOf(oursArm?.name)
  const ratios = [...timesOf(arm.name)].flatMap(([launch, peerSeconds]) => {
    const oursSeconds = oursTimes.get(launch)
    return oursSeconds === undefined ? [] : [peerSeconds / oursSeconds]
  })
  const ratio = ratios.length === 0 ? null : medianOf(ratios)
  return [{ ...placeOf(work, arm), ours, peer, ratios, ratio, target: work.targetOf(arm) }]
}

function placeOf({ kind, ranks, bytes }: Work, { transport }: Peer) {
  return { work: kind, ranks, bytes, oversubscribed: transport !== 'gpu' && ranks > availableParallelism() }
}

/** Null before the first launch. */
function sideOf({ name }: Peer, launches: readonly Launch[]): Side | null {
  const own = launches.filter((one) => one.name === name)
  if (own.length === 0) return null
  return {
    name,
    p50Seconds: p50(own.map(({ p50Seconds }) => p50Seconds)),
    variants: [...new Set(own.map(({ variant }) => variant))],
  }
}
