import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { messageOf, ReducibleError } from '../../core/errors.ts'
import type { Schedule } from '../schedule.ts'
import { rankRange } from './ranks.ts'

const move = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(0),
  chunk: z.int().min(0),
  width: z.int().min(1).default(1),
  kind: z.enum(['add', 'copy']),
})

const file = z.strictObject({
  rankCount: z.int().min(1),
  chunkCount: z.int().min(1),
  rounds: z.array(z.array(move)),
  /** Pairs that may send to each other, both ways; absent: everybody to everybody. */
  links: z.array(z.tuple([z.int().min(0), z.int().min(0)])).optional(),
})

/**
 * A user's own schedule, from JSON: `{rankCount, chunkCount, rounds: [[{from, to, chunk, width, kind}]], links}`.
 * @throws {ReducibleError} invalid-schedule: unreadable, malformed, or made for another rank count.
 */
export function userSchedule(path: string, rankCount: number): Schedule {
  rankRange(rankCount)
  let parsed: z.output<typeof file>
  try {
    parsed = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (thrown) {
    const problem = thrown instanceof z.ZodError ? z.prettifyError(thrown).replaceAll('\n', ' ') : messageOf(thrown)
    throw new ReducibleError('invalid-schedule', `${path}: ${problem}`, { cause: thrown, remedy: 'correct the file' })
  }
  if (parsed.rankCount !== rankCount) {
    throw new ReducibleError('invalid-schedule', `${path} is for ${parsed.rankCount} ranks, want ${rankCount}`)
  }
  const links = parsed.links && new Set(parsed.links.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
  return {
    algorithm: path,
    rankCount,
    chunkCount: parsed.chunkCount,
    roundCount: parsed.rounds.length,
    round: (index) => parsed.rounds[index],
    isLink: (from, to) => links === undefined || links.has(`${from} ${to}`),
  }
}
