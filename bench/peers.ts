/**
 * Our all-reduce beside everybody else's: alternating launches within one invocation, on one machine.
 * `npm run bench:peers -- --ranks 2,4 --launches 5` prints the ratios and writes bench/results/peers.json.
 */
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formatTable, wrap } from '../src/cli/table.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import type { Quantile } from '../src/stats/quantiles.ts'
import { gloo } from './peers/gloo.ts'
import { http2Ring } from './peers/http2-ring.ts'
import { openMpi } from './peers/mpi.ts'
import { oursGrpc, oursShared } from './peers/ours.ts'
import { medianOf, type Peer, type PeerRun, p50 } from './peers/peer.ts'
import { pthreads } from './peers/pthreads.ts'

/** Those with the same memory model stand together, ours first. */
const ARMS: readonly Peer[] = [oursShared, pthreads, openMpi, oursGrpc, http2Ring, gloo]
const RESULT = fileURLToPath(new URL('results/peers.json', import.meta.url))

/** One launch of one arm. */
interface Launch extends PeerRun {
  readonly name: string
  readonly ranks: number
  readonly launch: number
  readonly p50Seconds: number
  /** Of the last minute, after the launch: what else ran on the machine is in it, and so are the ranks. */
  readonly loadAverage: number
}

/** One peer at one rank count. A ratio is busbw of ours over busbw of the peer, within one launch round. */
interface Row {
  readonly peer: string
  readonly ours: string
  readonly ranks: number
  readonly oversubscribed: boolean
  /** Medians over launches of the launches' p50. */
  readonly peerSeconds: number
  readonly oursSeconds: number
  readonly ratios: readonly number[]
  readonly ratio: Quantile
}

const options = readOptions()
const versions = new Map(await Promise.all(ARMS.map(async (arm) => [arm, await arm.find()] as const)))
const present = ARMS.filter((arm) => versions.get(arm) !== undefined)
const absent = ARMS.filter((arm) => versions.get(arm) === undefined)
const host = captureHost()
const loadBefore = loadavg()[0]
const launches: Launch[] = []
for (let launch = 1; launch <= options.launches; launch++) {
  for (const ranks of options.ranks) {
    // Odd launches run the arms forward, even ones backward, so that drift touches all alike.
    for (const arm of launch % 2 === 1 ? present : present.toReversed()) {
      const run = await arm.run({ ...options, ranks })
      launches.push({ name: arm.name, ranks, launch, p50Seconds: p50(run.seconds), loadAverage: loadavg()[0], ...run })
      process.stderr.write(`launch ${launch}, ${ranks} ranks, ${arm.name}: ${milliseconds(p50(run.seconds))} ms\n`)
      writeAtomically(RESULT, prettyJson(resultDocument()))
    }
  }
}
console.log(report())

function readOptions() {
  const { values } = parseArgs({
    options: {
      bytes: { type: 'string', default: String(16 * 1024 * 1024) },
      ranks: { type: 'string', default: '2,4' },
      launches: { type: 'string', default: '5' },
      iters: { type: 'string', default: '20' },
      warmup: { type: 'string', default: '5' },
    },
  })
  const ranks = values.ranks.split(',').map((text) => wholeNumber(text, '--ranks', 2))
  return {
    bytes: wholeNumber(values.bytes, '--bytes', 4 * Math.max(...ranks)),
    ranks,
    launches: wholeNumber(values.launches, '--launches', 1),
    iterations: wholeNumber(values.iters, '--iters', 1),
    warmup: wholeNumber(values.warmup, '--warmup', 3),
  }
}

/** @throws {Error} anything else: a bad flag is never a silent default. */
function wholeNumber(text: string, flag: string, least: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
  throw new Error(`${flag} must be a whole number of at least ${least} (got '${text}')`)
}

function resultDocument() {
  return {
    schemaVersion: 1,
    command: ['npm run bench:peers --', ...process.argv.slice(2)].join(' '),
    host,
    loadAverageBefore: loadBefore,
    sync: 'barrier before each all-reduce, outside the timed region',
    aggregate: 'max',
    ...options,
    arms: ARMS.map((arm) => ({
      name: arm.name,
      transport: arm.transport,
      version: versions.get(arm) ?? null,
      install: arm.install,
    })),
    rows: rows(),
    launchSamples: launches,
  }
}

function rows(): Row[] {
  const isOurs = (arm: Peer): boolean => arm === oursShared || arm === oursGrpc
  return present
    .filter((arm) => !isOurs(arm))
    .flatMap((peer) => options.ranks.map((ranks) => rowOf(peer, ranks)).filter((row) => row !== undefined))
}

/** Undefined before both have been launched. */
function rowOf(peer: Peer, ranks: number): Row | undefined {
  const ours = peer.transport === 'shared' ? oursShared : oursGrpc
  const timesOf = (name: string): Map<number, number> => {
    const own = launches.filter((one) => one.name === name && one.ranks === ranks)
    return new Map(own.map(({ launch, p50Seconds }) => [launch, p50Seconds]))
  }
  const [peerTimes, oursTimes] = [timesOf(peer.name), timesOf(ours.name)]
  const ratios = [...peerTimes].flatMap(([launch, peerSeconds]) => {
    const oursSeconds = oursTimes.get(launch)
    return oursSeconds === undefined ? [] : [peerSeconds / oursSeconds]
  })
  if (ratios.length === 0) return undefined
  return {
    peer: peer.name,
    ours: ours.name,
    ranks,
    oversubscribed: ranks > availableParallelism(),
    peerSeconds: p50([...peerTimes.values()]),
    oursSeconds: p50([...oursTimes.values()]),
    ratios,
    ratio: medianOf(ratios),
  }
}

function report(): string {
  const header = ['ours', 'peer', 'n', 'ours(ms)', 'peer(ms)', 'ratio', 'min–max', '95 %']
  const cells = rows().map((row) => [
    row.ours.replace('reducible ', ''),
    row.peer,
    `${row.ranks}${row.oversubscribed ? '*' : ''}`,
    milliseconds(row.oursSeconds),
    milliseconds(row.peerSeconds),
    row.ratio.value.toFixed(2),
    `${Math.min(...row.ratios).toFixed(2)}–${Math.max(...row.ratios).toFixed(2)}`,
    row.ratio.interval.map((bound) => bound?.toFixed(2) ?? '?').join('–'),
  ])
  const align = header.map((_, i) => (i < 2 ? ('left' as const) : ('right' as const)))
  const lines = [
    `# all-reduce of ${options.bytes} bytes of f32; p50 of ${options.iterations} a launch, median of ${options.launches} launches; a sample is the maximum over ranks, after a barrier`,
    '# ratio = busbw, ours / peer, above 1 is faster than the peer; 95 %: order-statistic bounds over launches, each on its own, ? where too few',
    `# * more ranks than the ${availableParallelism()} cores: says how the system shares cores; load average before: ${loadBefore.toFixed(1)}`,
  ].map((line) => wrap(line, '#   '))
  const skips = absent.map((arm) => wrap(`not installed: ${arm.name}; install: ${arm.install}`, '  '))
  const closing = `${present.length - 2} peers measured, ${absent.length} not installed; samples: bench/results/peers.json`
  return [...lines, '', formatTable(header, cells, align), '', ...skips, closing].join('\n')
}

function milliseconds(seconds: number): string {
  return (seconds * 1000).toFixed(1)
}
