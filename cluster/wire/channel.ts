import { type ChannelOptions, type Server, ServerCredentials } from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'

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

/** Names the address under which ranks of other nodes find a worker, in the environment that its launcher gives it. */
export const ADVERTISE_VARIABLE = 'REDUCIBLE_ADVERTISE'

export const LOOPBACK = '127.0.0.1'

/** Binds a server to a free port of an address of this machine and returns host:port. @throws {ReducibleError} internal. */
export async function listenOn(server: Server, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:0`, ServerCredentials.createInsecure(), (error, port) => {
      if (error)
        reject(new ReducibleError('internal', `cannot listen on ${host}: ${messageOf(error)}`, { cause: error }))
      else resolve(`${host}:${port}`)
    })
  })
}

/** The same on loopback. */
export function listenOnLoopback(server: Server): Promise<string> {
  return listenOn(server, LOOPBACK)
}
