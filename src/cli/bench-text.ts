import { relative } from 'node:path'
import { fabricText } from '../record/interconnect.ts'
import type { BenchPlan, LaunchedPlan } from './bench-plan.ts'
import { type BenchRow, type Cell, NOT_INVARIANT } from './bench-rows.ts'
import { formatTable, wrap } from './table.ts'

/** A point for which there was no time, in one launch. */
export interface UnmeasuredPoint extends Cell {
  readonly launch: number
  readonly algorithm: string
  readonly arithmetic: string
  readonly sizeBytes: number
  readonly place: 'in' | 'out'
}

/** The tables, by transport, between what the figures are and what else happened. */
export function benchText(
  rows: readonly BenchRow[],
  unmeasured: readonly UnmeasuredPoint[],
  plan: LaunchedPlan,
  folder: string,
): string {
  const tables = [...Map.groupBy(rows, ({ transport }) => transport)].map(([transport, ofTransport]) => {
    const title = transport === 'shared+grpc' ? `${transport}, ${plan.ranksPerNode} ranks a node` : transport
    return `${title}\n${fittedTable(columnsOf(plan), ofTransport)}`
  })
  return [
    ...headerOf(plan),
    '',
    ...tables,
    '',
    ...notesOf(rows),
    ...unmeasuredText(unmeasured),
    `rows, intervals and samples: ${relative('.', folder)}`,
  ].join('\n')
}

/** Names what was not measured; nothing where all was. */
export function unmeasuredText(unmeasured: readonly UnmeasuredPoint[]): string[] {
  if (unmeasured.length === 0) return []
  const launches = Map.groupBy(
    unmeasured,
    ({ transport, ranks, launch }) => `${transport}, ${ranks} ranks, launch ${launch}`,
  )
  return [
    `not measured, the time budget was spent: ${unmeasured.length}`,
    ...[...launches].map(([launch, points]) => {
      const names = points.map(({ algorithm, arithmetic, sizeBytes, place }) => {
        return `${algorithm} ${arithmetic} ${sizeBytes} B${place === 'out' ? ' (out)' : ''}`
      })
      return wrap(`  ${launch}: ${names.join('; ')}`, '    ')
    }),
  ]
}

/** A table of at most 80 columns where that can be had: what can be spared goes first, and is in the folder's files. */
function fittedTable(columns: readonly Column[], rows: readonly BenchRow[]): string {
  const table = formatTable(
    columns.map(({ head }) => head),
    rows.map((row) => columns.map(({ cell }) => cell(row))),
    columns.map(({ left }) => (left ? 'left' : 'right')),
  )
  const spare = Math.min(...columns.map((column) => column.spare ?? Number.POSITIVE_INFINITY))
  const spared = columns.find((column) => column.spare === spare)
  if (spared === undefined || table.split('\n').every((line) => line.length <= 80)) return table
  return fittedTable(
    columns.filter((column) => column !== spared),
    rows,
  )
}

interface Column {
  readonly head: string
  /** Goes before those of a higher number. */
  readonly spare?: number
  readonly left?: boolean
  readonly cell: (row: BenchRow) => string
}

function columnsOf({ skew, inputs, launches }: BenchPlan): Column[] {
  const p50: Column = {
    head: 'p50(µs)',
    cell: (row) => `${microseconds(row.timeP50Us.value)}${row.ciReached === false ? '?' : ''}`,
  }
  const min: Column = { head: 'min(µs)', spare: 1, cell: ({ timeMinUs }) => microseconds(timeMinUs) }
  const fromLast: Column = {
    head: 'last(µs)',
    cell: ({ timeFromLastP50Us }) => (timeFromLastP50Us === null ? '–' : microseconds(timeFromLastP50Us.value)),
  }
  const model: Column = { head: 'model', spare: 2, cell: ({ predictionError }) => percent(predictionError) }
  const nonFinite: Column = { head: 'nonfin', cell: (row) => String(row.nonFinite) }
  return [
    { head: 'size', cell: ({ sizeBytes }) => sizeText(sizeBytes) },
    { head: 'algorithm', left: true, cell: algorithmCell },
    { head: 'arith', left: true, cell: arithmeticCell },
    { head: 'n', cell: ({ ranks, oversubscribed }) => `${ranks}${oversubscribed ? '*' : ''}` },
    ...(skew.kind === 'none' ? [p50, min] : [{ ...p50, head: 'own(µs)' }, fromLast]),
    ...(launches > 1 ? [{ head: 'K', cell: (row: BenchRow) => String(row.launches) }] : []),
    { head: 'GB/s', cell: ({ busbwGBs }) => (busbwGBs === null ? 'n = 1' : busbwGBs.toFixed(3)) },
    { head: 'eff', spare: 3, cell: ({ efficiency }) => (efficiency === null ? '–' : efficiency.toFixed(2)) },
    { head: '#wrong', cell: ({ wrong }) => (wrong === null ? '–' : String(wrong)) },
    inputs === 'special' ? nonFinite : model,
  ]
}

