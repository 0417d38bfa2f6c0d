import assert from 'node:assert'
import { ERROR_CODES, type ErrorCode, ReducibleError } from '../../src/core/errors.ts'
import type {
  BucketMessage,
  CoordinatorMessage,
  FinishedMessage,
  JoinMessage,
  MeasurementMessage,
  ReadyMessage,
  ReducedMessage,
  StepMessage,
  WorkerMessage,
} from '../wire/messages.ts'
import { digestMismatch, type WorkerDigests } from '../wire/worker-digests.ts'

/**
 * The coordinator's side of one trial, without a clock, a socket or a process: messages and the time go in, actions
 * come out. Workers join, get ready, are started together, report each step, finish, and are stopped together.
 */

/** Milliseconds on a clock that never goes back. */
type Millis = number

export interface TrialTerms {
  readonly trial: string
  readonly nodeCount: number
  readonly steps: number
  readonly digests: WorkerDigests
  readonly assignmentJson: string
  readonly joinTimeoutMs: Millis
  /** Time without any progress that is given on top of 20 median steps. */
  readonly graceMs: Millis
  /** The data and rows that every node must hold, where a recorded trial is replayed. */
  readonly expectedData?: Pick<ReadyMessage, 'dataDigests' | 'rowMapDigest'> | undefined
  /**
   * Certificate of the order that a bucket of a step is to be added in, the evaluation as what follows the last step; undefined where
   * nobody knows the order before it happened.
   */
  readonly plannedCertificate: (step: number, bucket: number) => string | undefined
}

/** One step as every node reported it, by node. */
export interface StepReports {
  readonly step: number
  readonly byNode: readonly StepMessage[]
}

export interface TrialOutcome {
  readonly ready: readonly ReadyMessage[]
  readonly finished: readonly FinishedMessage[]
}

export type Action =
  | { readonly kind: 'send'; readonly to: number; readonly message: CoordinatorMessage }
  | { readonly kind: 'started' }
  | { readonly kind: 'step'; readonly reports: StepReports }
  | { readonly kind: 'measurement'; readonly node: number; readonly measurement: MeasurementMessage }
  | { readonly kind: 'reduced'; readonly node: number; readonly reduced: ReducedMessage }
  | { readonly kind: 'done'; readonly outcome: TrialOutcome }
  | { readonly kind: 'failed'; readonly error: ReducibleError }

type WitnessedOrder = Pick<BucketMessage, 'orderCertificate' | 'order'>

interface Member {
  ready?: ReadyMessage
  finished?: FinishedMessage
  joined: boolean
  closed: boolean
  stepsReported: number
}

/** Time without any progress that training is given on top of 20 median steps. */
export const TRAINING_GRACE_MS = 10_000
const PROGRESS_MEDIAN_STEPS = 20

export class TrialMembership {
  readonly #terms: TrialTerms
  readonly #members: readonly Member[]
  readonly #pending = new Map<number, (StepMessage | undefined)[]>()
  readonly #stepMs: Millis[] = []
  readonly #launched: Millis
  #lastProgress: Millis
  #lastStep: Millis
  #phase: 'joining' | 'training' | 'over' = 'joining'

  constructor(terms: TrialTerms, now: Millis) {
    this.#terms = terms
    this.#members = Array.from({ length: terms.nodeCount }, () => ({ joined: false, closed: false, stepsReported: 0 }))
    this.#launched = now
    this.#lastProgress = now
    this.#lastStep = now
  }

  /** Why a joining worker must be turned away, or undefined. A worker is the node of its launch index. */
  refusal(join: JoinMessage): ReducibleError | undefined {
    const { trial, nodeCount, digests } = this.#terms
    const who = `worker ${join.launchIndex} (pid ${join.pid} on ${join.hostname})`
    if (join.trial !== trial) return new ReducibleError('usage', `${who} wants trial ${join.trial}, this is ${trial}`)
    if (join.launchIndex >= nodeCount || this.#members[join.launchIndex].joined) {
      return new ReducibleError('usage', `${who} wants a place that is taken or does not exist; nodes: ${nodeCount}`)
    }
    return digestMismatch(who, join, digests)
  }

