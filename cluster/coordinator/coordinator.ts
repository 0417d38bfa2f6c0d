import { Server, type ServerDuplexStream } from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import { ReducibleError } from '../../src/core/errors.ts'
import { type Address, formatAddress } from '../wire/address.ts'
import { CHANNEL_OPTIONS, type Listener, listenOnLoopback, listenOnNetwork, serverOptions } from '../wire/channel.ts'
import {
  type AgentHandler,
  type CoordinatorMessage,
  coordinatorService,
  type JoinMessage,
  type MeasurementMessage,
  type ReducedMessage,
  type SessionHandler,
  type WorkerMessage,
} from '../wire/messages.ts'
import { type Action, type StepReports, TrialMembership, type TrialOutcome, type TrialTerms } from './membership.ts'

type WorkerStream = ServerDuplexStream<WorkerMessage, CoordinatorMessage>

/** How a trial talks back while it runs. */
export interface TrialEvents {
  readonly onStart?: () => void
  readonly onStep?: (reports: StepReports) => void
  readonly onMeasurement?: (node: number, measurement: MeasurementMessage) => void
  readonly onReduced?: (node: number, reduced: ReducedMessage) => void
}

/** Where workers of other hosts find the coordinator, and who may come in. */
export interface Reception {
  readonly listen: Address
  /** What every call must carry; undefined: calls carry none. */
  readonly token: string | undefined
  readonly connectionsMax: number
  /** Takes in workers that somebody else started; undefined: there are none. */
  readonly onAgent?: AgentHandler
}

/** Workers that are to join a trial. */
export interface Launch {
  /** Starts them; a worker's index is its node. */
  start(address: string): readonly { readonly ended: Promise<string>; kill(): void }[]
}

const TICK_MS = 250
/** A stopped worker ends by itself; what is still there after this is killed. */
const STOP_GRACE_MS = 2_000
/** A closed connection, or a rank that lost another, is told this much later, so that a process that ended can say how first. */
const EXIT_REPORT_MS = 200
/** A host that says nothing for the sum of both is gone: a pulled plug closes no connection. */
const KEEPALIVE = { 'grpc.keepalive_time_ms': 20_000, 'grpc.keepalive_timeout_ms': 60_000 }

/** The coordinator service of a run: one gRPC server, on loopback where nobody says otherwise, one trial at a time. */
export class Coordinator implements AsyncDisposable {
  readonly address: string
  readonly #server: Server
  readonly #listener: Listener | undefined
  #trial: { readonly membership: TrialMembership; readonly act: (actions: Action[]) => void } | undefined
  #sessions = new Map<number, WorkerStream>()

  /** @throws {ReducibleError} usage: the address cannot be listened on. */
  static async listen(reception?: Reception): Promise<Coordinator> {
    const server = new Server(serverOptions({ ...CHANNEL_OPTIONS, ...(reception && KEEPALIVE) }, reception?.token))
    const coordinator = { handle: (_stream: WorkerStream): void => {} }
    server.addService(coordinatorService, {
      session: (stream: WorkerStream) => coordinator.handle(stream),
      agent: reception?.onAgent ?? refuseAgent,
    })
    const health = new HealthImplementation({ '': 'SERVING', 'reducible.v1.Coordinator': 'SERVING' })
    health.addToServer(server)
    const listener = reception && (await listenOnNetwork(server, reception.listen, reception.connectionsMax))
    const address = listener
      ? formatAddress({ host: reception.listen.host, port: listener.port })
      : await listenOnLoopback(server)
    const made = new Coordinator(server, address, listener)
    coordinator.handle = made.#onSession
    return made
  }

  private constructor(server: Server, address: string, listener?: Listener) {
    this.#server = server
    this.#listener = listener
    this.address = address
  }

  /**
   * Runs one trial to its end: launches the workers, lets them join, starts them, and stops them again. Whatever
   * happens, no worker is left when this settles.
   * @throws {ReducibleError} the first thing that went wrong.
   */
  async runTrial(terms: TrialTerms, launch: Launch, events: TrialEvents, signal: AbortSignal): Promise<TrialOutcome> {
    signal.throwIfAborted()
    const { promise: outcome, resolve, reject } = Promise.withResolvers<TrialOutcome>()
    outcome.catch(() => {}) // awaited below; may settle first
    const membership = new TrialMembership(terms, performance.now())
    const act = (actions: Action[]): void => {
      for (const action of actions) {
        switch (action.kind) {
          case 'send':
            this.#sessions.get(action.to)?.write(action.message)
            break
          case 'started':
            events.onStart?.()
            break
          case 'step':
            events.onStep?.(action.reports)
            break
          case 'measurement':
            events.onMeasurement?.(action.node, action.measurement)
            break
          case 'reduced':
            events.onReduced?.(action.node, action.reduced)
            break
          case 'done':
            resolve(action.outcome)
            break
          case 'failed':
            reject(action.error)
        }
      }
    }
    this.#sessions = new Map()
    this.#trial = { membership, act }
    const workers = launch.start(this.address)
    workers.forEach((worker, node) => {
      void worker.ended.then((how) => act(membership.close(node, how)))
    })
    const ticking = setInterval(() => act(membership.tick(performance.now())), TICK_MS)
    const interrupt = (): void => reject(ReducibleError.from(signal.reason, 'interrupted'))
    signal.addEventListener('abort', interrupt)
    try {
      return await outcome
    } finally {
      clearInterval(ticking)
      signal.removeEventListener('abort', interrupt)
      this.#trial = undefined
      for (const session of this.#sessions.values()) session.end()
      const killing = setTimeout(() => {
        for (const worker of workers) worker.kill()
      }, STOP_GRACE_MS)
      await Promise.all(workers.map(({ ended }) => ended))
      clearTimeout(killing)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener?.close()
    this.#server.forceShutdown()
  }

  readonly #onSession: SessionHandler = (stream) => {
    const trial = this.#trial
    let node: number | undefined
    let late: NodeJS.Timeout | undefined
    const refuse = (why: string): void => {
      stream.write({ kind: 'stop', reason: why })
      stream.end()
    }
    stream.on('data', (message: WorkerMessage) => {
      if (trial === undefined || trial !== this.#trial) return
      const { membership, act } = trial
      if (node === undefined) {
        const error = message.kind === 'join' ? membership.refusal(message as JoinMessage) : undefined
        if (message.kind !== 'join' || error) {
          refuse(error?.message ?? `want join first, got ${message.kind}`)
          if (error?.code === 'source-mismatch') act(membership.abandon(error))
          return
        }
        node = message.launchIndex
        this.#sessions.set(node, stream)
      }
      const told = node
      const tell = (): void => act(membership.receive(told, message, performance.now()))
      if (message.kind === 'failed' && message.code === 'peer-lost') {
        late = setTimeout(() => {
          tell()
          stream.end()
        }, EXIT_REPORT_MS)
      } else tell()
    })
    const gone = (how: string) => (): void => {
      const close = (): void => {
        if (trial && node !== undefined) trial.act(trial.membership.close(node, how))
      }
      setTimeout(close, EXIT_REPORT_MS)
    }
    stream.on('cancelled', gone('its connection closed'))
    stream.on('error', gone('its connection failed'))
    stream.on('end', () => {
      if (late === undefined) stream.end() // its process ends with its session
    })
  }
}

const refuseAgent: AgentHandler = (stream) => {
  const message = 'this run starts its workers itself'
  stream.write({ kind: 'failed', code: 'usage', message, remedy: 'start the run with `reducible coordinator`' })
  stream.end()
}
