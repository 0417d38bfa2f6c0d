// Goal: the table of the bench and the examples of every command fit 80 columns. Left out: what the figures are.
import { expect, it } from 'vitest'
import type { LaunchedPlan } from '../../src/cli/bench-plan.ts'
import type { BenchRow } from '../../src/cli/bench-rows.ts'
import { benchText } from '../../src/cli/bench-text.ts'
import { commandLine } from '../../src/cli/command-line.ts'

const TIME = { value: 1_234_567, interval: [null, null] } as const

const ROW: BenchRow = {
  transport: 'shared+grpc',
  ranks: 16,
  nodes: 4,
  ranksPerNode: 4,
  algorithm: 'hierarchical:ring/ring',
  innerRanks: 4,
  arithmetic: 'compensated',
  type: 'f32',
  redop: 'sum',
  place: 'out',
  sizeBytes: 16 * 1024 ** 2,
  count: 4 * 1024 ** 2,
  samples: 20,
  launches: 1,
  unit: 'all-reduce',
  timeP50Us: TIME,
  timeMinUs: 1_234_567,
  timeP95Us: TIME,
  timeP99Us: TIME,
  timeFromLastP50Us: null,
  ciShare: null,
  ciReached: null,
  algbwGBs: 0.1,
  busbwGBs: 0.1,
  wireBytesMax: 0,
  bytesPerElement: 4,
  wireBytesSharedMax: 0,
  wireBytesGrpcMax: 0,
  efficiency: 0.5,
  wrong: 0,
  nonFinite: 0,
  errorMaxUnits: 0.5,
  errorMeanUnits: 0.25,
  digest: '',
  twinDigest: '',
  ranksAgree: true,
  orderCertificate: '',
  orderKnownBefore: true,
  coreWaitMax: null,
  peakResidentBytesMax: 0,
  buffersMade: 0,
  messagesSent: 1e6,
  messagesReceived: 1e6,
  messageBytesSent: 1e12,
  messageBytesReceived: 1e12,
  predictedUs: 1,
  predictionError: 12.34,
  oversubscribed: true,
  note: null,
}

const PLAN: LaunchedPlan = {
  fabric: { fabric: 'loopback' },
  transports: ['shared+grpc'],
  rankCounts: [16],
  ranksPerNode: 4,
  launches: 1,
  aggregate: 'max',
  sync: 'barrier',
  skew: { kind: 'none' },
  inputs: 'rounding',
  untilCi: undefined,
  budgetSeconds: 600,
  exchange: { segmentBytes: 2 ** 25, windowBytes: 2 ** 30, connections: 64 },
  pairs: false,
  csv: undefined,
  pointsOf: () => [],
}

const tooWide = (text: string): string[] => text.split('\n').filter((line) => line.length > 80)

it('the widest row of a plain bench keeps its efficiency, and loses the least time and the model', () => {
  const text = benchText([ROW], [], PLAN, 'runs')
  expect(tooWide(text)).toEqual([])
  expect(text).toMatch(/^size +algorithm +arith +n +p50\(µs\) +GB\/s +eff +#wrong$/m)
  expect(text).toMatch(/^ 16M +hierarchical:ring\/ring out +compensated +16\* +1234567 /m)
})

it('a narrow row shows all of them, and a size that is no power of 1024 in bytes', () => {
  const text = benchText([{ ...ROW, algorithm: 'ring', arithmetic: 'f32', sizeBytes: 10_004 }], [], PLAN, 'runs')
  expect(text).toMatch(/^ *size .*min\(µs\) .*eff .*model$/m)
  expect(text).toMatch(/^10004 /m)
})

it('the help of every command fits, its examples too', () => {
  const commands = commandLine().commands.flatMap((command) => [command, ...command.commands])
  expect(commands.length).toBeGreaterThan(8)
  for (const command of commands) {
    const parts: string[] = []
    command.configureOutput({ writeOut: (part) => void parts.push(part), getOutHelpWidth: () => 80 })
    command.outputHelp()
    expect(tooWide(parts.join('')), command.name()).toEqual([])
  }
})
