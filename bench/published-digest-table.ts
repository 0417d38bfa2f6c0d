import { markdownRow, withTable } from './marked-table.ts'
import type { DigestLaunch, DigestResult } from './published-digest.ts'

/** docs/published-digest.md with its table made anew. */
export function withDigestTable(document: string, result: DigestResult): string {
  return withTable(document, 'bench/results/published-digest.json', digestMarkdown(result))
}

/** The machine, then a row for each NumPy and kernels it ran on, with every setting that chose them. */
function digestMarkdown({ host, launches }: DigestResult): string {
  const ran = launches.filter(({ harness }) => harness !== null)
  const failed = launches.filter(({ harness }) => harness === null)
  const features = ran[0]?.harness?.cpuFeatures.join(', ') ?? 'not known'
  const groups = Map.groupBy(ran, ({ harness }) => `${harness?.numpy} ${harness?.kernels}`)
  return [
    `${host.cpuModel} (${features}), ${host.operatingSystem}.`,
    '',
    markdownRow(['NumPy, BLAS', 'kernels', 'chosen by `OPENBLAS_CORETYPE=`', 'final loss', 'SHA-256', 'seed 7']),
    markdownRow(Array(6).fill('---')),
    ...[...groups.values()].map(rowOf),
    ...(failed.length === 0 ? [] : ['', `Failed: ${failed.map(({ coreType }) => coreType).join(', ')}.`]),
  ].join('\n')
}

function rowOf(launches: readonly DigestLaunch[]): string {
  const [harness] = launches.flatMap(({ harness }) => harness ?? [])
  const { numpy, blas, kernels, runs } = harness
  const chosenBy = launches.map(({ coreType }) => coreType ?? '(not set)').join(', ')
  const [{ loss, digest }, { digest: ofSeed7 }] = runs
  return markdownRow([`${numpy}, ${blas}`, kernels ?? 'unknown', chosenBy, loss, `\`${digest}\``, `\`${ofSeed7}\``])
}
