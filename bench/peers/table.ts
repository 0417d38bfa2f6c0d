import type { HostRecord } from '../../src/record/host.ts'
import type { Row } from './rows.ts'

/** What a table needs of bench/results/peers.json. */
export interface PeersResult {
  readonly host: HostRecord
  readonly loadAverageBefore: number
  readonly launches: number
  readonly iterations: number
  readonly arms: readonly { readonly name: string; readonly version: string | null; readonly install: string }[]
  readonly rows: readonly Row[]
}

export const PEERS_HEADER = [
  'work',
  'n',
  'ours',
  'peer',
  'ours(ms)',
  'peer(ms)',
  'ratio',
  'min–max',
  '95 %',
  'target',
] as const
export const PEERS_ALIGN = PEERS_HEADER.map((_, i) => (i === 1 || i > 3 ? ('right' as const) : ('left' as const)))

/** The rows as text, under PEERS_HEADER; `–` where there is none. */
export function peersCells(rows: readonly Row[]): string[][] {
  const milliseconds = (seconds: number | undefined): string =>
    seconds === undefined ? '–' : (seconds * 1000).toFixed(seconds < 0.01 ? 2 : 1)
  return rows.map(({ work, ranks, bytes, oversubscribed, ours, peer, ratios, ratio, target }) => [
    `${work}, ${formatBytes(bytes)}`,
    `${ranks}${oversubscribed ? '*' : ''}`,
    ours === null ? '–' : ours.name.replace('reducible ', ''),
    peer?.name ?? '–',
    milliseconds(ours?.p50Seconds),
    milliseconds(peer?.p50Seconds),
    ratio === null ? '–' : ratio.value.toFixed(2),
    ratio === null ? '–' : `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    ratio === null ? '–' : ratio.interval.map((bound) => bound?.toFixed(2) ?? '?').join('–'),
    target === null ? '–' : target.kind === 'ratio' ? `≥ ${target.least}` : `≤ ${target.mostSeconds * 1000} ms`,
  ])
}

/** The table of docs/methodology.md: the machine, the rows, what each arm was, what was not installed. */
export function peersMarkdown({ host, loadAverageBefore, launches, iterations, arms, rows }: PeersResult): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const present = arms.flatMap(({ name, version }) => (version === null ? [] : [`${name}: ${version}`]))
  const absent = arms.flatMap(({ name, version, install }) => (version === null ? [`${name} (\`${install}\`)`] : []))
  return [
    `${host.cpuModel}, ${host.cores} cores, ${host.operatingSystem}, Node ${host.node.slice(1)}; load average before: ` +
      `${loadAverageBefore.toFixed(1)}. p50 of ${iterations} a launch, median of ${launches} launches. \`*\`: more ranks than cores.`,
    '',
    line(PEERS_HEADER),
    line(PEERS_ALIGN.map((align) => (align === 'right' ? '---:' : '---'))),
    ...peersCells(rows).map((cells) => line(cells.map((cell) => cell.replace('*', '\\*')))),
    '',
    `${present.join('; ')}.`,
    ...(absent.length === 0 ? [] : [`Not installed: ${absent.join('; ')}.`]),
  ].join('\n')
}

const BEGIN = '<!-- npm run docs:tables makes this from bench/results/peers.json -->'
const END = '<!-- until here -->'

/** The document with its table made anew. @throws {Error} the markers are not there, each once and in order. */
export function withPeersTable(document: string, result: PeersResult): string {
  const [before, rest, ...more] = document.split(BEGIN)
  const [, after, ...others] = rest?.split(END) ?? []
  if (after === undefined || more.length + others.length > 0)
    throw new Error(`want '${BEGIN}' and '${END}' once each, in this order`)
  return `${before}${BEGIN}\n${peersMarkdown(result)}\n${END}${after}`
}

function formatBytes(bytes: number): string {
  const [divisor, unit] =
    bytes % 1024 ** 2 === 0 ? [1024 ** 2, 'MiB'] : bytes % 1024 === 0 ? [1024, 'KiB'] : [1, 'bytes']
  return `${bytes / divisor} ${unit}`
}
