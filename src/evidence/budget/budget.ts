import type { Comparison } from '../comparison.ts'
import type { RunCheck } from './check.ts'
import { type RunFacts, repeatedAlike } from './facts.ts'
import {
  autoscaling,
  chunking,
  dataOrder,
  gpuSettings,
  hardware,
  kernels,
  precision,
  refusals,
  seeds,
  sumOrder,
  throughArrival,
  versions,
  workerSeeding,
} from './numeric-effects.ts'
import { hardwareTime, jitTime, networkTime, tenantsTime } from './performance-effects.ts'
import { type ReportingForm, reportingForm } from './reporting-form.ts'
import { type BudgetRow, type Effect, NOT_COVERED, SOURCES, type Source } from './sources.ts'

/** The determinism budget of a run: what could make a second one come out otherwise, and what became of it. */
export interface Budget {
  readonly run: string
  readonly mode: 'sync'
  readonly deterministic: boolean
  readonly rows: readonly BudgetRow[]
  readonly recheck: Recheck
  readonly metric: Comparison['metric']['name']
  /** By arm. */
  readonly reporting: readonly ReportingForm[]
}

/** Whether `eliminated` was put to the test. */
export interface Recheck {
  readonly by: 'repeated seeds' | 'two further runs' | null
  readonly held: boolean | null
  readonly text: string
}

/** @param check two further runs, where they were made. */
export function budgetOf(facts: RunFacts, claimedSeeds: readonly number[] | null, check: RunCheck | null): Budget {
  const recheck = recheckOf(facts, check)
  const rowsAfterCheck = (of: RunFacts): BudgetRow[] =>
    rowsOf(of).map((row) => (recheck.held === false ? contradicted(row, recheck) : row))
  return {
    run: facts.manifest.runId,
    mode: 'sync',
    deterministic: facts.manifest.determinism.deterministic,
    rows: rowsAfterCheck(facts),
    recheck,
    metric: facts.comparison.metric.name,
    reporting: facts.arms.map((arm) => reportingForm(arm, rowsAfterCheck({ ...facts, arms: [arm] }), claimedSeeds)),
  }
}

function rowsOf(facts: RunFacts): BudgetRow[] {
  const order = sumOrder(facts)
  const kernel = kernels(facts)
  const nodes = autoscaling(facts)
  const installed = versions(facts)
  const viaArrival = throughArrival(order)
  const row = (source: Source, numeric: Effect | null, performance: Effect | null): BudgetRow => ({
    source,
    title: SOURCES[source],
    numeric,
    performance,
    notCovered: NOT_COVERED[source],
  })
  return [
    row('sum-order', order, null),
    row('kernels', kernel, null),
    row('chunking', chunking(facts), null),
    row('seeds', seeds(facts), null),
    row('worker-seeding', workerSeeding(facts), null),
    row('data-order', dataOrder(facts), null),
    row('refusals', refusals(facts, order, kernel), null),
    row('precision', precision(facts, kernel), null),
    row('gpu-settings', gpuSettings(facts), null),
    row('versions', installed, installed),
    row('hardware', hardware(facts, kernel), hardwareTime(facts)),
    row('autoscaling', nodes, nodes),
    row('network', viaArrival, networkTime(facts)),
    row('tenants', viaArrival, tenantsTime(facts)),
    row('jit-gc', viaArrival, jitTime(facts)),
  ]
}

function recheckOf(facts: RunFacts, check: RunCheck | null): Recheck {
  if (check !== null) return { by: 'two further runs', held: check.held, text: check.text }
  const alike = repeatedAlike(facts)
  if (alike === null) return { by: null, held: null, text: 'not re-checked; --check runs it twice more' }
  const text = alike
    ? 'a seed ran twice in this run, in fresh processes, to equal digests'
    : 'a seed ran twice in this run and came to different digests'
  return { by: 'repeated seeds', held: alike, text }
}

/** What two runs refuted cannot be called eliminated: which of the sources it was, digests do not say. */
function contradicted(row: BudgetRow, { text }: Recheck): BudgetRow {
  if (row.numeric?.status !== 'eliminated') return row
  return { ...row, numeric: { ...row.numeric, status: 'open', evidence: `${row.numeric.evidence}; refuted: ${text}` } }
}
