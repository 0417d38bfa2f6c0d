import { ReducibleError } from '../core/errors.ts'
import { failedRows, type ProbeRecord } from '../gradient/gpu/probe-record.ts'
import { scheduleOf } from '../reduce/algorithms.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import type { Arm, Study } from '../study/schema.ts'

/**
 * Deterministic mode refuses, before the first step, what it cannot determine; it never warns.
 * @param ordersForced are the orders of a recorded run forced?
 * @throws {ReducibleError} not-deterministic: an arm adds what comes first, and its bits depend on it; adapter-inexact.
 */
export function refuseUndetermined(study: Study, probes: readonly ProbeRecord[], ordersForced: boolean): void {
  const arriving = ordersForced ? undefined : study.arms.find(followsArrival)
  if (arriving !== undefined) {
    const text = `arm ${arriving.name}: ${arriving.algorithm} adds in the order of arrival, which nobody knows before`
    const remedy = 'choose an --algorithm of a planned order, --arithmetic exact, or `run` with --replay-orders RUN'
    throw new ReducibleError('not-deterministic', text, { remedy })
  }
  for (const probe of probes) {
    const [row] = failedRows(probe)
    if (row === undefined) continue
    const text = `deterministic mode cannot rest on ${probe.adapter.name}; its probe of ${row.name}: ${row.outcome}`
    throw new ReducibleError('adapter-inexact', text, { details: { row } })
  }
}

/** Do the bits of an arm depend on what arrives first? Exact sums do not. */
function followsArrival({ algorithm, nodes, ranksPerNode, arithmetic }: Arm): boolean {
  return arithmetic !== 'exact' && isArrivalOrdered(scheduleOf(algorithm, nodes * ranksPerNode, ranksPerNode))
}
