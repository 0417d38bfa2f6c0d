// Goal: every algorithm's schedule is a correct all-reduce, costs what its docstring says, and the verifier that proves
// this sees every single planted mistake. Left out: carrying values (executor.test.ts) and time (no schedule has any).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { type AlgorithmName, scheduleOf } from '../../src/reduce/algorithms.ts'
import { type Move, rankProgram, roundsOf, type Schedule, sourcesOf } from '../../src/reduce/schedule.ts'
import { verifySchedule } from '../../src/reduce/verify.ts'

const RANK_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16]

interface Cost {
  readonly rounds: number
  /** Moves that a rank sends and receives. */
  readonly sends: (rank: number) => number
  readonly receives: (rank: number) => number
  /** Moves per payload: each carries one of these equal shares. */
  readonly chunks: number
}

/** The docstrings' formulas, for P ranks. A new algorithm does not compile before it has a line here. */
const COSTS: Record<AlgorithmName, (P: number) => Cost> = {
  ring: (P) => ({ rounds: 2 * (P - 1), sends: () => 2 * (P - 1), receives: () => 2 * (P - 1), chunks: P }),
  'rank-order': (P) => {
    const moves = (rank: number): number => (P === 1 ? 0 : rank === 0 ? P - 1 : 1)
    return { rounds: P === 1 ? 0 : P, sends: moves, receives: moves, chunks: 1 }
  },
}
const ALGORITHMS = Object.keys(COSTS) as AlgorithmName[]

/** The order the docstrings state in which a chunk's P contributions are added, first one first. */
const ORDERS: Record<AlgorithmName, (P: number, chunk: number) => number[]> = {
  ring: (P, chunk) => Array.from({ length: P }, (_, i) => (chunk + 1 + i) % P),
  'rank-order': (P) => Array.from({ length: P }, (_, i) => i),
}

/** The sum each rank ends with, written out: `held[rank][chunk]` is like `((0+1)+2)`, siblings sorted. */
function sumsOf(schedule: Schedule): string[][] {
  const held = Array.from({ length: schedule.rankCount }, (_, rank) =>
    Array.from({ length: schedule.chunkCount }, () => String(rank)),
  )
  for (const moves of roundsOf(schedule)) {
    const before = structuredClone(held)
    for (const { from, to, chunk, kind } of moves) {
      const sent = before[from][chunk]
      held[to][chunk] = kind === 'copy' ? sent : `(${[held[to][chunk], sent].sort().join('+')})`
    }
  }
  return held
}

function statedSums(algorithm: AlgorithmName, rankCount: number, chunkCount: number): string[][] {
  const sums = Array.from({ length: chunkCount }, (_, chunk) =>
    ORDERS[algorithm](rankCount, chunk)
      .map(String)
      .reduce((sum, rank) => `(${[sum, rank].sort().join('+')})`),
  )
  return Array.from({ length: rankCount }, () => sums)
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  it.each(RANK_COUNTS)('over %i ranks is proven', (rankCount) => {
    expect(verifySchedule(scheduleOf(algorithm, rankCount))).toEqual([])
  })

  it.each(RANK_COUNTS)('over %i ranks takes the rounds and moves that its docstring says', (rankCount) => {
    const schedule = scheduleOf(algorithm, rankCount)
    const cost = COSTS[algorithm](rankCount)
    expect(schedule).toMatchObject({ algorithm, rankCount, chunkCount: cost.chunks, roundCount: cost.rounds })
    for (let rank = 0; rank < rankCount; rank++) {
      const program = rankProgram(schedule, rank)
      expect(program.flatMap(({ sends }) => sends)).toHaveLength(cost.sends(rank))
      expect(program.flatMap(({ receives }) => receives)).toHaveLength(cost.receives(rank))
    }
  })

  it.each(RANK_COUNTS)('over %i ranks adds in the order that its docstring says', (rankCount) => {
    const schedule = scheduleOf(algorithm, rankCount)
    expect(sumsOf(schedule)).toEqual(statedSums(algorithm, rankCount, schedule.chunkCount))
  })

  it('over one rank is empty', () => {
    expect([...roundsOf(scheduleOf(algorithm, 1))]).toEqual([])
  })

  it.each([0, -1, 1.5])('refuses %d ranks', (rankCount) => {
    expect(() => scheduleOf(algorithm, rankCount)).toThrow()
  })
})

