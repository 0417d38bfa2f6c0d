import assert from 'node:assert'
import { ERROR_CODES, type ErrorCode, ReducibleError } from '../../src/core/errors.ts'
import type { CodeDigests } from '../../src/record/source-digest.ts'
import type {
  CoordinatorMessage,
  FinishedMessage,
  JoinMessage,
  MeasurementMessage,
  ReadyMessage,
  StepMessage,
  WorkerMessage,
} from '../wire/messages.ts'

/**
 * The coordinator's side of one trial, without a clock, a socket or a process: messages and the time go in, actions
 * come out. Workers join, get ready, are started together, report each step, finish, and are stopped together.
 */

/** Milliseconds on a clock that never goes back. */
type Millis = number

export interface TrialTerms {
  readonly trial: string
  readonly rankCount: number
  readonly steps: number
  readonly digests: CodeDigests
  readonly assignmentJson: string
  readonly joinTimeoutMs: Millis
  /** Time without any progress that is given on top of 20 median steps. */
  readonly graceMs: Millis
  /** Certificate of the proven order; undefined where nobody knows the order before it happened. */
  readonly plannedCertificate: string | undefined
}

/** One step as every rank reported it, by rank. */
export interface StepReports {
  readonly step: number
  readonly byRank: readonly StepMessage[]
}

export interface TrialOutcome {
  readonly ready: readonly ReadyMessage[]
  readonly finished: readonly FinishedMessage[]
}

