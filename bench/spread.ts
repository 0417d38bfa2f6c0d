/**
 * Ordered sums of f64 beside the same loops in C -O2, and the time of 50 random orders on all cores.
 * `npm run bench:spread -- --rounds 11` prints the ratios and writes bench/results/spread.json.
 */
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formatTable, wrap } from '../src/cli/table.ts'
import { mix32 } from '../src/core/mix.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { BOOK_ARRAY } from '../src/spread/book.ts'
import { allocateOrderMemory, OrderedSums } from '../src/spread/ordered-sums.ts'
import { SpreadPool } from '../src/spread/pool.ts'
import type { Quantile } from '../src/stats/quantiles.ts'
import { firstLineOf, medianOf, p50 } from './peers/peer.ts'

const RESULT = fileURLToPath(new URL('results/spread.json', import.meta.url))
const SOURCE = fileURLToPath(new URL('spread/ordered-sum.c', import.meta.url))
const FLAGS = ['-O2']
const ORDERS = 50

/** What is wanted of what `spread` runs; the plain loops are there to say why it is WebAssembly. */
const LOOPS = [
  { name: 'sequential', against: 'sequential', wanted: 0.95 },
  { name: 'gathered', against: 'gathered', wanted: 0.8 },
  { name: 'sequential, plain JavaScript', against: 'sequential', wanted: null },
  { name: 'gathered, plain JavaScript', against: 'gathered', wanted: null },
] as const

type LoopName = (typeof LOOPS)[number]['name']

/** Median seconds of each loop within one round. */
interface Round {
  readonly c: Readonly<Record<'sequential' | 'gathered', number>>
  readonly ours: Readonly<Record<LoopName, number>>
  /** Of the last minute. */
  readonly loadAverage: number
}

/** 50 orders of one array on all cores: numbers drawn, permutations drawn, sums. */
interface FiftyOrders {
  readonly wallSeconds: number
  readonly valuesSeconds: number
  /** Of one thread, an order. */
  readonly drawSeconds: number
  readonly addSeconds: number
}

const { count, repeats, rounds } = readOptions()
const compiler = await firstLineOf('cc', '--version')
assert(compiler !== undefined, 'bench:spread wants a C compiler: apt-get install gcc libc6-dev')
const host = captureHost()
const loadBefore = loadavg()[0]
const sums = new OrderedSums(allocateOrderMemory({ count, slots: 1, threads: 1 }))
const values = sums.values(0)
fillInputs()
const program = compile()
const measured: Round[] = []
for (let round = 1; round <= rounds; round++) {
  // Odd rounds run C first, even ones ours, so that drift touches both alike.
  const cFirst = round % 2 === 1 ? runC() : undefined
  const ours = runOurs()
  measured.push({ c: cFirst ?? runC(), ours, loadAverage: loadavg()[0] })
}
const fifty = await fiftyOrders()
writeAtomically(RESULT, prettyJson(resultDocument()))
console.log(report())

function readOptions() {
  const { values: flags } = parseArgs({
    options: {
      count: { type: 'string', default: '1000000' },
      repeats: { type: 'string', default: '30' },
      rounds: { type: 'string', default: '11' },
    },
  })
  const wholeNumber = (text: string, flag: string): number => {
    if (/^[1-9]\d*$/.test(text)) return Number(text)
    throw new Error(`${flag} must be a whole number of at least 1 (got '${text}')`)
  }
  return {
    count: wholeNumber(flags.count, '--count'),
    repeats: wholeNumber(flags.repeats, '--repeats'),
    rounds: wholeNumber(flags.rounds, '--rounds'),
  }
}

/** The numbers and the order of ordered-sum.c. */
function fillInputs(): void {
  for (let i = 0; i < count; i++) values[i] = ((mix32(i + 1) | 0) / 1024) * (i % 3 === 0 ? 1e8 : 0.1)
  const { order } = sums
  for (let i = 0; i < count; i++) order[i] = i
  for (let i = count - 1; i > 0; i--) {
    const j = mix32(i ^ 0x9e3779b9) % (i + 1)
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
}

function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reducible-spread-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const file = join(folder, 'ordered-sum')
  execFileSync('cc', [...FLAGS, SOURCE, '-o', file])
  return file
}

interface CRun {
  readonly sequentialBits: string
  readonly gatheredBits: string
  readonly seconds: Readonly<Record<'sequential' | 'gathered', number[]>>
}

function runC(): Round['c'] {
  const run = JSON.parse(execFileSync(program, [count, repeats].map(String), { encoding: 'utf8' })) as CRun
  assert.equal(bitsOf(sums.sequential(values)), run.sequentialBits, 'the sequential sum of C has other bits')
  assert.equal(bitsOf(sums.gathered(values)), run.gatheredBits, 'the gathered sum of C has other bits')
  return { sequential: p50(run.seconds.sequential), gathered: p50(run.seconds.gathered) }
}

function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

