/** The five sources of variation of section 5.7. */
export const VARIATION_SOURCES = [
  'arrival order',
  'network',
  'another tenant',
  'node count',
  'unlike hardware',
] as const
export type SourceName = (typeof VARIATION_SOURCES)[number]

/** `named`: the records show it · `open`: they do not decide · `not seen`. */
export type Standing = 'named' | 'open' | 'not seen'

/** What was seen, and in which file of the run. */
export interface Evidence {
  readonly text: string
  readonly file: string
}

/** What the records say of one source. */
export interface SourceFinding {
  readonly source: SourceName
  readonly standing: Standing
  /** What it changes: the answer, the speed. Of a source that is not seen: what it would. */
  readonly touches: readonly ('numeric' | 'performance')[]
  readonly evidence: readonly Evidence[]
  /** What addresses it. */
  readonly practice: string
}

/** Reproducibility practices, by source. @source requirements, rows B1 and B6: record, fix, repeat, isolate, report with spread. */
const PRACTICES: Readonly<Record<SourceName, string>> = {
  'arrival order':
    'plan the order of addition (any algorithm but arrival) or replay the recorded one; else report mean ± s over repeats, and call nothing below that spread a gain',
  network:
    'repeat in turns with the other arm and report the spread; measure the links beside the steps, and shape or reserve them',
  'another tenant':
    'reserve the machines, or repeat at other hours with arms in turns; record load and pressure beside every time',
  'node count':
    'fix the node count for a run, or make it a recorded input: print it beside every number and compare equal counts only',
  'unlike hardware':
    'use like nodes, or record each one; compare runs on the same hardware, and claim less than bytes across kinds',
}

const TOUCHES: Readonly<Record<SourceName, SourceFinding['touches']>> = {
  'arrival order': ['numeric'],
  network: ['performance'],
  'another tenant': ['performance'],
  'node count': ['numeric', 'performance'],
  'unlike hardware': ['numeric', 'performance'],
}

export function finding(
  source: SourceName,
  standing: Standing,
  evidence: readonly Evidence[],
  touches: SourceFinding['touches'] = TOUCHES[source],
): SourceFinding {
  return { source, standing, touches, evidence, practice: PRACTICES[source] }
}
