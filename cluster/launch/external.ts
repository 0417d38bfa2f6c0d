import { Metadata } from '@grpc/grpc-js'
import { ReducibleError } from '../../src/core/errors.ts'
import type { ProbeRecord } from '../../src/gradient/gpu/probe-record.ts'
import type { CapturedNode } from '../../src/record/cluster-spec/capture-node.ts'
import type { HostRecord } from '../../src/record/host.ts'
import type { Fabric } from '../../src/record/interconnect.ts'
import type { Placement } from '../../src/record/placement.ts'
import { Coordinator } from '../coordinator/coordinator.ts'
import { ranksOf, refusalOf } from '../coordinator/roster.ts'
import type { Address } from '../wire/address.ts'
import { ofNode } from '../wire/assignment.ts'
import { withDeadline } from '../wire/deadline.ts'
import { type AgentHandler, type AgentMessage, failureOf } from '../wire/messages.ts'
import { workerDigests } from '../wire/worker-digests.ts'
import { AgentLine, type Prepared } from './agent-line.ts'
import type { WorkersElsewhere } from './elsewhere.ts'
import type { LaunchWorker } from './local.ts'
import { type Placed, placementOf } from './placed-by.ts'

/** What a run waits for before its first trial. */
export interface Gathering {
  readonly listen: Address
  /** What every call must carry; undefined: calls carry none. */
  readonly token: string | undefined
  readonly worldSize: number
  /** Adapters that the study asks for, dealt to the ranks in turn; none for a CPU engine. */
  readonly adapters: readonly string[]
  readonly waitMs: number
  /** Told the address once it is known. */
  readonly onListening: (address: string) => void
  /** Told who comes, goes and is turned away. */
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

/** Per worker: its agent's connection, a session, and a spare for one that comes again. */
const CONNECTIONS_PER_WORKER = 3
const SPARE_CONNECTIONS = 16
/** Agents end by themselves when they are told to stop. */
const STOP_GRACE_MS = 2_000

/**
 * Workers on hosts where somebody else started them. What was started there is an agent: for each trial it starts a fresh
 * worker process on its host, and says how that ended. Rank r starts the worker of node r.
 */
export class ExternalWorkers implements WorkersElsewhere {
  readonly coordinator: Coordinator
  readonly #terms: Gathering
  readonly #complete = Promise.withResolvers<void>()
  /** As they came; by rank when they are complete. */
  #agents: AgentLine[] = []
  #isComplete = false
  /** By rank. */
  #prepared: readonly Prepared[] = []

  /**
   * Listens, and waits until every worker is there and knows its adapter.
   * @throws {ReducibleError} join-timeout; worker-lost; usage; what a worker says that kept it from getting ready.
   */
  static async gather(terms: Gathering): Promise<ExternalWorkers> {
    const { listen, token, worldSize, onListening } = terms
    const door: { onAgent: AgentHandler } = { onAgent: () => {} }
    const onAgent: AgentHandler = (stream) => door.onAgent(stream)
    const connectionsMax = CONNECTIONS_PER_WORKER * worldSize + SPARE_CONNECTIONS
    const workers = new ExternalWorkers(terms, await Coordinator.listen({ listen, token, connectionsMax, onAgent }))
    door.onAgent = workers.#onAgent
    try {
      onListening(workers.coordinator.address)
      await workers.#gather()
      return workers
    } catch (thrown) {
      await workers[Symbol.asyncDispose]()
      throw thrown
    }
  }

  private constructor(terms: Gathering, coordinator: Coordinator) {
    this.#terms = terms
    this.coordinator = coordinator
  }

  /** By rank; none for a CPU engine. */
  get probes(): ProbeRecord[] {
    return this.#prepared.map(({ probe }) => probe).filter((probe) => probe !== null)
  }

  /** By rank. */
  get nodes(): CapturedNode[] {
    return this.#prepared.map(({ node }) => node)
  }

  /** By rank. */
  get hosts(): HostRecord[] {
    return this.#agents.map(({ enrollment }) => JSON.parse(enrollment.hostJson) as HostRecord)
  }

  get fabric(): Fabric {
    return { fabric: new Set(this.hosts.map(({ hostname }) => hostname)).size > 1 ? 'network' : 'loopback' }
  }

