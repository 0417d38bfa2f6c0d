import { ReducibleError } from '../../src/core/errors.ts'
import { checkInjections, injectedIn, injectionOf } from '../../src/study/injection.ts'
import type { Trial } from '../../src/study/plan.ts'
import type { Study } from '../../src/study/schema.ts'
import type { WorkersElsewhere } from '../launch/elsewhere.ts'
import { Tenant } from './tenant.ts'

/**
 * Checks what a study injects before any process starts.
 * @throws {ReducibleError} invalid-study: it disturbs nothing, or cannot be done to real processes.
 */
export function checkRealInjections(study: Study): void {
  checkInjections(study)
  const { launch, cluster, workload } = study
  const refuse = (source: string, problem: string, remedy: string): never => {
    throw new ReducibleError('invalid-study', `inject ${source}: ${problem}`, { remedy })
  }
  if (injectionOf(study, 'network') && (launch !== 'netns' || cluster === 'captured'))
    refuse('network', 'only links between namespaces can be slowed', 'use launch: netns and a cluster with a bandwidth')
  if (injectionOf(study, 'tenant') && launch === 'external')
    refuse('tenant', 'nothing is started on the machines of others', 'use launch: local or netns')
  for (const source of ['arrival-order', 'unlike-hardware'] as const) {
    if (injectionOf(study, source) && workload.name !== 'paced')
      refuse(source, `real ${workload.name} takes the time that it takes`, 'use workload paced, or simulate the study')
  }
}

/** Brings into one trial what its study injects from outside its processes, and takes it away again. */
export class Injector implements AsyncDisposable {
  readonly #study: Study
  readonly #round: number
  readonly #setRate: (share: number) => void
  readonly #undo = new AsyncDisposableStack()

  /** @throws {ReducibleError} invalid-study: links are to be slowed that have no rate. */
  constructor(study: Study, { round }: Trial, elsewhere: Pick<WorkersElsewhere, 'setRate'> | undefined) {
    const noRate = (): never => {
      throw new ReducibleError('invalid-study', `inject network: ${study.cluster} states no bandwidth of its links`, {
        remedy: 'state interconnect.stated.bandwidthBytesPerSecond in the spec',
      })
    }
    this.#study = study
    this.#round = round
    this.#setRate = elsewhere?.setRate ?? noRate
    if (injectionOf(study, 'network') && elsewhere?.setRate === undefined) noRate()
  }

  /** Told when nodes begin to train (0), and of every step that is over. */
  afterStep(step: number): void {
    const begins = (fromStep: number): boolean => step === fromStep - 1
    const network = injectedIn(this.#study, 'network', this.#round)
    if (network && begins(network.fromStep)) {
      this.#setRate(network.rate)
      this.#undo.defer(() => this.#setRate(1))
    }
    const tenant = injectedIn(this.#study, 'tenant', this.#round)
    if (tenant && begins(tenant.fromStep)) this.#undo.use(new Tenant(tenant.load))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#undo.disposeAsync()
  }
}
