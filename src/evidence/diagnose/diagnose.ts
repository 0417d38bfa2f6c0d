import { cohortsOf, type DiagnosedRun } from './cohorts.ts'
import type { SourceFinding } from './finding.ts'
import { unlikeHardware } from './hardware.ts'
import { arrivalOrder, nodeCount } from './numeric-sources.ts'
import { timingSources } from './timing-sources.ts'

/** Which source of variation the records of a run show. */
export interface Diagnosis {
  /** `cannot tell`: none is named, and the records leave one open. */
  readonly conclusion: 'named' | 'cannot tell' | 'no source stands out'
  /** All five, in the order of section 5.7. */
  readonly findings: readonly SourceFinding[]
}

/** From records alone. */
export function diagnose(run: DiagnosedRun): Diagnosis {
  const cohorts = cohortsOf(run)
  const findings = [
    arrivalOrder(cohorts, run),
    ...timingSources(cohorts, run),
    nodeCount(cohorts, run),
    unlikeHardware(cohorts, run),
  ]
  const has = (standing: SourceFinding['standing']): boolean => findings.some((one) => one.standing === standing)
  return { conclusion: has('named') ? 'named' : has('open') ? 'cannot tell' : 'no source stands out', findings }
}
