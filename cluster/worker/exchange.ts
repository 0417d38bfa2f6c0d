import type { Span } from '../../src/core/array-split.ts'
import { SUM_PLANES } from '../../src/core/exact-words.ts'
import { leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { exactArithmeticOver } from '../../src/reduce/arithmetic/exact.ts'
import { ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { rankProgram, sourcesOf } from '../../src/reduce/schedule.ts'
import type { Arm } from '../../src/study/schema.ts'
import { GrpcTransport } from '../wire/grpc-transport.ts'

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
   * @returns the packed order it was made in.
   */
  reduce(elements: Span): Promise<string>
}

/** Where a node stands among the nodes of a trial. */
export interface Seat {
  readonly trial: string
  readonly node: number
  readonly arm: Arm
  /** Elements of a vector. */
  readonly vectorLength: number
}

/** The exchange of a node whose only rank lives in this thread. */
export async function openSingleRank({ trial, node, arm, vectorLength }: Seat): Promise<Exchange> {
  const schedule = scheduleOf(arm.algorithm, arm.nodes)
  const program = rankProgram(schedule, node)
  const arithmetic = ARITHMETICS[arm.arithmetic]
  const transport = new GrpcTransport(trial, node, arm.nodes)
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
    connect: async (all) => transport.connect(all, sourcesOf(program, node)),
    reduce({ start, end }) {
      const leaves: readonly Float32Array[] = vectors.map((vector) => vector.subarray(start, end))
      const [own, ...others] = leaves
      const exact = words && exactArithmeticOver((vector) => ({ words: words[leaves.indexOf(vector)], start }))
      return allReduce(schedule, exact ?? arithmetic, program, transport, call++, own, others)
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}
