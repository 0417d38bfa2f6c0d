// Goal: the bench's rows are right: every algorithm over every transport gives the twin's bits on all ranks, a user's
// schedule runs, and what cannot be asked is refused. Left out: times, which are printed and never asserted.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BenchRow } from '../../src/cli/bench-rows.ts'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { documentOf, reducible, Scratch } from './reducible.ts'

describe('bench', () => {
  it('gives the bits of the twin for every algorithm, transport and size', async () => {
    using scratch = new Scratch()
    const words = 'bench --ranks 1,3 -b 4 -e 4K -f 32 -n 3 --algorithm all --transport memory,shared,grpc -c --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const document = documentOf(finished)
    const rows = document.rows as BenchRow[]
    expect(rows).toHaveLength(3 * 2 * 3 * EVERY_ALGORITHM.length)
    for (const row of rows) {
      expect(row).toMatchObject({ wrong: 0, ranksAgree: true, digest: row.twinDigest, samples: 3 })
      expect(row.digest).toMatch(/^[0-9a-f]{64}$/)
      expect(row.busbwGBs === null).toBe(row.ranks === 1)
    }
    const ringBytes = rows.find(({ algorithm, ranks, count }) => algorithm === 'ring' && ranks === 3 && count === 1024)
    expect(ringBytes?.wireBytesMax).toBeGreaterThanOrEqual(Math.floor((4 / 3) * 4096))
    const csv = readFileSync(join(String(document.folder), 'bench.csv'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(csv).toHaveLength(rows.length + 1)
  })

  it("runs a user's schedule, and refuses one that loses a contribution, naming it", async () => {
    using scratch = new Scratch()
    const file = join(scratch.path, 'mine.json')
    const add = { from: 1, to: 0, chunk: 0, kind: 'add' }
    const back = { from: 0, to: 1, chunk: 0, kind: 'copy' }
    const bench = (rounds: object[][]): ReturnType<typeof reducible> => {
      writeFileSync(file, JSON.stringify({ rankCount: 2, chunkCount: 1, rounds }))
      const words = [
        'bench',
        '--ranks',
        '2',
        '--algorithm',
        `schedule:${file}`,
        '--transport',
        'memory',
        '-n',
        '1',
        '-c',
      ]
      return reducible([...words, '--out', scratch.path])
    }
    expect((await bench([[add], [back]])).status).toBe(0)
    const lossy = await bench([[add]])
    expect(lossy.status).toBe(64)
    expect(lossy.stderr).toContain('chunk 0: rank 1 holds the contribution of rank 0 0 times')
  })

  it('draws the moves, the trees and the proof of a schedule', async () => {
    const { status, stdout } = await reducible(['bench', '--explain', 'halving-doubling', '--ranks', '6'])
    expect(status).toBe(0)
    expect(stdout).toContain('round 1  2→0:c0-1+  3→1:c0-1+  0→2:c2-3+  1→3:c2-3+')
    expect(stdout).toContain('chunk 0, 1, 2, 3: (((0 4) 2) ((1 5) 3))')
  })

  it.each([
    ['--ranks 0', '--ranks must be at least 1'],
    ['-w 2', '--warmup-iters must be at least 3'],
    ['-b 1M -e 1K', 'is below --minbytes'],
    ['-b 12Q', '--minbytes must be bytes like'],
    ['--transport carrier-pigeon', '--transport must be one of memory, shared, grpc'],
    ['--algorithm rung', "there is no algorithm 'rung'"],
    ['--algorithm bcube:1', 'bcube:B wants a whole number of at least 2'],
  ])('refuses %s', async (flags, said) => {
    const { status, stderr } = await reducible(['bench', ...flags.split(' ')])
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })
})
