import type { OrderTree } from '../../reduce/order.ts'
import type { AdapterRecord } from './adapter-record.ts'

/** What arithmetic an adapter really does, as `reducible gpu probe` found it. */
export interface ProbeRecord {
  readonly adapter: AdapterRecord
  /** Version of the package that brings Dawn. */
  readonly webgpu: string
  /** Of the training kernels, and of those that probe. */
  readonly kernelsSha256: string
  readonly probeKernelsSha256: string
  readonly rows: readonly ProbeRow[]
}

/** One question to the adapter. */
export interface ProbeRow {
  readonly name: string
  readonly outcome: string
  /** Does what the kernels' bits rest on hold? Null where they do not rest on it: whatever the adapter does is no failure. */
  readonly pass: boolean | null
  /** Results that were compared. */
  readonly samples: number
  /** The first result that is not as IEEE 754 and the text of the kernel have it: operands, got and want, in hex. */
  readonly counterexample: string | null
  /** The order of a sum, where one was asked for and found. */
  readonly order: OrderTree | null
}

/** A probe as it stands in the record of a cluster. */
export interface ProbeSummary {
  readonly passed: boolean
  /** Names of the rows that failed. */
  readonly failed: readonly string[]
  /** By row. */
  readonly outcomes: Readonly<Record<string, string>>
}

/** The rows on which a bitwise claim cannot rest. */
export function failedRows({ rows }: ProbeRecord): ProbeRow[] {
  return rows.filter(({ pass }) => pass === false)
}

/** The short form of a probe. */
export function summarizeProbe(probe: ProbeRecord): ProbeSummary {
  const failed = failedRows(probe).map(({ name }) => name)
  const outcomes = Object.fromEntries(probe.rows.map(({ name, outcome }) => [name, outcome]))
  return { passed: failed.length === 0, failed, outcomes }
}
