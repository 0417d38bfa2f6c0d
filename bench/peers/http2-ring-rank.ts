/**
 * One rank of the ring all-reduce over raw node:http2, started by http2-ring.ts: its server streams to the right
 * neighbour what that one pulls, its client pulls from the left one. The stream is the payloads one after the other, with
 * nothing around them; no order of addition travels along. Windows of 16 MiB, as on our channels;
 * frames larger than the default 16 KiB were tried and were no faster.
 */
import { once } from 'node:events'
import { type ClientHttp2Session, connect, createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { RankSamples } from './http2-ring.ts'

const WINDOW_BYTES = 16 * 1024 * 1024
const [rankCount, bytes, warmup, iterations, rank] = process.argv.slice(2).map(Number)
process.once('disconnect', () => process.exit()) // never outlives the one that measures

/** Bytes that came in, handed to whoever receives next. */
class Inbox {
  readonly #early: Buffer[] = []
  #receiving: { left: number; take: (piece: Uint8Array) => void; done: () => void } | undefined

  put(piece: Buffer): void {
    this.#early.push(piece)
    this.#deliver()
  }

  /** Resolves when `take` has had `byteLength` bytes, in pieces as they come. */
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

const elements = Math.floor(bytes / 4)
const staging = new Float32Array(elements)
const stagingBytes = new Uint8Array(staging.buffer)
const inbox = new Inbox()
const right = await joinRing()
const samples = await measure()
process.send?.(samples)

/** Serves the right neighbour and pulls from the left one. @returns the stream to the right. */
async function joinRing(): Promise<ServerHttp2Stream> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const pulled = once(server, 'stream')
  process.send?.((server.address() as AddressInfo).port)
  const [ports] = (await once(process, 'message')) as [number[]]
  const left = connect(`http://127.0.0.1:${ports[wrap(rank - 1)]}`, { settings: { initialWindowSize: WINDOW_BYTES } })
  const [session] = (await once(left, 'connect')) as [ClientHttp2Session]
  session.setLocalWindowSize(WINDOW_BYTES)
  left.request({ ':path': '/pull' }).on('data', (piece: Buffer) => inbox.put(piece))
  const [stream] = (await pulled) as [ServerHttp2Stream]
  stream.respond({ ':status': 200 })
  return stream
}

/** Small integers, so that every order of addition gives the exact sum. */
async function measure(): Promise<RankSamples> {
  const input = Float32Array.from({ length: elements }, (_, i) => (rank + 1) * ((i % 1000) + 1))
  const sumOfFactors = (rankCount * (rankCount + 1)) / 2
  const vector = new Float32Array(elements)
  const seconds: number[] = []
  let wrong = 0
  for (let iteration = -warmup; iteration < iterations; iteration++) {
    vector.set(input)
    await barrier()
    const start = performance.now()
    const { left } = await allReduce(vector)
    const end = performance.now()
    await left // the next input must not overtake the last payload
    if (iteration >= 0) seconds.push((end - start) / 1000)
    for (let i = 0; i < elements; i++) if (vector[i] !== sumOfFactors * ((i % 1000) + 1)) wrong++
  }
  return { seconds, wrong }
}

async function barrier(): Promise<void> {
  const { left } = await allReduce(new Float32Array(rankCount))
  await left
}

/** Resolves when the vector is the sum; `left` does when all that was sent has left this process. */
async function allReduce(vector: Float32Array): Promise<{ readonly left: Promise<void> }> {
  const vectorBytes = new Uint8Array(vector.buffer)
  const begin = (chunk: number): number => Math.floor((vector.length * chunk) / rankCount)
  let left = Promise.resolve()
  for (let round = 0; round < 2 * (rankCount - 1); round++) {
    const scattering = round < rankCount - 1
    const sent = wrap(scattering ? rank - 1 - round : rank - (round - (rankCount - 1)))
    left = send(vectorBytes.subarray(4 * begin(sent), 4 * begin(sent + 1)))
    const taken = wrap(sent - 1)
    const into = vector.subarray(begin(taken), begin(taken + 1))
    await inbox.receive(into.byteLength, scattering ? addingTo(into) : copyingTo(into))
  }
  return { left }
}

function send(payload: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    right.write(payload, (error) => (error ? reject(error) : resolve()))
  })
}

/** Pieces may end within a number, so they are put together first. */
function addingTo(sums: Float32Array): (piece: Uint8Array) => void {
  let received = 0
  return (piece) => {
    const from = Math.floor(received / 4)
    stagingBytes.set(piece, received)
    received += piece.length
    const to = Math.floor(received / 4)
    for (let i = from; i < to; i++) sums[i] += staging[i]
  }
}

function copyingTo(values: Float32Array): (piece: Uint8Array) => void {
  const target = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  let received = 0
  return (piece) => {
    target.set(piece, received)
    received += piece.length
  }
}

function wrap(index: number): number {
  return (index + 2 * rankCount) % rankCount
}
