import { type ChannelOptions, type Server, ServerCredentials } from '@grpc/grpc-js'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'

/** Payload bytes of one Segment message; a longer chunk travels as several. */
export const SEGMENT_BYTES = 1 << 20

/** A stream that lives as long as its trial still has a deadline: a trial longer than a day is not ours. */
const STREAM_DEADLINE_MS = 24 * 60 * 60 * 1000

/** The deadline of a stream opened now. */
export function streamDeadline(): Date {
  return new Date(Date.now() + STREAM_DEADLINE_MS)
}

/**
 * Options of every channel and server. Retries would keep copies of payloads. The window option acts on what a client
 * receives (grpc-node PR 3058 is open for servers), which is why the receiver pulls. A pool of its own gives each
 * channel its own connection.
 */
export const CHANNEL_OPTIONS: ChannelOptions = {
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
  'grpc-node.flow_control_window': 16 * 1024 * 1024,
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
}

/** Binds a server to an ephemeral loopback port and returns its address. @throws {ReducibleError} internal. */
export async function listenOnLoopback(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error)
        reject(new ReducibleError('internal', `cannot listen on loopback: ${messageOf(error)}`, { cause: error }))
      else resolve(`127.0.0.1:${port}`)
    })
  })
}
