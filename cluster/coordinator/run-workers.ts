import { codeDigests } from '../../src/record/source-digest.ts'
import { type LaunchWorker, launchLocalWorker } from '../launch/local.ts'
import type { Assignment } from '../wire/assignment.ts'
import type { Coordinator, TrialEvents } from './coordinator.ts'
import type { TrialOutcome, TrialTerms } from './membership.ts'

/** Workers of this machine, a process a node, and what they do together. */
export interface WorkersLaunch
  extends Pick<TrialTerms, 'trial' | 'nodeCount' | 'joinTimeoutMs' | 'graceMs'>,
    Partial<Pick<TrialTerms, 'steps' | 'digests' | 'expectedData' | 'plannedCertificate'>> {
  readonly assignment: Assignment
  /** Added to ours: the driver that the node's adapter needs. */
  readonly environmentOf?: (node: number) => Readonly<Record<string, string>>
  /** Where what a node prints goes. */
  readonly logOf: (node: number) => string
  /** Starts one; beside us by default. */
  readonly launch?: LaunchWorker
}

/** Launches workers, lets them do it, and ends them. @throws {ReducibleError} as Coordinator.runTrial. */
export async function runWorkers(
  coordinator: Coordinator,
  workers: WorkersLaunch,
  events: TrialEvents,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { assignment, environmentOf = () => ({}), logOf, launch = launchLocalWorker, ...terms } = workers
  const { trial, nodeCount } = terms
  const start = (address: string) =>
    Array.from({ length: nodeCount }, (_, launchIndex) =>
      launch({ coordinator: address, trial, launchIndex }, environmentOf(launchIndex), logOf(launchIndex)),
    )
  const assignmentJson = JSON.stringify(assignment)
  const { steps = 0, digests = codeDigests(), plannedCertificate = () => undefined } = terms
  return coordinator.runTrial(
    { ...terms, steps, digests, plannedCertificate, assignmentJson },
    { start },
    events,
    signal,
  )
}
