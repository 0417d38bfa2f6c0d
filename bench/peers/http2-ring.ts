import assert from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Peer, type PeerRequest, programArguments } from './peer.ts'

const RANK_PROGRAM = fileURLToPath(new URL('http2-ring-rank.ts', import.meta.url))
const ANSWER_TIMEOUT_MS = 300_000

/** What a rank reports when it is done. */
export interface RankSamples {
  readonly seconds: readonly number[]
  readonly wrong: number
}

/** The ring schedule between processes over node:http2 alone: what gRPC, its framing and our orders add is the rest. */
export const http2Ring: Peer = {
  name: 'raw node:http2 ring',
  transport: 'grpc',
  install: 'none: it comes with Node',
  find: async () => `Node ${process.version}, nghttp2 ${process.versions.nghttp2}`,
  async run(request) {
    const processes = Array.from({ length: request.ranks }, (_, rank) =>
      fork(RANK_PROGRAM, [...programArguments(request), String(rank)]),
    )
    try {
      return { variant: 'ring', seconds: slowestOf(await measure(processes), request) }
    } finally {
      for (const process of processes) process.kill()
    }
  },
}

async function measure(processes: readonly ChildProcess[]): Promise<RankSamples[]> {
  const ports = await Promise.all(processes.map((process) => answerOf<number>(process)))
  for (const process of processes) process.send(ports)
  return Promise.all(processes.map((process) => answerOf<RankSamples>(process)))
}

/** The next message of a rank. @throws {Error} it ended or stayed silent. */
async function answerOf<T>(process: ChildProcess): Promise<T> {
  const listening = new AbortController()
  const signal = AbortSignal.any([listening.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)])
  const ended = once(process, 'exit', { signal }).then(([status]) => {
    throw new Error(`a rank of the node:http2 ring ended with status ${status}`)
  })
  try {
    const [message] = await Promise.race([once(process, 'message', { signal }), ended])
    return message as T
  } finally {
    listening.abort()
    ended.catch(() => {}) // aborted: the rank has answered
  }
}

function slowestOf(byRank: readonly RankSamples[], { iterations }: PeerRequest): number[] {
  assert.equal(
    byRank.reduce((sum, { wrong }) => sum + wrong, 0),
    0,
    'node:http2 ring: elements that are not the sum',
  )
  return Array.from({ length: iterations }, (_, i) => Math.max(...byRank.map(({ seconds }) => seconds[i])))
}
