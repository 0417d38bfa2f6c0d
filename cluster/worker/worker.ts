import { hostname } from 'node:os'
import { ReducibleError } from '../../src/core/errors.ts'
import type { Assignment } from '../wire/assignment.ts'
import { workerDigests } from '../wire/worker-digests.ts'
import { Session } from './session.ts'
import { refuseUnnamedDraws } from './unnamed-draws.ts'

/** How a worker finds its place. */
export interface WorkerOptions {
  /** host:port of the coordinator. */
  readonly coordinator: string
  readonly trial: string
  /** Which of the launched workers this is, from 0. */
  readonly launchIndex: number
}

/** One worker's life: join, get ready, train one trial, report, leave. @throws {ReducibleError} after reporting it. */
export async function runWorker({ coordinator, trial, launchIndex }: WorkerOptions): Promise<void> {
  const session = new Session(coordinator)
  const coordinatorLost = session.closed.then((lost) => Promise.reject(lost))
  try {
    await Promise.race([live(session, trial, launchIndex), coordinatorLost])
    await session.end()
  } catch (thrown) {
    const { code, message, remedy } = ReducibleError.from(thrown)
    if (code !== 'coordinator-lost') {
      session.send({ kind: 'failed', code, message, remedy })
      await session.end()
    }
    throw thrown
  }
}

async function live(session: Session, trial: string, launchIndex: number): Promise<void> {
  session.send({ kind: 'join', trial, launchIndex, ...workerDigests(), pid: process.pid, hostname: hostname() })
  const { node, nodeCount, assignmentJson } = await session.next('welcome')
  const assignment = JSON.parse(assignmentJson) as Assignment
  if (assignment.kind === 'training' && assignment.deterministic) refuseUnnamedDraws()
  // Loaded when it is needed: what only training uses takes a third of a measuring rank's memory.
  switch (assignment.kind) {
    case 'training':
      return (await import('./train.ts')).trainAsNode(session, trial, node, assignment)
    case 'bench':
      return (await import('./measure.ts')).measureAsNode(session, trial, node, nodeCount, assignment)
    case 'orders':
      return (await import('./reduce-orders.ts')).reduceInOrders(session, trial, node, nodeCount, assignment)
    case 'capture':
      return (await import('./capture.ts')).captureAsNode(session, trial, node, nodeCount, assignment)
  }
}
