import assert from 'node:assert'
import type { MessagePort } from 'node:worker_threads'
import { workerData } from 'piscina'
import { type ErrorCode, ReducibleError } from '../../src/core/errors.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import type { Arithmetic } from '../../src/reduce/arithmetic/arithmetic.ts'
import { type ExactWords, exactArithmeticOver, wordsOfLeaves } from '../../src/reduce/arithmetic/exact.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { type MeasuredPoint, measurePointInTime, type PointResult } from '../../src/reduce/measure.ts'
import { sourcesOf } from '../../src/reduce/schedule.ts'
import type { Seat } from '../../src/reduce/seat.ts'
import { processClock } from '../../src/reduce/transport/process-seat.ts'
import { SharedTransport } from '../../src/reduce/transport/shared.ts'
import { type ArenaHandle, SharedArena } from '../../src/reduce/transport/shared-arena.ts'
import { arenaArithmetic, arenaLoops } from '../../src/reduce/transport/shared-arithmetic.ts'
import { SharedSignals } from '../../src/reduce/transport/shared-signals.ts'
import { TimedTransport, type TransportTime } from '../../src/reduce/transport/timed.ts'
import type { BytesByWay } from '../../src/reduce/transport/transport.ts'
import type { ExchangeOptions } from '../wire/channel.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import { MixedTransport } from '../wire/mixed-transport.ts'
import { inForcedOrder, type RankPlan, rankPlan } from './rank-plan.ts'
import { refuseUnnamedDraws } from './unnamed-draws.ts'

/** What a thread is asked to do: to be one rank of a trial, until its port says end. */
export interface NodeRankTask {
  readonly trial: string
  /** Number of the node's first rank. */
  readonly firstRank: number
  /** Within the node. */
  readonly localRank: number
  /** Of all nodes. */
  readonly rankCount: number
  readonly ranksPerNode: number
  readonly deadlineMs: number
  /** The words of its leaves, in place of its vector. */
  readonly words: Uint32Array | undefined
  readonly exchange: ExchangeOptions
  /** Does a random draw without a name throw? */
  readonly deterministic: boolean
  /** Commands come here and are answered here, one at a time. */
  readonly port: MessagePort
}

export type RankCommand =
  | {
      readonly kind: 'connect'
      readonly addresses: readonly string[]
      /** Those that will be used; undefined: any. */
      readonly algorithms: readonly string[] | undefined
    }
  | ({ readonly kind: 'reduce' } & RankAllReduce)
  | { readonly kind: 'measure'; readonly point: MeasuredPoint; readonly stopAt: number }
  | { readonly kind: 'end' }

/** One all-reduce, as a node's ranks are told of it. */
export interface RankAllReduce {
  readonly algorithm: string
  readonly arithmetic: ArithmeticName
  /** Number of the all-reduce within the trial; the same on every rank. */
  readonly call: number
  /** The vector is this many consecutive leaves, */
  readonly leaves: number
  /** each of this many elements, */
  readonly leafLength: number
  /** of which those from `start` on take part, */
  readonly start: number
  /** up to, and without, `end`. */
  readonly end: number
  /** The packed order that an arrival-ordered sum is to be made in. */
  readonly forced?: string | undefined
}

export type RankAnswer =
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'reduced'
      /** Packed, as this rank witnessed it. */
      readonly order: string
      readonly seconds: number
      /** When each contribution was added, where this rank added them as they came; ms since the epoch. */
      readonly addedAt: readonly number[]
      readonly spent: TransportTime
      /** In the whole trial. */
      readonly bytesSent: BytesByWay
    }
  | {
      readonly kind: 'measured'
      /** Undefined: there was no time left. */
      readonly result: PointResult | undefined
      readonly bytesSent: BytesByWay
    }

/** How a rank failed. Errors do not keep their class between threads, so they come as a value. */
export interface RankFailure {
  readonly rank: number
  readonly code: ErrorCode
  readonly message: string
  readonly remedy: string
}

const arena = new SharedArena(workerData as ArenaHandle)

/** The thread's task, under the name that the pool asks for. Says the address it listens on, then obeys. */
export async function runNodeRank(task: NodeRankTask): Promise<RankFailure | undefined> {
  const { trial, firstRank, localRank, rankCount, deadlineMs, exchange, deterministic, port } = task
  if (deterministic) refuseUnnamedDraws()
  const rank = firstRank + localRank
  const signals = new SharedSignals(arena, localRank, deadlineMs, firstRank)
  await using grpc = new GrpcTransport(trial, rank, rankCount, exchange)
  try {
    const nodeRank = new NodeRank(task, signals, grpc)
    const ended = obey(port, (command) => nodeRank.act(command))
    port.postMessage({ kind: 'listening', address: await grpc.listen() } satisfies RankAnswer)
    await ended
    return undefined
  } catch (thrown) {
    signals.abandon()
    const { code, message, remedy } = ReducibleError.from(thrown)
    return { rank, code, message, remedy }
  } finally {
    port.close()
  }
}

/** Resolves when the port says end, also in the middle of a command. */
function obey(port: MessagePort, act: (command: ActiveCommand) => Promise<RankAnswer>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  port.on('message', (command: RankCommand) => {
    if (command.kind === 'end') resolve()
    else act(command).then((answer) => port.postMessage(answer), reject)
  })
  return promise
}

type ActiveCommand = Exclude<RankCommand, { kind: 'end' }>

