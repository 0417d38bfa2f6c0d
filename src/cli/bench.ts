import { writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import {
  BENCH_TRANSPORTS,
  type BenchLaunch,
  type MeasuredByRank,
  runBench,
} from '../../cluster/coordinator/run-bench.ts'
import { ReducibleError } from '../core/errors.ts'
import { codeState } from '../record/code-state.ts'
import { prettyJson } from '../record/files.ts'
import { captureHost } from '../record/host.ts'
import { makeUniqueFolder } from '../record/run-folder.ts'
import { EVERY_ALGORITHM, isAlgorithmName, scheduleOf } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES, ARITHMETICS } from '../reduce/arithmetics.ts'
import { type MeasuredPoint, NEIGHBOURS } from '../reduce/measure.ts'
import { provenOrder } from '../reduce/verify.ts'
import { type Aggregate, type BenchRow, benchRow, fitModel, neighbourBandwidth, samplesOf } from './bench-rows.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'
import { explainAlgorithm } from './explain.ts'
import { formatTable } from './table.ts'

export interface BenchOptions extends CommonOptions {
  readonly minbytes: string
  readonly maxbytes: string
  readonly stepfactor: string
  readonly iters: string
  readonly warmupIters: string
  readonly check?: boolean
  readonly ranks: string
  readonly ranksPerNode: string
  readonly algorithm: string
  readonly arithmetic: string
  readonly transport: string
  readonly place: string
  readonly aggregate: string
  readonly out: string
  readonly explain?: string
  readonly svg?: string
}

/** What a bench is made of, checked. */
interface BenchPlan {
  readonly transports: readonly BenchLaunch['transport'][]
  readonly rankCounts: readonly number[]
  readonly aggregate: Aggregate
  readonly pointsOf: (rankCount: number) => MeasuredPoint[]
}

/** `reducible bench`: times all-reduces over sizes, algorithms, rank counts and transports, and checks every buffer. */
export async function benchCommand(options: BenchOptions): Promise<never> {
  return runCommand('bench', options, async (signal): Promise<CommandResult> => {
    if (options.explain !== undefined)
      return explainAlgorithm(options.explain, listOf(options.ranks, 'ranks'), options.svg)
    const plan = planBench(options)
    const folder = makeUniqueFolder(join(resolve(options.out), 'runs', 'bench'), codeState())
    const rows: BenchRow[] = []
    const samples: string[] = []
    const gamma = secondsPerAddedByte()
    for (const transport of plan.transports) {
      for (const rankCount of plan.rankCounts) {
        process.stderr.write(`bench: ${transport}, ${rankCount} ranks\n`)
        const measured: MeasuredByRank[] = []
        const launch = { transport, rankCount, points: plan.pointsOf(rankCount), folder, signal }
        await runBench(launch, (one) => {
          measured.push(one)
          samples.push(
            JSON.stringify({ transport, ranks: rankCount, ...one.point, seconds: samplesOf(one, plan.aggregate) }),
          )
          writeFileSync(join(folder, 'samples.jsonl'), `${samples.join('\n')}\n`)
        })
        const bandwidth = neighbourBandwidth(measured, plan.aggregate)
        const model = fitModel(bandwidth, gamma)
        const context = { transport, ranks: rankCount, aggregate: plan.aggregate, neighbourBandwidth: bandwidth, model }
        const ofAlgorithms = measured.filter(({ point }) => point.algorithm !== NEIGHBOURS)
        rows.push(...ofAlgorithms.map((one) => benchRow(one, context)))
      }
    }
    const host = captureHost()
    const document = { rows, host, sync: 'barrier before each, outside the timed region', aggregate: plan.aggregate }
    writeFileSync(join(folder, 'bench.json'), prettyJson(document))
    writeFileSync(join(folder, 'bench.csv'), csvOf(rows))
    const wrong = rows.some((row) => (row.wrong ?? 0) > 0 || !row.ranksAgree)
    return { text: benchText(rows, plan, folder), json: { ...document, folder }, failed: wrong }
  })
}

