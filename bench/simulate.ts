/**
 * How long the simulator takes: a ring over 64 to 4,096 ranks with the exponent of time over moves, a tree over 65,536 ranks,
 * and 64 ranks that carry 1 MiB of values. `npm run bench:simulate` writes bench/results/simulate.json; each point is a fresh
 * process, so that its memory is its own, warm, and the median of a second of runs where one is shorter.
 */
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { formatTable } from '../src/cli/table.ts'
import { formatMemory } from '../src/core/units.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { scheduleOf } from '../src/reduce/algorithms.ts'
import { f32Arithmetic } from '../src/reduce/arithmetic/f32.ts'
import { allReduce } from '../src/reduce/executor.ts'
import { rankProgram } from '../src/reduce/schedule.ts'
import { uniformLinks } from '../src/simulate/cluster-links.ts'
import { CALM } from '../src/simulate/conditions.ts'
import { Network } from '../src/simulate/network.ts'
import { passesOf } from '../src/simulate/passes.ts'
import { TimedRanks } from '../src/simulate/timing.ts'
import { VirtualRanks } from '../src/simulate/virtual-transport.ts'
import { p50 } from './peers/peer.ts'

const RESULT = fileURLToPath(new URL('results/simulate.json', import.meta.url))
/** 1 MiB. */
const ELEMENTS = 2 ** 18
const LINKS = uniformLinks(200_000, 1e9 / 66.9e6, 1e9 / 3.2e9)

const POINTS = [
  ...[64, 256, 1024, 4096].map((ranks) => ({ algorithm: 'ring', ranks, values: false })),
  { algorithm: 'binomial-tree', ranks: 65_536, values: false },
  { algorithm: 'double-binary-tree', ranks: 65_536, values: false },
  { algorithm: 'ring', ranks: 64, values: true },
] as const

/** What the issue asks of some of them. */
const SECONDS_MAX: Readonly<Record<string, number>> = {
  'ring 4096': 60,
  'binomial-tree 65536': 60,
  'double-binary-tree 65536': 60,
  'ring 64 values': 20,
}
/** Short all-reduces are repeated on warm code, and the median counts. */
const REPEAT_SECONDS = 1
const WARMUP = { algorithm: 'ring', ranks: 256 } as const
const PEAK_BYTES_MAX = 4 * 2 ** 30

interface Measured {
  readonly algorithm: string
  readonly ranks: number
  readonly values: boolean
  readonly moves: number
  readonly wallSeconds: number
  /** That it is the median of. */
  readonly runs: number
  readonly peakResidentBytes: number
  readonly virtualSeconds: number
}

const [, , asked] = process.argv
if (asked !== undefined) process.stdout.write(JSON.stringify(await measure(POINTS[Number(asked)])))
else {
  const host = captureHost()
  const loadAverageBefore = loadavg()[0]
  const rows = POINTS.map((_, index): Measured => {
    const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(index)], { encoding: 'utf8' })
    return JSON.parse(output) as Measured
  })
  const exponent = exponentOf(rows.filter(({ algorithm, values }) => algorithm === 'ring' && !values))
  const late = rows.filter((row) => row.wallSeconds > (SECONDS_MAX[nameOf(row)] ?? Number.POSITIVE_INFINITY))
  const wide = rows.filter(({ peakResidentBytes }) => peakResidentBytes > PEAK_BYTES_MAX)
  const document = { schemaVersion: 1, command: 'npm run bench:simulate', host, loadAverageBefore, elements: ELEMENTS }
  writeAtomically(
    RESULT,
    prettyJson({ ...document, rows, exponent, secondsMax: SECONDS_MAX, peakBytesMax: PEAK_BYTES_MAX }),
  )
  console.log(report(rows, exponent, loadAverageBefore))
  process.exitCode = late.length + wide.length > 0 ? 1 : 0
}

function nameOf({ algorithm, ranks, values }: Pick<Measured, 'algorithm' | 'ranks' | 'values'>): string {
  return `${algorithm} ${ranks}${values ? ' values' : ''}`
}

async function measure({ algorithm, ranks, values }: (typeof POINTS)[number]): Promise<Measured> {
  const walls: number[] = []
  const { moves, virtualNs } = values ? walk(algorithm, ranks) : walk(WARMUP.algorithm, WARMUP.ranks)
  let measured = { moves, virtualNs }
  do {
    const start = performance.now()
    if (values) assert.equal(await carry(algorithm, ranks), virtualNs, 'values take no other time')
    else measured = walk(algorithm, ranks)
    walls.push((performance.now() - start) / 1000)
  } while (walls.reduce((a, b) => a + b, 0) < REPEAT_SECONDS)
  return {
    algorithm,
    ranks,
    values,
    moves: measured.moves,
    wallSeconds: p50(walls),
    runs: walls.length,
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
    virtualSeconds: measured.virtualNs / 1e9,
  }
}

/** In bytes alone. */
function walk(algorithm: string, ranks: number): { moves: number; virtualNs: number } {
  const clock = new Float64Array(ranks)
  const passes = passesOf({ algorithm, arithmetic: 'f32', nodes: ranks }, [ELEMENTS])
  const moves = new TimedRanks(new Network(ranks, LINKS, CALM), passes, clock).run()
  return { moves, virtualNs: clock.reduce((a, b) => Math.max(a, b)) }
}

/** @returns virtual nanoseconds. */
async function carry(algorithm: string, ranks: number): Promise<number> {
  const schedule = scheduleOf(algorithm, ranks)
  const virtual = new VirtualRanks(new Network(ranks, LINKS, CALM))
  const tasks = Array.from({ length: ranks }, (_, rank) => {
    const vector = Float32Array.from({ length: ELEMENTS }, (_value, i) => Math.sin(i + rank))
    return allReduce(
      schedule,
      virtual.arithmetic(rank, f32Arithmetic),
      rankProgram(schedule, rank),
      virtual.transport(rank),
      0,
      vector,
    )
  })
  await virtual.run(tasks)
  return Math.max(...virtual.clock)
}

/** The slope of log seconds over log moves, by least squares: 1 where time is linear in moves. */
function exponentOf(rows: readonly Measured[]): number {
  const points = rows.map(({ moves, wallSeconds }) => [Math.log(moves), Math.log(wallSeconds)])
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length)
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

function report(rows: readonly Measured[], exponent: number, loadAverageBefore: number): string {
  const header = ['algorithm', 'ranks', 'values', 'moves', 'wall(s)', '≤', 'ns/move', 'memory']
  const cells = rows.map((row) => [
    row.algorithm,
    String(row.ranks),
    row.values ? 'carried' : 'no',
    String(row.moves),
    row.wallSeconds.toFixed(2),
    SECONDS_MAX[nameOf(row)]?.toString() ?? '–',
    ((row.wallSeconds * 1e9) / row.moves).toFixed(0),
    formatMemory(row.peakResidentBytes),
  ])
  return [
    `# one all-reduce of 1 MiB on a switch; load average before: ${loadAverageBefore.toFixed(1)}`,
    '',
    formatTable(
      header,
      cells,
      header.map((_, i) => (i === 0 || i === 2 ? 'left' : 'right')),
    ),
    '',
    `wall time of the ring goes with moves^${exponent.toFixed(2)} over 64 to 4096 ranks`,
    'samples: bench/results/simulate.json',
  ].join('\n')
}
