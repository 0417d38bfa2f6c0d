import { ReducibleError } from '../core/errors.ts'
import { formatMemory } from '../core/units.ts'
import { compareSpecs, type FieldDifference } from '../evidence/cluster/compare.ts'
import { explainGap, type GapExplanation } from '../evidence/cluster/explain-gap.ts'
import type { Threat } from '../evidence/cluster/field-rules.ts'
import { loadClusterSpec } from '../record/cluster-spec/load.ts'
import { parseBytes } from './bench-plan.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { wrap } from './table.ts'

interface CompareOptions extends CommonOptions {
  readonly bytes: string
  readonly algorithm: string
  readonly gap?: string
}

/** `reducible cluster compare A B`: where they differ, what that threatens, and how much of a gap it can explain. */
export async function clusterCompareCommand(fileA: string, fileB: string, options: CompareOptions): Promise<never> {
  return runCommand('cluster compare', options, async () => {
    const [a, b] = [fileA, fileB].map(loadClusterSpec)
    const collective = { algorithm: options.algorithm, bytes: parseBytes(options.bytes, '--bytes') }
    const differences = compareSpecs(a, b)
    const explanation = explainGap(a, b, collective, gapOf(options.gap))
    const text = [
      wrap(`A ${fileA}`),
      wrap(`B ${fileB}`),
      '',
      ...THREATS.flatMap((threat) => threatLines(threat, differences)),
      ...explanationLines(explanation, [a.number_of_nodes, b.number_of_nodes]),
    ].join('\n')
    return { text, json: { a: fileA, b: fileB, differences, explanation } }
  })
}

function gapOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const gap = Number(text)
  if (gap > 1) return gap
  throw new ReducibleError('usage', `--gap wants how many times as long a step takes on B, above 1 (got '${text}')`)
}

const THREATS = ['both', 'numeric', 'performance', 'neither'] as const satisfies readonly Threat[]

const HEADS: Readonly<Record<Threat, string>> = {
  both: 'threatening the answer and the speed',
  numeric: 'threatening the answer only',
  performance: 'threatening the speed only',
  neither: 'threatening neither',
}

const VALUE_WIDTH = 160

function threatLines(threat: Threat, differences: readonly FieldDifference[]): string[] {
  const own = differences.filter(({ threatens }) => threatens === threat)
  if (own.length === 0) return []
  const head = `${own.length} ${own.length === 1 ? 'difference' : 'differences'} ${HEADS[threat]}`
  if (threat === 'neither') return [wrap(`${head}: ${own.map(({ path }) => path).join(', ')}`, '  '), '']
  const lines = own.flatMap(({ path, a, b, why }) => [
    wrap(`  ${path}: ${valueText(a)} → ${valueText(b)}`, '    '),
    wrap(`    ${why}`, '    '),
  ])
  return [head, ...lines, '']
}

function valueText(value: string | null): string {
  if (value === null) return 'not there'
  if (/^[0-9a-f]{64}$/.test(value)) return value.slice(0, 12)
  return value.length <= VALUE_WIDTH ? value : `${value.slice(0, VALUE_WIDTH - 1)}…`
}

function explanationLines(explanation: GapExplanation, nodeCounts: readonly [number, number]): string[] {
  const { algorithm, bytes, seconds, ratio, ratioBy } = explanation
  const what = `${algorithm} all-reduce of ${formatMemory(bytes)}`
  if (seconds === null || ratio === null || ratioBy === null) {
    return [wrap(`α-β-γ: ${what}: not predicted, since a spec lacks latency or bandwidth, or has one node`, '  ')]
  }
  const [onA, onB] = seconds.map((each) => `${(each * 1000).toPrecision(3)} ms`)
  const [ofA, ofB] = nodeCounts
  const parts = Object.entries(ratioBy).map(([name, by]) => `${name} ${times(by)}`)
  return [
    wrap(`α-β-γ: ${what}: ${onA} over ${ofA} nodes of A, ${onB} over ${ofB} of B: ${times(ratio)}`, '  '),
    wrap(`  with this alone as on B: ${parts.join(', ')}`, '    '),
    ...observedLines(explanation),
  ]
}

function observedLines({ observed, ratio }: GapExplanation): string[] {
  if (observed === null || ratio === null) return []
  const { gap, shareOfStepNeeded, explains } = observed
  const percent = ((shareOfStepNeeded ?? 0) * 100).toPrecision(2)
  switch (explains) {
    case 'none':
      return [wrap(`a step ${times(gap)} as long: explained by something else, the all-reduce is no slower on B`, '  ')]
    case 'part':
      return [
        wrap(`a step ${times(gap)} as long: explained up to ${times(ratio)}, were a step on A nothing else`, '  '),
      ]
    case 'whole':
      return [
        wrap(`a step ${times(gap)} as long: explained where the all-reduce takes ${percent} % of a step on A`, '  '),
      ]
  }
}

function times(ratio: number): string {
  return `${ratio.toPrecision(3)} ×`
}
