import assert from 'node:assert'
import type { Span } from '../core/array-split.ts'
import { SUM_PLANES } from '../core/exact-words.ts'
import type { NodeStep } from '../record/trial-record.ts'
import { arrivalReplay } from '../reduce/algorithms/gather.ts'
import { leavesPerRank, scheduleOf } from '../reduce/algorithms.ts'
import type { Arithmetic } from '../reduce/arithmetic/arithmetic.ts'
import { exactArithmeticOver } from '../reduce/arithmetic/exact.ts'
import { ARITHMETICS } from '../reduce/arithmetics.ts'
import { allReduce } from '../reduce/executor.ts'
import { countDifferences } from '../reduce/measure.ts'
import { orderCertificate } from '../reduce/order.ts'
import { type RankRound, rankProgram, type Schedule } from '../reduce/schedule.ts'
import type { Arm } from '../study/schema.ts'
import type { Surroundings } from './arm-timing.ts'
import { Network } from './network.ts'
import { VirtualRanks } from './virtual-transport.ts'

interface Programs {
  readonly schedule: Schedule
  /** By rank. */
  readonly programs: readonly (readonly RankRound[])[]
}

/** The ranks of a simulated training, one a node, and what their all-reduces leave on record. */
export class TrainingRanks {
  /** By rank, then leaf: where gradients are put; the first of a rank has the result. */
  readonly vectors: readonly Float32Array[]
  /** By certificate. */
  readonly orders = new Map<string, string>()
  /** By node: virtual nanoseconds in all-reduces so far. */
  readonly reduceNs: Float64Array
  readonly #arm: Arm
  readonly #leaves: number
  /** By leaf likewise, where the arithmetic is exact. */
  readonly words: readonly Uint32Array[] | undefined
  readonly #network: Network
  readonly #ranks: VirtualRanks
  readonly #transports
  readonly #planned: Programs
  /** When each node began its step. */
  #begun: Float64Array
  /** Of the step, by node: its buckets so far. */
  readonly #buckets: { readonly elements: number; readonly begun: number; readonly ended: number }[][]
  /** All-reduces so far. */
  #calls = 0

  constructor(arm: Arm, vectorLength: number, { links, conditions }: Surroundings) {
    const { nodes, algorithm, arithmetic } = arm
    this.#arm = arm
    this.#leaves = leavesPerRank(algorithm, nodes)
    this.vectors = Array.from({ length: nodes * this.#leaves }, () => new Float32Array(vectorLength))
    this.words = arithmetic === 'exact' ? this.vectors.map(() => new Uint32Array(SUM_PLANES * vectorLength)) : undefined
    this.#network = new Network(nodes, links, conditions)
    this.#ranks = new VirtualRanks(this.#network)
    this.#transports = Array.from({ length: nodes }, (_, rank) => this.#ranks.transport(rank))
    this.#planned = programsOf(scheduleOf(algorithm, nodes))
    this.#begun = this.clock.slice()
    this.#buckets = this.#transports.map(() => [])
    this.reduceNs = new Float64Array(nodes)
  }

  /** By rank, virtual nanoseconds. */
  get clock(): Float64Array {
    return this.#ranks.clock
  }

  get bytesSentMax(): number {
    return Math.max(...this.#transports.map(({ bytesSent }) => bytesSent))
  }

  /** A step begins with its gradient. @param computeNs by node. @param background what other traffic takes of the links. */
  compute(computeNs: Float64Array, background: number): void {
    this.#network.setBackground(background)
    this.#begun = this.clock.slice()
    for (const ofNode of this.#buckets) ofNode.length = 0
    computeNs.forEach((ns, node) => {
      this.clock[node] += ns
    })
  }

  /**
   * The sums over all ranks of the elements of each bucket, in place: bucket after bucket, no rank waiting for another between.
   * @returns the certificates of their orders, which are kept.
   */
  async reduce(buckets: readonly Span[], forced: readonly string[] | undefined): Promise<string[]> {
    const { nodes, algorithm } = this.#arm
    const plans = buckets.map((_, index) => {
      const order = algorithm === 'arrival' && nodes > 1 ? forced?.[index] : undefined
      return order === undefined ? this.#planned : programsOf(arrivalReplay(order))
    })
    const tasks = this.#transports.map(async (transport, rank) => {
      const orders: string[] = []
      for (const [index, { start, end }] of buckets.entries()) {
        const leaves = this.#leavesOf(rank).map((vector) => vector.subarray(start, end))
        const [own, ...others] = leaves
        const { schedule, programs } = plans[index]
        const arithmetic = this.#ranks.arithmetic(rank, this.#arithmeticOf(rank, leaves, start))
        const begun = this.clock[rank]
        orders.push(await allReduce(schedule, arithmetic, programs[rank], transport, this.#calls + index, own, others))
        this.#ranks.settle(rank)
        this.#buckets[rank].push({ elements: end - start, begun, ended: this.clock[rank] })
        this.reduceNs[rank] += this.clock[rank] - begun
      }
      return orders
    })
    await this.#ranks.run(tasks)
    this.#calls += buckets.length
    for (const bucket of buckets) this.#checkAgreement(bucket)
    return (await tasks[0]).map((order) => {
      const certificate = orderCertificate(order)
      this.orders.set(certificate, order)
      return certificate
    })
  }

  /** The step as each node saw it. @param computeNs by node. */
  nodeSteps(computeNs: Float64Array): NodeStep[] {
    return Array.from(computeNs, (engineNs, node) => {
      const begun = this.#begun[node]
      const buckets = this.#buckets[node].map((bucket) => ({
        elements: bucket.elements,
        readNs: engineNs,
        reduceStartNs: bucket.begun - begun,
        reduceEndNs: bucket.ended - begun,
      }))
      return {
        node,
        dispatches: 0,
        updateDispatches: 0,
        gpuNs: null,
        stepNs: this.clock[node] - begun,
        engineNs,
        reduceNs: buckets.reduce((sum, { reduceStartNs, reduceEndNs }) => sum + reduceEndNs - reduceStartNs, 0),
        overlapNs: 0,
        buckets,
      }
    })
  }

  #leavesOf(rank: number): readonly Float32Array[] {
    return this.vectors.slice(rank * this.#leaves, (rank + 1) * this.#leaves)
  }

  #arithmeticOf(rank: number, leaves: readonly Float32Array[], start: number): Arithmetic {
    const words = this.words
    if (words === undefined) return ARITHMETICS[this.#arm.arithmetic]
    return exactArithmeticOver((vector) => ({
      words: words[rank * this.#leaves + leaves.indexOf(vector as Float32Array)],
      start,
    }))
  }

  /** One engine holds the weights of all nodes: they must have the same bits. */
  #checkAgreement({ start, end }: Span): void {
    const resultOf = (rank: number): Float32Array => this.vectors[rank * this.#leaves].subarray(start, end)
    for (let rank = 1; rank < this.#arm.nodes; rank++) {
      assert.equal(countDifferences(resultOf(rank), resultOf(0)), 0, `rank ${rank} has another sum than rank 0`)
    }
  }
}

function programsOf(schedule: Schedule): Programs {
  const ranks = Array.from({ length: schedule.rankCount }, (_, rank) => rank)
  return { schedule, programs: ranks.map((rank) => rankProgram(schedule, rank)) }
}
