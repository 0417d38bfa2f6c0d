import type { Span } from '../../src/core/array-split.ts'
import { SUM_PLANES } from '../../src/core/exact-words.ts'
import { leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { exactArithmeticOver, wordsOfLeaves } from '../../src/reduce/arithmetic/exact.ts'
import { ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { sourcesOf } from '../../src/reduce/schedule.ts'
import { TimedTransport } from '../../src/reduce/transport/timed.ts'
import type { Arm } from '../../src/study/schema.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'
import { NodeRanks } from './node-ranks.ts'
import { inForcedOrder, rankPlan } from './rank-plan.ts'

/** The ranks that a node holds, as its training sees them. */
export interface Exchange extends AsyncDisposable {
  /** host:port of each rank's exchange service, in order. */
  readonly addresses: readonly string[]
  /**
   * By rank, then leaf: f32[vectorLength] each, where the engine puts its sums. Where they were reduced, the first has the
   * result.
   */
  readonly vectors: readonly Float32Array[]
  /** Under `exact`: the words of each leaf (core/exact-words.ts), where the engine puts its sums instead. */
  readonly words?: readonly Uint32Array[] | undefined
  /** Payload bytes that the busiest rank has handed to its transport. */
  readonly bytesSent: number
  /** @param addresses of every rank of the trial. */
  connect(addresses: readonly string[]): Promise<void>
  /**
   * The sum over all ranks of these elements, in place; every rank calls in the same order, one call at a time.
   * @param forced the packed order that an arrival-ordered sum is to be made in, in place of the one that comes about.
   */
  reduce(elements: Span, forced?: string): Promise<Reduction>
}

export interface Reduction {
  /** The packed order the sum was made in. */
  readonly order: string
  /** When each contribution was added, where they were as they came and this node added them; ms on the clock of the process. */
  readonly addedAt: readonly number[]
  /** Of its time, in handing over and in adding or storing; where ranks are threads, of the slowest one. */
  readonly sendNs: number
  readonly addNs: number
}

/** Where a node stands among the nodes of a trial. */
interface NodePlace {
  readonly trial: string
  readonly node: number
  readonly arm: Arm
  /** Elements of a vector. */
  readonly vectorLength: number
  readonly deterministic: boolean
}

/** Opens the exchange of a node. */
export function openExchange(place: NodePlace): Promise<Exchange> {
  return place.arm.ranksPerNode === 1 ? openSingleRank(place) : openNodeRanks(place)
}

/** A node whose only rank lives in this thread. */
async function openSingleRank({ trial, node, arm, vectorLength }: NodePlace): Promise<Exchange> {
  const planned = rankPlan(scheduleOf(arm.algorithm, arm.nodes), node)
  const arithmetic = ARITHMETICS[arm.arithmetic]
  const transport = new GrpcTransport(trial, node, arm.nodes)
  const timed = new TimedTransport(transport)
  const addresses = [await transport.listen()]
  const leafCount = leavesPerRank(arm.algorithm, arm.nodes)
  const vectors = Array.from({ length: leafCount }, () => new Float32Array(vectorLength))
  const words = arm.arithmetic === 'exact' ? vectors.map(() => new Uint32Array(SUM_PLANES * vectorLength)) : undefined
  let call = 0
  return {
    addresses,
    vectors,
    words,
    get bytesSent() {
      return transport.bytesSent
    },
    connect: async (all) => transport.connect(all, sourcesOf(planned.program, node)),
    async reduce({ start, end }, forced) {
      const { schedule, program } = inForcedOrder(planned, node, forced)
      const leaves: readonly Float32Array[] = vectors.map((vector) => vector.subarray(start, end))
      const [own, ...others] = leaves
      const exact = words && exactArithmeticOver((vector) => ({ words: words[leaves.indexOf(vector)], start }))
      const addedAt: number[] = []
      const onArrival = (): unknown => addedAt.push(performance.now())
      const before = timed.spent
      const order = await allReduce(schedule, exact ?? arithmetic, program, timed, call++, own, others, onArrival)
      return { order, addedAt, ...timed.spentSince(before) }
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}

/** A node whose ranks are threads. */
async function openNodeRanks({ trial, node, arm, vectorLength, deterministic }: NodePlace): Promise<Exchange> {
  const { nodes, ranksPerNode, algorithm, arithmetic } = arm
  const rankCount = nodes * ranksPerNode
  const leaves = leavesPerRank(algorithm, rankCount)
  const ranks = await NodeRanks.open({
    trial,
    firstRank: node * ranksPerNode,
    localCount: ranksPerNode,
    rankCount,
    ranksPerNode,
    capacity: leaves * vectorLength,
    arithmetics: [arithmetic],
    words: arithmetic === 'exact',
    deterministic,
  })
  let call = 0
  return {
    addresses: ranks.addresses,
    vectors: ranks.vectors.flatMap((vector) =>
      Array.from({ length: leaves }, (_, leaf) => vector.subarray(leaf * vectorLength, (leaf + 1) * vectorLength)),
    ),
    words: ranks.words?.flatMap((words) => wordsOfLeaves(words, leaves)),
    get bytesSent() {
      return Math.max(...ranks.bytesSent.map(({ shared, grpc }) => shared + grpc))
    },
    connect: (all) => ranks.connect(all, [algorithm]),
    async reduce({ start, end }, forced) {
      const request = { algorithm, arithmetic, call: call++, start, end, leaves, leafLength: vectorLength, forced }
      const { order, addedAt, seconds, spent } = await ranks.allReduce(request)
      const slowest = seconds.indexOf(Math.max(...seconds))
      return { order, addedAt: addedAt.map((ms) => ms - performance.timeOrigin), ...spent[slowest] }
    },
    [Symbol.asyncDispose]: () => ranks[Symbol.asyncDispose](),
  }
}
