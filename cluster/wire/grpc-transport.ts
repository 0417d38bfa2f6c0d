import { once } from 'node:events'
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
import { checkPayload, type MoveTag, type Transport } from '../../src/reduce/transport/transport.ts'
import { CHANNEL_OPTIONS, listenOnLoopback, SEGMENT_BYTES, streamDeadline } from './channel.ts'
import { exchangeService, PULL_METHOD, type PullRequest } from './messages.ts'
import { decodeSegment, encodeSegment, SEGMENT_HEADER_BYTES } from './segment.ts'

const SEGMENT_ELEMENTS = SEGMENT_BYTES / 4

/**
 * One rank's end of the exchange: a server whose streams carry what this rank sends, and a pull from each rank it
 * receives from, both for the whole trial.
 */
export class GrpcTransport implements Transport, AsyncDisposable {
  readonly rank: number
  readonly rankCount: number
  /** Payload bytes handed to gRPC so far. */
  bytesSent = 0
  readonly #trial: string
  readonly #server = new Server(CHANNEL_OPTIONS)
  readonly #outgoing: Outgoing[]
  readonly #incoming = new Map<number, Incoming>()
  readonly #clients: Client[] = []
  readonly #pool: Buffer[] = []

  constructor(trial: string, rank: number, rankCount: number) {
    this.#trial = trial
    this.rank = rank
    this.rankCount = rankCount
    this.#outgoing = Array.from({ length: rankCount }, () => new Outgoing())
    this.#server.addService(exchangeService, { pull: this.#onPull })
  }

  /** Starts serving. @returns host:port for the other ranks. */
  async listen(): Promise<string> {
    return listenOnLoopback(this.#server)
  }

  /** Opens the pulls. @param addresses of every rank. @param sources the ranks this one receives from. */
  connect(addresses: readonly string[], sources: readonly number[]): void {
    for (const source of sources) {
      const client = new Client(addresses[source], credentials.createInsecure(), CHANNEL_OPTIONS)
      this.#clients.push(client)
      const request: PullRequest = { trial: this.#trial, fromRank: source, toRank: this.rank }
      const { path, requestSerialize, responseDeserialize } = PULL_METHOD
      const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, {
        deadline: streamDeadline(),
      })
      this.#incoming.set(source, new Incoming(stream, this.rank, source))
    }
  }

  async send(to: number, tag: MoveTag, payload: Float32Array): Promise<void> {
    const stream = await this.#outgoing[to].stream
    const chunkLength = payload.length
    for (let at = 0; at < Math.max(1, chunkLength); at += SEGMENT_ELEMENTS) {
      const piece = payload.subarray(at, at + SEGMENT_ELEMENTS)
      const buffer = this.#takeBuffer(piece.byteLength)
      const message = encodeSegment(buffer, { fromRank: this.rank, ...tag, at, chunkLength }, piece)
      this.bytesSent += piece.byteLength
      const lost = this.#lostPeer(to)
      if (stream.destroyed || stream.cancelled) throw lost()
      // The buffer goes back when gRPC has framed it, not when write() returns.
      const roomLeft = stream.write(message, () => this.#pool.push(buffer))
      if (!roomLeft)
        await Promise.race([once(stream, 'drain'), this.#outgoing[to].closed.then(() => Promise.reject(lost()))])
    }
  }

  async receive(
    from: number,
    tag: MoveTag,
    length: number,
    take: (piece: Float32Array, at: number) => void,
  ): Promise<void> {
    const incoming = this.#incoming.get(from)
    if (!incoming) throw new ReducibleError('internal', `rank ${this.rank} has no stream from rank ${from}`)
    let received = 0
    do {
      const { header, payload } = decodeSegment(await incoming.next())
      if (header.fromRank !== from || header.at !== received || received + payload.length > length) {
        throw new ReducibleError(
          'payload-mismatch',
          `rank ${this.rank} got elements ${header.at} to ${header.at + payload.length} of rank ${header.fromRank} ` +
            `on the stream from rank ${from}, want them from ${received} on and ${length} in all`,
          { rank: this.rank },
        )
      }
      checkPayload(this.rank, from, tag, length, header, header.chunkLength)
      take(payload, header.at)
      received += payload.length
    } while (received < length)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const outgoing of this.#outgoing) outgoing.end()
    for (const client of this.#clients) client.close()
    this.#server.forceShutdown()
  }

  readonly #onPull: handleServerStreamingCall<PullRequest, Buffer> = (call) => {
    const { trial, fromRank, toRank } = call.request
    const outgoing = this.#outgoing[toRank]
    if (trial !== this.#trial || fromRank !== this.rank || outgoing === undefined || outgoing.opened) {
      call.emit('error', {
        code: status.FAILED_PRECONDITION,
        details: `rank ${this.rank} of trial ${this.#trial} refuses a pull of rank ${fromRank} by rank ${toRank} of trial ${trial}`,
      })
      return
    }
    outgoing.open(call)
  }

  #takeBuffer(payloadBytes: number): Buffer {
    const size = SEGMENT_HEADER_BYTES + payloadBytes
    const index = this.#pool.findIndex((buffer) => buffer.length >= size)
    if (index >= 0) return this.#pool.splice(index, 1)[0]
    return Buffer.allocUnsafeSlow(size)
  }

  #lostPeer(to: number): () => ReducibleError {
    return () =>
      new ReducibleError('peer-lost', `rank ${this.rank} lost rank ${to}, which stopped pulling`, { rank: this.rank })
  }
}

type SegmentSink = ServerWritableStream<PullRequest, Buffer>

/** The stream to one rank: there once that rank has opened its pull. */
class Outgoing {
  readonly stream: Promise<SegmentSink>
  readonly closed: Promise<void>
  opened = false
  #resolveStream: (stream: SegmentSink) => void = () => {}
  #resolveClosed: () => void = () => {}
  #sink: SegmentSink | undefined

  constructor() {
    this.stream = new Promise((resolve) => {
      this.#resolveStream = resolve
    })
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
  }

  open(sink: SegmentSink): void {
    this.opened = true
    this.#sink = sink
    sink.on('cancelled', this.#resolveClosed)
    sink.on('error', this.#resolveClosed)
    this.#resolveStream(sink)
  }

  end(): void {
    this.#sink?.end()
  }
}

/** The stream from one rank, as a queue. */
class Incoming {
  readonly #arrived: Buffer[] = []
  #waiting: { resolve: (message: Buffer) => void; reject: (error: ReducibleError) => void } | undefined
  #failure: ReducibleError | undefined

  constructor(stream: ClientReadableStream<Buffer>, rank: number, source: number) {
    stream.on('data', (message: Buffer) => {
      if (this.#waiting) {
        const { resolve } = this.#waiting
        this.#waiting = undefined
        resolve(message)
      } else {
        this.#arrived.push(message)
      }
    })
    const lose = (why: string, cause?: unknown): void => {
      this.#failure ??= new ReducibleError('peer-lost', `rank ${rank} lost rank ${source}: ${why}`, { rank, cause })
      this.#waiting?.reject(this.#failure)
    }
    stream.on('error', (error) => lose(messageOf(error), error))
    stream.on('end', () => lose('its stream ended'))
  }

  async next(): Promise<Buffer> {
    const message = this.#arrived.shift()
    if (message) return message
    if (this.#failure) throw this.#failure
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }
}
