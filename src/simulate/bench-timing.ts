import type { ClusterLinks } from './cluster-links.ts'
import type { Conditions } from './conditions.ts'
import { Network } from './network.ts'
import { type Collective, passesOf } from './passes.ts'
import { TimedRanks } from './timing.ts'

/** All-reduces after which ports are as rested as they come to be. */
const UNTIMED = 2

/**
 * Virtual nanoseconds of an all-reduce as a bench measures it: one after the other on the same links, before each the barrier
 * that src/reduce/transport/process-seat.ts has, and of ranks the one that takes longest.
 */
export function timeBenchedNs(
  collective: Collective,
  elements: number,
  links: ClusterLinks,
  conditions: Conditions,
): number {
  const { nodes } = collective
  const network = new Network(nodes, links, conditions)
  const clock = new Float64Array(nodes)
  const barrier = passesOf({ algorithm: 'rank-order', arithmetic: 'f32', nodes }, [1])
  const passes = passesOf(collective, [elements])
  let longest = 0
  for (let call = 0; call <= UNTIMED; call++) {
    new TimedRanks(network, barrier, clock).run()
    const starts = clock.slice()
    new TimedRanks(network, passes, clock).run()
    longest = clock.reduce((most, end, rank) => Math.max(most, end - starts[rank]), 0)
  }
  return longest
}
