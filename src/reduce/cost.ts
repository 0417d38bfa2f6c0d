import { arraySplit } from '../core/array-split.ts'
import { type Move, roundsOf, type Schedule } from './schedule.ts'

/** What a schedule costs over a vector: round by round the busiest rank. */
export interface ScheduleCost {
  readonly rounds: number
  /** Bytes sent by the rank that sends most over the whole schedule. */
  readonly bytesSentMax: number
  /** Sum over rounds of the bytes that the busiest rank of the round sends or receives. */
  readonly criticalBytes: number
  /** Sum over rounds of the bytes that the busiest rank of the round adds. */
  readonly criticalAddedBytes: number
}

/** α-β-γ: seconds a round, seconds a byte on a link, seconds a byte added. */
export interface CostModel {
  readonly secondsPerRound: number
  readonly secondsPerByte: number
  readonly secondsPerAddedByte: number
}

/** Counts a schedule over `elements` elements of `bytesPerElement` wire bytes. */
export function costOf(schedule: Schedule, elements: number, bytesPerElement: number): ScheduleCost {
  const { sent, criticalBytes, criticalAddedBytes } = countBytes(schedule, elements, bytesPerElement)
  return { rounds: schedule.roundCount, bytesSentMax: Math.max(...sent), criticalBytes, criticalAddedBytes }
}

interface CountedBytes extends Pick<ScheduleCost, 'criticalBytes' | 'criticalAddedBytes'> {
  /** By rank. */
  readonly sent: Float64Array
}

function countBytes(schedule: Schedule, elements: number, bytesPerElement: number): CountedBytes {
  const { rankCount, chunkCount } = schedule
  const sent = new Float64Array(rankCount)
  const chunkStart = Array.from({ length: chunkCount + 1 }, (_, chunk) =>
    chunk === chunkCount ? elements : arraySplit(elements, chunkCount, chunk).start,
  )
  const bytesOf = ({ chunk, width }: Move): number => (chunkStart[chunk + width] - chunkStart[chunk]) * bytesPerElement
  let criticalBytes = 0
  let criticalAddedBytes = 0
  for (const moves of roundsOf(schedule)) {
    const out = new Map<number, number>()
    const into = new Map<number, number>()
    const added = new Map<number, number>()
    for (const move of moves) {
      const bytes = bytesOf(move)
      const count = (counter: Map<number, number>, rank: number): unknown =>
        counter.set(rank, (counter.get(rank) ?? 0) + bytes)
      if (move.kind === 'add') count(added, move.to)
      if (move.from === move.to) continue
      count(out, move.from)
      count(into, move.to)
      sent[move.from] += bytes
    }
    criticalBytes += Math.max(0, ...out.values(), ...into.values())
    criticalAddedBytes += Math.max(0, ...added.values())
  }
  return { sent, criticalBytes, criticalAddedBytes }
}

/** Bytes that each rank sends over a whole schedule. */
export function bytesSentByRank(schedule: Schedule, elements: number, bytesPerElement: number): Float64Array {
  return countBytes(schedule, elements, bytesPerElement).sent
}

/** Seconds the model gives an all-reduce. */
export function predictSeconds(cost: ScheduleCost, model: CostModel): number {
  const { secondsPerRound, secondsPerByte, secondsPerAddedByte } = model
  return (
    cost.rounds * secondsPerRound + cost.criticalBytes * secondsPerByte + cost.criticalAddedBytes * secondsPerAddedByte
  )
}
