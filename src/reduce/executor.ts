import assert from 'node:assert'
import { arraySplit } from '../core/array-split.ts'
import type { Move, RankRound, Schedule } from './schedule.ts'
import type { Transport } from './transport/transport.ts'

/**
 * One rank's all-reduce, in place: afterwards `vector` holds the sum over ranks, added in the schedule's order with one
 * f32 rounding per addition. Subnormals, signed zeros, Inf and NaN are carried as IEEE 754 says.
 *
 * @param program this rank's part of the schedule.
 * @param call number of the all-reduce within the trial; the same on every rank.
 * @param vector f32, the same length on every rank.
 * @throws {ReducibleError} what the transport throws.
 */
export async function allReduce(
  schedule: Schedule,
  program: readonly RankRound[],
  transport: Transport,
  call: number,
  vector: Float32Array,
): Promise<void> {
  assert.equal(transport.rankCount, schedule.rankCount)
  const chunkOf = ({ chunk }: Move): Float32Array => {
    const { start, end } = arraySplit(vector.length, schedule.chunkCount, chunk)
    return vector.subarray(start, end)
  }
  for (const { round, sends, receives } of program) {
    const sending = sends.map((move) => transport.send(move.to, { call, round, chunk: move.chunk }, chunkOf(move)))
    const sent = Promise.all(sending)
    sent.catch(() => {}) // awaited below, but a failing receive may throw first
    for (const move of receives) {
      // A chunk that is being sent in this round must leave as it was when the round began.
      if (sends.some(({ chunk }) => chunk === move.chunk)) await sent
      const chunk = chunkOf(move)
      const merge = move.kind === 'add' ? addPiece : copyPiece
      await transport.receive(move.from, { call, round, chunk: move.chunk }, chunk.length, (piece, at) =>
        merge(chunk, piece, at),
      )
    }
    await sent
  }
}

/** chunk[at + i] += piece[i], rounded once to f32 by the store. */
function addPiece(chunk: Float32Array, piece: Float32Array, at: number): void {
  for (let i = 0; i < piece.length; i++) chunk[at + i] += piece[i]
}

function copyPiece(chunk: Float32Array, piece: Float32Array, at: number): void {
  chunk.set(piece, at)
}
