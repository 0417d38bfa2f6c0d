import { ReducibleError } from '../core/errors.ts'
import type { Arm } from '../study/schema.ts'
import { closedFormNs } from './closed-form.ts'
import type { ClusterLinks } from './cluster-links.ts'
import { type Conditions, slownessOf } from './conditions.ts'
import { Network } from './network.ts'
import { type Collective, moveCountOf, passesOf } from './passes.ts'
import type { Compute } from './step-work.ts'
import { TimedRanks } from './timing.ts'

/** What the steps of an arm take, virtual nanoseconds. */
export interface ArmTimes {
  readonly method: 'event' | 'closed-form'
  /** Of one step. */
  readonly moves: number
  /** By step: from the end of the step before to its own end, each on the last node. */
  readonly stepNs: readonly number[]
  /** By step: from when the last node has its gradient to the end. */
  readonly allReduceNs: readonly number[]
}

/** Moves of a step beyond which a closed form is taken. */
const MOVES_MAX = 1e8

/** Where an arm is simulated. */
export interface Surroundings {
  readonly links: ClusterLinks
  readonly conditions: Conditions
  readonly compute: Compute
}

/**
 * The time of an arm's steps, without values.
 * @param buckets elements of each, in the order they are reduced. @param shares by node, of a batch.
 * @throws {ReducibleError} usage.
 */
export function timeArm(
  { algorithm, arithmetic, nodes }: Collective,
  buckets: readonly number[],
  shares: Float64Array,
  steps: number,
  { links, conditions, compute }: Surroundings,
): ArmTimes {
  const passes = passesOf({ algorithm, arithmetic, nodes }, buckets)
  const moves = movesOf({ algorithm, arithmetic, nodes }, buckets)
  const computeNs = computeNsByNode(compute, shares, conditions)
  if (moves > MOVES_MAX) {
    const allReduceNs = closedFormNs(passes, links, conditions)
    const one = { step: latest(computeNs) + allReduceNs, allReduce: allReduceNs }
    const all = Array.from({ length: steps }, () => one)
    return {
      method: 'closed-form',
      moves,
      stepNs: all.map(({ step }) => step),
      allReduceNs: all.map(({ allReduce }) => allReduce),
    }
  }
  const network = new Network(nodes, links, conditions)
  const clock = new Float64Array(nodes)
  const timer = new StepTimer()
  for (let step = 0; step < steps; step++) {
    for (let node = 0; node < nodes; node++) clock[node] += computeNs[node]
    timer.computed(clock)
    new TimedRanks(network, passes, clock).run()
    timer.ended(clock)
  }
  return { method: 'event', moves, ...timer.times }
}

/** Moves of the all-reduces of a step. */
export function movesOf(collective: Collective, buckets: readonly number[]): number {
  return moveCountOf(collective.algorithm, collective.nodes) * passesOf(collective, buckets).length
}

/** By node: what its share of a batch takes. */
export function computeNsByNode({ wholeBatchMs }: Compute, shares: Float64Array, conditions: Conditions): Float64Array {
  return shares.map((share, node) => share * wholeBatchMs * 1e6 * slownessOf(conditions, node))
}

/** The times of steps, from the clocks of nodes. */
export class StepTimer {
  readonly #stepNs: number[] = []
  readonly #allReduceNs: number[] = []
  #endNs = 0
  #computedNs = 0

  computed(clock: Float64Array): void {
    this.#computedNs = latest(clock)
  }

  ended(clock: Float64Array): void {
    const end = latest(clock)
    this.#stepNs.push(end - this.#endNs)
    this.#allReduceNs.push(end - this.#computedNs)
    this.#endNs = end
  }

  get times(): Pick<ArmTimes, 'stepNs' | 'allReduceNs'> {
    return { stepNs: this.#stepNs, allReduceNs: this.#allReduceNs }
  }
}

function latest(clock: Float64Array): number {
  return clock.reduce((a, b) => Math.max(a, b), 0)
}

/** @throws {ReducibleError} usage: a straggler that an arm does not have. */
export function checkStragglers({ stragglers }: Conditions, arms: readonly Arm[]): void {
  const most = Math.max(...arms.map(({ nodes }) => nodes))
  const beyond = stragglers.find(({ node }) => node >= most)
  if (beyond)
    throw new ReducibleError('usage', `--straggler ${beyond.node}:${beyond.factor} slows a node that no arm has`)
}
