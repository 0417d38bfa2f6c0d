// Goal: a schedule from a file runs if it is an all-reduce, and is refused before it runs, by its flaw, if it is not.
// Left out: the verifier's flaws one by one (schedules.test.ts).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkStudy } from '../../cluster/coordinator/check-study.ts'
import { isAlgorithmName, scheduleOf } from '../../src/reduce/algorithms.ts'
import { memoryTransports } from '../../src/reduce/transport/memory.ts'
import { provenOrder, verifySchedule } from '../../src/reduce/verify.ts'
import { studySchema } from '../../src/study/schema.ts'
import { bitsOf, reduceWitnessed, wideVectors } from './vectors.ts'

const folder = mkdtempSync(join(tmpdir(), 'schedule-'))
afterAll(() => rmSync(folder, { recursive: true }))

type FileMove = Readonly<Record<string, unknown>>
const add = (from: number, to: number, chunk = 0): FileMove => ({ from, to, chunk, kind: 'add' })
const copy = (from: number, to: number, chunk = 0): FileMove => ({ from, to, chunk, kind: 'copy' })

/** Rank 2 in the middle: it takes 0, then 1, and gives the sum back. */
const RIGHT = {
  rankCount: 3,
  chunkCount: 2,
  rounds: [
    [{ ...add(0, 2), width: 2 }],
    [{ ...add(1, 2), width: 2 }],
    [copy(2, 0), copy(2, 1), copy(2, 0, 1), copy(2, 1, 1)],
  ],
  links: [
    [0, 2],
    [2, 1],
  ],
}

