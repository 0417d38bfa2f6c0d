import { appendFileSync } from 'node:fs'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import { ReducibleError } from '../../src/core/errors.ts'
import type { ProbeRecord } from '../../src/gradient/gpu/probe-record.ts'
import type { CapturedNode } from '../../src/record/cluster-spec/capture-node.ts'
import { nameOf } from '../coordinator/roster.ts'
import type { AgentMessage, AgentOrder, EnrolledOrder, EnrollMessage, WorkerPlace } from '../wire/messages.ts'
import { errorIn, placeKey } from '../wire/messages.ts'
import type { LaunchedWorker } from './local.ts'

/** What an agent says when it is ready. */
export interface Prepared {
  /** What its adapter was found to do; null for a CPU engine. */
  readonly probe: ProbeRecord | null
  readonly node: CapturedNode
}

/** The coordinator's end of the line to one agent. */
export class AgentLine {
  readonly enrollment: EnrollMessage
  readonly name: string
  readonly gone: Promise<void>
  isGone = false
  isPrepared = false
  readonly #stream: ServerDuplexStream<AgentMessage, AgentOrder>
  readonly #prepared = Promise.withResolvers<Prepared>()
  readonly #running = new Map<string, (how: string, lastLines: string) => void>()
  readonly #resolveGone: () => void

  constructor(stream: ServerDuplexStream<AgentMessage, AgentOrder>, enrollment: EnrollMessage) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.gone = promise
    this.#resolveGone = resolve
    this.#stream = stream
    this.enrollment = enrollment
    this.name = nameOf(enrollment)
    this.#prepared.promise.catch(() => {}) // awaited once all are there
  }

  tell(order: AgentOrder): void {
    if (!this.isGone) this.#stream.write(order)
  }

  /** @throws {ReducibleError} what it says; worker-lost. */
  prepare(place: Omit<EnrolledOrder, 'kind'>): Promise<Prepared> {
    this.tell({ kind: 'enrolled', ...place })
    return this.#prepared.promise
  }

  /** Has it start a worker process. */
  launch(place: WorkerPlace, logFile: string): LaunchedWorker {
    if (this.isGone) return { ended: Promise.resolve(this.#whyGone), kill: () => {} }
    const { promise: ended, resolve } = Promise.withResolvers<string>()
    this.#running.set(placeKey(place), (how, lastLines) => {
      appendFileSync(logFile, lastLines)
      resolve(how)
    })
    this.tell({ kind: 'launch', ...place })
    return { ended, kill: () => this.tell({ kind: 'end', ...place }) }
  }

  receive(message: AgentMessage): void {
    switch (message.kind) {
      case 'prepared':
        this.isPrepared = true
        this.#prepared.resolve({
          probe: message.probeJson === '' ? null : (JSON.parse(message.probeJson) as ProbeRecord),
          node: JSON.parse(message.nodeJson) as CapturedNode,
        })
        break
      case 'exited':
        this.#running.get(placeKey(message))?.(`${message.how} on ${this.enrollment.hostname}`, message.lastLines)
        this.#running.delete(placeKey(message))
        break
      case 'failed':
        this.#prepared.reject(errorIn(message, `${this.name}: `))
        break
      case 'enroll': // it has a place
    }
  }

  close(): void {
    this.isGone = true
    this.#prepared.reject(new ReducibleError('worker-lost', this.#whyGone))
    for (const end of this.#running.values()) end(this.#whyGone, '')
    this.#running.clear()
    this.#resolveGone()
  }

  get #whyGone(): string {
    return `${this.name} that starts its processes is gone`
  }
}
