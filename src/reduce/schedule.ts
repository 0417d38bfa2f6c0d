/**
 * A collective as data. An algorithm is a pure function from a rank count to a Schedule; the executor, the verifier
 * and every later reader iterate the same rounds.
 *
 * All sends of a round read what the rank held when the round began; receives are merged in the order they are listed.
 * Every send has its receive in the same round, so a schedule cannot deadlock: the lowest unfinished round can always go on.
 */
export interface Schedule {
  readonly algorithm: string
  readonly rankCount: number
  /** Equal shares (array_split) that the vector is cut into. */
  readonly chunkCount: number
  readonly roundCount: number
  /** The moves of round 0, 1, … roundCount − 1; never held all at once. */
  round(index: number): readonly Move[]
  /** May `from` send to `to`? The links the algorithm is meant to use. */
  isLink(from: number, to: number): boolean
  /** True for a round whose receives are merged as they arrive: nobody knows the order before it happened. */
  isArrivalOrdered?(index: number): boolean
}

/**
 * One send inside a round, of `width` consecutive chunks. The receiver adds them to its own, or takes them in place of
 * its own. A rank may send to itself: what it held at the start of the round, merged where the move is listed.
 */
export interface Move {
  readonly from: number
  readonly to: number
  readonly chunk: number
  readonly width: number
  readonly kind: 'add' | 'copy'
}

/** Does the order of this schedule's sums depend on what arrives first? */
export function isArrivalOrdered(schedule: Schedule): boolean {
  const rounds = Array.from({ length: schedule.roundCount }, (_, index) => index)
  return rounds.some((index) => schedule.isArrivalOrdered?.(index))
}

/** The rounds of a schedule, in order. */
export function* roundsOf(schedule: Schedule): Generator<readonly Move[]> {
  for (let index = 0; index < schedule.roundCount; index++) yield schedule.round(index)
}

/** What one rank does in each round in which it does anything. */
export interface RankRound {
  readonly round: number
  readonly sends: readonly Move[]
  /** In the order they are merged; those of an arrival-ordered round come as they come. */
  readonly receives: readonly Move[]
  readonly arrivalOrdered: boolean
}

/** One rank's part of a schedule. */
export function rankProgram(schedule: Schedule, rank: number): RankRound[] {
  const program: RankRound[] = []
  let round = 0
  for (const moves of roundsOf(schedule)) {
    const sends = moves.filter(({ from, to }) => from === rank && to !== rank)
    const receives = moves.filter(({ to }) => to === rank)
    const arrivalOrdered = schedule.isArrivalOrdered?.(round) ?? false
    if (sends.length + receives.length > 0) program.push({ round, sends, receives, arrivalOrdered })
    round++
  }
  return program
}

/** The ranks a rank receives from, ascending: those whose streams it opens. */
export function sourcesOf(program: readonly RankRound[], rank: number): number[] {
  const sources = program.flatMap(({ receives }) => receives.map(({ from }) => from))
  return [...new Set(sources)].filter((from) => from !== rank).sort((a, b) => a - b)
}
