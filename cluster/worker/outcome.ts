import assert from 'node:assert'
import type { FinishedMessage } from '../wire/messages.ts'

/** What a node says of a training that is over, beside what it cost. */
export type Outcome = Omit<FinishedMessage, 'kind' | 'cpuMsByThread' | 'bytesSent' | 'coresBusy' | 'coreWait'>

/** Of a node that has trained nothing to its end. */
export const NO_OUTCOME: Outcome = {
  lossSum: 0,
  hits: 0,
  digest: '',
  weights: bytesOf(undefined),
  trainNs: 0,
  divergedStep: 0,
  orderCertificate: '',
  order: '',
  capturedJson: '',
}

/** f32 values as they travel; none for undefined. */
export function bytesOf(values: Float32Array | undefined): Uint8Array {
  if (values === undefined) return new Uint8Array(0)
  assert(values.byteOffset % 4 === 0)
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
