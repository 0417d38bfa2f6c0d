import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer, type Socket } from 'node:net'
import { GrpcTransport } from '../../cluster/wire/grpc-transport.ts'

/** One rank's streams in a ring: what it sends goes to its right neighbour, what it receives comes from its left one. */
export interface Link {
  /** Resolves when the bytes may be changed. */
  send(payload: Uint8Array): Promise<void>
  /** Resolves when `take` has had `byteLength` bytes, in pieces as they come. */
  receive(byteLength: number, take: (piece: Uint8Array) => void): Promise<void>
}

/** A rank that listens. Every rank joins when all addresses are known. */
export interface LinkEnd {
  readonly address: string
  join(leftAddress: string): Promise<Link>
}

export const LINKS = { 'node:http2': listenHttp2, 'node:net': listenTcp, gRPC: listenGrpc } as const

const WINDOW_BYTES = 16 * 1024 * 1024

/**
 * The server streams to the right neighbour what that one pulls, the client pulls from the left one. Windows of 16 MiB, as
 * on our channels; frames larger than the default 16 KiB were tried and were no faster.
 */
async function listenHttp2(): Promise<LinkEnd> {
  const server = createHttp2Server().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const pulled = once(server, 'stream')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async join(leftAddress) {
      const inbox = new Inbox()
      const left = connectHttp2(`http://${leftAddress}`, { settings: { initialWindowSize: WINDOW_BYTES } })
      const [session] = (await once(left, 'connect')) as [ClientHttp2Session]
      session.setLocalWindowSize(WINDOW_BYTES)
      left.request({ ':path': '/pull' }).on('data', (piece: Buffer) => inbox.put(piece))
      const [right] = await pulled
      right.respond({ ':status': 200 })
      return { send: (payload) => written(right, payload), receive: inbox.receive.bind(inbox) }
    },
  }
}

/** One connection to the right neighbour, one from the left. */
async function listenTcp(): Promise<LinkEnd> {
  const server = createTcpServer({ noDelay: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async join(leftAddress) {
      const inbox = new Inbox()
      const { hostname, port } = new URL(`tcp://${leftAddress}`)
      connectTcp(Number(port), hostname).on('data', (piece: Buffer) => inbox.put(piece))
      const [right] = (await accepted) as [Socket]
      return { send: (payload) => written(right, payload), receive: inbox.receive.bind(inbox) }
    },
  }
}

/** Our own transport as a ring of two: segments with their headers, no order. */
async function listenGrpc(rank: number): Promise<LinkEnd> {
  const other = 1 - rank
  const transport = new GrpcTransport('stream', rank, 2)
  return {
    address: await transport.listen(),
    async join(leftAddress) {
      transport.connect([leftAddress, leftAddress], [other])
      let sent = 0
      let received = 0
      return {
        send: (bytes) => transport.send(other, { call: sent++, round: 0, chunk: 0 }, { bytes, order: '' }),
        async receive(byteLength, take) {
          await transport.receive(other, { call: received++, round: 0, chunk: 0 }, byteLength, take)
        },
      }
    },
  }
}

function written(stream: NodeJS.WritableStream, payload: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(payload, (error) => (error ? reject(error) : resolve()))
  })
}

/** Bytes that came in, handed to whoever receives next. */
class Inbox {
  readonly #early: Buffer[] = []
  #receiving: { left: number; take: (piece: Uint8Array) => void; done: () => void } | undefined

  put(piece: Buffer): void {
    this.#early.push(piece)
    this.#deliver()
  }

  receive(byteLength: number, take: (piece: Uint8Array) => void): Promise<void> {
    return new Promise((done) => {
      this.#receiving = { left: byteLength, take, done }
      this.#deliver()
    })
  }

  #deliver(): void {
    while (this.#receiving !== undefined && this.#early.length > 0) {
      const receiving = this.#receiving
      const [first] = this.#early
      const piece = first.subarray(0, receiving.left)
      if (piece.length === first.length) this.#early.shift()
      else this.#early[0] = first.subarray(piece.length)
      receiving.take(piece)
      receiving.left -= piece.length
      if (receiving.left > 0) continue
      this.#receiving = undefined
      receiving.done()
    }
  }
}
