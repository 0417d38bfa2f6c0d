import { existsSync } from 'node:fs'
import { BENCH_TRANSPORTS, type BenchTransport } from '../../cluster/coordinator/run-bench.ts'
import { DEFAULT_EXCHANGE, type ExchangeOptions } from '../../cluster/wire/channel.ts'
import { ReducibleError } from '../core/errors.ts'
import type { Fabric } from '../record/interconnect.ts'
import { allPairsOf, tournament } from '../reduce/algorithms/pairs.ts'
import { EVERY_ALGORITHM, isAlgorithmName, scheduleOf } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES } from '../reduce/arithmetics.ts'
import { INPUT_KINDS, type InputKind } from '../reduce/inputs.ts'
import { type Aggregate, type MeasuredPoint, NEIGHBOURS, PAIR, PAIRS, type UntilCi } from '../reduce/measure.ts'
import { NO_SKEW, type Skew } from '../reduce/skew.ts'
import { provenOrder } from '../reduce/verify.ts'
import { MAX_RANKS_PER_NODE } from '../study/schema.ts'
import type { CommonOptions } from './command.ts'
import type { GatherFlags } from './gather-workers.ts'

export interface BenchOptions extends CommonOptions, GatherFlags {
  readonly launch: string
  /** Whose stated links netns makes its own like. */
  readonly cluster?: string
  readonly minbytes: string
  readonly maxbytes: string
  readonly stepfactor: string
  readonly iters: string
  readonly warmupIters: string
  readonly check?: boolean
  readonly ranks?: string
  readonly nodes?: string
  readonly ranksPerNode: string
  readonly algorithm: string
  readonly arithmetic: string
  readonly transport: string
  readonly place: string
  readonly aggregate: string
  readonly sync: string
  readonly skew: string
  readonly seed: string
  readonly inputs: string
  readonly launches: string
  readonly untilCi?: string
  readonly maxIters: string
  readonly timeBudget: string
  readonly segment?: string
  readonly window?: string
  readonly connections?: string
  readonly pairs?: boolean
  readonly csv?: string
  readonly out: string
  readonly explain?: string
  readonly svg?: string
}

/** What a bench is made of, checked. */
export interface BenchPlan {
  readonly transports: readonly BenchTransport[]
  readonly rankCounts: readonly number[]
  /** Of shared+grpc, and what hierarchical takes for those of a node elsewhere. */
  readonly ranksPerNode: number
  readonly launches: number
  readonly aggregate: Aggregate
  readonly sync: 'barrier' | 'none'
  readonly skew: Skew
  readonly inputs: InputKind
  readonly untilCi: UntilCi | undefined
  readonly budgetSeconds: number
  readonly exchange: ExchangeOptions
  readonly pairs: boolean
  /** Where rows go as CSV besides the folder; `-`: to stdout. */
  readonly csv: string | undefined
  readonly pointsOf: (rankCount: number) => MeasuredPoint[]
}

/** A plan, and what joins the nodes that it was carried out on. */
export interface LaunchedPlan extends BenchPlan {
  readonly fabric: Fabric
}

/** The plan that options ask for. @throws {ReducibleError} usage: one of them cannot be. */
export function planBench(options: BenchOptions): BenchPlan {
  const { transports, rankCounts, ranksPerNode } = ranksOf(options)
  const aggregate = oneOf(['max', 'mean', 'rank0'] as const, options.aggregate, '--aggregate')
  const places =
    options.place === 'both' ? (['in', 'out'] as const) : [oneOf(['in', 'out'] as const, options.place, '--place')]
  const algorithms = options.algorithm === 'all' ? EVERY_ALGORITHM : options.algorithm.split(',')
  for (const name of algorithms) {
    if (!isAlgorithmName(name)) scheduleOf(name, 1) // says what is known
  }
  const arithmetics =
    options.arithmetic === 'all'
      ? ARITHMETIC_NAMES
      : options.arithmetic.split(',').map((name) => oneOf(ARITHMETIC_NAMES, name, '--arithmetic'))
  const sizes = sizesOf(options)
  const warmup = wholeNumber(options.warmupIters, '--warmup-iters')
  if (warmup < 3) throw new ReducibleError('usage', `--warmup-iters must be at least 3 (got ${warmup})`)
  const iterations = atLeastOne(options.iters, '--iters')
  const sync = oneOf(['barrier', 'none'] as const, options.sync, '--sync')
  const skew = skewOf(options, rankCounts)
  const inputs = oneOf(INPUT_KINDS, options.inputs, '--inputs')
  const untilCi = untilCiOf(options, aggregate, iterations)
  const check = options.check === true
  const common = { warmup, iterations, ranksPerNode, check, sync, inputs, ...(untilCi && { untilCi }) }
  const links = { ...common, arithmetic: 'f32' as const, place: 'in' as const, sync: 'barrier' as const }
  return {
    transports,
    rankCounts,
    ranksPerNode,
    launches: atLeastOne(options.launches, '--launches'),
    aggregate,
    sync,
    skew,
    inputs,
    untilCi,
    budgetSeconds: secondsOf(options.timeBudget, '--time-budget'),
    exchange: exchangeOf(options, transports),
    pairs: pairsWanted(options, rankCounts),
    csv: csvTarget(options),
    pointsOf(rankCount) {
      if (options.pairs) return pairPoints(links, rankCount, [sizes[0], sizes[sizes.length - 1]])
      for (const name of algorithms) provenOrder(scheduleOf(name, rankCount, ranksPerNode))
      return sizes.flatMap((bytes) => {
        const elements = Math.floor(bytes / 4)
        const points = algorithms.flatMap((algorithm) =>
          arithmetics.flatMap((arithmetic) =>
            places.map((place) => ({ ...common, skew, algorithm, arithmetic, elements, place })),
          ),
        )
        return [{ ...links, algorithm: NEIGHBOURS, elements }, ...points]
      })
    },
  }
}

