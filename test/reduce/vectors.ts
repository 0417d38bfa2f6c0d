import type { Arithmetic } from '../../src/reduce/arithmetic/arithmetic.ts'
import { f32Arithmetic } from '../../src/reduce/arithmetic/f32.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import type { ParsedOrder } from '../../src/reduce/order.ts'
import { rankProgram, type Schedule } from '../../src/reduce/schedule.ts'
import type { Transport } from '../../src/reduce/transport/transport.ts'

/**
 * One vector a rank. Every value is another one, of 2^-12 to 2^12 and either sign with all 24 bits in use, so that
 * nearly every addition rounds and no swap of ranks or elements can cancel.
 */
export function wideVectors(rankCount: number, length: number): Float32Array[] {
  return Array.from({ length: rankCount }, (_, rank) =>
    Float32Array.from({ length }, (_, i) => {
      const bits = scramble(rank * 1_000_003 + i)
      const magnitude = (1 + (bits & 0x7fffff) / 2 ** 23) * 2 ** (((bits >>> 23) % 25) - 12)
      return bits >>> 31 === 0 ? magnitude : -magnitude
    }),
  )
}

/** A bijection of 32-bit integers without visible pattern. @source splitmix32's finisher. */
function scramble(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return (bits ^ (bits >>> 15)) >>> 0
}

/** Reduces one vector a rank over the given transports and returns what each rank ends with, in f32 arithmetic. */
export async function reduceAll(
  schedule: Schedule,
  transports: readonly Transport[],
  vectors: readonly Float32Array[],
  call = 0,
): Promise<Float32Array[]> {
  return (await reduceWitnessed(schedule, transports, vectors, f32Arithmetic, call)).results
}

/** Reduces one vector a rank and returns what each rank ends with, and the packed order it witnessed. */
export async function reduceWitnessed(
  schedule: Schedule,
  transports: readonly Transport[],
  vectors: readonly Float32Array[],
  arithmetic: Arithmetic = f32Arithmetic,
  call = 0,
): Promise<{ results: Float32Array[]; orders: string[] }> {
  const results = vectors.map((vector) => vector.slice())
  const orders = await Promise.all(
    transports.map((transport, rank) =>
      allReduce(schedule, arithmetic, rankProgram(schedule, rank), transport, call, results[rank]),
    ),
  )
  return { results, orders }
}

/** The value of an order, one addition after the other, without chunks, rounds or moves. */
export function evaluate<T>(order: ParsedOrder, leaf: (rank: number) => T, add: (a: T, b: T) => T): T {
  if (typeof order === 'number') return leaf(order)
  return add(evaluate(order[0], leaf, add), evaluate(order[1], leaf, add))
}

/** The bit patterns: equal for equal bits only, NaN and -0 included. */
export function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length)
}
