// Goal: every algorithm's schedule is a correct all-reduce in the order its docstring states, and the verifier that
// proves this sees every single planted mistake that changes a sum. Left out: carrying values (executor.test.ts,
// arithmetic.test.ts), and rounds and bytes (cost.test.ts).
import { describe, expect, it } from 'vitest'
import { EVERY_ALGORITHM, scheduleOf } from '../../src/reduce/algorithms.ts'
import { orderCertificate, type ParsedOrder, unpackOrders } from '../../src/reduce/order.ts'
import { type Move, rankProgram, roundsOf, type Schedule, sourcesOf } from '../../src/reduce/schedule.ts'
import { type Proof, provenOrder, verifySchedule } from '../../src/reduce/verify.ts'
import { CASES, caseName, caseSchedule, RANK_COUNTS } from './cases.ts'
import { DRAWN_BY_NUMPY, statedOrders, textOf } from './stated-orders.ts'

/** The sum each rank ends with, chunk by chunk, written out as text: a second reading of a schedule. */
function sumsOf(schedule: Schedule): string[][] {
  const held = Array.from({ length: schedule.rankCount }, (_, rank) =>
    Array.from({ length: schedule.chunkCount }, (): ParsedOrder => rank),
  )
  for (const moves of roundsOf(schedule)) {
    const before = held.map((chunks) => [...chunks])
    for (const { from, to, chunk, width, kind } of moves) {
      for (let c = chunk; c < chunk + width; c++) {
        held[to][c] = kind === 'copy' ? before[from][c] : [held[to][c], before[from][c]]
      }
    }
  }
  return held.map((chunks) => chunks.map(textOf))
}

describe.each(CASES.map((which) => [caseName(which), which] as const))('%s', (_, which) => {
  it.each(RANK_COUNTS)('over %i ranks is proven, with one order on all ranks', (rankCount) => {
    expect(verifySchedule(caseSchedule(which, rankCount))).toMatchObject({ flaws: [], ranksDiffer: false })
  })

  it.each(RANK_COUNTS)('over %i ranks adds in the order that its docstring states', (rankCount) => {
    const schedule = caseSchedule(which, rankCount)
    const stated = statedOrders(which, rankCount).map(textOf)
    expect(stated).toHaveLength(schedule.chunkCount)
    expect(sumsOf(schedule)).toEqual(Array.from({ length: rankCount }, () => stated))
    expect(unpackOrders(provenOrder(schedule).order)).toEqual(stated)
  })

  it('over one rank is empty', () => {
    expect([...roundsOf(caseSchedule(which, 1))]).toEqual([])
  })

  it.each([0, -1, 1.5])('refuses %d ranks', (rankCount) => {
    expect(() => caseSchedule(which, rankCount)).toThrow()
  })
})

it.each(RANK_COUNTS)('permutation:1 over %i ranks is the one that NumPy draws', (rankCount) => {
  const [first] = DRAWN_BY_NUMPY[rankCount]
  const moves = [...roundsOf(scheduleOf('permutation:1', rankCount))].flat()
  const additions = moves.filter(({ kind }) => kind === 'add')
  expect([first, ...additions.map(({ from }) => from)]).toEqual(DRAWN_BY_NUMPY[rankCount])
})

it('permutation:7 over 8 ranks is another one', () => {
  const [[{ to }], ...rounds] = [...roundsOf(scheduleOf('permutation:7', 8))]
  expect(to).toBe(0)
  expect(
    rounds
      .flat()
      .filter(({ kind }) => kind === 'add')
      .map(({ from }) => from),
  ).toEqual([7, 2, 4, 5, 1, 3])
})

it.each(RANK_COUNTS)('ring over %i ranks sends to the right neighbour only', (rankCount) => {
  const moves = [...roundsOf(scheduleOf('ring', rankCount))].flat()
  expect(moves.filter(({ to }) => to < 0 || to >= rankCount)).toEqual([])
  expect(moves.filter(({ from, to }) => to !== (from + 1) % rankCount)).toEqual([])
})

