import type { NodeStep } from '../../record/trial-record.ts'

/** What a step's time went to, in the order in which a node does it. */
export const PHASES = [
  'rows',
  'upload',
  'update',
  'dispatch',
  'compute',
  'readback',
  'pace',
  'record',
  'send',
  'add',
  'wait',
] as const

export type Phase = (typeof PHASES)[number]

/** Nanoseconds of one step of one node by phase, and what no phase accounts for (below 0: counted twice). */
export type PhaseTimes = Readonly<Record<Phase, number>> & { readonly rest: number }

/**
 * Splits a step. All-reduces count from where the last bucket had been read back: before that they were hidden behind the
 * engine's work, and of a bucket that began before, sending and adding are taken in proportion. From there on what is neither
 * reporting, sending nor adding is waiting: for other nodes, or for a core.
 * @returns undefined for a run whose phases were not recorded.
 */
export function phaseTimes({ phases, buckets, engineNs, stepNs }: NodeStep): PhaseTimes | undefined {
  if (phases === undefined) return undefined
  let [send, add] = [0, 0]
  for (const { reduceStartNs, reduceEndNs, sendNs = 0, addNs = 0 } of buckets) {
    const exposed = Math.max(0, reduceEndNs - Math.max(reduceStartNs, engineNs))
    const share = exposed === 0 ? 0 : exposed / (reduceEndNs - reduceStartNs)
    send += share * sendNs
    add += share * addNs
  }
  const { rowsNs, uploadNs, updateNs, dispatchNs, computeNs, readbackNs, paceNs, recordNs } = phases
  const ofEngine = rowsNs + uploadNs + updateNs + dispatchNs + computeNs + readbackNs + paceNs
  return {
    rows: rowsNs,
    upload: uploadNs,
    update: updateNs,
    dispatch: dispatchNs,
    compute: computeNs,
    readback: readbackNs,
    pace: paceNs,
    record: recordNs,
    send,
    add,
    wait: Math.max(0, stepNs - engineNs - recordNs - send - add),
    rest: engineNs - ofEngine + Math.min(0, stepNs - engineNs - recordNs - send - add),
  }
}
