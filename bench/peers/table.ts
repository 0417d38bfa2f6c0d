import type { HostRecord } from '../../src/record/host.ts'
import { markdownRow, withTable } from '../marked-table.ts'
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
  const present = arms.flatMap(({ name, version }) => (version === null ? [] : [`${name}: ${version}`]))
  const absent = arms.flatMap(({ name, version, install }) => (version === null ? [`${name} (\`${install}\`)`] : []))
  return [
    `${host.cpuModel}, ${host.cores} cores, ${host.operatingSystem}, Node ${host.node.slice(1)}; load average before: ` +
      `${loadAverageBefore.toFixed(1)}. p50 of ${iterations} a launch, median of ${launches} launches. \`*\`: more ranks than cores.`,
    '',
    markdownRow(PEERS_HEADER),
    markdownRow(PEERS_ALIGN.map((align) => (align === 'right' ? '---:' : '---'))),
    ...peersCells(rows).map((cells) => markdownRow(cells.map((cell) => cell.replace('*', '\\*')))),
    '',
    `${present.join('; ')}.`,
    ...(absent.length === 0 ? [] : [`Not installed: ${absent.join('; ')}.`]),
  ].join('\n')
}

/** docs/methodology.md with its table made anew. */
export function withPeersTable(document: string, result: PeersResult): string {
  return withTable(document, 'bench/results/peers.json', peersMarkdown(result))
}

function formatBytes(bytes: number): string {
  const [divisor, unit] =
    bytes % 1024 ** 2 === 0 ? [1024 ** 2, 'MiB'] : bytes % 1024 === 0 ? [1024, 'KiB'] : [1, 'bytes']
  return `${bytes / divisor} ${unit}`
}
