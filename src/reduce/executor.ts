import assert from 'node:assert'
import { arraySplit } from '../core/array-split.ts'
import { isPowerOfTwo } from '../core/powers-of-two.ts'
import type { Arithmetic, PartialSums } from './arithmetic/arithmetic.ts'
import { joinOrders, type OrderTree, packOrders, unpackOrders } from './order.ts'
import type { Move, RankRound, Schedule } from './schedule.ts'
import type { MoveTag, Transport } from './transport/transport.ts'

/**
 * One rank's all-reduce, in place: afterwards `vector` holds the sum over ranks, added in the schedule's order.
 *
 * @param program this rank's part of the schedule.
 * @param call number of the all-reduce within the trial; the same on every rank.
 * @param vector f32, the same length on every rank.
 * @param otherLeaves f32, of that length each: what else this rank contributes, so that it adds a power of two of vectors by the
 * complete binary tree before it sends (its subtree of `fixed-tree:L`). Rank r's n vectors are the leaves r·n and up of the order.
 * @param onArrival called when this rank has merged what came first from whom nobody knew.
 * @returns the packed order of the result, by chunk, as it was really added: every operand came with its own.
 * @throws {ReducibleError} what the transport throws.
 */
export async function allReduce(
  schedule: Schedule,
  arithmetic: Arithmetic,
  program: readonly RankRound[],
  transport: Transport,
  call: number,
  vector: Float32Array,
  otherLeaves: readonly Float32Array[] = [],
  onArrival: () => void = () => {},
): Promise<string> {
  assert.equal(transport.rankCount, schedule.rankCount)
  const { agreement } = arithmetic
  const rounds: Rounds = { call, firstRound: 0, onArrival }
  if (agreement === undefined) {
    return reduceRounds(schedule, arithmetic, program, transport, rounds, vector, otherLeaves)
  }
  const vectors = [vector, ...otherLeaves]
  const agreed = agreement.needs(vectors)
  const agreeing = { call, firstRound: schedule.roundCount, onArrival: () => {} } // the rounds of the sum count from 0
  await reduceRounds(schedule, agreement.maximum, program, transport, agreeing, agreed, [])
  const over = agreement.over(agreed, schedule.rankCount * vectors.length)
  return reduceRounds(schedule, over, program, transport, rounds, vector, otherLeaves)
}

/** Where the rounds of a schedule stand in an all-reduce. */
interface Rounds {
  readonly call: number
  readonly firstRound: number
  readonly onArrival: () => void
}

/** One pass of a vector through the schedule. */
async function reduceRounds(
  schedule: Schedule,
  arithmetic: Arithmetic,
  program: readonly RankRound[],
  transport: Transport,
  { call, firstRound, onArrival }: Rounds,
  vector: Float32Array,
  otherLeaves: readonly Float32Array[],
): Promise<string> {
  const leaves = leavesOfRank(arithmetic, transport.rank, vector, otherLeaves)
  const state = new WitnessedSums(schedule, sumOfLeaves(leaves, vector.length), arithmetic, vector.length)
  for (const { round, sends, receives, arrivalOrdered } of program) {
    const tagOf = ({ chunk }: Move): MoveTag => ({ call, round: firstRound + round, chunk })
    // What is sent leaves as it was when the round began; a transport may still be reading it while we go on.
    const own = receives.some(({ from }) => from === transport.rank) ? state.snapshot(receives) : undefined
    const overwritten = sends.some((send) => receives.some((receive) => overlaps(send, receive)))
    const sending = sends.map((move) => transport.send(move.to, tagOf(move), { ...state.payloadOf(move), overwritten }))
    const sent = Promise.all(sending)
    sent.catch(() => {}) // awaited below, but a failing receive may throw first
    for await (const move of arrivalOrdered ? asTheyArrive(receives, transport) : receives) {
      if (sends.some((other) => overlaps(other, move))) await sent
      if (move.from === transport.rank && own) {
        state.merge(move, own.bytes, 0)
        state.witness(move, own.order)
        continue
      }
      const length = state.byteLengthOf(move)
      const take = (piece: Uint8Array, at: number): void => state.merge(move, piece, at)
      state.witness(move, await transport.receive(move.from, tagOf(move), length, take))
      if (arrivalOrdered) onArrival()
    }
    await sent
  }
  return state.finish()
}