it.each(RANK_COUNTS)(
  'a rank that passes on in one tree of double-binary-tree over %i ranks is a leaf of the other',
  (rankCount) => {
    const adds = [...roundsOf(scheduleOf('double-binary-tree', rankCount))].flat().filter(({ kind }) => kind === 'add')
    const inner = [0, 1].map((tree) => new Set(adds.filter(({ chunk }) => chunk === tree).map(({ to }) => to)))
    expect([...inner[0]].filter((rank) => inner[1].has(rank))).toEqual([])
  },
)

it.each([
  [1, 2, 4, 8, 16],
  [16, 8, 4, 2, 1],
])('fixed-tree over %i, %i, … ranks is one tree over the leaves, cut at another height', (...rankCounts) => {
  // A rank that stands for 16 / P leaves adds them by its own complete subtree.
  const leaves = (first: number, count: number): ParsedOrder =>
    count === 1 ? first : [leaves(first, count / 2), leaves(first + count / 2, count / 2)]
  const overLeaves = rankCounts.map((rankCount) => {
    const [order] = statedOrders({ name: 'fixed-tree:16', ranksPerNode: 1 }, rankCount)
    const grown = (node: ParsedOrder): ParsedOrder =>
      typeof node === 'number' ? leaves((node * 16) / rankCount, 16 / rankCount) : [grown(node[0]), grown(node[1])]
    return textOf(grown(order))
  })
  expect(new Set(overLeaves)).toEqual(new Set([textOf(leaves(0, 16))]))
})

it('a rank opens streams from those it receives from, not from itself', () => {
  const sources = (algorithm: string): number[][] =>
    [0, 1, 2, 3].map((rank) => sourcesOf(rankProgram(scheduleOf(algorithm, 4), rank), rank))
  expect(sources('ring')).toEqual([[3], [0], [1], [2]])
  expect(sources('rank-order')).toEqual([[1, 2, 3], [0], [0], [0]])
  expect(sources('recursive-doubling')).toEqual([
    [1, 2],
    [0, 3],
    [0, 3],
    [1, 2],
  ])
  expect(sources('all-pairs')).toEqual([
    [1, 2, 3],
    [0, 2, 3],
    [0, 1, 3],
    [0, 1, 2],
  ])
})

