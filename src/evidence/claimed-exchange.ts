import { timeArm } from '../simulate/arm-timing.ts'
import { CALM } from '../simulate/conditions.ts'
import type { PublishedClaim } from '../study/published-claim-schema.ts'
import type { AskedFabric } from './claimed-fabric.ts'

/** The all-reduce of a claim's step, simulated. */
export interface Exchange {
  readonly algorithm: string
  readonly ranks: number
  readonly seconds: number
  /** What it takes to be so short, or so long. */
  readonly assumed: readonly string[]
}

/** Of all workers, at best and at worst, and of the base case at worst. */
export interface ClaimedExchange {
  readonly best: Exchange
  readonly worst: Exchange
  readonly base: Exchange
}

/** What an exchange is simulated from. */
export interface ExchangeFacts {
  readonly workers: number
  readonly baseWorkers: number
  /** Null: not stated. */
  readonly servers: number | null
  readonly gradientBytes: number
  readonly algorithms: readonly string[]
}

/**
 * At best only servers exchange, and inside one it takes no time; at worst every worker takes part, each with a port like a server's: a
 * ring that visits servers in turn then takes as long, since it crosses each port once.
 */
export function claimedExchange(facts: ExchangeFacts, fabric: AskedFabric): ClaimedExchange {
  const { workers, baseWorkers } = facts
  const servers = facts.servers ?? Math.min(2, workers)
  const inside = [
    ...(facts.servers === null ? [`${servers} servers, the fewest that the fabric joins`] : []),
    ...(servers < workers ? ['inside a server the exchange takes no time'] : []),
  ]
  const outside = servers < workers ? [`all ${workers} workers exchange at the rate of a server`] : []
  return {
    best: extreme('best', servers, inside, facts, fabric),
    worst: extreme('worst', workers, outside, facts, fabric),
    base: extreme('worst', baseWorkers, [], facts, fabric),
  }
}

/** Those of the fewest bytes, those of the fewest rounds, and what lies between. */
const CANDIDATES = ['ring', 'halving-doubling', 'double-binary-tree', 'binomial-tree']

/** The algorithms that a claim names; all candidates where it names none. */
export function algorithmsIn({ cluster }: PublishedClaim): readonly string[] {
  const stated = String(cluster?.collective?.algorithm?.stated ?? '')
  const named = [
    ...(/\bring\b/i.test(stated) ? ['ring'] : []),
    ...(/halving/i.test(stated) ? ['halving-doubling'] : []),
    ...(/\btree\b/i.test(stated) ? ['double-binary-tree'] : []),
  ]
  return named.length > 0 ? named : CANDIDATES
}

function extreme(
  end: 'best' | 'worst',
  ranks: number,
  assumed: readonly string[],
  { algorithms, gradientBytes }: ExchangeFacts,
  fabric: AskedFabric,
): Exchange {
  const links = fabric[end]
  const times = algorithms.map((algorithm) => ({
    algorithm,
    seconds: allReduceSeconds(algorithm, ranks, gradientBytes, links),
  }))
  const { algorithm, seconds } = times.reduce((a, b) =>
    (end === 'best' ? b.seconds < a.seconds : b.seconds > a.seconds) ? b : a,
  )
  const extended = ranks > links.specNodes ? [`extended: nodes beyond ${links.specNodes} by medians`] : []
  return { algorithm, ranks, seconds, assumed: [algorithm, ...assumed, ...fabric.assumed[end], ...extended] }
}

const NOT_MODELLED = { source: 'not modelled', wholeBatchMs: 0, text: '' } as const

function allReduceSeconds(algorithm: string, nodes: number, bytes: number, links: AskedFabric['best']): number {
  const surroundings = { links, conditions: CALM, compute: NOT_MODELLED }
  const elements = Math.ceil(bytes / 4)
  const collective = { algorithm, arithmetic: 'f32', nodes } as const
  const { allReduceNs } = timeArm(collective, [elements], new Float64Array(nodes), 1, surroundings)
  return allReduceNs[0] / 1e9
}
