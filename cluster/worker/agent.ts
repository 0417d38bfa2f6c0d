import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type ChannelOptions,
  Client,
  type ClientDuplexStream,
  credentials,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'
import { chooseAdapter } from '../../src/gradient/gpu/adapters.ts'
import { knownProbe } from '../../src/gradient/gpu/probe.ts'
import { summarizeProbe } from '../../src/gradient/gpu/probe-record.ts'
import { captureNode } from '../../src/record/cluster-spec/capture-node.ts'
import { captureHost } from '../../src/record/host.ts'
import { type LaunchedWorker, launchLocalWorker } from '../launch/local.ts'
import { placedBy } from '../launch/placed-by.ts'
import { type Address, addressTowards, formatAddress, isLoopback, LOOPBACK, resolveHost } from '../wire/address.ts'
import { CHANNEL_OPTIONS, streamDeadline } from '../wire/channel.ts'
import {
  AGENT_METHOD,
  type AgentMessage,
  type AgentOrder,
  errorIn,
  failureOf,
  placeKey,
  type WorkerPlace,
} from '../wire/messages.ts'
import { environmentOf, type Reach } from '../wire/reach.ts'
import { tokenMetadata } from '../wire/token.ts'
import { workerDigests } from '../wire/worker-digests.ts'

export interface AgentOptions {
  readonly coordinator: Address
  /** Wanted; undefined: any. */
  readonly rank: number | undefined
  /** As the launcher of this process states it; undefined: it does not. */
  readonly worldSize: number | undefined
  /** Host under which other workers reach this machine; undefined: the address from which it reaches the coordinator. */
  readonly advertise: string | undefined
  readonly token: string | undefined
  /** May a network be used without a token? */
  readonly insecure: boolean
  /** How long the coordinator may take to appear. */
  readonly waitMs: number
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

const RETRY_MS = 500
const SAY_EVERY_MS = 5_000
/** What of a worker's output is handed on. */
const LAST_CHARACTERS = 4_000
/** A pulled plug closes no connection: a coordinator that says nothing for the sum of both is lost. */
const AGENT_CHANNEL: ChannelOptions = {
  ...CHANNEL_OPTIONS,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 20_000,
}

/**
 * A worker that was started by hand or by a scheduler: waits for its coordinator, then starts a fresh worker process on this
 * host for each trial, until it is told to stop.
 * @returns why it was told to.
 * @throws {ReducibleError} coordinator-lost; wrong-token; why the coordinator turned it away; why no adapter could be had.
 */
export async function runAgent(options: AgentOptions): Promise<string> {
  const { coordinator, waitMs, say, signal } = options
  const giveUpMs = performance.now() + waitMs
  let saidMs = Number.NEGATIVE_INFINITY
  for (;;) {
    signal.throwIfAborted()
    try {
      return await new Agent(options, await reachTowards(options)).serve()
    } catch (thrown) {
      const leftMs = giveUpMs - performance.now()
      if (!(thrown instanceof Absent)) throw thrown
      if (leftMs <= 0) throw thrown.error
      if (performance.now() - saidMs >= SAY_EVERY_MS) {
        saidMs = performance.now()
        const left = `${Math.round(leftMs / 1000)} s left`
        say(`waiting for the coordinator at ${formatAddress(coordinator)}, ${left}${thrown.hint}`)
      }
    }
    const restMs = Math.min(RETRY_MS, Math.max(0, giveUpMs - performance.now()))
    await pause(restMs, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/** The coordinator is not there yet. */
class Absent extends Error {
  readonly error: ReducibleError
  /** What may never change by waiting. */
  readonly hint: string

  constructor(error: ReducibleError, hint = '') {
    super(error.message)
    this.error = error
    this.hint = hint
  }
}

/** How the worker processes of this host are reached. @throws {ReducibleError} usage: a network without a token. */
async function reachTowards({ coordinator, advertise, token, insecure }: AgentOptions): Promise<Reach> {
  let target: string
  try {
    target = await resolveHost(coordinator.host, '--coordinator')
  } catch (thrown) {
    const error = ReducibleError.from(thrown)
    throw new Absent(error, `: ${error.message}`) // a cluster's name service may know it later
  }
  const advertised = advertise ?? (isLoopback(target) ? LOOPBACK : await addressTowards(target))
  if (!isLoopback(advertised) && token === undefined && !insecure) {
    const text = `${advertised} is open to the network, which needs the run token of the coordinator`
    throw new ReducibleError('usage', text, {
      remedy: 'set REDUCIBLE_TOKEN, or give --token-file (or --insecure, if the coordinator has it too)',
    })
  }
  return { advertised, token }
}

/** The line to a coordinator, and the worker processes that it asked for. */
class Agent {
  readonly #options: AgentOptions
  readonly #reach: Reach
  readonly #client: Client
  readonly #stream: ClientDuplexStream<AgentMessage, AgentOrder>
  readonly #over = Promise.withResolvers<string>()
  readonly #workers = new Map<string, LaunchedWorker>()
  readonly #logs = mkdtempSync(join(tmpdir(), 'reducible-worker-'))
  /** What the driver of the chosen adapter needs. */
  #environment: Readonly<Record<string, string>> = {}
  #isConnected = false

  constructor(options: AgentOptions, reach: Reach) {
    this.#options = options
    this.#reach = reach
    this.#client = new Client(formatAddress(options.coordinator), credentials.createInsecure(), AGENT_CHANNEL)
    const { path, requestSerialize, responseDeserialize } = AGENT_METHOD
    const deadline = { deadline: streamDeadline() }
    const metadata = tokenMetadata(reach.token)
    this.#stream = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata, deadline)
    this.#stream.on('metadata', () => {
      this.#isConnected = true
    })
    this.#stream.on('data', (order: AgentOrder) => this.#obey(order))
    this.#stream.on('error', (error: ServiceError) => this.#over.reject(this.#lost(error)))
    this.#stream.on('end', () => this.#over.reject(this.#lost()))
  }

  async serve(): Promise<string> {
    const { rank, worldSize, signal } = this.#options
    const placed = placedBy(process.env)
    const abort = (): void => this.#over.reject(ReducibleError.from(signal.reason, 'interrupted'))
    signal.addEventListener('abort', abort)
    try {
      this.#say({
        kind: 'enroll',
        ...(rank !== undefined && { rank }),
        ...(worldSize !== undefined && { worldSize }),
        ...workerDigests(),
        hostname: hostname(),
        pid: process.pid,
        hostJson: JSON.stringify(captureHost()),
        placementJson: placed === undefined ? '' : JSON.stringify(placed),
      })
      return await this.#over.promise
    } finally {
      signal.removeEventListener('abort', abort)
      this.#stream.end()
      for (const worker of this.#workers.values()) worker.kill()
      await Promise.all([...this.#workers.values()].map(({ ended }) => ended))
      this.#client.close()
      rmSync(this.#logs, { recursive: true, force: true })
    }
  }

  #say(message: AgentMessage): void {
    this.#stream.write(message)
  }

  #obey(order: AgentOrder): void {
    switch (order.kind) {
      case 'enrolled':
        this.#options.say(`rank ${order.rank} of ${order.worldSize}`)
        this.#prepare(order.adapter).catch((thrown) => {
          const error = ReducibleError.from(thrown)
          this.#say(failureOf(error))
          this.#over.reject(error)
        })
        break
      case 'launch':
        void this.#launch(order)
        break
      case 'end':
        this.#workers.get(placeKey(order))?.kill()
        break
      case 'stop':
        this.#over.resolve(order.reason)
        break
      case 'failed':
        this.#over.reject(errorIn(order))
    }
  }