/** Who takes part, and where they live. @throws {ReducibleError} usage. */
export function ranksOf(
  options: Pick<BenchOptions, 'ranks' | 'nodes' | 'ranksPerNode' | 'transport'>,
): Pick<BenchPlan, 'transports' | 'rankCounts' | 'ranksPerNode'> {
  const { ranks, nodes, transport } = options
  const transports = transport.split(',').map((name) => oneOf(BENCH_TRANSPORTS, name, '--transport'))
  const ranksPerNode = atLeastOne(options.ranksPerNode, '--ranks-per-node')
  if (nodes === undefined) return { transports, rankCounts: listOf(ranks ?? '2', 'ranks'), ranksPerNode }
  if (ranks !== undefined) {
    throw new ReducibleError('usage', '--nodes and --ranks both say who takes part; give one of them')
  }
  if (transport !== 'grpc') throw new ReducibleError('usage', `--nodes is for --transport grpc (got ${transport})`)
  if (ranksPerNode > MAX_RANKS_PER_NODE) {
    const text = `--ranks-per-node must be at most ${MAX_RANKS_PER_NODE} with --nodes (got ${ranksPerNode})`
    throw new ReducibleError('usage', text)
  }
  const rankCounts = listOf(nodes, 'nodes').map((count) => count * ranksPerNode)
  return { transports: [ranksPerNode === 1 ? 'grpc' : 'shared+grpc'], rankCounts, ranksPerNode }
}

/** Every pair of ranks alone, then every turn of a tournament, each at the smallest and the largest size. */
function pairPoints(
  links: Omit<MeasuredPoint, 'algorithm' | 'elements'>,
  rankCount: number,
  sizes: readonly number[],
): MeasuredPoint[] {
  const alone = allPairsOf(rankCount).map(([a, b]) => `${PAIR}${a}-${b}`)
  const turns = rankCount < 2 ? [] : tournament(rankCount).map((_, turn) => `${PAIRS}${turn}`)
  return [...alone, ...turns].flatMap((algorithm) =>
    sizes.map((bytes) => ({ ...links, algorithm, elements: Math.floor(bytes / 4) })),
  )
}

function pairsWanted({ pairs = false, minbytes, maxbytes }: BenchOptions, rankCounts: readonly number[]): boolean {
  if (!pairs) return false
  if (rankCounts.every((count) => count < 2)) throw new ReducibleError('usage', '--pairs wants at least 2 ranks')
  if (parseBytes(minbytes, '--minbytes') < 4)
    throw new ReducibleError('usage', '--pairs wants --minbytes of at least 4')
  if (parseBytes(maxbytes, '--maxbytes') <= parseBytes(minbytes, '--minbytes')) {
    throw new ReducibleError(
      'usage',
      '--pairs wants --maxbytes above --minbytes: one is for bandwidth, one for latency',
    )
  }
  return true
}

