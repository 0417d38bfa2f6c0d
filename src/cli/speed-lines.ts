import { median } from 'simple-statistics'
import type { ComparedArm, Comparison } from '../evidence/comparison.ts'
import { disturbances } from '../evidence/disturbances.ts'
import { pacedStamp } from '../evidence/paced.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { leavesOf } from '../reduce/algorithms.ts'
import type { Study } from '../study/schema.ts'
import { speedLine } from './decision-lines.ts'
import { formatTable, wrap } from './table.ts'

/** How long the arms took, and what may be said of the difference. */
export function speedLines({ arms, speed }: Comparison, study: Study): string[] {
  const rows = arms.map((arm) => [
    arm.name,
    arm.nodes * arm.ranksPerNode === 1 ? '–' : `${arm.algorithm}${changesWithNodes(arm) ? ' †' : ''}`,
    arm.medianTrainSeconds.toFixed(2),
    medianOf(arm, ({ reduceSeconds }) => reduceSeconds).toFixed(2),
    `${Math.round(100 * (medianOf(arm, hiddenShare) || 0))} %`,
    arm.stepsPerSecond.toFixed(1),
    String(arm.trials.length),
  ])
  const header = ['arm', 'algorithm', 'train(s)', 'reduce(s)', 'hidden', 'steps/s', 'n']
  const align = header.map((_, column) => (column < 2 ? ('left' as const) : ('right' as const)))
  const pace = pacedStamp(study)
  const lines = [
    formatTable(header, rows, align),
    ...(pace ? [wrap(pace, '  ')] : []),
    wrap(
      'medians of n trials; reduce: in all-reduces, on the node with most; hidden: of that, while gradients were read back',
      '  ',
    ),
    ...(arms.some(changesWithNodes)
      ? [wrap('† not node-count invariant: another number of ranks adds by another tree, or rounds on the wire', '  ')]
      : []),
  ]
  return [...lines, ...speedLine(speed, study.training.steps), ...arms.flatMap(disturbanceLines)]
}

function disturbanceLines({ trials }: ComparedArm): string[] {
  return disturbances(trials).map(({ trial, what }) => wrap(`disturbed: ${trial}: ${what}`, '  '))
}

/** Is this an arm of fixed-tree that does not keep what the name promises? */
function changesWithNodes({ algorithm, nodeCountInvariant }: ComparedArm): boolean {
  return leavesOf(algorithm) !== undefined && !nodeCountInvariant
}

function hiddenShare({ overlapSeconds, reduceSeconds }: TrialRecord): number {
  return overlapSeconds / reduceSeconds
}

function medianOf({ trials }: ComparedArm, seconds: (trial: TrialRecord) => number): number {
  return trials.length === 0 ? Number.NaN : median(trials.map(seconds))
}
