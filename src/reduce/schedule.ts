/**
 * A collective as data. An algorithm is a pure function from a rank count to a Schedule; the executor, the verifier
 * and every later reader iterate the same rounds. All sends of a round read what the rank held when the round began.
 */
export interface Schedule {
  readonly algorithm: string
  readonly rankCount: number
  /** Equal shares (array_split) that the vector is cut into; a move carries one. */
  readonly chunkCount: number
  readonly roundCount: number
  /** The moves of round 0, 1, … roundCount − 1; never held all at once. */
  round(index: number): readonly Move[]
  /** May `from` send to `to`? The links the algorithm is meant to use. */
  isLink(from: number, to: number): boolean
}

/** One send inside a round: the receiver adds the chunk to its own, or takes it in place of its own. */
export interface Move {
  readonly from: number
  readonly to: number
  readonly chunk: number
  readonly kind: 'add' | 'copy'
}

/** The rounds of a schedule, in order. */
export function* roundsOf(schedule: Schedule): Generator<readonly Move[]> {
  for (let index = 0; index < schedule.roundCount; index++) yield schedule.round(index)
}

/** What one rank does in each round in which it does anything. */
export interface RankRound {
  readonly round: number
  readonly sends: readonly Move[]
  readonly receives: readonly Move[]
}

/** One rank's part of a schedule. */
export function rankProgram(schedule: Schedule, rank: number): RankRound[] {
  const program: RankRound[] = []
  let round = 0
  for (const moves of roundsOf(schedule)) {
    const sends = moves.filter(({ from }) => from === rank)
    const receives = moves.filter(({ to }) => to === rank)
    if (sends.length + receives.length > 0) program.push({ round, sends, receives })
    round++
  }
  return program
}

/** The ranks a rank receives from, ascending: those whose streams it opens. */
export function sourcesOf(program: readonly RankRound[]): number[] {
  const sources = program.flatMap(({ receives }) => receives.map(({ from }) => from))
  return [...new Set(sources)].sort((a, b) => a - b)
}