function runOurs(): Round['ours'] {
  const samples: Record<LoopName, number[]> = {
    sequential: [],
    gathered: [],
    'sequential, plain JavaScript': [],
    'gathered, plain JavaScript': [],
  }
  const time = (name: LoopName, loop: () => number): number => {
    const start = performance.now()
    const sum = loop()
    samples[name].push((performance.now() - start) / 1000)
    return sum
  }
  for (let i = 0; i < repeats; i++) {
    const sequential = time('sequential', () => sums.sequential(values))
    const gathered = time('gathered', () => sums.gathered(values))
    assert.equal(
      time('sequential, plain JavaScript', () => plainSequential(values)),
      sequential,
    )
    assert.equal(
      time('gathered, plain JavaScript', () => plainGathered(values, sums.order)),
      gathered,
    )
  }
  const medians = LOOPS.map(({ name }) => [name, p50(samples[name])])
  return Object.fromEntries(medians) as Record<LoopName, number>
}

function plainSequential(terms: Float64Array): number {
  let sum = terms[0]
  for (let i = 1; i < terms.length; i++) sum += terms[i]
  return sum
}

function plainGathered(terms: Float64Array, order: Uint32Array): number {
  let sum = terms[order[0]]
  for (let i = 1; i < order.length; i++) sum += terms[order[i]]
  return sum
}

/** Warm threads: the first array is not counted. */
async function fiftyOrders(): Promise<FiftyOrders[]> {
  await using pool = new SpreadPool(count, availableParallelism(), 1)
  const runs: FiftyOrders[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    const seed = BOOK_ARRAY.seed + round
    const drawn = await pool.drawArray({ slot: 0, spec: { ...BOOK_ARRAY, count, seed }, numpyOrders: 0 })
    const random = await pool.sumOrders({ slot: 0, seed, first: 0, orders: ORDERS })
    runs.push({
      wallSeconds: (performance.now() - start) / 1000,
      valuesSeconds: drawn.seconds,
      drawSeconds: random.drawSeconds / ORDERS,
      addSeconds: random.addSeconds / ORDERS,
    })
  }
  return runs.slice(1)
}

interface Row {
  readonly loop: LoopName
  readonly wanted: number | null
  /** Medians over rounds of the rounds' medians. */
  readonly oursSeconds: number
  readonly cSeconds: number
  /** C's time over ours, within one round. */
  readonly ratios: readonly number[]
  readonly ratio: Quantile
}

function rows(): Row[] {
  return LOOPS.map(({ name, against, wanted }) => {
    const ratios = measured.map(({ c, ours }) => c[against] / ours[name])
    return {
      loop: name,
      wanted,
      oursSeconds: p50(measured.map(({ ours }) => ours[name])),
      cSeconds: p50(measured.map(({ c }) => c[against])),
      ratios,
      ratio: medianOf(ratios),
    }
  })
}

function fiftyMedians(): Record<keyof FiftyOrders, Quantile> {
  const median = (part: keyof FiftyOrders): Quantile => medianOf(fifty.map((run) => run[part]))
  return {
    wallSeconds: median('wallSeconds'),
    valuesSeconds: median('valuesSeconds'),
    drawSeconds: median('drawSeconds'),
    addSeconds: median('addSeconds'),
  }
}

function resultDocument() {
  return {
    schemaVersion: 1,
    command: ['npm run bench:spread --', ...process.argv.slice(2)].join(' ').replace(/ --$/, ''),
    host,
    loadAverageBefore: loadBefore,
    compiler: `${compiler}, ${FLAGS.join(' ')}`,
    count,
    repeats,
    rows: rows(),
    rounds: measured,
    fiftyOrders: { threads: availableParallelism(), medians: fiftyMedians(), runs: fifty },
  }
}

function report(): string {
  const header = ['loop', 'ours(ms)', 'C(ms)', 'ratio', 'min–max', '95 %', 'wanted']
  const cells = rows().map(({ loop, wanted, oursSeconds, cSeconds, ratios, ratio }) => [
    loop,
    milliseconds(oursSeconds),
    milliseconds(cSeconds),
    ratio.value.toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    ratio.interval.map((bound) => bound?.toFixed(2) ?? '?').join('–'),
    wanted === null ? '–' : `≥ ${wanted}`,
  ])
  const { wallSeconds, valuesSeconds, drawSeconds, addSeconds } = fiftyMedians()
  const bounds = wallSeconds.interval.map((bound) => bound?.toFixed(3) ?? '?').join('–')
  return [
    wrap(`# sum of ${count} f64; p50 of ${repeats} a round, median of ${rounds} rounds`, '#   '),
    wrap(`# ratio = time of C (${FLAGS.join(' ')}) / ours, above 1 is faster than C; equal bits checked`, '#   '),
    wrap(
      `# 95 %: order-statistic bounds over rounds, ? where too few; load average before: ${loadBefore.toFixed(1)}`,
      '#   ',
    ),
    '',
    formatTable(
      header,
      cells,
      header.map((_, i) => (i === 0 ? 'left' : 'right')),
    ),
    '',
    wrap(
      `${ORDERS} random orders on ${availableParallelism()} threads, numbers and permutations drawn: ${wallSeconds.value.toFixed(3)} s [${bounds}] (wanted ≤ 1 s); numbers ${milliseconds(valuesSeconds.value)} ms an array, drawing ${milliseconds(drawSeconds.value)} ms (wanted ≤ 15) and adding ${milliseconds(addSeconds.value)} ms an order, of one thread`,
      '  ',
    ),
    'samples: bench/results/spread.json',
  ].join('\n')
}

function milliseconds(seconds: number): string {
  return (1000 * seconds).toFixed(2)
}
