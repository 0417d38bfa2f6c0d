// Goal: rounds and bytes of every schedule are those of the closed formulas in src/reduce/README.md, and what a transport
// carries. Left out: seconds (the model is fitted by `bench`).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/core/paths.ts'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import type { Arithmetic } from '../../src/reduce/arithmetic/arithmetic.ts'
import { ARITHMETICS, type ArithmeticName } from '../../src/reduce/arithmetics.ts'
import { costOf, predictSeconds } from '../../src/reduce/cost.ts'
import { rankProgram } from '../../src/reduce/schedule.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { CASES, caseName, caseSchedule, RANK_COUNTS } from './cases.ts'
import { reduceWitnessed, wideVectors } from './vectors.ts'

interface Terms {
  readonly P: number
  /** Largest power of the base that is at most P. */
  readonly p: number
  /** Rounds in which further ranks are folded onto the first p. */
  readonly f: number
  readonly k: number
  readonly n: number
}

interface Formula {
  readonly rounds: (terms: Terms) => number
  /** In payloads. */
  readonly sent: (terms: Terms) => number
}

const { log2, ceil, floor, min } = Math
const RING = ({ P }: Terms): number => (2 * (P - 1)) / P
const GATHER = ({ P }: Terms): number => P - 1
const b = ({ k, n }: Terms): number => (k > 1 && n > 1 ? 1 : 0)
const folds = ({ f }: Terms): number => f + min(1, f)

/** What is known of each algorithm, by its name in the table of the README. */
const FORMULAS: Readonly<Record<string, Formula>> = {
  ring: { rounds: ({ P }) => 2 * (P - 1), sent: RING },
  'ring-segmented': { rounds: ({ P }) => 8 * (P - 1), sent: RING },
  'recursive-doubling': { rounds: (t) => log2(t.p) + folds(t), sent: ({ p, f }) => log2(p) + f },
  'halving-doubling': { rounds: (t) => 2 * log2(t.p) + folds(t), sent: ({ p, f }) => (2 * (p - 1)) / p + f },
  'binomial-tree': { rounds: ({ P }) => 2 * ceil(log2(P)), sent: ({ P }) => ceil(log2(P)) },
  'fixed-tree:L': { rounds: ({ P }) => 2 * ceil(log2(P)), sent: ({ P }) => ceil(log2(P)) },
  'double-binary-tree': { rounds: ({ P }) => 2 * floor(log2(P)), sent: ({ P }) => min(P, 4) / 2 },
  'all-pairs': { rounds: () => 2, sent: RING },
  'rank-order': { rounds: ({ P }) => P, sent: GATHER },
  'reverse-rank': { rounds: ({ P }) => P, sent: GATHER },
  'permutation:SEED': { rounds: ({ P }) => P, sent: GATHER },
  arrival: { rounds: () => 2, sent: GATHER },
  'hierarchical:ring/ring': {
    rounds: (t) => 2 * (t.k - 1) + 2 * (t.n - 1) + b(t),
    sent: (t) => ((2 - b(t)) * (t.k - 1)) / t.k + (2 * (t.n - 1)) / t.n + b(t) * (t.k - 1),
  },
}

/** As halving-doubling, in base B. */
function bcubeFormula(base: number): Formula {
  const stages = (p: number): number => Math.round(Math.log(p) / Math.log(base))
  return { rounds: (t) => 2 * stages(t.p) + folds(t), sent: ({ p, f }) => (2 * (p - 1)) / p + f }
}

function formulaOf(name: string): Formula {
  const [kind, parameter] = name.split(':')
  return kind === 'bcube' ? bcubeFormula(Number(parameter)) : FORMULAS[rowOf(name)]
}

/** The name of an algorithm in the table. */
function rowOf(name: string): string {
  const [kind] = name.split(':')
  const parameters: Record<string, string> = {
    bcube: 'bcube:B',
    permutation: 'permutation:SEED',
    'fixed-tree': 'fixed-tree:L',
  }
  return parameters[kind] ?? name
}

function termsOf(name: string, P: number, k = 1): Terms {
  const [kind, parameter] = name.split(':')
  const base = kind === 'bcube' ? Number(parameter) : 2
  let p = 1
  while (p * base <= P) p *= base
  return { P, p, f: ceil((P - p) / p), k, n: P / k }
}

/** Divides by every chunk count of the grid: 2^8 · 3^4 · 5 · 7 · 13. */
const ELEMENTS = 9_434_880

const GRID = CASES.filter(({ name }) => name !== 'hierarchical:rank-order/halving-doubling').flatMap((which) =>
  RANK_COUNTS.filter((P) => P > 1 && P % which.ranksPerNode === 0).map((P) => [caseName(which), P, which] as const),
)

