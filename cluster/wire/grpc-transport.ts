import {
  Client,
  type ClientReadableStream,
  credentials,
  type handleServerStreamingCall,
  Server,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'
import { Arrivals } from '../../src/reduce/transport/arrivals.ts'
import {
  type BytesByWay,
  checkPayload,
  type MessageCounts,
  type MoveTag,
  type Payload,
  type Transport,
} from '../../src/reduce/transport/transport.ts'
import { bindingFor, formatAddress, isLoopback } from './address.ts'
import {
  channelOptions,
  DEFAULT_EXCHANGE,
  type ExchangeOptions,
  type Listener,
  listenOnLoopback,
  listenOnNetwork,
  serverOptions,
  streamDeadline,
} from './channel.ts'
import { exchangeService, PULL_METHOD, type PullRequest } from './messages.ts'
import { type Reach, reachOf } from './reach.ts'
import { decodeSegment, encodeSegment, type Segment, segmentBytes as segmentSize } from './segment.ts'
import { tokenMetadata } from './token.ts'

/** Connections beyond those of the other ranks: somebody who looks whether the service is there. */
const SPARE_CONNECTIONS = 16

/**
 * One rank's end of the exchange: a server whose streams carry what this rank sends, and pulls from each rank it
 * receives from, all for the whole trial. Where several connections join two ranks, the sender deals its segments to
 * them in turn and the receiver takes them in the same turn.
 */
export class GrpcTransport implements Transport, AsyncDisposable {
  readonly rank: number
  readonly rankCount: number
  /** Payload bytes handed to gRPC so far. */
  bytesSent = 0
  sendNs = 0
  readonly #trial: string
  readonly #options: ExchangeOptions
  readonly #reach: Reach
  readonly #server: Server
  #listener: Listener | undefined
  readonly #outgoing: Outgoing[]
  /** One queue for each connection to each rank. */
  readonly #arrivals: Arrivals<Segment>
  /** By rank, the connection that its next segment comes over. */
  readonly #turns: number[]
  readonly #clients: Client[] = []
  readonly #pulls: ClientReadableStream<Buffer>[] = []
  readonly #messages = { sent: 0, received: 0, bytesSent: 0, bytesReceived: 0 }

  /** @param reach of this process by default. */
  constructor(
    trial: string,
    rank: number,
    rankCount: number,
    options: ExchangeOptions = DEFAULT_EXCHANGE,
    reach: Reach = reachOf(process.env),
  ) {
    this.#trial = trial
    this.#options = options
    this.rank = rank
    this.rankCount = rankCount
    this.#reach = reach
    this.#server = new Server(serverOptions(channelOptions(options), reach.token))
    this.#arrivals = new Arrivals(rankCount * options.connections)
    this.#turns = Array.from({ length: rankCount }, () => 0)
    this.#outgoing = this.#turns.map((_, to) => new Outgoing(options.connections, () => this.#lostPeer(to)))
    this.#server.addService(exchangeService, { pull: this.#onPull })
  }

  get bytesByWay(): BytesByWay {
    return { shared: 0, grpc: this.bytesSent }
  }

  get buffersMade(): number {
    return this.#outgoing.reduce((sum, { lanes }) => sum + lanes.reduce((made, lane) => made + lane.buffersMade, 0), 0)
  }

  get messages(): MessageCounts {
    return { ...this.#messages }
  }

  /** Starts serving. @returns host:port for the other ranks. */
  async listen(): Promise<string> {
    const { advertised } = this.#reach
    if (isLoopback(advertised)) return listenOnLoopback(this.#server)
    const connectionsMax = this.rankCount * this.#options.connections + SPARE_CONNECTIONS
    this.#listener = await listenOnNetwork(this.#server, { host: bindingFor(advertised), port: 0 }, connectionsMax)
    return formatAddress({ host: advertised, port: this.#listener.port })
  }

  /** Opens the pulls. @param addresses of every rank. @param sources the ranks this one receives from; all others by default. */
  connect(addresses: readonly string[], sources = this.#others()): void {
    const metadata = tokenMetadata(this.#reach.token)
    for (const source of sources) {
      for (let connection = 0; connection < this.#options.connections; connection++) {
        const client = new Client(addresses[source], credentials.createInsecure(), channelOptions(this.#options))
        this.#clients.push(client)
        const request: PullRequest = { trial: this.#trial, fromRank: source, toRank: this.rank, connection }
        const { path, requestSerialize, responseDeserialize } = PULL_METHOD
        const deadline = { deadline: streamDeadline() }
        const stream = client.makeServerStreamRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          metadata,
          deadline,
        )
        this.#pulls.push(stream)
        this.#listenTo(stream, source, connection)
      }
    }
  }

  send(to: number, tag: MoveTag, payload: Payload): Promise<void> {
    const outgoing = this.#outgoing[to]
    // One payload after the other, so that the segments of two never mix.
    outgoing.sent = this.#sendAfter(outgoing.sent, outgoing, tag, payload)
    return outgoing.sent
  }

  async receive(
    from: number,
    tag: MoveTag,
    byteLength: number,
    take: (piece: Uint8Array, atByte: number) => void,
  ): Promise<string> {
    let received = 0
    let firstOrder: string | undefined
    do {
      const queue = this.#nextQueue(from)
      const { header, payload, order } = this.#arrivals.takeNow(queue) ?? (await this.#arrivals.take(queue))
      this.#turns[from] = (this.#turns[from] + 1) % this.#options.connections
      if (header.fromRank !== from || header.atByte !== received || received + payload.length > byteLength) {
        throw new ReducibleError(
          'payload-mismatch',
          `rank ${this.rank} got bytes ${header.atByte} to ${header.atByte + payload.length} of rank ${header.fromRank} ` +
            `on the stream from rank ${from}, want them from ${received} on and ${byteLength} in all`,
          { rank: this.rank },
        )
      }
      checkPayload(this.rank, from, tag, byteLength, header, header.moveBytes)
      take(payload, header.atByte)
      received += payload.length
      firstOrder ??= order
    } while (received < byteLength)
    return firstOrder
  }

  async firstOf(ranks: readonly number[]): Promise<number> {
    const first = await this.#arrivals.firstOf(ranks.map((rank) => this.#nextQueue(rank)))
    return Math.floor(first / this.#options.connections)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { lanes } of this.#outgoing) for (const lane of lanes) lane.end()
    for (const pull of this.#pulls) pull.cancel() // closing a client leaves its calls running
    for (const client of this.#clients) client.close()
    this.#listener?.close()
    this.#server.forceShutdown()
  }

  async #sendAfter(
    earlier: Promise<void>,
    { lanes, nextLane }: Outgoing,
    tag: MoveTag,
    { bytes, order }: Payload,
  ): Promise<void> {
    await earlier
    const { segmentBytes } = this.#options
    const moveBytes = bytes.byteLength
    for (let atByte = 0; atByte < Math.max(1, moveBytes); atByte += segmentBytes) {
      const payload = bytes.subarray(atByte, atByte + segmentBytes)
      const header = { fromRank: this.rank, ...tag, atByte, moveBytes }
      const segment = { header, payload, order: atByte === 0 ? order : '' }
      const lane = lanes[nextLane()]
      if (!lane.hasRoom) await lane.room()
      const began = performance.now()
      const message = encodeSegment(lane.buffer(segmentSize(payload.byteLength, segment.order)), segment)
      lane.write(message)
      this.sendNs += (performance.now() - began) * 1e6
      this.bytesSent += payload.byteLength
      this.#messages.sent++
      this.#messages.bytesSent += message.byteLength
    }
  }

  /** The queue that the next segment of a rank comes to. */
  #nextQueue(from: number): number {
    return from * this.#options.connections + this.#turns[from]
  }

  #others(): number[] {
    return [...this.#turns.keys()].filter((rank) => rank !== this.rank)
  }

  readonly #onPull: handleServerStreamingCall<PullRequest, Buffer> = (call) => {
    const { trial, fromRank, toRank, connection } = call.request
    const lane = this.#outgoing[toRank]?.lanes[connection]
    if (trial !== this.#trial || fromRank !== this.rank || lane === undefined || lane.isOpen) {
      call.emit('error', {
        code: status.FAILED_PRECONDITION,
        details:
          `rank ${this.rank} of trial ${this.#trial} refuses pull ${connection} of rank ${fromRank} ` +
          `by rank ${toRank} of trial ${trial}`,
      })
      return
    }
    lane.open(call)
  }

  #listenTo(stream: ClientReadableStream<Buffer>, source: number, connection: number): void {
    const { connections } = this.#options
    const fail = (code: 'peer-lost' | 'payload-mismatch', text: string, cause?: unknown): void => {
      const error = new ReducibleError(code, text, { rank: this.rank, cause })
      for (let i = 0; i < connections; i++) this.#arrivals.fail(source * connections + i, error)
    }
    const lose = (why: string, cause?: unknown): void =>
      fail('peer-lost', `rank ${this.rank} lost rank ${source}: ${why}`, cause)
    stream.on('data', (message: Buffer) => {
      this.#messages.received++
      this.#messages.bytesReceived += message.byteLength
      try {
        this.#arrivals.put(source * connections + connection, decodeSegment(message))
      } catch (thrown) {
        const { message: problem } = ReducibleError.from(thrown)
        fail('payload-mismatch', `rank ${this.rank} ${problem}, from rank ${source}`, thrown)
      }
    })
    stream.on('error', (error) => lose(messageOf(error), error))
    stream.on('end', () => lose('its stream ended'))
  }

  #lostPeer(to: number): ReducibleError {
    return new ReducibleError('peer-lost', `rank ${this.rank} lost rank ${to}, which stopped pulling`, {
      rank: this.rank,
    })
  }
}

type SegmentSink = ServerWritableStream<PullRequest, Buffer>

/** The way to one rank. */
class Outgoing {
  readonly lanes: readonly Lane[]
  /** Settles with the last payload. */
  sent: Promise<void> = Promise.resolve()
  #dealt = 0

  constructor(connections: number, lost: () => ReducibleError) {
    this.lanes = Array.from({ length: connections }, () => new Lane(lost))
  }

  /** Deals: the lane of the next segment. */
  readonly nextLane = (): number => this.#dealt++ % this.lanes.length
}

/** Messages of one stream that gRPC may hold at a time: it frames one while the next is laid out. */
const SLOTS = 4

/**
 * One stream to one rank: there once that rank has opened its pull. Messages are laid out in a few buffers used in turn,
 * so that what is made does not depend on when gRPC gives them back.
 */
class Lane {
  buffersMade = 0
  readonly #lost: () => ReducibleError
  #buffers: readonly Buffer[] = []
  #bufferBytes = 0
  #sink: SegmentSink | undefined
  #written = 0
  #framed = 0
  #wake: () => void = () => {}

  constructor(lost: () => ReducibleError) {
    this.#lost = lost
  }

  get isOpen(): boolean {
    return this.#sink !== undefined
  }

  get hasRoom(): boolean {
    return this.isOpen && this.#written - this.#framed < SLOTS
  }

  open(sink: SegmentSink): void {
    this.#sink = sink
    for (const event of ['error', 'cancelled', 'close']) sink.on(event, () => this.#wake())
    this.#wake()
  }

  /** Resolves when another message can be laid out; one waits at a time. @throws {ReducibleError} peer-lost. */
  async room(): Promise<void> {
    while (!this.hasRoom) {
      this.#throwIfLost()
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /**
   * Where the next message is laid out. A message longer than any before makes all buffers anew, so that a rank is warm
   * after one all-reduce; sizes vary with the order's text, and a little more than needed serves again.
   */
  buffer(size: number): Buffer {
    if (size > this.#bufferBytes) {
      this.#bufferBytes = Math.ceil(size / 1024) * 1024
      this.#buffers = Array.from({ length: SLOTS }, () => Buffer.allocUnsafeSlow(this.#bufferBytes))
      this.buffersMade += SLOTS
    }
    return this.#buffers[this.#written % SLOTS]
  }

  /** Writes what was laid out; its buffer is free when gRPC has framed it. @throws {ReducibleError} peer-lost. */
  write(message: Buffer): void {
    this.#throwIfLost()
    this.#written++
    this.#sink?.write(message, () => {
      this.#framed++
      this.#wake()
    })
  }

  end(): void {
    this.#sink?.end()
  }

  #throwIfLost(): void {
    if (this.#sink?.destroyed || this.#sink?.cancelled) throw this.#lost()
  }
}
