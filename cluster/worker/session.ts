import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'
import { CHANNEL_OPTIONS, streamDeadline } from '../wire/channel.ts'
import { type CoordinatorMessage, SESSION_METHOD, type WorkerMessage } from '../wire/messages.ts'
import { reachOf } from '../wire/reach.ts'
import { tokenMetadata } from '../wire/token.ts'

type MessageOf<K> = Extract<CoordinatorMessage, { kind: K }>

/** A worker's line to its coordinator. When the line closes, `closed` resolves with the reason. */
export class Session {
  readonly closed: Promise<ReducibleError>
  readonly #client: Client
  readonly #stream: ClientDuplexStream<WorkerMessage, CoordinatorMessage>
  readonly #arrived: CoordinatorMessage[] = []
  #wake: (() => void) | undefined

  constructor(address: string) {
    this.#client = new Client(address, credentials.createInsecure(), CHANNEL_OPTIONS)
    const { path, requestSerialize, responseDeserialize } = SESSION_METHOD
    const metadata = tokenMetadata(reachOf(process.env).token)
    this.#stream = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata, {
      deadline: streamDeadline(),
    })
    this.#stream.on('data', (message: CoordinatorMessage) => {
      this.#arrived.push(message)
      this.#wake?.()
    })
    this.closed = new Promise((resolve) => {
      const lost = (why: string, cause?: unknown): void =>
        resolve(new ReducibleError('coordinator-lost', `lost the coordinator at ${address}: ${why}`, { cause }))
      this.#stream.on('error', (error) => lost(messageOf(error), error))
      this.#stream.on('end', () => lost('it ended the session'))
    })
  }

  send(message: WorkerMessage): void {
    this.#stream.write(message)
  }

  /** The next message, which must be of this kind. @throws {ReducibleError} coordinator-lost; interrupted by a stop. */
  async next<K extends CoordinatorMessage['kind']>(kind: K): Promise<MessageOf<K>> {
    const message = await this.#take()
    if (message.kind === kind) return message as MessageOf<K>
    const said = message.kind === 'stop' ? `stop: ${message.reason}` : message.kind
    throw new ReducibleError('interrupted', `the coordinator said '${said}', want '${kind}'`)
  }

  /** Says no more, and resolves when everything said has been taken and the coordinator has closed the line. */
  async end(): Promise<void> {
    this.#stream.end()
    await this.closed
    this.#client.close()
  }

  async #take(): Promise<CoordinatorMessage> {
    while (this.#arrived.length === 0) {
      const lost = await Promise.race([
        this.closed,
        new Promise<undefined>((resolve) => {
          this.#wake = () => resolve(undefined)
        }),
      ])
      if (lost && this.#arrived.length === 0) throw lost
    }
    const [message] = this.#arrived.splice(0, 1)
    return message
  }
}
