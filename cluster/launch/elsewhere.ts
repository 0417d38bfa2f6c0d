import type { Fabric } from '../../src/record/interconnect.ts'
import type { Coordinator } from '../coordinator/coordinator.ts'
import type { LaunchWorker } from './local.ts'

/** Workers that are not processes of this machine on loopback: who starts them, and what joins them. */
export interface WorkersElsewhere extends AsyncDisposable {
  readonly coordinator: Coordinator
  readonly launch: LaunchWorker
  readonly fabric: Fabric
  /** Payload that a measurement of the links needs; undefined: any. */
  readonly measuringBytes?: number | undefined
}