  /** Of the first `nodeCount` ranks, where one engine placed them. */
  placement(nodeCount: number): Placement | undefined {
    const stated = this.#agents.slice(0, nodeCount).map(({ enrollment }) => enrollment.placementJson)
    return placementOf(stated.map((text) => (text === '' ? undefined : (JSON.parse(text) as Placed))))
  }

  readonly launch: LaunchWorker = ({ trial, launchIndex }, _environment, logFile) =>
    this.#agents[launchIndex].launch({ trial, launchIndex }, logFile)

  async [Symbol.asyncDispose](): Promise<void> {
    for (const agent of this.#agents) agent.tell({ kind: 'stop', reason: 'the run is over' })
    const overdue = (): Error => new Error('a worker did not leave')
    await withDeadline(Promise.all(this.#agents.map(({ gone }) => gone)), STOP_GRACE_MS, overdue).catch(() => {})
    await this.coordinator[Symbol.asyncDispose]()
  }

  async #gather(): Promise<void> {
    const { worldSize, adapters, waitMs, signal } = this.#terms
    await withSignal(withDeadline(this.#complete.promise, waitMs, this.#overdue), signal)
    const ranks = ranksOf(this.#agents.map(({ enrollment }) => enrollment))
    this.#agents = this.#agents.map((_, rank) => this.#agents[ranks.indexOf(rank)])
    const prepared = this.#agents.map((agent, rank) =>
      agent.prepare({ rank, worldSize, adapter: ofNode(adapters, rank) ?? '' }),
    )
    this.#prepared = await withSignal(withDeadline(Promise.all(prepared), waitMs, this.#unprepared), signal)
  }

  readonly #onAgent: AgentHandler = (stream) => {
    const { worldSize, say } = this.#terms
    const digests = workerDigests()
    let agent: AgentLine | undefined
    stream.sendMetadata(new Metadata()) // so that the agent knows that it has reached us
    stream.on('data', (message: AgentMessage) => {
      if (agent) {
        agent.receive(message)
        return
      }
      const present = this.#agents.map(({ enrollment }) => enrollment)
      const error =
        message.kind === 'enroll'
          ? refusalOf(message, present, { worldSize, digests })
          : new ReducibleError('payload-mismatch', `want enroll first, got ${message.kind}`)
      if (message.kind !== 'enroll' || error) {
        say(`refused: ${error?.message}`)
        stream.write(failureOf(error ?? new ReducibleError('internal', 'no reason')))
        stream.end()
        return
      }
      agent = new AgentLine(stream, message)
      this.#agents.push(agent)
      say(`${agent.name} is here, ${this.#agents.length} of ${worldSize}`)
      if (this.#agents.length === worldSize) {
        this.#isComplete = true
        this.#complete.resolve()
      }
    })
    const gone = (): void => {
      if (agent === undefined || agent.isGone) return
      agent.close()
      if (this.#isComplete) return
      this.#agents = this.#agents.filter((other) => other !== agent)
      say(`${agent.name} went away, ${this.#agents.length} of ${worldSize}`)
    }
    stream.on('cancelled', gone)
    stream.on('error', gone)
    stream.on('end', () => {
      gone()
      stream.end()
    })
  }

  readonly #overdue = (): ReducibleError => {
    const { worldSize, waitMs } = this.#terms
    const here = this.#agents.length === 0 ? 'none' : this.#agents.map(({ name }) => name).join(', ')
    const text = `${worldSize - this.#agents.length} of ${worldSize} workers did not come within ${waitMs / 1000} s (here: ${here})`
    return new ReducibleError('join-timeout', text, {
      remedy: 'start `reducible worker` on the others, or raise --wait',
    })
  }

  readonly #unprepared = (): ReducibleError => {
    const late = this.#agents.filter(({ isPrepared }) => !isPrepared).map(({ name }) => name)
    return new ReducibleError('join-timeout', `no adapter was ready in time on ${late.join(', ')}`, {
      remedy: 'run `reducible doctor` there',
    })
  }
}

async function withSignal<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(ReducibleError.from(signal.reason, 'interrupted'))
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    return await Promise.race([waiting, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