describe('a name', () => {
  it.each([
    'tree',
    '',
    'Ring',
    'ring:2',
    'ring ',
    'bcube',
    'bcube:',
    'bcube:1',
    'bcube:2.5',
    'bcube:x',
    'permutation',
    'permutation:-1',
    'permutation:x',
    'fixed-tree:0',
    'fixed-tree:12',
    'fixed-tree:16:8',
    'fixed-tree',
    'hierarchical:ring',
    'hierarchical:ring/ring/ring',
    'hierarchical:ring/tree',
    'toString',
    'constructor',
    '__proto__',
  ])("that is none, '%s', is refused", (name) => {
    expect(() => scheduleOf(name, 4)).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it('that is one is kept by its schedule', () => {
    for (const name of EVERY_ALGORITHM) expect(scheduleOf(name, 4, 2).algorithm).toBe(name)
  })
})

describe('the verifier', () => {
  const everyoneToEveryone = (rankCount: number): Schedule =>
    written(rankCount, 1, [
      Array.from({ length: rankCount }, (_, to) =>
        Array.from({ length: rankCount - 1 }, (_, k) => add((to + 1 + k) % rankCount, to)),
      ).flat(),
    ])

  it('tells an all-reduce from one in as many orders as ranks', () => {
    expect(verifySchedule(everyoneToEveryone(2))).toEqual({ flaws: [], ranksDiffer: false, order: '(0 1)' })
    expect(verifySchedule(everyoneToEveryone(3))).toEqual({ flaws: [], ranksDiffer: true, order: '((0 1) 2)' })
  })

  it.each<[string, Move[][], string]>([
    [
      'a rank that does not exist',
      [[add(0, 1), add(2, 0)]],
      'round 0: rank 2 to rank 0, chunk 0: there is no such rank or chunk',
    ],
    ['a rank below none', [[add(0, -1)]], 'round 0: rank 0 to rank -1, chunk 0: there is no such rank or chunk'],
    ['half a rank', [[add(0.5, 1)]], 'round 0: rank 0.5 to rank 1, chunk 0: there is no such rank or chunk'],
    [
      'a chunk that does not exist',
      [[add(0, 1, 2)]],
      'round 0: rank 0 to rank 1, chunk 2: there is no such rank or chunk',
    ],
    [
      'more chunks than there are',
      [[add(0, 1, 1, 2)]],
      'round 0: rank 0 to rank 1, chunk 1: there is no such rank or chunk',
    ],
    [
      'a copy of what is there',
      [[add(0, 1, 0, 2)], [copy(1, 0, 0, 2)], [copy(0, 1, 1)]],
      'round 2: rank 0 to rank 1, chunk 1: the receiver holds it already',
    ],
    [
      'a rank that takes what it has itself',
      [[copy(0, 0)]],
      'round 0: rank 0 to rank 0, chunk 0: the receiver holds it already',
    ],
    ['a contribution lost', [[add(0, 1, 0, 2)]], 'chunk 0: rank 0 holds the contribution of rank 1 0 times'],
    [
      'a contribution doubled',
      [[add(0, 1, 0, 2), add(0, 1), add(1, 0, 0, 2)]],
      'chunk 0: rank 1 holds the contribution of rank 0 2 times',
    ],
  ])('names %s', (_, rounds, flaw) => {
    const wrong = written(2, 2, rounds)
    expect(verifySchedule(wrong).flaws).toContain(flaw)
    expect(() => provenOrder(wrong)).toThrow(
      expect.objectContaining({ code: 'invalid-schedule', message: expect.stringMatching(/^written over 2 ranks: /) }),
    )
    const right = written(2, 2, [[add(0, 1, 0, 2), add(1, 0, 0, 2)]])
    expect(provenOrder(right)).toEqual({ flaws: [], ranksDiffer: false, order: '(0 1)*2' })
  })

  it('names a move that is not over a link', () => {
    const schedule = { ...scheduleOf('ring', 3), isLink: (from: number) => from !== 2 }
    expect(verifySchedule(schedule).flaws[0]).toBe('round 0: rank 2 to rank 0, chunk 1: not a link of the topology')
  })
})

it('nothing is carried that nobody uses', () => {
  const idle = CASES.filter((which) =>
    RANK_COUNTS.some((rankCount) => arrivalsOf(caseSchedule(which, rankCount)).some(({ used }) => !used)),
  )
  expect(idle).toEqual([])
})

describe('a schedule with one mistake', () => {
  interface Mutant {
    readonly mistake: string
    readonly rounds: readonly (readonly Move[])[]
  }

  /** Every schedule that is one mistake away. */
  function* mutantsOf({ rankCount, chunkCount }: Schedule, rounds: readonly (readonly Move[])[]): Generator<Mutant> {
    const indices = (length: number): number[] => Array.from({ length }, (_, i) => i)
    for (const [r, moves] of rounds.entries()) {
      for (const [m, move] of moves.entries()) {
        const put = (mistake: string, ...moved: Move[]): Mutant => ({
          mistake,
          rounds: rounds.with(r, moves.toSpliced(m, 1, ...moved)),
        })
        yield put('remove')
        yield put(`duplicate ${move.kind}`, move, move)
        yield put('flip kind', { ...move, kind: move.kind === 'add' ? 'copy' : 'add' })
        for (const to of indices(rankCount)) if (to !== move.to) yield put('redirect to', { ...move, to })
        for (const from of indices(rankCount)) if (from !== move.from) yield put('redirect from', { ...move, from })
        for (const chunk of indices(chunkCount)) if (chunk !== move.chunk) yield put('swap chunk', { ...move, chunk })
        for (const width of [move.width - 1, move.width + 1]) {
          if (width > 0) yield put('change width', { ...move, width })
        }
        for (let other = m + 1; other < moves.length; other++) {
          const swapped = moves.with(m, moves[other]).with(other, move)
          yield { mistake: 'swap moves', rounds: rounds.with(r, swapped) }
        }
      }
      for (let other = r + 1; other < rounds.length; other++) {
        yield { mistake: 'swap rounds', rounds: rounds.with(r, rounds[other]).with(other, moves) }
      }
    }
  }

  const isCaught = ({ flaws, ranksDiffer }: Proof): boolean => flaws.length > 0 || ranksDiffer

  /** The moves of each round, in no order. */
  const bagByRound = (rounds: readonly (readonly Move[])[]): string =>
    rounds
      .map((moves) =>
        moves
          .map((move) => JSON.stringify(move))
          .sort()
          .join(),
      )
      .join('\n')

  const carriedChunks = (rounds: readonly (readonly Move[])[]): number =>
    rounds.flat().reduce((sum, { width }) => sum + width, 0)

  /** What arrives of use, in no order. */
  const usedBag = (arrivals: readonly Arrival[], link: (move: Move) => string): string =>
    arrivals
      .filter(({ used }) => used)
      .map(({ move, chunk, brings }) => `${move.kind} ${link(move)} ${chunk} ${brings}`)
      .sort()
      .join()

  const fromTo = ({ from, to }: Move): string => `${from} ${to}`
  const toOnly = ({ to }: Move): string => `${to}`

  it('is caught by the verifier, its certificate or its cost, unless the same payloads arrive', () => {
    const caught = { verifier: 0, certificate: new Map<string, number>(), cost: new Map<string, number>() }
    const equivalent = {
      listing: 0,
      rounds: new Map<string, number>(),
      route: new Map<string, number>(),
      idle: new Map<string, number>(),
    }
    const survivors: string[] = []
    const countIn = (counter: Map<string, number>, key: string): unknown =>
      counter.set(key, (counter.get(key) ?? 0) + 1)
    for (const which of CASES) {
      for (const rankCount of [2, 3, 4, 5, 6]) {
        const schedule = caseSchedule(which, rankCount)
        const rounds = [...roundsOf(schedule)]
        const certificate = orderCertificate(provenOrder(schedule).order)
        const bag = bagByRound(rounds)
        const arrivals = arrivalsOf(schedule)
        const hasIdle = arrivals.some(({ used }) => !used)
        for (const { mistake, rounds: changed } of mutantsOf(schedule, rounds)) {
          const mutant: Schedule = { ...schedule, round: (index) => changed[index] }
          const proof = verifySchedule(mutant)
          const isUsed = (link: (move: Move) => string): boolean =>
            usedBag(arrivalsOf(mutant), link) === usedBag(arrivals, link)
          if (isCaught(proof)) caught.verifier++
          else if (orderCertificate(proof.order) !== certificate) countIn(caught.certificate, mistake)
          else if (carriedChunks(changed) > carriedChunks(rounds)) countIn(caught.cost, mistake)
          else if (bagByRound(changed) === bag) equivalent.listing++
          else if (mistake === 'swap rounds' && isUsed(fromTo)) countIn(equivalent.rounds, mistake)
          else if (hasIdle && isUsed(fromTo)) countIn(equivalent.idle, which.name)
          else if (isUsed(toOnly)) countIn(equivalent.route, `${which.name}: ${mistake}`)
          else survivors.push(`${caseName(which)} over ${rankCount}: ${mistake}`)
        }
      }
    }
    const total = (counter: Map<string, number>): number => [...counter.values()].reduce((sum, count) => sum + count, 0)
    const [byOrder, byCost] = [total(caught.certificate), total(caught.cost)]
    const [moved, rerouted, idle] = [total(equivalent.rounds), total(equivalent.route), total(equivalent.idle)]
    const found = caught.verifier + byOrder + byCost
    console.log(
      `schedule mutants: ${found} of ${found + survivors.length} caught, ${caught.verifier} by the verifier, ${byOrder} by ` +
        `the certificate, ${byCost} by the cost; ${equivalent.listing + moved + rerouted + idle} more are equivalent: ` +
        `${equivalent.listing} list a round in another order, ${moved} send the same payloads in another round, ` +
        `${rerouted} get a finished chunk from another rank that holds it, ${idle} change a payload that nobody uses`,
    )
    expect(survivors).toEqual([])
    // An exchange, or a partial sum that goes another way, leaves an all-reduce of another order.
    expect([...caught.certificate.keys()].sort()).toEqual(['redirect to', 'swap moves', 'swap rounds'])
    expect([...equivalent.rounds.keys()]).toEqual(['swap rounds'])
    // A move that carries more chunks than it has to is idle, and the verifier says so.
    expect([...caught.cost.keys()]).toEqual([])
    // The links of the two trees are one set: a rank may ask its parent of the other tree. A leader may reach its whole
    // node: a rank may ask it instead of its left neighbour.
    expect([...equivalent.route.keys()]).toEqual([
      'double-binary-tree: redirect from',
      'hierarchical:ring/ring: redirect from',
    ])
    expect([...equivalent.idle.keys()]).toEqual([])
    expect(caught.verifier).toBeGreaterThan(10_000)
  })
})

interface Arrival {
  readonly move: Move
  readonly chunk: number
  readonly brings: string
  /** Does any result depend on it? What is overwritten before it is used or sent is idle. */
  readonly used: boolean
}

/** Every chunk of every move, with the sum it brings. */
function arrivalsOf(schedule: Schedule): Arrival[] {
  const rounds = [...roundsOf(schedule)]
  const table = <T>(fill: (rank: number) => T): T[][] =>
    Array.from({ length: schedule.rankCount }, (_, rank) =>
      Array.from({ length: schedule.chunkCount }, () => fill(rank)),
    )
  const held = table((rank): ParsedOrder => rank)
  const brought = rounds.map((moves) => {
    const before = held.map((chunks) => [...chunks])
    return moves.flatMap((move) =>
      chunksOf(move).map((chunk) => {
        const sent = before[move.from][chunk]
        held[move.to][chunk] = move.kind === 'copy' ? sent : [held[move.to][chunk], sent]
        return { move, chunk, brings: textOf(sent) }
      }),
    )
  })
  const wanted = table(() => true)
  const arrivals = brought.toReversed().flatMap((round) => {
    const sources: [rank: number, chunk: number][] = []
    const judged = round.toReversed().map((arrival) => {
      const { move, chunk } = arrival
      const used = wanted[move.to][chunk]
      if (used) sources.push([move.from, chunk])
      if (move.kind === 'copy') wanted[move.to][chunk] = false
      return { ...arrival, used }
    })
    for (const [rank, chunk] of sources) wanted[rank][chunk] = true
    return judged
  })
  return arrivals
}

function chunksOf({ chunk, width }: Move): number[] {
  return Array.from({ length: width }, (_, i) => chunk + i)
}

function written(rankCount: number, chunkCount: number, rounds: readonly Move[][]): Schedule {
  return {
    algorithm: 'written',
    rankCount,
    chunkCount,
    roundCount: rounds.length,
    round: (index) => rounds[index],
    isLink: () => true,
  }
}

function add(from: number, to: number, chunk = 0, width = 1): Move {
  return { from, to, chunk, width, kind: 'add' }
}

function copy(from: number, to: number, chunk = 0, width = 1): Move {
  return { from, to, chunk, width, kind: 'copy' }
}