let files = 0
function fileOf(content: unknown): string {
  const path = join(folder, `${files++}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function refusal(act: () => unknown): unknown {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}

function studyWith(algorithm: string, nodes = 3): Parameters<typeof checkStudy>[0] {
  return studySchema.parse({
    purpose: 'A schedule of my own.',
    workload: { name: 'linear' },
    arms: [{ name: 'mine', nodes, algorithm }],
    training: { steps: 1, learningRate: 0.1 },
    seeds: [0],
  })
}

describe('a schedule in a file', () => {
  it('that is an all-reduce runs, in its own order', async () => {
    const name = `schedule:${fileOf(RIGHT)}`
    expect(isAlgorithmName(name)).toBe(true)
    const schedule = scheduleOf(name, 3)
    expect(provenOrder(schedule)).toEqual({ flaws: [], ranksDiffer: false, order: '((0 2) 1)*2' })
    const vectors = wideVectors(3, 1001)
    const { results, orders } = await reduceWitnessed(schedule, memoryTransports(3), vectors)
    expect(orders).toEqual(['((0 2) 1)*2', '((0 2) 1)*2', '((0 2) 1)*2'])
    const want = vectors[0].map((value, i) => Math.fround(Math.fround(vectors[2][i] + value) + vectors[1][i]))
    for (const result of results) expect(bitsOf(result)).toEqual(bitsOf(want))
    expect(() => checkStudy(studyWith(name))).not.toThrow()
  })

  it('without links may send from everybody to everybody', () => {
    const { links: _, ...free } = RIGHT
    const crossing = {
      ...free,
      rounds: [...free.rounds.slice(0, 2), [{ ...copy(2, 0), width: 2 }], [{ ...copy(0, 1), width: 2 }]],
    }
    expect(verifySchedule(scheduleOf(`schedule:${fileOf(crossing)}`, 3)).flaws).toEqual([])
    expect(verifySchedule(scheduleOf(`schedule:${fileOf({ ...crossing, links: RIGHT.links })}`, 3)).flaws).toEqual([
      'round 3: rank 0 to rank 1, chunk 0: not a link of the topology',
    ])
  })

  it.each<[string, object, string]>([
    [
      'loses a contribution',
      { rounds: RIGHT.rounds.with(1, [add(1, 2)]) },
      'chunk 1: rank 0 holds the contribution of rank 1 0 times',
    ],
    [
      'doubles a contribution',
      { rounds: RIGHT.rounds.with(1, [...RIGHT.rounds[1], add(1, 2, 1)]) },
      'chunk 1: rank 0 holds the contribution of rank 1 2 times',
    ],
    [
      'names a rank that does not exist',
      { rounds: RIGHT.rounds.with(0, [add(3, 2)]) },
      'round 0: rank 3 to rank 2, chunk 0: there is no such rank or chunk',
    ],
    [
      'names a chunk that does not exist',
      { rounds: RIGHT.rounds.with(0, [add(0, 2, 2)]) },
      'round 0: rank 0 to rank 2, chunk 2: there is no such rank or chunk',
    ],
    [
      'is wider than the vector',
      { rounds: RIGHT.rounds.with(0, [{ ...add(0, 2), width: 3 }]) },
      'round 0: rank 0 to rank 2, chunk 0: there is no such rank or chunk',
    ],
  ])('that %s is refused, naming it', (_, changed, flaw) => {
    const path = fileOf({ ...RIGHT, ...changed })
    const want = { code: 'invalid-schedule', message: `${path} over 3 ranks: ${flaw}` }
    expect(refusal(() => provenOrder(scheduleOf(`schedule:${path}`, 3)))).toMatchObject(want)
    expect(refusal(() => checkStudy(studyWith(`schedule:${path}`)))).toMatchObject(want)
  })

  it('whose ranks end with sums of different orders is known, and refused for training', () => {
    const path = fileOf({
      rankCount: 3,
      chunkCount: 1,
      rounds: [[add(1, 0), add(2, 0), add(0, 1), add(2, 1), add(0, 2), add(1, 2)]],
    })
    expect(provenOrder(scheduleOf(`schedule:${path}`, 3))).toEqual({ flaws: [], ranksDiffer: true, order: '((0 1) 2)' })
    expect(refusal(() => checkStudy(studyWith(`schedule:${path}`)))).toMatchObject({
      code: 'invalid-schedule',
      exitStatus: 64,
      message: expect.stringContaining('arm mine: '),
    })
    expect(refusal(() => checkStudy(studyWith(`schedule:${path}`)))).toMatchObject({
      message: expect.stringContaining('ranks-differ'),
    })
  })

  it('for another rank count is refused', () => {
    const path = fileOf(RIGHT)
    expect(refusal(() => scheduleOf(`schedule:${path}`, 4))).toMatchObject({
      code: 'invalid-schedule',
      message: `${path} is for 3 ranks, want 4`,
    })
  })

  it.each<[string, unknown, string]>([
    ['not JSON', '{"rankCount": 3', 'JSON'],
    ['empty', '', 'JSON'],
    ['a list', [], 'expected object'],
    ['without rounds', { rankCount: 3, chunkCount: 1 }, 'rounds'],
    ['of no rank', { ...RIGHT, rankCount: 0 }, 'rankCount'],
    ['of half a chunk', { ...RIGHT, chunkCount: 0.5 }, 'chunkCount'],
    ['with a key that nobody knows', { ...RIGHT, chunks: 2 }, 'chunks'],
    ['with a move of an unknown kind', { ...RIGHT, rounds: [[{ ...add(0, 1), kind: 'max' }]] }, 'rounds[0][0].kind'],
    ['with a move from nowhere', { ...RIGHT, rounds: [[], [{ to: 1, chunk: 0, kind: 'add' }]] }, 'rounds[1][0].from'],
    ['with a negative rank', { ...RIGHT, rounds: [[add(-1, 0)]] }, 'rounds[0][0].from'],
    ['with a move of no width', { ...RIGHT, rounds: [[{ ...add(0, 1), width: 0 }]] }, 'rounds[0][0].width'],
    ['with a link of one end', { ...RIGHT, links: [[0]] }, 'links[0]'],
  ])('that is %s is refused, naming file and place', (_, content, place) => {
    const path = fileOf(content)
    const thrown = refusal(() => scheduleOf(`schedule:${path}`, 3))
    expect(thrown).toMatchObject({ code: 'invalid-schedule', exitStatus: 64, remedy: 'correct the file' })
    expect(thrown).toMatchObject({ message: expect.stringContaining(`${path}: `) })
    expect(thrown).toMatchObject({ message: expect.stringContaining(place) })
    expect((thrown as Error).message).not.toContain('\n')
  })

  it('that is not there is refused', () => {
    const path = join(folder, 'nowhere.json')
    expect(refusal(() => scheduleOf(`schedule:${path}`, 3))).toMatchObject({
      code: 'invalid-schedule',
      message: expect.stringContaining(path),
    })
  })
})