/** `2(P−1)/P · S` as a function, from the table in src/reduce/README.md. */
function formulaOf(text: string): (P: number, S: number) => number {
  const plain = text
    .replace(/\(rank \d\)/, '')
    .replaceAll('−', '-')
    .replaceAll('·', '*')
    .replaceAll(/(\d)\(/g, '$1*(')
  return new Function('P', 'S', `return ${plain}`) as (P: number, S: number) => number
}

it.each(ALGORITHMS)('the table in src/reduce/README.md says what %s costs', (algorithm) => {
  const table = readFileSync(join(projectRoot, 'src/reduce/README.md'), 'utf8')
  const row = table.split('\n').find((line) => line.startsWith(`| \`${algorithm}\` |`))
  const [, , rounds, bytes] = (row ?? '').split('|')
  for (const rankCount of RANK_COUNTS.slice(1)) {
    const schedule = scheduleOf(algorithm, rankCount)
    const ranks = Array.from({ length: rankCount }, (_, rank) => rankProgram(schedule, rank))
    const mostSent = Math.max(...ranks.map((program) => program.flatMap(({ sends }) => sends).length))
    expect(formulaOf(rounds)(rankCount, 1)).toBe(schedule.roundCount)
    expect(formulaOf(bytes)(rankCount, 1)).toBeCloseTo(mostSent / schedule.chunkCount, 12)
  }
})

it.each(RANK_COUNTS)('ring over %i ranks sends to the right neighbour only', (rankCount) => {
  const moves = [...roundsOf(scheduleOf('ring', rankCount))].flat()
  expect(moves.filter(({ from, to }) => to !== (from + 1) % rankCount)).toEqual([])
})

it('a rank opens streams from those it receives from: its left neighbour in a ring, rank 0 or all in rank order', () => {
  const sources = (algorithm: AlgorithmName): number[][] =>
    [0, 1, 2, 3].map((rank) => sourcesOf(rankProgram(scheduleOf(algorithm, 4), rank)))
  expect(sources('ring')).toEqual([[3], [0], [1], [2]])
  expect(sources('rank-order')).toEqual([[1, 2, 3], [0], [0], [0]])
})

it('every rank adding to its own in one round is an all-reduce of two, but of three in as many orders', () => {
  const everyoneToEveryone = (rankCount: number): Schedule => ({
    algorithm: 'everyone to everyone',
    rankCount,
    chunkCount: 1,
    roundCount: 1,
    round: () => {
      const moves: Move[] = []
      for (let to = 0; to < rankCount; to++) {
        for (let k = 1; k < rankCount; k++) moves.push({ from: (to + k) % rankCount, to, chunk: 0, kind: 'add' })
      }
      return moves
    },
    isLink: () => true,
  })
  expect(verifySchedule(everyoneToEveryone(2))).toEqual([])
  expect(verifySchedule(everyoneToEveryone(3))).toEqual([
    'chunk 0: ranks 0 and 1 add in different orders',
    'chunk 0: ranks 0 and 2 add in different orders',
  ])
})

describe('a schedule with one mistake', () => {
  interface Mutant {
    readonly mistake: string
    readonly rounds: readonly (readonly Move[])[]
  }

  /** Every schedule that is one mistake away. The moves of a round have no order, so swapping two is no mistake. */
  function mutantsOf({ rankCount, chunkCount, ...schedule }: Schedule): Mutant[] {
    const rounds = [...roundsOf({ rankCount, chunkCount, ...schedule })]
    const mutants: Mutant[] = []
    const indices = (length: number): number[] => Array.from({ length }, (_, i) => i)
    for (const [r, moves] of rounds.entries()) {
      for (const [m, move] of moves.entries()) {
        const put = (mistake: string, ...moved: Move[]): number =>
          mutants.push({ mistake, rounds: rounds.with(r, moves.toSpliced(m, 1, ...moved)) })
        put('remove')
        put(`duplicate ${move.kind}`, move, move)
        put('flip kind', { ...move, kind: move.kind === 'add' ? 'copy' : 'add' })
        for (const to of indices(rankCount)) if (to !== move.to) put('redirect to', { ...move, to })
        for (const from of indices(rankCount)) if (from !== move.from) put('redirect from', { ...move, from })
        for (const chunk of indices(chunkCount)) if (chunk !== move.chunk) put('swap chunk', { ...move, chunk })
      }
      for (let other = r + 1; other < rounds.length; other++) {
        mutants.push({ mistake: 'swap rounds', rounds: rounds.with(r, rounds[other]).with(other, rounds[r]) })
      }
    }
    return mutants
  }

  it('is always seen, unless it changes no sum', () => {
    const caught = { verifier: 0, order: [] as string[] }
    const harmless: string[] = []
    const missed: string[] = []
    for (const algorithm of ALGORITHMS) {
      for (const rankCount of [2, 3, 4, 5, 6]) {
        const schedule = scheduleOf(algorithm, rankCount)
        const stated = JSON.stringify(sumsOf(schedule))
        for (const { mistake, rounds } of mutantsOf(schedule)) {
          const mutant = { ...schedule, roundCount: rounds.length, round: (index: number) => rounds[index] }
          if (verifySchedule(mutant).length > 0) caught.verifier++
          else if (JSON.stringify(sumsOf(mutant)) !== stated) caught.order.push(`${algorithm}: ${mistake}`)
          else if (mistake === 'duplicate copy') harmless.push(mistake)
          else missed.push(`${algorithm} over ${rankCount}: ${mistake}`)
        }
      }
    }
    const seen = caught.verifier + caught.order.length
    console.log(
      `schedule mutants: ${seen} of ${seen + missed.length} caught, ${caught.verifier} by the verifier and ` +
        `${caught.order.length} by the stated order; ${harmless.length} more are equivalent`,
    )
    expect(missed).toEqual([])
    // With two gathers swapped, rank order is an all-reduce still, in another order. The verifier proves that there is
    // one order, not which; the test of the stated order above is what sees these.
    expect(new Set(caught.order)).toEqual(new Set(['rank-order: swap rounds']))
    // A chunk copied twice over the same link leaves the same sum by the same tree: equivalent. Only the bytes double,
    // which the test of the moves above sees.
    expect(new Set(harmless)).toEqual(new Set(['duplicate copy']))
    expect(caught.verifier).toBeGreaterThan(1000)
  })
})
