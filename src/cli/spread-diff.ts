import { ReducibleError } from '../core/errors.ts'
import { compareRuns, type Divergence } from '../evidence/divergence.ts'
import { readRecordedRun } from '../record/recorded-run.ts'
import type { CommandResult } from './command.ts'
import { wrap } from './table.ts'

/** `--diff RUN_A RUN_B`: where two runs part, and why. */
export function diffCommand(runs: readonly string[]): CommandResult {
  if (runs.length !== 2) {
    throw new ReducibleError('usage', `--diff wants two run folders (got ${runs.length})`)
  }
  const [a, b] = runs.map(readRecordedRun)
  const divergences = compareRuns(a, b)
  if (divergences.length === 0)
    throw new ReducibleError('invalid-run', `${a.run} and ${b.run} have no trials to compare`)
  const parted = divergences.filter(({ step }) => step !== null)
  const summary =
    parted.length === 0
      ? `${divergences.length} trial${divergences.length === 1 ? '' : 's'} compared: every recorded step is the same`
      : `${parted.length} of ${divergences.length} compared trials part`
  return {
    text: [`A ${a.run}`, `B ${b.run}`, '', ...divergences.map(divergenceText), '', summary].join('\n'),
    json: { runs: [a.run, b.run], divergences },
  }
}

function divergenceText(divergence: Divergence): string {
  const { trials, step, causes, evidence, firstOtherOrder } = divergence
  const [one, other] = trials
  const name = one === other ? one : `${one} and ${other}`
  if (step === null) {
    const orders = firstOtherOrder === null ? '' : `, though their orders differ from step ${firstOtherOrder} on`
    return wrap(`${name}: no step parts them${orders}`, '  ')
  }
  const lines = [
    `${name}: they part in step ${step}: ${placeText(divergence)}`,
    `cause: ${causes.length === 0 ? 'unexplained' : causes.join(' or ')}`,
    ...evidence,
    ...(firstOtherOrder !== null && firstOtherOrder < step
      ? [`orders differ from step ${firstOtherOrder} on, without effect before step ${step}`]
      : []),
  ]
  return lines.map((line, i) => wrap(`${i === 0 ? '' : '  '}${line}`, '    ')).join('\n')
}

function placeText({ step, where, rank, difference }: Divergence): string {
  const element = difference
    ? `, first in element ${difference.element}, bit ${difference.bit}: ${difference.bits.join(' and ')}, ` +
      `${difference.ulp === null ? 'a NaN' : `${difference.ulp} ULP`}`
    : ''
  switch (where) {
    case 'contribution':
      return `rank ${rank} contributes other bits${element}`
    case 'sum':
      return `the sum has other bits${element}`
    case 'weights':
      return 'contributions and sum are equal, the weights they lead to are not'
    default:
      return `the weights differ; run both again with --record-gradients ${step} to see rank, element and bit`
  }
}