async function* asTheyArrive(receives: readonly Move[], transport: Transport): AsyncGenerator<Move> {
  const waiting = new Map(receives.map((move) => [move.from, move]))
  while (waiting.size > 0) {
    const first = await transport.firstOf([...waiting.keys()])
    const move = waiting.get(first)
    assert(move !== undefined)
    waiting.delete(first)
    yield move
  }
}

/** Partial sums and the tree they were added by. */
interface Leaf {
  readonly sums: PartialSums
  readonly tree: OrderTree
}

/** Only the first travels, so only that one lies where the arithmetic wants to keep it. */
function leavesOfRank(
  arithmetic: Arithmetic,
  rank: number,
  vector: Float32Array,
  others: readonly Float32Array[],
): Leaf[] {
  const first = rank * (1 + others.length)
  const workspace = (): Uint8Array => new Uint8Array(arithmetic.bytesPerElement * vector.length)
  return [
    { sums: arithmetic.begin(vector), tree: String(first) },
    ...others.map((other, i) => ({ sums: arithmetic.begin(other, workspace()), tree: String(first + 1 + i) })),
  ]
}

/** Neighbours are added in pairs, then pairs, up to one: into the first leaf. */
function sumOfLeaves(leaves: readonly Leaf[], length: number): Leaf {
  assert(isPowerOfTwo(leaves.length), 'a complete binary tree has a power of two of leaves')
  if (leaves.length === 1) return leaves[0]
  const pairs = leaves.filter((_, i) => i % 2 === 0)
  return sumOfLeaves(
    pairs.map((left, i) => {
      const right = leaves[2 * i + 1]
      left.sums.add(right.sums.encode(0, length), 0)
      return { sums: left.sums, tree: joinOrders(left.tree, right.tree) }
    }),
    length,
  )
}

/** Partial sums and the tree of each chunk: whatever is merged brings its tree, and both change together. */
class WitnessedSums {
  readonly #schedule: Schedule
  readonly #arithmetic: Arithmetic
  readonly #sums: PartialSums
  readonly #length: number
  readonly #trees: OrderTree[]

  constructor(schedule: Schedule, own: Leaf, arithmetic: Arithmetic, length: number) {
    this.#schedule = schedule
    this.#arithmetic = arithmetic
    this.#sums = own.sums
    this.#length = length
    this.#trees = Array.from({ length: schedule.chunkCount }, () => own.tree)
  }

  byteLengthOf(move: Move): number {
    const { start, end } = this.#elementsOf(move)
    return (end - start) * this.#arithmetic.bytesPerElement
  }

  payloadOf(move: Move): { bytes: Uint8Array; order: string } {
    const { start, end } = this.#elementsOf(move)
    const trees = this.#trees.slice(move.chunk, move.chunk + move.width)
    return { bytes: this.#sums.encode(start, end), order: packOrders(trees) }
  }

  /** A copy of what this rank sends to itself in a round. */
  snapshot(receives: readonly Move[]): { bytes: Uint8Array; order: string } {
    const [move, ...others] = receives.filter(({ from, to }) => from === to)
    assert(others.length === 0, 'a rank sends to itself at most once a round')
    const { bytes, order } = this.payloadOf(move)
    return { bytes: new Uint8Array(bytes), order }
  }

  /** Merges a piece of a move's payload, from byte `at` of it on. */
  merge(move: Move, piece: Uint8Array, at: number): void {
    const start = this.#elementsOf(move).start + at / this.#arithmetic.bytesPerElement
    if (move.kind === 'add') this.#sums.add(piece, start)
    else this.#sums.copy(piece, start)
  }

  /** Notes whose sums were merged. */
  witness({ chunk, kind }: Move, order: string): void {
    unpackOrders(order).forEach((tree, i) => {
      this.#trees[chunk + i] = kind === 'add' ? joinOrders(this.#trees[chunk + i], tree) : tree
    })
  }

  finish(): string {
    this.#sums.finish()
    return packOrders(this.#trees)
  }

  #elementsOf({ chunk, width }: Move): { start: number; end: number } {
    const { chunkCount } = this.#schedule
    const { start } = arraySplit(this.#length, chunkCount, chunk)
    return { start, end: arraySplit(this.#length, chunkCount, chunk + width - 1).end }
  }
}

function overlaps(a: Move, b: Move): boolean {
  return a.chunk < b.chunk + b.width && b.chunk < a.chunk + a.width
}
