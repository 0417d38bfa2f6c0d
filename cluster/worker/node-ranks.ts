import assert from 'node:assert'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Piscina } from 'piscina'
import { messageOf, ReducibleError } from '../../src/core/errors.ts'
import { SUM_PLANES } from '../../src/core/exact-words.ts'
import { moduleBeside } from '../../src/core/paths.ts'
import { MAX_TERMS } from '../../src/reduce/arithmetic/exact.ts'
import { type ArithmeticName, widestElement } from '../../src/reduce/arithmetics.ts'
import { countDifferences, type MeasuredPoint, type PointResult } from '../../src/reduce/measure.ts'
import { closeRankPool, openRankPool } from '../../src/reduce/transport/rank-pool.ts'
import { SharedArena } from '../../src/reduce/transport/shared-arena.ts'
import { firstToFail, SharedSignals } from '../../src/reduce/transport/shared-signals.ts'
import type { TransportTime } from '../../src/reduce/transport/timed.ts'
import type { BytesByWay } from '../../src/reduce/transport/transport.ts'
import { DEFAULT_EXCHANGE, type ExchangeOptions } from '../wire/channel.ts'
import { withDeadline } from '../wire/deadline.ts'
import type { NodeRankTask, RankAllReduce, RankAnswer, RankCommand, RankFailure } from './node-rank-thread.ts'

export interface NodeRanksOptions {
  readonly trial: string
  /** Number of this node's first rank: nodes before it hold `ranksPerNode` ranks each. */
  readonly firstRank: number
  /** Ranks of this node. */
  readonly localCount: number
  /** Ranks of all nodes. */
  readonly rankCount: number
  readonly ranksPerNode: number
  /** Elements of a rank's vector, the most: all its leaves. */
  readonly capacity: number
  /** Those that will be used. */
  readonly arithmetics: readonly ArithmeticName[]
  /** Do ranks contribute words, exact sums as core/exact-words.ts lays them out, in place of their vectors? */
  readonly words?: boolean
  /** How long a rank waits for another at most, on its own node or elsewhere. 60 s by default. */
  readonly deadlineMs?: number
  /** Of gRPC; as ever by default. */
  readonly exchange?: ExchangeOptions
  /** Does a random draw without a name throw? It does not by default. */
  readonly deterministic?: boolean
}

/** One all-reduce; every node asks for the same. One leaf, the whole vector, by default. */
export type NodeAllReduce = Omit<RankAllReduce, 'leaves' | 'leafLength'> &
  Partial<Pick<RankAllReduce, 'leaves' | 'leafLength'>>

export interface NodeAllReduceResult {
  /** Packed; the same on every rank of the node. */
  readonly order: string
  /** By rank within the node. */
  readonly seconds: readonly number[]
  /** When each contribution was added, where a rank of this node added them as they came; ms since the epoch. */
  readonly addedAt: readonly number[]
  /** By rank within the node. */
  readonly spent: readonly TransportTime[]
}

/** A rank waits for others a few times in one all-reduce; its answer is given this many deadlines. */
const ANSWER_DEADLINES = 10
/** How long threads are given to load their modules and listen, on a machine that has other work. */
const START_MS = 60_000
/** How long threads are given to close their connections. */
const END_MS = 5000

/**
 * The ranks of one node as its main thread sees them, which itself never blocks: a thread each, for the whole trial. After a
 * failure no more can be asked of them.
 */
export class NodeRanks implements AsyncDisposable {
  /** By rank within the node, in shared memory: inputs before an all-reduce, results after it. */
  readonly vectors: readonly Float32Array[]
  /** By rank within the node, in shared memory: the words of its leaves, leaf after leaf, where ranks contribute words. */
  readonly words: readonly Uint32Array[] | undefined
  readonly #options: NodeRanksOptions
  readonly #deadlineMs: number
  readonly #arena: SharedArena
  readonly #pool: Piscina<NodeRankTask, RankFailure | undefined>
  readonly #threads: readonly RankThread[]
  readonly #stopped = Promise.withResolvers<never>()
  #addresses: readonly string[] = []
  #algorithms: readonly string[] | undefined = []
  #bytesSent: readonly BytesByWay[]
  #isBusy = false

