/**
 * Our all-reduce beside everybody else's: alternating launches within one invocation, on one machine.
 * `npm run bench:peers -- --ranks 2,4 --launches 5` prints the ratios and writes bench/results/peers.json.
 */
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatTable, wrap } from '../src/cli/table.ts'
import { projectRoot } from '../src/core/paths.ts'
import { prettyJson, writeAtomically } from '../src/record/files.ts'
import { captureHost } from '../src/record/host.ts'
import { gloo } from './peers/gloo.ts'
import { openMpiShared, openMpiTcp } from './peers/mpi.ts'
import { gpuCount, ncclTests } from './peers/nccl.ts'
import { oursGrpc, oursGrpcSmall, oursShared } from './peers/ours.ts'
import { type Peer, p50 } from './peers/peer.ts'
import { pthreads } from './peers/pthreads.ts'
import { http2Ring, http2Stream, oursStream, tcpRing, tcpStream } from './peers/raw.ts'
import { type Launch, rowsOf, type Target, type Work } from './peers/rows.ts'
import { PEERS_ALIGN, PEERS_HEADER, peersCells } from './peers/table.ts'

/** Those with the same memory model stand together, ours first. */
const ALL_REDUCE = [oursShared, pthreads, openMpiShared, oursGrpc, http2Ring, tcpRing, gloo, openMpiTcp]
const SMALL = [oursGrpcSmall, http2Ring, tcpRing, gloo, openMpiTcp]
const STREAM = [oursStream, http2Stream, tcpStream]
/** A small all-reduce takes a thousandth of a large one's time. */
const SMALL_ITERATIONS_FACTOR = 10
/** A stream is timed over more bytes, beside which the question that starts it is nothing. */
const STREAM_BYTES_FACTOR = 4

const options = readOptions()
const gpus = await gpuCount()
const works = worksOf()
const arms = [...new Map([...works.flatMap((work) => work.arms), ncclTests].map((arm) => [arm.name, arm])).values()]
const versions = new Map(await Promise.all(arms.map(async (arm) => [arm.name, await arm.find()] as const)))
const isPresent = ({ name }: Peer): boolean => versions.get(name) !== undefined
const host = captureHost()
const loadBefore = loadavg()[0]
const launches: Launch[] = []
for (let launch = 1; launch <= options.launches; launch++) {
  for (const { kind: work, ranks, bytes, iterations, arms } of works) {
    const present = arms.filter(isPresent)
    // Odd launches run the arms forward, even ones backward, so that drift touches all alike.
    for (const arm of launch % 2 === 1 ? present : present.toReversed()) {
      const run = await arm.run({ ranks, bytes, iterations, warmup: options.warmup })
      const p50Seconds = p50(run.seconds)
      launches.push({ work, ranks, bytes, name: arm.name, launch, p50Seconds, loadAverage: loadavg()[0], ...run })
      process.stderr.write(
        `launch ${launch}, ${work}, ${ranks} ranks, ${arm.name}: ${(p50Seconds * 1000).toFixed(2)} ms\n`,
      )
      writeAtomically(options.out, prettyJson(resultDocument()))
    }
  }
}
console.log(report())

function readOptions() {
  const { values } = parseArgs({
    options: {
      bytes: { type: 'string', default: String(16 * 1024 * 1024) },
      ranks: { type: 'string', default: '2,4,8' },
      launches: { type: 'string', default: '5' },
      iters: { type: 'string', default: '20' },
      warmup: { type: 'string', default: '5' },
      out: { type: 'string', default: join(projectRoot, 'bench', 'results', 'peers.json') },
    },
  })
  const ranks = values.ranks.split(',').map((text) => wholeNumber(text, '--ranks', 2))
  return {
    bytes: wholeNumber(values.bytes, '--bytes', 4 * Math.max(...ranks)),
    ranks,
    launches: wholeNumber(values.launches, '--launches', 1),
    iterations: wholeNumber(values.iters, '--iters', 1),
    warmup: wholeNumber(values.warmup, '--warmup', 3),
    out: values.out,
  }
}

/** @throws {Error} anything else: a bad flag is never a silent default. */
function wholeNumber(text: string, flag: string, least: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
  throw new Error(`${flag} must be a whole number of at least ${least} (got '${text}')`)
}

function worksOf(): Work[] {
  const { bytes, iterations } = options
  const allReduce = { kind: 'all-reduce', bytes, iterations } as const
  const works: Work[] = options.ranks.map((ranks) => ({
    ...allReduce,
    ranks,
    arms: ALL_REDUCE,
    targetOf: (arm) => allReduceTarget(arm, ranks),
  }))
  // The ranks of NCCL are the GPUs that are there.
  if (gpus > 0) works.push({ ...allReduce, ranks: gpus, arms: [ncclTests], targetOf: () => null })
  works.push(
    {
      kind: 'small all-reduce',
      ranks: 4,
      bytes: 1024,
      iterations: SMALL_ITERATIONS_FACTOR * iterations,
      arms: SMALL,
      targetOf: (arm) => (arm.ours ? { kind: 'ours', mostSeconds: 0.0015 } : null),
    },
    {
      kind: 'stream',
      ranks: 2,
      bytes: STREAM_BYTES_FACTOR * bytes,
      iterations,
      arms: STREAM,
      targetOf: (arm) => (arm === http2Stream ? { kind: 'ratio', least: 0.8 } : null),
    },
  )
  return works
}

function allReduceTarget(arm: Peer, ranks: number): Target | null {
  if (arm === pthreads && ranks <= availableParallelism()) return { kind: 'ratio', least: 0.9 }
  if (arm === openMpiShared && [2, 4, 8].includes(ranks)) return { kind: 'ratio', least: 1.5 }
  if (arm === http2Ring && [2, 4].includes(ranks)) return { kind: 'ratio', least: 0.8 }
  return null
}

function resultDocument() {
  const { out: _, ...settings } = options
  return {
    schemaVersion: 2,
    command: ['npm run bench:peers --', ...process.argv.slice(2)].join(' '),
    host,
    loadAverageBefore: loadBefore,
    sync: 'barrier before each all-reduce, outside the timed region',
    aggregate: 'max',
    binding: 'none: every arm leaves the placement of its ranks to the operating system',
    ...settings,
    arms: arms.map(({ name, transport, install }) => ({
      name,
      transport,
      version: versions.get(name) ?? null,
      install,
    })),
    rows: rowsOf(works, launches),
    launchSamples: launches,
  }
}

function report(): string {
  const cores = availableParallelism()
  const lines = [
    `# f32; p50 of ${options.iterations} a launch (small: ${SMALL_ITERATIONS_FACTOR} times as many), median of ${options.launches} launches; a sample is the maximum over ranks, after a barrier`,
    '# ratio = bandwidth, ours / peer, above 1 is faster than the peer; 95 %: order-statistic bounds over launches, each on its own, ? where too few',
    `# * more ranks than the ${cores} cores: says how the system shares cores; load average before: ${loadBefore.toFixed(1)}`,
  ].map((line) => wrap(line, '#   '))
  const absent = arms.filter((arm) => !isPresent(arm))
  const skips = absent.map((arm) => wrap(`not installed: ${arm.name}; install: ${arm.install}`, '  '))
  const peers = arms.filter((arm) => !arm.ours).length
  const closing = `${peers - absent.length} peers measured, ${absent.length} not installed; samples: ${options.out}`
  const table = formatTable(PEERS_HEADER, peersCells(rowsOf(works, launches)), PEERS_ALIGN)
  return [...lines, '', table, '', ...skips, closing].join('\n')
}
