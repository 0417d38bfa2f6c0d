import { UNKNOWN } from '../record/cluster-spec/schema.ts'
import type { TrialMachine } from '../record/trial-record.ts'
import { delayMs, exponential, injectedIn, injectionOf } from '../study/injection.ts'
import type { Trial } from '../study/plan.ts'
import type { Study } from '../study/schema.ts'
import { computeNsByNode, type Surroundings } from './arm-timing.ts'
import type { Conditions } from './conditions.ts'

/** Trials of a study draw apart from each other; the first one as the seed says. */
const SEEDS_APART = 2 ** 40

/**
 * What befalls the steps of one simulated trial: the conditions, and what its study injects. A rank has one core of its node,
 * and shares it fairly with a tenant; a machine is under pressure while the rank waits for that core.
 */
export class DisturbedSteps {
  /** Of the trial. */
  readonly conditions: Conditions
  readonly #study: Study
  readonly #trial: Trial
  readonly #calmNs: Float64Array
  /** By node, so far. */
  readonly #waitedNs: Float64Array

  /** @param shares by node, of a batch. */
  constructor(study: Study, trial: Trial, shares: Float64Array, { conditions, compute }: Surroundings) {
    const slow = injectionOf(study, 'unlike-hardware')
    this.conditions = {
      ...conditions,
      seed: (conditions.seed + trial.round * SEEDS_APART) % Number.MAX_SAFE_INTEGER,
      stragglers: [...conditions.stragglers, ...(slow ? [{ node: slow.node, factor: slow.factor }] : [])],
    }
    this.#study = study
    this.#trial = trial
    this.#calmNs = computeNsByNode(compute, shares, this.conditions)
    this.#waitedNs = new Float64Array(shares.length)
  }

  /** By node: until a step's gradient is handed over. */
  computeNs(step: number): Float64Array {
    const { round } = this.#trial
    const { unrest, seed } = this.conditions
    const tenant = injectedIn(this.#study, 'tenant', round)
    const load = tenant !== undefined && step >= tenant.fromStep ? tenant.load : 0
    return this.#calmNs.map((calm, rank) => {
      const waited = calm * (load + (unrest === 0 ? 0 : unrest * exponential(seed, 'unrest', step, rank)))
      this.#waitedNs[rank] += waited
      return calm + waited + 1e6 * delayMs(this.#study, { round, step, rank })
    })
  }

  /** What other traffic takes of every link in a step. */
  background(step: number): number {
    const { backgroundShare } = this.conditions
    const network = injectedIn(this.#study, 'network', this.#trial.round)
    return network !== undefined && step >= network.fromStep
      ? 1 - (1 - backgroundShare) * network.rate
      : backgroundShare
  }

  /** By node, over a trial of so many virtual nanoseconds. Nothing is known of a machine but its pressure. */
  machines(trainNs: number): TrialMachine[] {
    return Array.from(this.#waitedNs, (waited, node) => ({
      nodes: [node],
      startedAtUtc: new Date(0).toISOString(),
      loadAverage: UNKNOWN,
      pressure: { cpu: Math.round((1e4 * waited) / trainNs) / 1e4, io: UNKNOWN, memory: UNKNOWN },
      stealShare: UNKNOWN,
      cpuMhz: UNKNOWN,
      cpuCelsius: UNKNOWN,
      cpuThrottles: UNKNOWN,
      gpus: [],
    }))
  }
}