function planBench(options: BenchOptions): BenchPlan {
  const transports = options.transport.split(',').map((name) => oneOf(BENCH_TRANSPORTS, name, '--transport'))
  const rankCounts = listOf(options.ranks, 'ranks')
  const aggregate = oneOf(['max', 'mean', 'rank0'] as const, options.aggregate, '--aggregate')
  const places =
    options.place === 'both' ? (['in', 'out'] as const) : [oneOf(['in', 'out'] as const, options.place, '--place')]
  const algorithms = options.algorithm === 'all' ? EVERY_ALGORITHM : options.algorithm.split(',')
  for (const name of algorithms) {
    if (!isAlgorithmName(name)) scheduleOf(name, 1) // says what is known
  }
  const arithmetics = options.arithmetic === 'all' ? ARITHMETIC_NAMES : options.arithmetic.split(',')
  const sizes = sizesOf(options)
  const warmup = wholeNumber(options.warmupIters, '--warmup-iters')
  const iterations = wholeNumber(options.iters, '--iters')
  if (warmup < 3) throw new ReducibleError('usage', `--warmup-iters must be at least 3 (got ${warmup})`)
  if (iterations < 1) throw new ReducibleError('usage', '--iters must be at least 1')
  const ranksPerNode = wholeNumber(options.ranksPerNode, '--ranks-per-node')
  const common = { warmup, iterations, ranksPerNode, check: options.check === true }
  return {
    transports,
    rankCounts,
    aggregate,
    pointsOf(rankCount) {
      for (const name of algorithms) provenOrder(scheduleOf(name, rankCount, ranksPerNode))
      return sizes.flatMap((bytes) => {
        const elements = Math.floor(bytes / 4)
        const neighbours = {
          ...common,
          algorithm: NEIGHBOURS,
          arithmetic: 'f32' as const,
          elements,
          place: 'in' as const,
        }
        const points = algorithms.flatMap((algorithm) =>
          arithmetics.flatMap((name) =>
            places.map((place) => {
              const arithmetic = oneOf(ARITHMETIC_NAMES, name, '--arithmetic')
              return { ...common, algorithm, arithmetic, elements, place }
            }),
          ),
        )
        return [neighbours, ...points]
      })
    },
  }
}

function sizesOf({ minbytes, maxbytes, stepfactor }: BenchOptions): number[] {
  const [first, last] = [parseBytes(minbytes, '--minbytes'), parseBytes(maxbytes, '--maxbytes')]
  const factor = Number(stepfactor)
  if (!(factor > 1)) throw new ReducibleError('usage', `--stepfactor must be above 1 (got ${stepfactor})`)
  if (last < first) throw new ReducibleError('usage', `--maxbytes ${maxbytes} is below --minbytes ${minbytes}`)
  const sizes: number[] = []
  for (let bytes = first; bytes <= last; bytes = Math.max(bytes + 4, Math.floor(bytes * factor))) sizes.push(bytes)
  return sizes
}

/** `4`, `64K`, `1M`: powers of 1024. */
function parseBytes(text: string, flag: string): number {
  const match = /^(\d+)([KMG]?)$/i.exec(text)
  if (!match) throw new ReducibleError('usage', `${flag} must be bytes like 4, 64K or 1M (got '${text}')`)
  const power = ['', 'K', 'M', 'G'].indexOf(match[2].toUpperCase())
  return Number(match[1]) * 1024 ** power
}

function listOf(text: string, flag: string): number[] {
  const list = text.split(',').map((item) => wholeNumber(item, `--${flag}`))
  if (list.some((count) => count < 1)) throw new ReducibleError('usage', `--${flag} must be at least 1 (got ${text})`)
  return list
}

function wholeNumber(text: string, flag: string): number {
  if (!/^\d+$/.test(text)) throw new ReducibleError('usage', `${flag} must be a whole number (got '${text}')`)
  return Number(text)
}