function skewOf({ skew, seed }: BenchOptions, rankCounts: readonly number[]): Skew {
  if (skew === 'none') return NO_SKEW
  const [kind, ...values] = skew.split(':')
  const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d+(\.\d+)?$/.test(text)
  if (kind === 'exp' && values.length === 1 && isNumber(values[0])) {
    return { kind, meanMs: Number(values[0]), seed: wholeNumber(seed, '--seed') }
  }
  if (kind === 'rank' && values.length === 2 && /^\d+$/.test(values[0]) && isNumber(values[1])) {
    const rank = Number(values[0])
    const without = rankCounts.filter((count) => count <= rank)
    if (without.length > 0) {
      throw new ReducibleError('usage', `--skew ${skew} delays a rank that ${without.join(', ')} ranks do not have`)
    }
    return { kind, rank, ms: Number(values[1]) }
  }
  throw new ReducibleError('usage', `--skew must be none, exp:MS or rank:R:MS (got '${skew}')`)
}

function untilCiOf({ untilCi, maxIters }: BenchOptions, aggregate: Aggregate, iterations: number): UntilCi | undefined {
  const iterationsMax = atLeastOne(maxIters, '--max-iters')
  if (untilCi === undefined) return undefined
  const match = /^(\d+(?:\.\d+)?)%$/.exec(untilCi)
  const share = match ? Number(match[1]) / 100 : 0
  if (!(share > 0 && share < 1)) {
    throw new ReducibleError('usage', `--until-ci must be a share like 2% (got '${untilCi}')`)
  }
  if (iterationsMax < iterations) {
    throw new ReducibleError('usage', `--max-iters ${iterationsMax} is below --iters ${iterations}`)
  }
  return { share, iterationsMax, aggregate }
}

const SECONDS_PER = { s: 1, m: 60, h: 3600 }

/** `90s`, `10m`, `1h`, in seconds. */
function secondsOf(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)([smh])$/.exec(text)
  const seconds = match ? Number(match[1]) * SECONDS_PER[match[2] as keyof typeof SECONDS_PER] : 0
  if (!(seconds > 0)) throw new ReducibleError('usage', `${flag} must be a time like 90s, 10m or 1h (got '${text}')`)
  return seconds
}

const SEGMENT_BYTES_MAX = 32 * 1024 ** 2
const WINDOW_BYTES_MIN = 65_535
const WINDOW_BYTES_MAX = 2 ** 30
const CONNECTIONS_MAX = 64

function exchangeOf({ segment, window, connections }: BenchOptions, transports: readonly string[]): ExchangeOptions {
  const flags = Object.entries({ segment, window, connections }).filter(([, value]) => value !== undefined)
  if (flags.length > 0 && !transports.some((name) => name.endsWith('grpc'))) {
    throw new ReducibleError('usage', `--${flags[0][0]} is for --transport grpc (got ${transports.join(',')})`)
  }
  const segmentBytes = segment === undefined ? DEFAULT_EXCHANGE.segmentBytes : parseBytes(segment, '--segment')
  if (segmentBytes < 8 || segmentBytes % 8 !== 0 || segmentBytes > SEGMENT_BYTES_MAX) {
    throw new ReducibleError('usage', `--segment must be a multiple of 8 bytes, 8 to 32M (got ${segment})`)
  }
  const windowBytes = window === undefined ? DEFAULT_EXCHANGE.windowBytes : parseBytes(window, '--window')
  if (windowBytes < WINDOW_BYTES_MIN || windowBytes > WINDOW_BYTES_MAX) {
    throw new ReducibleError('usage', `--window must be 64K to 1G, or HTTP/2's own 65535 (got ${window})`)
  }
  const count = connections === undefined ? DEFAULT_EXCHANGE.connections : atLeastOne(connections, '--connections')
  if (count > CONNECTIONS_MAX) {
    throw new ReducibleError('usage', `--connections must be at most ${CONNECTIONS_MAX} (got ${connections})`)
  }
  return { segmentBytes, windowBytes, connections: count }
}

function csvTarget({ csv, json, pairs }: BenchOptions): string | undefined {
  if (csv === undefined) return undefined
  if (pairs) throw new ReducibleError('usage', '--csv is for rows of all-reduces; take --json with --pairs')
  if (csv === '-' && json) throw new ReducibleError('usage', '--csv - and --json both want stdout; give --csv a file')
  if (csv !== '-' && existsSync(csv)) {
    throw new ReducibleError('usage', `--csv ${csv} exists, and results are never overwritten`, {
      remedy: 'choose another file',
    })
  }
  return csv
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
export function parseBytes(text: string, flag: string): number {
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

function atLeastOne(text: string, flag: string): number {
  const number = wholeNumber(text, flag)
  if (number < 1) throw new ReducibleError('usage', `${flag} must be at least 1 (got ${text})`)
  return number
}