describe('a schedule', () => {
  it.each(GRID)('of %s over %i ranks costs what its formula says', (_, P, which) => {
    const cost = costOf(caseSchedule(which, P), ELEMENTS, 4)
    const { rounds, sent } = formulaOf(which.name)
    const terms = termsOf(which.name, P, which.ranksPerNode)
    expect(cost.rounds).toBe(rounds(terms))
    expect(cost.bytesSentMax / (4 * ELEMENTS)).toBeCloseTo(sent(terms), 12)
  })

  it.each(EVERY_ALGORITHM)('of %s over one rank costs nothing', (name) => {
    expect(costOf(scheduleOf(name, 1), 1000, 4)).toEqual({
      rounds: 0,
      bytesSentMax: 0,
      criticalBytes: 0,
      criticalAddedBytes: 0,
    })
  })

  it.each(CASES.map((which) => [caseName(which), which] as const))(
    'of %s sends the bytes that a transport counts, in every arithmetic',
    async (_, which) => {
      for (const name of Object.keys(ARITHMETICS) as ArithmeticName[]) {
        for (const rankCount of [1, 2, 3, 5, 6, 8]) {
          const arithmetic: Arithmetic = ARITHMETICS[name]
          const schedule = caseSchedule(which, rankCount)
          const transports = memoryTransports(rankCount)
          await reduceWitnessed(schedule, transports, wideVectors(rankCount, 37), arithmetic)
          const sent = Math.max(...transports.map(({ bytesSent }) => bytesSent))
          // These values fit one limb of `exact`; it sends the three numbers of its range before.
          const wireBytes = arithmetic.agreement ? 8 : arithmetic.bytesPerElement
          const agreed = arithmetic.agreement ? costOf(schedule, 3, 4).bytesSentMax : 0
          const sums = costOf(schedule, 37, wireBytes).bytesSentMax
          expect(sent).toBeGreaterThanOrEqual(sums)
          expect(sent).toBeLessThanOrEqual(sums + agreed)
        }
      }
    },
  )

  it.each(RANK_COUNTS)('in a ring of %i is as busy on every rank, in moves too', (P) => {
    const schedule = scheduleOf('ring', P)
    for (let rank = 0; rank < P; rank++) {
      const program = rankProgram(schedule, rank)
      expect(program.flatMap(({ sends }) => sends)).toHaveLength(2 * (P - 1))
      expect(program.flatMap(({ receives }) => receives)).toHaveLength(2 * (P - 1))
    }
  })
})

describe('along the critical path', () => {
  const payload = 4 * ELEMENTS
  it.each<[name: string, P: number, bytes: number, added: number]>([
    ['ring', 8, (2 * 7) / 8, 7 / 8],
    ['ring-segmented', 8, (2 * 7) / 8, 7 / 8],
    ['recursive-doubling', 8, 3, 3],
    ['halving-doubling', 8, (2 * 7) / 8, 7 / 8],
    ['binomial-tree', 8, 6, 3],
    // 7 ranks send to each other's chunks at once; each rank adds 7 eighths, its own included where it is not the first.
    ['all-pairs', 8, (2 * 7) / 8, 7 / 8],
    ['rank-order', 8, 7 + 7, 7],
    ['arrival', 8, 7 + 7, 7],
  ])('%s over %i ranks moves %d payloads and adds %d', (name, P, bytes, added) => {
    const cost = costOf(scheduleOf(name, P), ELEMENTS, 4)
    expect(cost.criticalBytes / payload).toBeCloseTo(bytes, 12)
    expect(cost.criticalAddedBytes / payload).toBeCloseTo(added, 12)
  })

  it('time is a sum of rounds, bytes and bytes added', () => {
    const cost = { rounds: 3, bytesSentMax: 999, criticalBytes: 50, criticalAddedBytes: 7 }
    expect(predictSeconds(cost, { secondsPerRound: 1000, secondsPerByte: 10, secondsPerAddedByte: 1 })).toBe(3507)
  })
})

describe('the table in src/reduce/README.md', () => {
  const rows = readFileSync(join(projectRoot, 'src/reduce/README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, rounds, sent]) => ({ name: name.replaceAll('`', ''), rounds, sent }))

  it('has a row for every algorithm, and no other', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...new Set(EVERY_ALGORITHM.map(rowOf))].sort())
  })

  it.each(GRID)('says what %s over %i ranks costs', (_, P, which) => {
    const row = rows.find(({ name }) => name === rowOf(which.name))
    const base = Number(which.name.split(':')[1])
    const cost = costOf(caseSchedule(which, P), ELEMENTS, 4)
    const terms = termsOf(which.name, P, which.ranksPerNode)
    expect(payloadsOf(row?.rounds ?? '', terms, base)).toBeCloseTo(cost.rounds, 9)
    expect(payloadsOf(row?.sent ?? '', terms, base)).toBeCloseTo(cost.bytesSentMax / (4 * ELEMENTS), 9)
  })

  /** `2(P−1)/P · S` and its like as a number of payloads S. */
  function payloadsOf(formula: string, { P, p, f, k, n }: Terms, B: number): number {
    const plain = formula
      .replaceAll('−', '-')
      .replaceAll('·', '*')
      .replaceAll(/⌈(.*?)⌉/g, 'ceil($1)')
      .replaceAll(/⌊(.*?)⌋/g, 'floor($1)')
      .replaceAll(/log_B (\w)/g, '(log2($1)/log2(B))')
      .replaceAll(/lg (\w)/g, 'log2($1)')
      .replaceAll(/(\d)\s*(?=[(a-z])/g, (digit, _, at, whole) =>
        /[a-z]\d$/.test(whole.slice(0, at + 1)) ? digit : `${digit}*`,
      )
      .replaceAll(/\bb\(/g, 'b*(')
    const evaluate = new Function(
      ...['P', 'p', 'f', 'k', 'n', 'b', 'S', 'B', 'log2', 'ceil', 'floor', 'min'],
      `return ${plain}`,
    )
    return evaluate(P, p, f, k, n, k > 1 && n > 1 ? 1 : 0, 1, B, log2, ceil, floor, min)
  }
})
