import { createServer } from 'node:net'
import { type ChannelOptions, type Server, ServerCredentials, type ServerOptions } from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'
import { type Address, formatAddress, LOOPBACK } from './address.ts'
import { requireToken } from './token.ts'

/** How payloads travel from one rank to another; the same on every rank of a trial. */
export interface ExchangeOptions {
  /** Payload bytes of one Segment message; a longer chunk travels as several. A multiple of 8, the longest element. */
  readonly segmentBytes: number
  /** What a receiver lets the sender have on its way, per connection. */
  readonly windowBytes: number
  /** Streams, each over a connection of its own; segments are dealt to them in turn. */
  readonly connections: number
}

export const DEFAULT_EXCHANGE: ExchangeOptions = { segmentBytes: 1 << 20, windowBytes: 1 << 24, connections: 1 }

/** A stream that lives as long as its trial still has a deadline: a trial longer than a day is not ours. */
const STREAM_DEADLINE_MS = 24 * 60 * 60 * 1000

/** The deadline of a stream opened now. */
export function streamDeadline(): Date {
  return new Date(Date.now() + STREAM_DEADLINE_MS)
}

/**
 * Options of a channel or server. Retries would keep copies of payloads. The window option acts on what a client
 * receives (grpc-node PR 3058 is open for servers), which is why the receiver pulls. A pool of its own gives each
 * channel its own connection. Ranks reach each other directly: an http_proxy of the environment is not asked.
 */
export function channelOptions({ windowBytes }: Pick<ExchangeOptions, 'windowBytes'>): ChannelOptions {
  return {
    'grpc.enable_http_proxy': 0,
    'grpc.enable_retries': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc-node.flow_control_window': windowBytes,
    'grpc.max_receive_message_length': 64 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
  }
}

/** Those of sessions with the coordinator. */
export const CHANNEL_OPTIONS = channelOptions(DEFAULT_EXCHANGE)

/** Calls that one connection may have open at a time; ours have one, and a client of the health service a few. */
const STREAMS_PER_CONNECTION_MAX = 16

/** Options of a server, whose every call needs the token where there is one. */
export function serverOptions(channel: ChannelOptions, token: string | undefined): ServerOptions {
  return {
    ...channel,
    'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION_MAX,
    interceptors: token === undefined ? [] : [requireToken(token)],
  }
}

/** A server that others reach. */
export interface Listener {
  readonly port: number
  /** Takes no more connections. */
  close(): void
}

/**
 * Listens for other machines, on port 0 on one that is free. A connection above the limit is closed as it comes.
 * @throws {ReducibleError} usage: the address is taken or not of this machine.
 */
export async function listenOnNetwork(server: Server, at: Address, connectionsMax: number): Promise<Listener> {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  const listener = createServer((socket) => {
    socket.setNoDelay() // as a server of node:http2 does
    injector.injectConnection(socket)
  })
  listener.maxConnections = connectionsMax
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  listener.once('error', reject).listen(at.port, at.host, resolve)
  try {
    await listening
  } catch (cause) {
    const text = `cannot listen on ${formatAddress(at)}: ${messageOf(cause)}`
    throw new ReducibleError('usage', text, { remedy: 'choose an address of this machine and a free port', cause })
  }
  const address = listener.address()
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => listener.close() }
}

/** Binds a server to an ephemeral loopback port and returns its address. @throws {ReducibleError} internal. */
export async function listenOnLoopback(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${LOOPBACK}:0`, ServerCredentials.createInsecure(), (error, port) => {
      if (error)
        reject(new ReducibleError('internal', `cannot listen on loopback: ${messageOf(error)}`, { cause: error }))
      else resolve(`${LOOPBACK}:${port}`)
    })
  })
}
