import { ReducibleError } from '../core/errors.ts'
import { CLAIM_KINDS, type ClaimKind } from '../evidence/cluster/field-rules.ts'
import { statedGaps } from '../evidence/cluster/stated-gaps.ts'
import { type Need, neededFor } from '../evidence/cluster/validate.ts'
import { loadClusterSpec } from '../record/cluster-spec/load.ts'
import { gapLines, linkLines, specLines } from './cluster-text.ts'
import { type CommonOptions, runCommand } from './command.ts'
import { wrap } from './table.ts'

/** `reducible cluster validate FILE [--for performance]`: is the spec enough for a claim, and what does it still need? */
export async function clusterValidateCommand(
  file: string,
  options: CommonOptions & { readonly for: string },
): Promise<never> {
  return runCommand('cluster validate', options, async () => {
    const kind = kindOf(options.for)
    const spec = loadClusterSpec(file)
    const needs = neededFor(spec)
    const gaps = statedGaps(spec)
    const text = [
      ...specLines(spec),
      ...linkLines(spec),
      ...gapLines(gaps),
      '',
      ...CLAIM_KINDS.flatMap((each) => needLines(each, needs[each], spec.nodes.length)),
    ].join('\n')
    return { text, json: { file, for: kind, needs, gaps }, failed: needs[kind].length > 0 }
  })
}

function kindOf(text: string): ClaimKind {
  const kind = CLAIM_KINDS.find((each) => each === text)
  if (kind === undefined) throw new ReducibleError('usage', `--for wants ${CLAIM_KINDS.join(' or ')} (got '${text}')`)
  return kind
}

function needLines(kind: ClaimKind, needs: readonly Need[], nodeCount: number): string[] {
  if (needs.length === 0) return [`good for a ${kind} claim`]
  const lines = needs.map(({ path, nodes, why }) => {
    const some = nodes.length > 0 && nodes.length < nodeCount ? ` (nodes ${nodes.join(', ')})` : ''
    return wrap(`  ${path}${some}: ${why}`, '    ')
  })
  return [`a ${kind} claim still needs`, ...lines]
}