  /**
   * Starts the threads and their gRPC servers.
   * @throws {ReducibleError} usage: more memory than 4 GiB; internal: a server cannot listen.
   */
  static async open(options: NodeRanksOptions): Promise<NodeRanks> {
    const node = new NodeRanks(options)
    try {
      const listening = await node.#answers(
        node.#threads.map((thread) => thread.answer('listening')),
        START_MS,
      )
      node.#addresses = listening.map(({ address }) => address)
      return node
    } catch (thrown) {
      await node[Symbol.asyncDispose]()
      throw thrown
    }
  }

  private constructor(options: NodeRanksOptions) {
    const { trial, firstRank, localCount, rankCount, ranksPerNode, capacity, arithmetics } = options
    const { deadlineMs = 60_000, exchange = DEFAULT_EXCHANGE, deterministic = false } = options
    assert(firstRank % ranksPerNode === 0 && localCount === Math.min(ranksPerNode, rankCount - firstRank))
    const terms = options.words ? MAX_TERMS : rankCount // leaves of words may be several a rank
    const bytesPerElement = Math.max(...arithmetics.map((name) => widestElement(name, terms)))
    this.#options = options
    this.#deadlineMs = deadlineMs
    this.#arena = SharedArena.allocate({ rankCount: localCount, capacity, bytesPerElement })
    const locals = Array.from({ length: localCount }, (_, local) => local)
    this.vectors = locals.map((local) => this.#arena.vector(local))
    if (options.words) {
      this.words = locals.map(() => new Uint32Array(new SharedArrayBuffer(4 * SUM_PLANES * capacity)))
    }
    this.#bytesSent = locals.map(() => ({ shared: 0, grpc: 0 }))
    const module = moduleBeside(import.meta.url, 'node-rank-thread')
    this.#pool = openRankPool(module, 'runNodeRank', localCount, this.#arena.handle)
    const task = { trial, firstRank, rankCount, ranksPerNode, deadlineMs, exchange, deterministic }
    this.#threads = locals.map((localRank) => {
      const run = (port: MessagePort): Promise<RankFailure | undefined> =>
        this.#pool.run(
          { ...task, localRank, port, words: this.words?.[localRank] },
          { transferList: transferred(port) },
        )
      return new RankThread(firstRank + localRank, run)
    })
    this.#stopped.promise.catch(() => {}) // heard by whatever waits, now or later
    for (const local of locals) void this.#watch(local)
  }

  /** host:port of each rank's gRPC server, by rank within the node. */
  get addresses(): readonly string[] {
    return this.#addresses
  }

  /** Payload bytes of the trial so far, by rank within the node. */
  get bytesSent(): readonly BytesByWay[] {
    return this.#bytesSent
  }

  /**
   * Opens the pulls that algorithms need from other nodes. Once a trial.
   * @param addresses of every rank of every node.
   * @param algorithms that will be used; any by default, over a pull from every rank of other nodes.
   * @throws {ReducibleError} usage: no such algorithm.
   */
  async connect(addresses: readonly string[], algorithms?: readonly string[]): Promise<void> {
    assert.equal(addresses.length, this.#options.rankCount)
    this.#algorithms = algorithms
    await this.#ask({ kind: 'connect', addresses, algorithms }, 'connected')
  }

  /**
   * Reduces `vectors` in place, over all nodes; into the first leaf where a vector holds several. One at a time.
   * @throws {ReducibleError} of the first rank of this node that failed: payload-mismatch, peer-lost, worker-lost (its thread
   * died); ranks-disagree: two ranks of this node hold other bits, or added in another order.
   */
  async allReduce(request: NodeAllReduce): Promise<NodeAllReduceResult> {
    const { capacity, firstRank } = this.#options
    const { leaves = 1, leafLength = capacity, start, end } = request
    assert(this.#algorithms?.includes(request.algorithm) ?? true, 'connected for another algorithm')
    assert(0 <= start && start <= end && end <= leafLength && leaves * leafLength <= capacity)
    const answers = await this.#ask({ kind: 'reduce', ...request, leaves, leafLength }, 'reduced')
    this.#bytesSent = answers.map(({ bytesSent }) => bytesSent)
    const outcomes = answers.map(({ order }, local) => ({ order, sum: this.vectors[local].subarray(start, end) }))
    assertAgreement(firstRank, outcomes)
    return {
      order: outcomes[0].order,
      seconds: answers.map(({ seconds }) => seconds),
      addedAt: answers.flatMap(({ addedAt }) => addedAt),
      spent: answers.map(({ spent }) => spent),
    }
  }

  /**
   * Measures a point on every rank of this node while every other node does. A trial that measures reduces nothing else, is
   * connected for any algorithm, and has room for one element more than the longest vector.
   * @param stopAt of measurePointInTime.
   * @returns by rank within the node; undefined: there was no time left.
   * @throws {ReducibleError} as allReduce.
   */
  async measure(point: MeasuredPoint, stopAt: number): Promise<PointResult[] | undefined> {
    assert(this.#algorithms === undefined, 'connected for some algorithms only')
    const answers = await this.#ask({ kind: 'measure', point, stopAt }, 'measured')
    this.#bytesSent = answers.map(({ bytesSent }) => bytesSent)
    const results = answers.map(({ result }) => result).filter((result) => result !== undefined)
    return results.length === 0 ? undefined : results
  }

  /** Ends the threads, in the middle of an all-reduce too. Other nodes may still be reading until they are done: wait for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.reject(new ReducibleError('interrupted', 'the ranks of this node were stopped'))
    for (const thread of this.#threads) thread.end()
    const ended = Promise.all(this.#threads.map((thread) => thread.ended))
    const overdue = (): Error => new ReducibleError('worker-lost', `threads did not end within ${END_MS} ms`)
    await withDeadline(ended, END_MS, overdue).catch(() => {}) // those are ended now
    await closeRankPool(this.#pool)
  }

  /** Stops the node where a rank fails, with the error of the first that did. */
  async #watch(local: number): Promise<void> {
    const failure = await this.#threads[local].ended
    if (failure === undefined) return
    // A thread that died could not say so itself.
    new SharedSignals(this.#arena, local, this.#deadlineMs, this.#options.firstRank).abandon()
    // Who waits for another node does not look at its neighbours.
    for (const thread of this.#threads) thread.end()
    const first = await this.#threads[firstToFail(this.#arena) ?? local].ended
    const { rank, code, message, remedy } = first ?? failure
    this.#stopped.reject(new ReducibleError(code, message, { rank, remedy }))
  }

  async #ask<K extends RankAnswer['kind']>(command: RankCommand, kind: K): Promise<AnswerOf<K>[]> {
    assert(!this.#isBusy, 'one at a time')
    this.#isBusy = true
    try {
      const answers = this.#threads.map((thread) => thread.ask(command, kind))
      return await this.#answers(answers, ANSWER_DEADLINES * this.#deadlineMs)
    } finally {
      this.#isBusy = false
    }
  }

  async #answers<T>(answers: readonly Promise<T>[], deadlineMs: number): Promise<T[]> {
    const waiting = Promise.race([Promise.all(answers), this.#stopped.promise])
    const { firstRank, localCount } = this.#options
    return withDeadline(waiting, deadlineMs, () => {
      const text = `the threads of ranks ${firstRank} to ${firstRank + localCount - 1} did not answer within ${deadlineMs} ms`
      return new ReducibleError('worker-lost', text)
    })
  }
}

/** Piscina wants an array. Its types take what they want from an overload of `postMessage`, and hit another one. */
function transferred(port: MessagePort): PiscinaTransferList {
  return [port] as unknown as PiscinaTransferList
}

type PiscinaTransferList = NonNullable<NonNullable<Parameters<Piscina['run']>[1]>['transferList']>

type AnswerOf<K> = Extract<RankAnswer, { kind: K }>

/** The main thread's end of one rank. */
class RankThread {
  /** How the rank failed; undefined where it was told to end. */
  readonly ended: Promise<RankFailure | undefined>
  readonly #port: MessagePort
  #next = Promise.withResolvers<RankAnswer>()

  constructor(rank: number, start: (port: MessagePort) => Promise<RankFailure | undefined>) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.on('message', (answer: RankAnswer) => this.#next.resolve(answer))
    this.ended = start(port2).catch((thrown: unknown) => {
      const { code, message, remedy } = new ReducibleError('worker-lost', `lost rank ${rank}: ${messageOf(thrown)}`)
      return { rank, code, message, remedy }
    })
  }

  ask<K extends RankAnswer['kind']>(command: RankCommand, kind: K): Promise<AnswerOf<K>> {
    this.#next = Promise.withResolvers()
    this.#port.postMessage(command)
    return this.answer(kind)
  }

  /** What the thread says next. */
  async answer<K extends RankAnswer['kind']>(kind: K): Promise<AnswerOf<K>> {
    const answer = await this.#next.promise
    assert.equal(answer.kind, kind)
    return answer as AnswerOf<K>
  }

  end(): void {
    this.#port.postMessage({ kind: 'end' } satisfies RankCommand)
  }
}

/**
 * Refuses results of one node's ranks that are not the same. NaNs of any payload are equal.
 * @param outcomes from rank `firstRank` on.
 * @throws {ReducibleError} ranks-disagree.
 */
export function assertAgreement(
  firstRank: number,
  outcomes: readonly { readonly order: string; readonly sum: Float32Array }[],
): void {
  const [first, ...others] = outcomes
  for (const [i, { order, sum }] of others.entries()) {
    const rank = firstRank + 1 + i
    const refuse = (what: string): never => {
      throw new ReducibleError('ranks-disagree', `rank ${rank} ${what} rank ${firstRank}`, {
        rank,
        remedy: 'this is a defect of the schedule, the executor or a transport',
      })
    }
    if (order !== first.order) refuse(`added in another order (${shortened(order)}) than`)
    if (bytesOf(sum).equals(bytesOf(first.sum))) continue
    const count = countDifferences(sum, first.sum)
    if (count > 0) refuse(`has ${count} of ${sum.length} elements of other bits than`)
  }
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}

function shortened(order: string): string {
  return order.length <= 40 ? order : `${order.slice(0, 40)}…`
}
