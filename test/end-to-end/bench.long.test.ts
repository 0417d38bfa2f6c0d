// Goal: the bench's rows are right: every algorithm over every transport gives the twin's bits on all ranks, a user's
// schedule runs, and what cannot be asked is refused. Left out: times, which are printed and never asserted.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PairRow, SlowLink } from '../../src/cli/bench-pairs.ts'
import type { BenchRow } from '../../src/cli/bench-rows.ts'
import { EVERY_ALGORITHM } from '../../src/reduce/algorithms.ts'
import { startBench, startWorker } from './external.ts'
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

  it('gives the bits of the twin where nodes hold several ranks, and says which way bytes went', async () => {
    using scratch = new Scratch()
    const words = 'bench --nodes 2 --ranks-per-node 2 -b 4 -e 4K -f 32 -n 3 --algorithm all -c --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const rows = documentOf(finished).rows as BenchRow[]
    expect(rows).toHaveLength(3 * EVERY_ALGORITHM.length)
    for (const row of rows) {
      expect(row).toMatchObject({ transport: 'shared+grpc', ranks: 4, nodes: 2, ranksPerNode: 2 })
      expect(row).toMatchObject({ wrong: 0, ranksAgree: true, digest: row.twinDigest, samples: 3 })
      expect(row.efficiency).toBeGreaterThan(0)
      expect(row.messagesSent).toBeGreaterThan(0)
    }
    const longest = rows.filter(({ count }) => count === 1024)
    const ofAlgorithm = (name: string): BenchRow | undefined => longest.find(({ algorithm }) => algorithm === name)
    // A rank of a ring sends one way only: six chunks of four to its right neighbour.
    expect(ofAlgorithm('ring')).toMatchObject({ wireBytesMax: 6144, wireBytesSharedMax: 6144, wireBytesGrpcMax: 6144 })
    // The leaders alone talk between the nodes: half of the vector twice.
    expect(ofAlgorithm('hierarchical:ring/ring')).toMatchObject({ wireBytesGrpcMax: 4096, innerRanks: 2 })
  })

  it('sums up nodes of other sizes, and all its other ways to measure, where nodes hold several ranks', async () => {
    using scratch = new Scratch()
    const bench = (words: string): ReturnType<typeof reducible> =>
      reducible(['bench', ...words.split(' '), '--json', '--out', scratch.path])
    const finished = await bench(
      '--nodes 1,3 --ranks-per-node 2 -b 0 -e 10007 -f 2501 -n 3 --inputs special --place both --sync none ' +
        '--arithmetic f32,compensated --segment 1K --connections 2 --until-ci 90% --max-iters 6 --time-budget 5m -c',
    )
    expect(finished.status, finished.stderr).toBe(0)
    const rows = documentOf(finished).rows as BenchRow[]
    expect(rows).toHaveLength(2 * 3 * 2 * 2)
    for (const row of rows) expect(row).toMatchObject({ wrong: 0, ranksAgree: true, ranks: 2 * row.nodes })
    const pairs = await bench('--nodes 2 --ranks-per-node 2 --pairs -b 4 -e 4K -n 3')
    expect(pairs.status, pairs.stderr).toBe(0)
    expect((documentOf(pairs).pairs as PairRow[]).map(({ nodes, pair }) => [nodes, ...pair])).toEqual([
      [2, 0, 1],
      [2, 0, 2],
      [2, 0, 3],
      [2, 1, 2],
      [2, 1, 3],
      [2, 2, 3],
    ])
    const late = await bench('--nodes 2 --ranks-per-node 2 --time-budget 0.001s')
    expect(late.status, late.stderr).toBe(0)
    expect(documentOf(late).unmeasured).not.toEqual([])
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

  it('refuses a schedule that doubles a contribution, naming it', async () => {
    using scratch = new Scratch()
    const file = join(scratch.path, 'mine.json')
    const add = { from: 1, to: 0, chunk: 0, kind: 'add' }
    const back = { from: 0, to: 1, chunk: 0, kind: 'copy' }
    writeFileSync(file, JSON.stringify({ rankCount: 2, chunkCount: 1, rounds: [[add], [add], [back]] }))
    const words = ['bench', '--algorithm', `schedule:${file}`, '--transport', 'memory', '--out', scratch.path]
    const { status, stderr } = await reducible(words)
    expect(status).toBe(64)
    expect(stderr).toContain('chunk 0: rank 0 holds the contribution of rank 1 2 times')
  })

  it('puts several launches into one row, and times skewed ranks from the last arrival too', async () => {
    using scratch = new Scratch()
    const words =
      'bench --ranks 2 -b 4K -e 4K -n 4 --transport memory,grpc --launches 3 --skew rank:1:2 --algorithm ring,fixed-tree:4 -c --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const { rows, folder } = documentOf(finished) as unknown as { rows: BenchRow[]; folder: string }
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      expect(row).toMatchObject({ launches: 3, unit: 'launch', samples: 12, wrong: 0, buffersMade: 0 })
      // Nobody arrives after the last, so by construction and not by speed:
      expect(row.timeFromLastP50Us?.value).toBeLessThanOrEqual(row.timeP50Us.value)
      expect(row.note).toBe(row.algorithm === 'ring' ? null : 'not node-count invariant')
      expect(row.messagesSent > 0).toBe(row.transport === 'grpc')
    }
    const samples = readFileSync(join(folder, 'samples.jsonl'), 'utf8').trimEnd().split('\n')
    expect(samples).toHaveLength(2 * 3 * 3) // the neighbours among them
    expect(new Set(samples.map((line) => JSON.parse(line).launch))).toEqual(new Set([1, 2, 3]))
  })

  it('names what it had no time for', async () => {
    using scratch = new Scratch()
    const words = 'bench --ranks 2 -b 4 -e 4K -f 32 -n 3 --transport memory,shared,grpc --time-budget 0.001s --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const { rows, unmeasured } = documentOf(finished) as unknown as { rows: BenchRow[]; unmeasured: object[] }
    expect(rows.length + unmeasured.length).toBe(3 * 3)
    expect(unmeasured.length).toBeGreaterThan(0)
    expect(unmeasured.at(-1)).toEqual({
      transport: 'grpc',
      ranks: 2,
      nodes: 2,
      ranksPerNode: 1,
      launch: 1,
      algorithm: 'ring',
      arithmetic: 'f32',
      sizeBytes: 4096,
      place: 'in',
    })
  })

  it('carries NaNs and infinities, over any segments and connections, out of place, and without barriers', async () => {
    using scratch = new Scratch()
    const words =
      'bench --ranks 3 -b 0 -e 40007 -f 10001 -n 3 --transport shared,grpc --inputs special --segment 64 --window 65535 ' +
      '--connections 3 --place both --sync none --algorithm ring,arrival -c --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const rows = documentOf(finished).rows as BenchRow[]
    expect(new Set(rows.map(({ count }) => count))).toEqual(new Set([0, 1, 10_001]))
    for (const row of rows) {
      expect(row).toMatchObject({ wrong: 0, ranksAgree: true, digest: row.twinDigest })
      if (row.count > 1) expect(row.nonFinite).toBeGreaterThan(100)
      if (row.count === 0) expect(row.nonFinite).toBe(0)
    }
  })

  it('measures every pair of ranks, alone and with the others busy', async () => {
    using scratch = new Scratch()
    const words = 'bench --ranks 1,3 --pairs -b 4 -e 64K -n 3 --transport memory,shared,grpc --json'
    const finished = await reducible([...words.split(' '), '--out', scratch.path])
    expect(finished.status, finished.stderr).toBe(0)
    const { pairs, slowLinks } = documentOf(finished) as unknown as { pairs: PairRow[]; slowLinks: SlowLink[] }
    expect(pairs.map(({ pair }) => pair)).toEqual(
      Array(3)
        .fill([
          [0, 1],
          [0, 2],
          [1, 2],
        ])
        .flat(),
    )
    for (const { alone, busy } of pairs) {
      expect(alone).toMatchObject({ latencyBytes: 4, bandwidthBytes: 65_536, samples: 3 })
      expect(Math.min(alone.bandwidthGBs, busy.bandwidthGBs)).toBeGreaterThan(0)
    }
    expect(slowLinks.map(({ transport }) => transport)).toEqual(['memory', 'shared', 'grpc'])
    for (const { shareOfMedian } of slowLinks) expect(shareOfMedian).toBeLessThanOrEqual(1)
  })

  it('writes rows as CSV to a file that is not there yet, or to stdout', async () => {
    using scratch = new Scratch()
    const words = ['bench', '--transport', 'memory', '-e', '1K', '-n', '2', '--out', scratch.path, '--csv']
    const file = join(scratch.path, 'rows.csv')
    expect((await reducible([...words, file])).status).toBe(0)
    const [header, row, ...others] = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(others).toEqual([])
    expect(row.split(',')).toHaveLength(header.split(',').length)
    const again = await reducible([...words, file])
    expect(again.status).toBe(64)
    expect(again.stderr).toContain('exists, and results are never overwritten')
    const { stdout } = await reducible([...words, '-'])
    expect(stdout.split('\n')[0]).toBe(header)
  })

  it('measures workers that somebody started', async () => {
    using scratch = new Scratch()
    const { command, address } = await startBench([
      '-b',
      '4K',
      '-e',
      '4K',
      '-n',
      '3',
      '-c',
      '--json',
      '--out',
      scratch.path,
    ])
    const workers = [0, 1].map(() => startWorker(address))
    const finished = await command.finished
    expect(finished.status, finished.stderr).toBe(0)
    await Promise.all(workers.map((worker) => worker.finished))
    const rows = documentOf(finished).rows as BenchRow[]
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ nodes: 2, wrong: 0, ranksAgree: true })
    expect(rows[0].coreWaitMax === null).toBe(process.platform !== 'linux')
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
    ['--arithmetic f8', '--arithmetic must be one of f32'],
    ['--launches 0', '--launches must be at least 1 (got 0)'],
    ['--sync maybe', "--sync must be one of barrier, none (got 'maybe')"],
    ['--skew exp', "--skew must be none, exp:MS or rank:R:MS (got 'exp')"],
    ['--skew exp:-1', '--skew must be none, exp:MS or rank:R:MS'],
    ['--skew rank:2:5 --ranks 2,3', '--skew rank:2:5 delays a rank that 2 ranks do not have'],
    ['--skew exp:1 --seed x', "--seed must be a whole number (got 'x')"],
    ['--inputs odd', '--inputs must be one of rounding, special'],
    ['--time-budget 10', "--time-budget must be a time like 90s, 10m or 1h (got '10')"],
    ['--time-budget 0s', '--time-budget must be a time like'],
    ['--until-ci 2', "--until-ci must be a share like 2% (got '2')"],
    ['--until-ci 0%', '--until-ci must be a share like 2%'],
    ['--until-ci 2% --max-iters 5', '--max-iters 5 is below --iters 20'],
    ['--segment 12', '--segment must be a multiple of 8 bytes, 8 to 32M (got 12)'],
    ['--segment 64M', '--segment must be a multiple of 8 bytes'],
    ['--segment 1K --transport shared', '--segment is for --transport grpc (got shared)'],
    ['--window 1K', "--window must be 64K to 1G, or HTTP/2's own 65535 (got 1K)"],
    ['--connections 0', '--connections must be at least 1'],
    ['--connections 65', '--connections must be at most 64'],
    ['--pairs --ranks 1', '--pairs wants at least 2 ranks'],
    ['--nodes 2 --ranks 4', '--nodes and --ranks both say who takes part'],
    ['--nodes 2 --transport shared', '--nodes is for --transport grpc (got shared)'],
    ['--nodes 2 --ranks-per-node 0', '--ranks-per-node must be at least 1'],
    ['--nodes 2 --ranks-per-node 65', '--ranks-per-node must be at most 64'],
    ['--nodes 0', '--nodes must be at least 1'],
    ['--pairs -b 1K -e 1K', '--pairs wants --maxbytes above --minbytes'],
    ['--launch netns --transport shared', '--launch netns is for --transport grpc (got shared)'],
    ['--launch external --transport memory,grpc', '--launch external is for --transport grpc (got memory,grpc)'],
    ['--cluster cluster/specs/fast-fabric.yaml', '--cluster shapes the links of --launch netns (got --launch local)'],
    ['--csv - --json', '--csv - and --json both want stdout'],
  ])('refuses %s', async (flags, said) => {
    const { status, stderr } = await reducible(['bench', ...flags.split(' ')])
    expect(status).toBe(64)
    expect(stderr).toContain(said)
  })
})
