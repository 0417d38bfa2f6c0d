import type { EnginePhase } from '../../src/gradient/engine.ts'
import type { StepPhases } from '../../src/record/trial-record.ts'

/** What a node does in a step beside all-reduces. */
type Phase = EnginePhase | 'rows' | 'record'

/** Deals the time of a step out to phases: each gets what has passed since the last one was named. */
export class PhaseClock {
  readonly #ns: Record<Phase, number> = {
    rows: 0,
    upload: 0,
    dispatch: 0,
    compute: 0,
    readback: 0,
    update: 0,
    pace: 0,
    record: 0,
  }
  #last = performance.now()

  /** What has passed was of this phase; of none where none is given. */
  readonly lap = (phase?: Phase): void => {
    const now = performance.now()
    if (phase) this.#ns[phase] += (now - this.#last) * 1e6
    this.#last = now
  }

  /** @param updateGpuNs of an update whose end is not seen from outside, part of the time that results were awaited. */
  phases(updateGpuNs: number | null): StepPhases {
    const { rows, upload, dispatch, compute, readback, update, pace, record } = this.#ns
    const onGpu = Math.min(compute, updateGpuNs ?? 0)
    return {
      rowsNs: Math.round(rows),
      uploadNs: Math.round(upload),
      dispatchNs: Math.round(dispatch),
      computeNs: Math.round(compute - onGpu),
      readbackNs: Math.round(readback),
      updateNs: Math.round(update + onGpu),
      paceNs: Math.round(pace),
      recordNs: Math.round(record),
    }
  }
}