/** As `-b` takes it. */
function sizeText(bytes: number): string {
  const power = [3, 2, 1].find((one) => bytes > 0 && bytes % 1024 ** one === 0) ?? 0
  return `${bytes / 1024 ** power}${['', 'K', 'M', 'G'][power]}`
}

/** `exact` takes as many bytes an element as its inputs want. */
function arithmeticCell({ arithmetic, bytesPerElement }: BenchRow): string {
  return arithmetic === 'exact' && bytesPerElement !== null ? `exact ${bytesPerElement} B` : arithmetic
}

function algorithmCell({ algorithm, place, note }: BenchRow): string {
  return `${algorithm}${note === null ? '' : '†'}${place === 'in' ? '' : ' out'}`
}

function microseconds(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0)
}

function percent(share: number | null): string {
  return share === null ? '–' : `${share >= 0 ? '+' : ''}${Math.round(share * 100)}%`
}

function headerOf(plan: LaunchedPlan): string[] {
  const { aggregate, sync, skew, launches, inputs, untilCi, exchange, transports, fabric } = plan
  const begun = sync === 'none' ? 'no barrier between all-reduces' : 'untimed barrier before each'
  const unit = launches === 1 ? 'unit: one launch' : `unit: a launch (of ${launches})`
  const { segmentBytes, windowBytes, connections } = exchange
  return [
    `# time: ${aggregate} over ranks; ${begun}; ${unit}`,
    '# size: bytes; K, M and G are powers of 1024',
    ...(skew.kind === 'none' ? [] : ["# own: from a rank's arrival; last: from the last arrival to the last end"]),
    '# GB/s: busbw = size / p50 · 2(n−1)/n, 1e9 bytes; eff = busbw / neighbours',
    inputs === 'special'
      ? '# nonfin: NaNs and infinities in a result, of inputs that hold some'
      : '# model: α-β-γ fitted on the neighbours, (predicted − p50) / p50',
    ...(untilCi ? [`# ?: the 95 % interval of p50 is not within ±${100 * untilCi.share} %`] : []),
    ...(transports.some((name) => name.endsWith('grpc'))
      ? [`# grpc: segment ${segmentBytes} B, window ${windowBytes} B, connections each way: ${connections}`]
      : []),
    ...(fabric.fabric === 'loopback' ? [] : [`# links: ${fabricText(fabric)}`]),
    '# * more ranks than cores',
  ]
}

function notesOf(rows: readonly BenchRow[]): string[] {
  const total = (of: (row: BenchRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  const sent = total((row) => row.messagesSent)
  const bytes = total((row) => row.messageBytesSent)
  const received = total((row) => row.messagesReceived)
  return [
    ...(rows.some(({ note }) => note === NOT_INVARIANT) ? [`† a tree over the ranks: ${NOT_INVARIANT}`] : []),
    ...(sent === 0
      ? []
      : [
          wrap(
            `grpc-js, in timed all-reduces and their barriers: ${sent} messages of ${bytes} bytes sent, ${received} ` +
              'received, each in a buffer of its own on either side',
            '  ',
          ),
        ]),
    `payload buffers made by our own code in timed all-reduces: ${total((row) => row.buffersMade)}`,
  ]
}

const CSV_COLUMNS = [
  'transport',
  'ranks',
  'nodes',
  'ranksPerNode',
  'algorithm',
  'innerRanks',
  'arithmetic',
  'type',
  'redop',
  'place',
  'sizeBytes',
  'count',
  'samples',
  'launches',
  'unit',
  'timeMinUs',
  'algbwGBs',
  'busbwGBs',
  'wireBytesMax',
  'bytesPerElement',
  'wireBytesSharedMax',
  'wireBytesGrpcMax',
  'peakResidentBytesMax',
  'coreWaitMax',
  'efficiency',
  'wrong',
  'errorMaxUnits',
  'errorMeanUnits',
  'nonFinite',
  'digest',
  'twinDigest',
  'ranksAgree',
  'ciShare',
  'ciReached',
  'buffersMade',
  'messagesSent',
  'messagesReceived',
  'messageBytesSent',
  'messageBytesReceived',
  'predictedUs',
  'predictionError',
  'oversubscribed',
  'note',
] as const satisfies readonly (keyof BenchRow)[]

/** Rows as CSV, a column for each figure and each bound of an interval. */
export function csvOf(rows: readonly BenchRow[]): string {
  const quantiles = ['timeP50Us', 'timeP95Us', 'timeP99Us', 'timeFromLastP50Us'] as const
  const header = [...CSV_COLUMNS, ...quantiles.flatMap((name) => [name, `${name}Low`, `${name}High`])]
  const lines = rows.map((row) => [
    ...CSV_COLUMNS.map((name) => row[name] ?? ''),
    ...quantiles.flatMap((name) => [
      row[name]?.value ?? '',
      ...(row[name]?.interval ?? [null, null]).map((bound) => bound ?? ''),
    ]),
  ])
  return `${[header, ...lines].map((line) => line.join(',')).join('\n')}\n`
}