export type Action =
  | { readonly kind: 'send'; readonly to: number; readonly message: CoordinatorMessage }
  | { readonly kind: 'started' }
  | { readonly kind: 'step'; readonly reports: StepReports }
  | { readonly kind: 'measurement'; readonly rank: number; readonly measurement: MeasurementMessage }
  | { readonly kind: 'done'; readonly outcome: TrialOutcome }
  | { readonly kind: 'failed'; readonly error: ReducibleError }

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
    this.#members = Array.from({ length: terms.rankCount }, () => ({ joined: false, closed: false, stepsReported: 0 }))
    this.#launched = now
    this.#lastProgress = now
    this.#lastStep = now
  }

  /** Why a joining worker must be turned away, or undefined. The worker's rank is its launch index. */
  refusal(join: JoinMessage): ReducibleError | undefined {
    const { trial, rankCount, digests } = this.#terms
    const who = `worker ${join.launchIndex} (pid ${join.pid})`
    if (join.trial !== trial) return new ReducibleError('usage', `${who} wants trial ${join.trial}, this is ${trial}`)
    if (join.launchIndex >= rankCount || this.#members[join.launchIndex].joined) {
      return new ReducibleError('usage', `${who} wants a place that is taken or does not exist; ranks: ${rankCount}`)
    }
    for (const key of ['sourceDigest', 'lockfileDigest', 'kernelsDigest'] as const) {
      if (join[key] === digests[key]) continue
      const text = `${who} has ${key} ${join[key].slice(0, 12)}, the coordinator ${digests[key].slice(0, 12)}`
      return new ReducibleError('source-mismatch', text)
    }
    return undefined
  }

  /** A message of the worker with this rank. Its first must be a join that was not refused. */
  receive(rank: number, message: WorkerMessage, now: Millis): Action[] {
    if (this.#phase === 'over') return []
    this.#lastProgress = now
    const member = this.#members[rank]
    switch (message.kind) {
      case 'join': {
        member.joined = true
        const { rankCount, assignmentJson } = this.#terms
        return [{ kind: 'send', to: rank, message: { kind: 'welcome', rank, rankCount, assignmentJson } }]
      }
      case 'ready':
        if (this.#phase !== 'joining' || member.ready) return this.#outOfTurn(rank, message.kind)
        member.ready = message
        return this.#maybeStart(now)
      case 'step':
        if (this.#phase !== 'training') return this.#outOfTurn(rank, message.kind)
        return this.#onStep(rank, message, now)
      case 'measurement':
        if (this.#phase !== 'training') return this.#outOfTurn(rank, message.kind)
        return [{ kind: 'measurement', rank, measurement: message }]
      case 'finished':
        if (this.#phase !== 'training' || member.finished) return this.#outOfTurn(rank, message.kind)
        member.finished = message
        return this.#maybeFinish()
      case 'failed': {
        const code = Object.hasOwn(ERROR_CODES, message.code) ? (message.code as ErrorCode) : 'worker-failed'
        const { remedy } = message
        return this.#fail(new ReducibleError(code, `rank ${rank}: ${message.message}`, { rank, remedy }))
      }
    }
  }

  /** The session of a rank closed, or its process ended. */
  close(rank: number, how: string): Action[] {
    this.#members[rank].closed = true
    if (this.#phase === 'over') return []
    const step = this.#members[rank].stepsReported
    const when = this.#phase === 'joining' ? 'before the first step' : `after step ${step}`
    return this.#fail(new ReducibleError('worker-lost', `rank ${rank} is gone ${when}: ${how}`, { rank, step }))
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
      const missing = this.#ranksWhere(({ ready }) => ready === undefined)
      const text = `rank ${missing.join(', ')} of ${trial} did not get ready within ${joinTimeoutMs / 1000} s`
      return this.#fail(new ReducibleError('join-timeout', text))
    }
    const patience = this.#terms.graceMs + PROGRESS_MEDIAN_STEPS * medianOf(this.#stepMs)
    if (this.#phase === 'training' && waited > patience) {
      const fewest = Math.min(...this.#members.map(({ stepsReported }) => stepsReported))
      const slow = this.#ranksWhere(({ stepsReported }) => stepsReported === fewest)
      const text = `no rank of ${trial} reported for ${Math.round(waited / 1000)} s; rank ${slow.join(', ')} is at step ${fewest}`
      return this.#fail(new ReducibleError('no-progress', text, { step: fewest }))
    }
    return []
  }

  #outOfTurn(rank: number, kind: string): Action[] {
    return this.#fail(new ReducibleError('payload-mismatch', `rank ${rank} said '${kind}' out of turn`, { rank }))
  }

  #maybeStart(now: Millis): Action[] {
    const ready = this.#members.map((member) => member.ready)
    if (!ready.every((message) => message !== undefined)) return []
    const odd = ready.findIndex((message) => dataOf(message) !== dataOf(ready[0]))
    if (odd >= 0) {
      return this.#fail(new ReducibleError('source-mismatch', `rank ${odd} holds other data or rows than rank 0`))
    }
    this.#phase = 'training'
    this.#lastStep = now
    const exchangeAddresses = ready.map(({ exchangeAddress }) => exchangeAddress)
    return [{ kind: 'started' }, ...this.#toAll({ kind: 'start', exchangeAddresses })]
  }

  #onStep(rank: number, message: StepMessage, now: Millis): Action[] {
    const { step } = message
    const want = this.#members[rank].stepsReported + 1
    if (step !== want) {
      return this.#fail(
        new ReducibleError('payload-mismatch', `rank ${rank} reported step ${step}, want ${want}`, { rank }),
      )
    }
    this.#members[rank].stepsReported = step
    const reports = this.#pending.get(step) ?? this.#members.map(() => undefined)
    this.#pending.set(step, reports)
    reports[rank] = message
    const byRank = reports.filter((report) => report !== undefined)
    if (byRank.length < reports.length) return []
    this.#pending.delete(step)
    this.#stepMs.push(now - this.#lastStep)
    this.#lastStep = now
    const hashes = byRank.map(({ weightsHash }) => weightsHash)
    const error = disagreement(step, 'the weights', hashes) ?? this.#orderMismatch(step, byRank)
    return error ? this.#fail(error) : [{ kind: 'step', reports: { step, byRank } }]
  }

  /** The order that every rank witnessed must be the one that was proved, or at least one order. */
  #orderMismatch(step: number, byRank: readonly StepMessage[]): ReducibleError | undefined {
    const certificates = byRank.map(({ orderCertificate }) => orderCertificate)
    const want = this.#terms.plannedCertificate
    if (want === undefined) return disagreement(step, 'the witnessed orders', certificates, 'order-mismatch')
    const rank = byRank.findIndex(({ orderCertificate }) => orderCertificate !== want)
    if (rank < 0) return undefined
    const { orderCertificate, order } = byRank[rank]
    const got = `${orderCertificate.slice(0, 12)}${order === '' ? '' : ` (${order.slice(0, 80)})`}`
    const text = `in step ${step} rank ${rank} witnessed order ${got}, want ${want.slice(0, 12)}`
    return new ReducibleError('order-mismatch', text, { rank, step })
  }

  #maybeFinish(): Action[] {
    const finished = this.#members.map((member) => member.finished)
    if (!finished.every((message) => message !== undefined)) return []
    const ready = this.#members.map((member) => member.ready).filter((message) => message !== undefined)
    const digests = finished.map(({ digest }) => digest)
    const error = disagreement(this.#terms.steps, 'the digests', digests)
    if (error) return this.#fail(error)
    this.#phase = 'over'
    return [...this.#toAll({ kind: 'stop', reason: 'finished' }), { kind: 'done', outcome: { ready, finished } }]
  }

  #fail(error: ReducibleError): Action[] {
    this.#phase = 'over'
    return [...this.#toAll({ kind: 'stop', reason: error.message }), { kind: 'failed', error }]
  }

  #toAll(message: CoordinatorMessage): Action[] {
    return this.#ranksWhere(({ joined, closed }) => joined && !closed).map((to) => ({ kind: 'send', to, message }))
  }

  #ranksWhere(test: (member: Member) => boolean): number[] {
    return this.#members.flatMap((member, rank) => (test(member) ? [rank] : []))
  }
}

/** The first way in which ranks that must be equal are not, naming the ranks that differ from the majority. */
function disagreement(
  step: number,
  what: string,
  byRank: readonly string[],
  code: ErrorCode = 'ranks-disagree',
): ReducibleError | undefined {
  const holders = Map.groupBy(byRank.keys(), (rank) => byRank[rank])
  if (holders.size === 1) return undefined
  const groups = [...holders].sort(([, a], [, b]) => b.length - a.length)
  const text = groups.map(([hash, ranks]) => `${hash.slice(0, 8)} on rank ${ranks.join(', ')}`).join('; ')
  const rank = groups[groups.length - 1][1][0]
  return new ReducibleError(code, `after step ${step} ${what} differ: ${text}`, { rank, step })
}

function dataOf({ dataDigests, rowMapDigest }: ReadyMessage): string {
  return JSON.stringify([Object.entries(dataDigests).sort(), rowMapDigest])
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  assert(middle !== undefined)
  return middle
}
