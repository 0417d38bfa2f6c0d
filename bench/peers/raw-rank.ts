/**
 * One rank of a measurement over links of our own, started by raw.ts: the ring all-reduce, or a stream in one direction.
 * A raw link carries the payloads one after the other, with nothing around them; no order of addition travels along.
 */
import { once } from 'node:events'
import { countReceivedPayloadsAsHeap } from '../../src/cli/worker.ts'
import type { RankSamples, RawWork } from './raw.ts'
import { LINKS } from './raw-link.ts'

const [linkName, work] = process.argv.slice(2) as [keyof typeof LINKS, RawWork]
const [rank, rankCount, bytes, warmup, iterations] = process.argv.slice(4).map(Number)
process.once('disconnect', () => process.exit()) // never outlives the one that measures
countReceivedPayloadsAsHeap() // as our workers do

const elements = Math.floor(bytes / 4)
const staging = new Float32Array(elements)
const stagingBytes = new Uint8Array(staging.buffer)
const end = await LINKS[linkName](rank)
process.send?.(end.address)
const [addresses] = (await once(process, 'message')) as [string[]]
const link = await end.join(addresses[wrap(rank - 1)])
process.send?.(await { ring: measureRing, stream: measureStream }[work]())

/** Small integers, so that every order of addition gives the exact sum. */
async function measureRing(): Promise<RankSamples> {
  const input = pattern(rank + 1)
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
    wrong += differences(vector, sumOfFactors)
  }
  return { seconds, wrong }
}

/** Rank 1 asks with four bytes, rank 0 answers with the vector. Rank 1's time, from asking to the last byte, is the longer. */
async function measureStream(): Promise<RankSamples> {
  const question = new Uint8Array(4)
  const vector = rank === 0 ? pattern(1) : new Float32Array(elements)
  const vectorBytes = new Uint8Array(vector.buffer)
  const seconds: number[] = []
  let wrong = 0
  for (let iteration = -warmup; iteration < iterations; iteration++) {
    if (rank === 1) vector.fill(0)
    const start = performance.now()
    if (rank === 1) {
      await link.send(question)
      await link.receive(bytes, copyingTo(vector))
    } else {
      await link.receive(question.length, () => {})
      await link.send(vectorBytes)
    }
    const end = performance.now()
    if (iteration >= 0) seconds.push(rank === 1 ? (end - start) / 1000 : 0)
    wrong += differences(vector, 1)
  }
  return { seconds, wrong }
}

function pattern(factor: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: elements }, (_, i) => factor * ((i % 1000) + 1))
}

function differences(vector: Float32Array, factor: number): number {
  let count = 0
  for (let i = 0; i < elements; i++) if (vector[i] !== factor * ((i % 1000) + 1)) count++
  return count
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
    left = link.send(vectorBytes.subarray(4 * begin(sent), 4 * begin(sent + 1)))
    const taken = wrap(sent - 1)
    const into = vector.subarray(begin(taken), begin(taken + 1))
    await link.receive(into.byteLength, scattering ? addingTo(into) : copyingTo(into))
  }
  return { left }
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