/** One rank and all that it keeps from one command to the next. */
class NodeRank {
  readonly #task: NodeRankTask
  readonly #shared: SharedTransport
  readonly #grpc: GrpcTransport
  readonly #transport: MixedTransport
  readonly #timed: TimedTransport
  readonly #seat: Seat
  readonly #plans = new Map<string, RankPlan>()
  readonly #arithmetics = new Map<ArithmeticName, Arithmetic>()
  readonly #exactLoops = arenaLoops(arena)

  constructor(task: NodeRankTask, signals: SharedSignals, grpc: GrpcTransport) {
    const { localRank, rankCount, deadlineMs } = task
    this.#task = task
    this.#shared = new SharedTransport(arena, signals, localRank, { rankCount, waiting: 'async' })
    this.#grpc = grpc
    this.#transport = new MixedTransport(this.#shared, grpc, (rank) => this.#isNeighbour(rank), deadlineMs)
    this.#timed = new TimedTransport(this.#transport)
    this.#seat = this.#measuringSeat()
  }

  async act(command: ActiveCommand): Promise<RankAnswer> {
    switch (command.kind) {
      case 'connect':
        this.#connect(command.addresses, command.algorithms)
        return { kind: 'connected' }
      case 'reduce':
        return this.#reduce(command)
      case 'measure':
        return this.#measure(command.point, command.stopAt)
    }
  }

  #connect(addresses: readonly string[], algorithms: readonly string[] | undefined): void {
    const { rank } = this.#transport
    const sources =
      algorithms?.flatMap((algorithm) => sourcesOf(this.#planOf(algorithm).program, rank)) ?? addresses.keys()
    this.#grpc.connect(
      addresses,
      [...new Set(sources)].filter((source) => !this.#isNeighbour(source)),
    )
  }

  async #reduce(command: RankAllReduce): Promise<RankAnswer> {
    const { algorithm, arithmetic, call, leaves, leafLength, start, end, forced } = command
    const { schedule, program } = this.#planOf(algorithm, forced)
    const vector = arena.vector(this.#task.localRank)
    const own = Array.from({ length: leaves }, (_, leaf) =>
      vector.subarray(leaf * leafLength + start, leaf * leafLength + end),
    )
    const [first, ...others] = own
    const addedAt: number[] = []
    const before = this.#timed.spent
    const began = performance.now()
    const order = await allReduce(
      schedule,
      this.#arithmeticOver(own, start) ?? this.#arithmeticOf(arithmetic),
      program,
      this.#timed,
      call,
      first,
      others,
      () => addedAt.push(performance.timeOrigin + performance.now()),
    )
    await this.#shared.flush()
    const seconds = (performance.now() - began) / 1000
    const spent = this.#timed.spentSince(before)
    return { kind: 'reduced', order, seconds, addedAt, spent, bytesSent: this.#transport.bytesByWay }
  }

  async #measure(point: MeasuredPoint, stopAt: number): Promise<RankAnswer> {
    const result = await measurePointInTime(point, this.#seat, stopAt)
    return { kind: 'measured', result, bytesSent: this.#transport.bytesByWay }
  }

  /**
   * The arena's last element belongs to the barrier, which is an all-reduce of it. All-reduces that are measured number
   * themselves: a trial that measures does nothing else.
   */
  #measuringSeat(): Seat {
    const { localRank } = this.#task
    const { capacity } = arena.shape
    const inBarrier = arena.vector(localRank).subarray(capacity - 1)
    let call = 0
    const nextCall = (): number => call++
    const flush = (): Promise<void> => this.#shared.flush()
    return {
      ...processClock,
      transport: this.#transport,
      nextCall,
      flush,
      vector: (length) => {
        assert(length < capacity)
        return arena.vector(localRank, length)
      },
      arithmetic: (name) => this.#arithmeticOf(name),
      barrier: async () => {
        const { schedule, program } = this.#planOf('rank-order')
        inBarrier.fill(0)
        await allReduce(schedule, this.#arithmeticOf('f32'), program, this.#transport, nextCall(), inBarrier)
        await flush()
      },
    }
  }

  #isNeighbour(rank: number): boolean {
    const local = rank - this.#task.firstRank
    return local >= 0 && local < arena.shape.rankCount
  }

  /** @param forced the order to add in, where nobody knows it before. */
  #planOf(algorithm: string, forced?: string): RankPlan {
    const { rankCount, ranksPerNode } = this.#task
    const { rank } = this.#transport
    const planned = this.#plans.get(algorithm) ?? rankPlan(scheduleOf(algorithm, rankCount, ranksPerNode), rank)
    this.#plans.set(algorithm, planned)
    return inForcedOrder(planned, rank, forced)
  }

  /** Where words are contributed: of leaves from element `start` on. */
  #arithmeticOver(leaves: readonly Float32Array[], start: number): Arithmetic | undefined {
    const { words, localRank } = this.#task
    if (words === undefined) return undefined
    const byLeaf = wordsOfLeaves(words, leaves.length)
    const wordsOf = (vector: Float32Array): ExactWords => ({ words: byLeaf[leaves.indexOf(vector)], start })
    return arenaArithmetic(exactArithmeticOver(wordsOf, this.#exactLoops), arena, localRank)
  }

  #arithmeticOf(name: ArithmeticName): Arithmetic {
    const arithmetic = this.#arithmetics.get(name) ?? arenaArithmetic(ARITHMETICS[name], arena, this.#task.localRank)
    this.#arithmetics.set(name, arithmetic)
    return arithmetic
  }
}
