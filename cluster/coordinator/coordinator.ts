import { Server, type ServerDuplexStream } from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import { ReducibleError } from '../../src/core/errors.ts'
import { CHANNEL_OPTIONS, LOOPBACK, listenOn } from '../wire/channel.ts'
import {
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

/** Workers that are to join a trial. */
export interface Launch {
  /** Starts them; a worker's index is its node. */
  start(address: string): readonly { readonly ended: Promise<string>; kill(): void }[]
}

const TICK_MS = 250
/** A stopped worker ends by itself; what is still there after this is killed. */
const STOP_GRACE_MS = 2_000
/** A closed connection is told this much later, so that a process that ended can say how first. */
const EXIT_REPORT_MS = 200

/** The coordinator service of a run: one gRPC server, one trial at a time. */
export class Coordinator implements AsyncDisposable {
  readonly address: string
  readonly #server: Server
  #trial: { readonly membership: TrialMembership; readonly act: (actions: Action[]) => void } | undefined
  #sessions = new Map<number, WorkerStream>()

  /** @param host address of this machine that workers reach. */
  static async listen(host = LOOPBACK): Promise<Coordinator> {
    const server = new Server(CHANNEL_OPTIONS)
    const coordinator = { handle: (_stream: WorkerStream): void => {} }
    server.addService(coordinatorService, { session: (stream: WorkerStream) => coordinator.handle(stream) })
    const health = new HealthImplementation({ '': 'SERVING', 'reducible.v1.Coordinator': 'SERVING' })
    health.addToServer(server)
    const made = new Coordinator(server, await listenOn(server, host))
    coordinator.handle = made.#onSession
    return made
  }

  private constructor(server: Server, address: string) {
    this.#server = server
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
    this.#server.forceShutdown()
  }

  readonly #onSession: SessionHandler = (stream) => {
    const trial = this.#trial
    let node: number | undefined
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
      act(membership.receive(node, message, performance.now()))
    })
    const gone = (how: string) => (): void => {
      const close = (): void => {
        if (trial && node !== undefined) trial.act(trial.membership.close(node, how))
      }
      setTimeout(close, EXIT_REPORT_MS)
    }
    stream.on('cancelled', gone('its connection closed'))
    stream.on('error', gone('its connection failed'))
    stream.on('end', () => stream.end())
  }
}