function oneOf<const T extends string>(known: readonly T[], text: string, flag: string): T {
  const found = known.find((name) => name === text)
  if (found === undefined)
    throw new ReducibleError('usage', `${flag} must be one of ${known.join(', ')} (got '${text}')`)
  return found
}

/** γ: one core adding f32 values as a rank does, 1 MiB at a time, the median of 20. */
function secondsPerAddedByte(): number {
  const bytes = 1 << 20
  const sums = ARITHMETICS.f32.begin(new Float32Array(bytes / 4))
  const terms = new Uint8Array(bytes)
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    sums.add(terms, 0)
    return (performance.now() - start) / 1000
  })
  return times.sort((a, b) => a - b)[10] / bytes
}

function benchText(rows: readonly BenchRow[], plan: BenchPlan, folder: string): string {
  const header = ['size(B)', 'algorithm', 'arith', 'n', 'p50(µs)', 'min(µs)', 'busbw(GB/s)', 'eff', '#wrong', 'model']
  const cells = rows.map((row) => [
    String(row.sizeBytes),
    row.place === 'in' ? row.algorithm : `${row.algorithm} (out)`,
    row.arithmetic,
    `${row.ranks}${row.oversubscribed ? '*' : ''}`,
    row.timeP50Us.value.toFixed(row.timeP50Us.value < 100 ? 1 : 0),
    row.timeMinUs.toFixed(row.timeMinUs < 100 ? 1 : 0),
    row.busbwGBs === null ? 'n = 1' : row.busbwGBs.toFixed(3),
    row.efficiency === null ? '–' : row.efficiency.toFixed(2),
    row.wrong === null ? '–' : String(row.wrong),
    row.predictionError === null
      ? '–'
      : `${row.predictionError >= 0 ? '+' : ''}${Math.round(row.predictionError * 100)} %`,
  ])
  const align = header.map((_, i) => (i === 1 || i === 2 ? ('left' as const) : ('right' as const)))
  const tables = [...Map.groupBy(rows.keys(), (i) => rows[i].transport)].map(
    ([transport, indices]) =>
      `${transport}\n${formatTable(
        header,
        [...indices].map((i) => cells[i]),
        align,
      )}`,
  )
  return [
    `# time: ${plan.aggregate} over ranks, barrier before each all-reduce outside the timed region; unit: one launch`,
    '# busbw = size / p50 · 2(n−1)/n, 1 GB = 1e9 bytes; eff = busbw / neighbours at once; * more ranks than cores',
    '# model: α-β-γ fitted on the neighbours of the same launch, (predicted − p50) / p50',
    '',
    ...tables,
    '',
    `rows, intervals and samples: ${relative('.', folder)}`,
  ].join('\n')
}

const CSV_COLUMNS = [
  'transport',
  'ranks',
  'algorithm',
  'arithmetic',
  'type',
  'redop',
  'place',
  'sizeBytes',
  'count',
  'samples',
  'timeMinUs',
  'algbwGBs',
  'busbwGBs',
  'wireBytesMax',
  'peakResidentBytesMax',
  'efficiency',
  'wrong',
  'digest',
  'twinDigest',
  'ranksAgree',
  'predictedUs',
  'predictionError',
  'oversubscribed',
] as const satisfies readonly (keyof BenchRow)[]

function csvOf(rows: readonly BenchRow[]): string {
  const quantiles = ['timeP50Us', 'timeP95Us', 'timeP99Us'] as const
  const header = [...CSV_COLUMNS, ...quantiles.flatMap((name) => [name, `${name}Low`, `${name}High`])]
  const lines = rows.map((row) => [
    ...CSV_COLUMNS.map((name) => row[name] ?? ''),
    ...quantiles.flatMap((name) => [row[name].value, ...row[name].interval.map((bound) => bound ?? '')]),
  ])
  return `${[header, ...lines].map((line) => line.join(',')).join('\n')}\n`
}