  async #prepare(wanted: string): Promise<void> {
    const chosen = wanted === '' ? null : await chooseAdapter(wanted)
    const probe = chosen && (await knownProbe(chosen, this.#options.signal))
    this.#environment = chosen?.environment ?? {}
    const accelerator = probe && { ...probe.adapter, probe: summarizeProbe(probe) }
    const node = await captureNode(this.#reach.advertised, accelerator)
    this.#say({
      kind: 'prepared',
      probeJson: probe ? JSON.stringify(probe) : '',
      nodeJson: JSON.stringify(node),
    })
  }

  async #launch({ trial, launchIndex }: WorkerPlace): Promise<void> {
    const place = { coordinator: formatAddress(this.#options.coordinator), trial, launchIndex }
    const log = join(this.#logs, `${trial}.log`)
    const worker = launchLocalWorker(place, { ...this.#environment, ...environmentOf(this.#reach) }, log)
    this.#workers.set(placeKey(place), worker)
    const how = await worker.ended
    this.#workers.delete(placeKey(place))
    this.#say({ kind: 'exited', trial, launchIndex, how, lastLines: lastOf(log) })
  }

  #lost(error?: ServiceError): Error {
    const address = formatAddress(this.#options.coordinator)
    if (error?.code === status.UNAUTHENTICATED) {
      return new ReducibleError('wrong-token', `the coordinator at ${address} refused this worker: ${error.details}`)
    }
    const why = error ? messageOf(error) : 'it ended the line'
    if (this.#isConnected) return new ReducibleError('coordinator-lost', `lost the coordinator at ${address}: ${why}`)
    const remedy = 'is it running, and is its address right?'
    return new Absent(new ReducibleError('coordinator-lost', `no coordinator at ${address}: ${why}`, { remedy }))
  }
}

function lastOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-LAST_CHARACTERS)
  } catch {
    return '' // it printed nothing
  }
}
