import type { CapturedNode } from '../../src/record/cluster-spec/capture-node.ts'
import type { HostRecord } from '../../src/record/host.ts'
import type { Fabric } from '../../src/record/interconnect.ts'
import type { Placement } from '../../src/record/placement.ts'
import type { Coordinator } from '../coordinator/coordinator.ts'
import type { LaunchWorker } from './local.ts'

/** Workers that are not processes of this machine on loopback: who starts them, and what joins them. */
export interface WorkersElsewhere extends AsyncDisposable {
  readonly coordinator: Coordinator
  readonly launch: LaunchWorker
  readonly fabric: Fabric
  /** By rank, as agents of theirs see them; undefined: all nodes are on this machine. */
  readonly hosts?: readonly HostRecord[]
  readonly nodes?: readonly CapturedNode[]
  /** Of the first ranks, where one engine placed them. */
  placement?(nodeCount: number): Placement | undefined
  /** Payload that a measurement of the links needs; undefined: any. */
  readonly measuringBytes?: number | undefined
  /** Leaves every link this share of the rate that it was shaped to; undefined: nothing shapes them. */
  readonly setRate?: (share: number) => void
}
