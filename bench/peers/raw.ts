import assert from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { packageVersions } from '../../src/record/host.ts'
import { fastest, type Peer, type PeerRequest, programArguments } from './peer.ts'
import type { LINKS } from './raw-link.ts'

const RANK_PROGRAM = fileURLToPath(new URL('raw-rank.ts', import.meta.url))
const ANSWER_TIMEOUT_MS = 300_000

export type RawWork = 'ring' | 'stream'

/** What a rank reports when it is done. */
export interface RankSamples {
  readonly seconds: readonly number[]
  readonly wrong: number
}

const http2Version = `Node ${process.version}, nghttp2 ${process.versions.nghttp2}`
const tcpVersion = `Node ${process.version}, libuv ${process.versions.uv}`
const grpcVersion = `Node ${process.version}, grpc-js ${packageVersions()['@grpc/grpc-js']}`

/** The ring schedule between processes over node:http2 alone: what gRPC, its framing and our orders add is the rest. */
export const http2Ring = rawPeer('raw node:http2 ring', 'node:http2', 'ring', http2Version)

/** The same over TCP alone. */
export const tcpRing = rawPeer('raw TCP ring', 'node:net', 'ring', tcpVersion)

/** One stream of our transport in one direction, between two processes. */
export const oursStream: Peer = { ...rawPeer('reducible grpc', 'gRPC', 'stream', grpcVersion), ours: true }
export const http2Stream = rawPeer('raw node:http2 stream', 'node:http2', 'stream', http2Version)
export const tcpStream = rawPeer('raw TCP stream', 'node:net', 'stream', tcpVersion)

function rawPeer(name: string, link: keyof typeof LINKS, work: RawWork, version: string): Peer {
  return {
    name,
    transport: 'grpc',
    install: 'none: it comes with Node',
    find: async () => version,
    async run(request) {
      const processes = Array.from({ length: request.ranks }, (_, rank) =>
        fork(RANK_PROGRAM, [link, work, String(rank), ...programArguments(request)]),
      )
      try {
        return fastest([{ variant: work, seconds: slowestOf(name, await measure(name, processes), request) }])
      } finally {
        for (const process of processes) process.kill()
      }
    },
  }
}

async function measure(name: string, processes: readonly ChildProcess[]): Promise<RankSamples[]> {
  const addresses = await Promise.all(processes.map((process) => answerOf<string>(name, process)))
  for (const process of processes) process.send(addresses)
  return Promise.all(processes.map((process) => answerOf<RankSamples>(name, process)))
}

/** The next message of a rank. @throws {Error} it ended or stayed silent. */
async function answerOf<T>(name: string, process: ChildProcess): Promise<T> {
  const listening = new AbortController()
  const signal = AbortSignal.any([listening.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)])
  const ended = once(process, 'exit', { signal }).then(([status]) => {
    throw new Error(`a rank of the ${name} ended with status ${status}`)
  })
  try {
    const [message] = await Promise.race([once(process, 'message', { signal }), ended])
    return message as T
  } finally {
    listening.abort()
    ended.catch(() => {}) // aborted: the rank has answered
  }
}

function slowestOf(name: string, byRank: readonly RankSamples[], { iterations }: PeerRequest): number[] {
  const wrong = byRank.reduce((sum, rank) => sum + rank.wrong, 0)
  assert.equal(wrong, 0, `${name}: elements that are not what was sent, or the sum of it`)
  return Array.from({ length: iterations }, (_, i) => Math.max(...byRank.map(({ seconds }) => seconds[i])))
}
