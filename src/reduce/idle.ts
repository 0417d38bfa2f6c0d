import type { Move, Schedule } from './schedule.ts'

/** A chunk of a move that no rank's result depends on. */
export interface IdleChunk {
  readonly round: number
  /** Index of the move in its round. */
  readonly index: number
  readonly move: Move
  readonly chunk: number
}

/** Every chunk that is sent for nothing: what it brings is overwritten, or passed on only to be overwritten. */
export function idleChunks(schedule: Schedule): IdleChunk[] {
  const { rankCount, chunkCount, roundCount } = schedule
  // From the end backwards: does a result depend on what this rank holds of this chunk now?
  const needed = new Uint8Array(rankCount * chunkCount).fill(1)
  const slotOf = (rank: number, chunk: number): number => rank * chunkCount + chunk
  const idle: IdleChunk[] = []
  for (let round = roundCount - 1; round >= 0; round--) {
    const sources: number[] = []
    for (const [index, move] of [...schedule.round(round).entries()].reverse()) {
      const { from, to, kind } = move
      for (let chunk = move.chunk; chunk < move.chunk + move.width; chunk++) {
        const slot = slotOf(to, chunk)
        if (needed[slot] === 0) {
          idle.push({ round, index, move, chunk })
          continue
        }
        sources.push(slotOf(from, chunk))
        if (kind === 'copy') needed[slot] = 0
      }
    }
    for (const slot of sources) needed[slot] = 1 // sends read what was there when the round began
  }
  return idle.reverse()
}

/** The schedule without moves of which every chunk is idle. */
export function withoutIdleMoves(schedule: Schedule): Schedule {
  const counts = new Map<Move, number>()
  const rounds = Array.from({ length: schedule.roundCount }, (_, round) => schedule.round(round))
  const held: Schedule = { ...schedule, round: (round) => rounds[round] }
  for (const { move } of idleChunks(held)) counts.set(move, (counts.get(move) ?? 0) + 1)
  return { ...schedule, round: (round) => rounds[round].filter((move) => counts.get(move) !== move.width) }
}
