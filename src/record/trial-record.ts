import type { MachineState } from './machine-state.ts'

/** One line of steps.jsonl: one step of one trial, by rank. */
export interface StepRecord {
  readonly trial: string
  readonly step: number
  /** Mean loss of the batch before the update; null where it is not finite. */
  readonly loss: number | null
  readonly weightsHash: string
  /** By bucket: SHA-256 of the order its sums were made in; the text is in orders/. */
  readonly orderCertificates: readonly string[]
  readonly nodes: readonly NodeStep[]
}

export interface NodeStep {
  readonly node: number
  /** Of the gradient and of what was submitted with it. */
  readonly dispatches: number
  /** Of the update with this step's sum. */
  readonly updateDispatches: number
  /** Null where the adapter has no timestamps, or a CPU did the work. */
  readonly gpuNs: number | null
  /** When the step began, in ms since the epoch on the wall clock of the node's host. Absent in runs before phases were recorded. */
  readonly startedMs?: number
  /** From the end of the step before to the end of the last all-reduce. */
  readonly stepNs: number
  /** Until the last bucket had been read back: the update of the step before, then the gradient. */
  readonly engineNs: number
  /** In all-reduces. */
  readonly reduceNs: number
  /** Of `reduceNs`, before the last bucket had been read back. */
  readonly overlapNs: number
  /** Absent where `startedMs` is. */
  readonly phases?: StepPhases
  readonly buckets: readonly BucketStep[]
}

/**
 * What a node did in a step beside all-reduces, one thing after the other. What was sent and added before the last results
 * were there is within `computeNs`, as `overlapNs` is within `engineNs`.
 */
export interface StepPhases {
  /** Finding the rows of its share of the batch. */
  readonly rowsNs: number
  /** Of the reduced vector and of the rows. */
  readonly uploadNs: number
  readonly dispatchNs: number
  /** Until results were there, without the update. */
  readonly computeNs: number
  readonly readbackNs: number
  /** Of the weights, with the sum of the step before; by the GPU's clock, 0 and in `computeNs` where it has none. */
  readonly updateNs: number
  /** Waited out, where the workload is paced. */
  readonly paceNs: number
  /** Reporting the step before. */
  readonly recordNs: number
}

/** Times from the start of the step. */
export interface BucketStep {
  readonly elements: number
  readonly readNs: number
  readonly reduceStartNs: number
  readonly reduceEndNs: number
  /** Handing over what was sent, and adding or storing what came; the rest of the all-reduce was waited. Absent in older runs. */
  readonly sendNs?: number
  readonly addNs?: number
}

/** What one trial came to. */
export interface TrialRecord {
  readonly trial: string
  readonly arm: string
  readonly nodes: number
  readonly ranksPerNode: number
  /** Name of the adapter each node opened; null for a CPU engine. */
  readonly adapterByNode: readonly (string | null)[]
  /** UUID, or host and PCI bus ID, of each node's GPU; `unknown` where that cannot be proved, null where it uses none. */
  readonly gpuByNode?: readonly (string | null)[]
  /** Did two ranks compute on one GPU? Null where none was used. */
  readonly sharedAccelerator?: boolean | 'unknown' | null
  readonly seed: number
  readonly repeat: number
  readonly status: 'finished' | 'diverged'
  /** The step whose loss was not finite. */
  readonly divergedStep: number | null
  /** Mean loss over the evaluation rows at the final weights. */
  readonly loss: number | null
  /** Share of evaluation rows whose greatest output is the label's; null where rows have no label. */
  readonly accuracy: number | null
  /** SHA-256 of the final weights, then the loss: f32 little-endian. */
  readonly weightsSha256: string | null
  /** SHA-256 of the order in which the loss and hits of the evaluation were added; null where training diverged. */
  readonly evaluationOrder: string | null
  /** SHA-256 of each data file as the workers loaded it, and of the rows of every step. */
  readonly dataDigests: Readonly<Record<string, string>>
  readonly rowMapDigest: string
  readonly stepsRecorded: number
  /** Steps in which some rank made another number of update dispatches than one. */
  readonly stepsWithoutOneUpdate: readonly number[]
  /** From start to the end of the last step, the slowest rank. */
  readonly trainSeconds: number
  /** Time in all-reduces, and how much of it passed before the last bucket of its step was there: the node with most of it. */
  readonly reduceSeconds: number
  readonly overlapSeconds: number
  /** From launch to the last rank ready. */
  readonly readySeconds: number
  /** Payload bytes the busiest rank handed to the transport. */
  readonly bytesSentMax: number
  /**
   * Share of the time of all cores of a host that anything used while the trial trained, the greatest over hosts; null where the
   * system does not tell. Absent in older runs.
   */
  readonly coresBusy?: number | null
  /** Share of that time in which a thread was ready and had no core: of the thread that waited most, over all nodes. */
  readonly coreWait?: number | null
  /** CPU time per step by thread name, over all ranks. */
  readonly cpuMsPerStepByThread: Readonly<Record<string, number>>
  /** What each machine was like, as its lowest node saw it. */
  readonly machines?: readonly TrialMachine[]
}

export interface TrialMachine extends MachineState {
  /** That were on it. */
  readonly nodes: readonly number[]
}
