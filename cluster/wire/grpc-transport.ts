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
import { checkPayload, type MoveTag, type Payload, type Transport } from '../../src/reduce/transport/transport.ts'
import { CHANNEL_OPTIONS, listenOnLoopback, SEGMENT_BYTES, streamDeadline } from './channel.ts'
import { exchangeService, PULL_METHOD, type PullRequest } from './messages.ts'
import { decodeSegment, encodeSegment, type Segment, segmentBytes } from './segment.ts'

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
  readonly #arrivals: Arrivals<Segment>
  readonly #clients: Client[] = []
  readonly #pulls: ClientReadableStream<Buffer>[] = []
  readonly #pool: Buffer[] = []

  constructor(trial: string, rank: number, rankCount: number) {
    this.#trial = trial
    this.rank = rank
    this.rankCount = rankCount
    this.#arrivals = new Arrivals(rankCount)
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
      this.#pulls.push(stream)
      this.#listenTo(stream, source)
    }
  }

  async send(to: number, tag: MoveTag, { bytes, order }: Payload): Promise<void> {
    const outgoing = this.#outgoing[to]
    const stream = outgoing.opened ?? (await outgoing.stream)
    const moveBytes = bytes.byteLength
    for (let atByte = 0; atByte < Math.max(1, moveBytes); atByte += SEGMENT_BYTES) {
      const payload = bytes.subarray(atByte, atByte + SEGMENT_BYTES)
      const segment = {
        header: { fromRank: this.rank, ...tag, atByte, moveBytes },
        payload,
        order: atByte === 0 ? order : '',
      }
      const buffer = this.#takeBuffer(segmentBytes(payload.byteLength, segment.order))
      const message = encodeSegment(buffer, segment)
      this.bytesSent += payload.byteLength
      if (stream.destroyed || stream.cancelled) throw this.#lostPeer(to)
      // The buffer goes back when gRPC has framed it, not when write() returns.
      const roomLeft = stream.write(message, () => this.#pool.push(buffer))
      if (!roomLeft) await drained(stream, () => this.#lostPeer(to))
    }
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
      const { header, payload, order } = this.#arrivals.takeNow(from) ?? (await this.#arrivals.take(from))
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

  firstOf(ranks: readonly number[]): Promise<number> {
    return this.#arrivals.firstOf(ranks)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const outgoing of this.#outgoing) outgoing.end()
    for (const pull of this.#pulls) pull.cancel() // closing a client leaves its calls running
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

  #listenTo(stream: ClientReadableStream<Buffer>, source: number): void {
    const lose = (why: string, cause?: unknown): void => {
      const text = `rank ${this.rank} lost rank ${source}: ${why}`
      this.#arrivals.fail(source, new ReducibleError('peer-lost', text, { rank: this.rank, cause }))
    }
    stream.on('data', (message: Buffer) => {
      try {
        this.#arrivals.put(source, decodeSegment(message))
      } catch (thrown) {
        const { message: problem } = ReducibleError.from(thrown)
        const text = `rank ${this.rank} ${problem}, from rank ${source}`
        this.#arrivals.fail(source, new ReducibleError('payload-mismatch', text, { rank: this.rank, cause: thrown }))
      }
    })
    stream.on('error', (error) => lose(messageOf(error), error))
    stream.on('end', () => lose('its stream ended'))
  }

  #takeBuffer(size: number): Buffer {
    const index = this.#pool.findIndex((buffer) => buffer.length >= size)
    if (index >= 0) return this.#pool.splice(index, 1)[0]
    // Sizes vary with the order's text; a little more than needed makes the buffer serve again.
    return Buffer.allocUnsafeSlow(Math.ceil(size / 1024) * 1024)
  }

  #lostPeer(to: number): ReducibleError {
    return new ReducibleError('peer-lost', `rank ${this.rank} lost rank ${to}, which stopped pulling`, {
      rank: this.rank,
    })
  }
}

type SegmentSink = ServerWritableStream<PullRequest, Buffer>

/** Resolves when the stream takes more; rejects when it never will. Leaves no listener behind. */
async function drained(stream: SegmentSink, lost: () => ReducibleError): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => (): void => {
      stream.off('drain', onDrain).off('cancelled', onLost).off('error', onLost)
      act()
    }
    const onDrain = settle(resolve)
    const onLost = settle(() => reject(lost()))
    stream.once('drain', onDrain).once('cancelled', onLost).once('error', onLost)
  })
}

/** The stream to one rank: there once that rank has opened its pull. */
class Outgoing {
  readonly stream: Promise<SegmentSink>
  opened: SegmentSink | undefined
  readonly #resolveStream: (stream: SegmentSink) => void

  constructor() {
    const { promise, resolve } = Promise.withResolvers<SegmentSink>()
    this.stream = promise
    this.#resolveStream = resolve
  }

  open(sink: SegmentSink): void {
    this.opened = sink
    sink.on('error', () => {}) // a lost peer is told by the next write
    this.#resolveStream(sink)
  }

  end(): void {
    this.opened?.end()
  }
}