  /** A message of the worker that is this node. Its first must be a join that was not refused. */
  receive(node: number, message: WorkerMessage, now: Millis): Action[] {
    if (this.#phase === 'over') return []
    this.#lastProgress = now
    const member = this.#members[node]
    switch (message.kind) {
      case 'join': {
        member.joined = true
        const { nodeCount, assignmentJson } = this.#terms
        return [{ kind: 'send', to: node, message: { kind: 'welcome', node, nodeCount, assignmentJson } }]
      }
      case 'ready':
        if (this.#phase !== 'joining' || member.ready) return this.#outOfTurn(node, message.kind)
        member.ready = message
        return this.#maybeStart(now)
      case 'step':
        if (this.#phase !== 'training') return this.#outOfTurn(node, message.kind)
        return this.#onStep(node, message, now)
      case 'measurement':
        if (this.#phase !== 'training') return this.#outOfTurn(node, message.kind)
        return [{ kind: 'measurement', node, measurement: message }]
      case 'reduced':
        if (this.#phase !== 'training') return this.#outOfTurn(node, message.kind)
        return [{ kind: 'reduced', node, reduced: message }]
      case 'finished':
        if (this.#phase !== 'training' || member.finished) return this.#outOfTurn(node, message.kind)
        member.finished = message
        return this.#maybeFinish()
      case 'failed': {
        const code = Object.hasOwn(ERROR_CODES, message.code) ? (message.code as ErrorCode) : 'worker-failed'
        const { remedy } = message
        return this.#fail(new ReducibleError(code, `node ${node}: ${message.message}`, { node, remedy }))
      }
    }
  }

  /** The session of a node closed, or its process ended. */
  close(node: number, how: string): Action[] {
    this.#members[node].closed = true
    if (this.#phase === 'over') return []
    const step = this.#members[node].stepsReported
    const when = this.#phase === 'joining' ? 'before the first step' : `after step ${step}`
    return this.#fail(new ReducibleError('worker-lost', `node ${node} is gone ${when}: ${how}`, { node, step }))
  }

  /** A worker of this trial had to be refused: without it there is no trial. */
  abandon(error: ReducibleError): Action[] {
    return this.#phase === 'over' ? [] : this.#fail(error)
  }

  /** Time passes. */
  tick(now: Millis): Action[] {
    if (this.#phase === 'over') return []
    const { joinTimeoutMs, trial } = this.#terms
    const waited = now - this.#lastProgress
    if (this.#phase === 'joining' && now - this.#launched > joinTimeoutMs) {
      const missing = this.#nodesWhere(({ ready }) => ready === undefined)
      const text = `node ${missing.join(', ')} of ${trial} did not get ready within ${joinTimeoutMs / 1000} s`
      return this.#fail(new ReducibleError('join-timeout', text))
    }
    const patience = this.#terms.graceMs + PROGRESS_MEDIAN_STEPS * medianOf(this.#stepMs)
    if (this.#phase === 'training' && waited > patience) {
      const fewest = Math.min(...this.#members.map(({ stepsReported }) => stepsReported))
      const slow = this.#nodesWhere(({ stepsReported }) => stepsReported === fewest)
      const text = `no node of ${trial} reported for ${Math.round(waited / 1000)} s; node ${slow.join(', ')} is at step ${fewest}`
      return this.#fail(new ReducibleError('no-progress', text, { step: fewest }))
    }
    return []
  }

  #outOfTurn(node: number, kind: string): Action[] {
    return this.#fail(new ReducibleError('payload-mismatch', `node ${node} said '${kind}' out of turn`, { node }))
  }

  #maybeStart(now: Millis): Action[] {
    const ready = this.#members.map((member) => member.ready)
    if (!ready.every((message) => message !== undefined)) return []
    const odd = ready.findIndex((message) => dataOf(message) !== dataOf(ready[0]))
    if (odd >= 0) {
      return this.#fail(new ReducibleError('source-mismatch', `node ${odd} holds other data or rows than node 0`))
    }
    const { expectedData } = this.#terms
    if (expectedData && dataOf(expectedData) !== dataOf(ready[0])) {
      const text = 'the data or its rows are not those of the recorded run'
      return this.#fail(new ReducibleError('replay-mismatch', text))
    }
    this.#phase = 'training'
    this.#lastStep = now
    const exchangeAddresses = ready.flatMap((message) => message.exchangeAddresses)
    const linkAddresses = ready.map(({ linkAddress }) => linkAddress).filter((address) => address !== '')
    return [{ kind: 'started' }, ...this.#toAll({ kind: 'start', exchangeAddresses, linkAddresses })]
  }

  #onStep(node: number, message: StepMessage, now: Millis): Action[] {
    const { step } = message
    const want = this.#members[node].stepsReported + 1
    if (step !== want) {
      return this.#fail(
        new ReducibleError('payload-mismatch', `node ${node} reported step ${step}, want ${want}`, { node }),
      )
    }
    this.#members[node].stepsReported = step
    const reports = this.#pending.get(step) ?? this.#members.map(() => undefined)
    this.#pending.set(step, reports)
    reports[node] = message
    const byNode = reports.filter((report) => report !== undefined)
    if (byNode.length < reports.length) return []
    this.#pending.delete(step)
    this.#stepMs.push(now - this.#lastStep)
    this.#lastStep = now
    const hashes = byNode.map(({ weightsHash }) => weightsHash)
    const error =
      disagreement(step, 'the weights', hashes) ??
      this.#orderMismatch(
        step,
        byNode.map(({ buckets }) => buckets),
      )
    return error ? this.#fail(error) : [{ kind: 'step', reports: { step, byNode } }]
  }

  /** The order that every node witnessed in a bucket must be the one that was planned, or at least one order. */
  #orderMismatch(step: number, byNode: readonly (readonly WitnessedOrder[])[]): ReducibleError | undefined {
    for (const bucket of byNode[0].keys()) {
      const witnessed = byNode.map((buckets) => buckets[bucket])
      const want = this.#terms.plannedCertificate(step, bucket)
      if (want === undefined) {
        const certificates = witnessed.map(({ orderCertificate }) => orderCertificate)
        const error = disagreement(step, 'the witnessed orders', certificates, 'order-mismatch')
        if (error) return error
        continue
      }
      const node = witnessed.findIndex(({ orderCertificate }) => orderCertificate !== want)
      if (node < 0) continue
      const { orderCertificate, order } = witnessed[node]
      const got = `${orderCertificate.slice(0, 12)}${order === '' ? '' : ` (${order.slice(0, 80)})`}`
      const where = step > this.#terms.steps ? 'the evaluation' : `step ${step}, bucket ${bucket},`
      const text = `in ${where} node ${node} witnessed order ${got}, want ${want.slice(0, 12)}`
      return new ReducibleError('order-mismatch', text, { node, step })
    }
    return undefined
  }

  #maybeFinish(): Action[] {
    const finished = this.#members.map((member) => member.finished)
    if (!finished.every((message) => message !== undefined)) return []
    const ready = this.#members.map((member) => member.ready).filter((message) => message !== undefined)
    const digests = finished.map(({ digest }) => digest)
    const { steps } = this.#terms
    const error = disagreement(steps, 'the digests', digests) ?? this.#evaluationMismatch(finished)
    if (error) return this.#fail(error)
    this.#phase = 'over'
    return [...this.#toAll({ kind: 'stop', reason: 'finished' }), { kind: 'done', outcome: { ready, finished } }]
  }

  /** A benchmark has no steps, a diverged training no evaluation. */
  #evaluationMismatch(finished: readonly FinishedMessage[]): ReducibleError | undefined {
    const { steps } = this.#terms
    if (steps === 0 || finished[0].divergedStep > 0) return undefined
    return this.#orderMismatch(
      steps + 1,
      finished.map((message) => [message]),
    )
  }

  #fail(error: ReducibleError): Action[] {
    this.#phase = 'over'
    return [...this.#toAll({ kind: 'stop', reason: error.message }), { kind: 'failed', error }]
  }

  #toAll(message: CoordinatorMessage): Action[] {
    return this.#nodesWhere(({ joined, closed }) => joined && !closed).map((to) => ({ kind: 'send', to, message }))
  }

  #nodesWhere(test: (member: Member) => boolean): number[] {
    return this.#members.flatMap((member, node) => (test(member) ? [node] : []))
  }
}

/** The first way in which nodes that must be equal are not, naming the nodes that differ from the majority. */
function disagreement(
  step: number,
  what: string,
  byNode: readonly string[],
  code: ErrorCode = 'ranks-disagree',
): ReducibleError | undefined {
  const holders = Map.groupBy(byNode.keys(), (node) => byNode[node])
  if (holders.size === 1) return undefined
  const groups = [...holders].sort(([, a], [, b]) => b.length - a.length)
  const text = groups.map(([hash, nodes]) => `${hash.slice(0, 8)} on node ${nodes.join(', ')}`).join('; ')
  const node = groups[groups.length - 1][1][0]
  return new ReducibleError(code, `after step ${step} ${what} differ: ${text}`, { node, step })
}

function dataOf({ dataDigests, rowMapDigest }: Pick<ReadyMessage, 'dataDigests' | 'rowMapDigest'>): string {
  return JSON.stringify([Object.entries(dataDigests).sort(), rowMapDigest])
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  assert(middle !== undefined)
  return middle
}
