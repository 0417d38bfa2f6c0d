/** One line of steps.jsonl: one step of one trial, by rank. */
export interface StepRecord {
  readonly trial: string
  readonly step: number
  /** Mean loss of the batch before the update; null where it is not finite. */
  readonly loss: number | null
  readonly weightsHash: string
  /** SHA-256 of the order this step's sums were made in; its text is in orders/. */
  readonly orderCertificate: string
  readonly ranks: readonly RankStep[]
}

export interface RankStep {
  readonly rank: number
  readonly dispatches: number
  readonly updateDispatches: number
  /** Null where the adapter has no timestamps, or a CPU did the work. */
  readonly gpuNs: number | null
  readonly stepNs: number
  readonly reduceNs: number
  readonly engineNs: number
}

/** What one trial came to. */
export interface TrialRecord {
  readonly trial: string
  readonly arm: string
  readonly nodes: number
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
  readonly stepsRecorded: number
  /** Steps in which some rank made another number of update dispatches than one. */
  readonly stepsWithoutOneUpdate: readonly number[]
  /** From start to the end of the last step, the slowest rank. */
  readonly trainSeconds: number
  /** From launch to the last rank ready. */
  readonly readySeconds: number
  /** Payload bytes the busiest rank handed to the transport. */
  readonly bytesSentMax: number
  /** CPU time per step by thread name, over all ranks. */
  readonly cpuMsPerStepByThread: Readonly<Record<string, number>>
}
