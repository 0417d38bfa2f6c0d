import type { Comparison } from '../evidence/comparison.ts'
import type { Study } from '../study/schema.ts'
import { formatTable, wrap } from './table.ts'

/** How long the arms took, and what may be said of the difference. */
export function speedLines({ arms, speed }: Comparison, study: Study): string[] {
  const rows = arms.map(({ name, nodes, algorithm, medianTrainSeconds, stepsPerSecond, trials }) => [
    name,
    nodes === 1 ? '–' : algorithm,
    medianTrainSeconds.toFixed(2),
    stepsPerSecond.toFixed(1),
    String(trials.length),
  ])
  const table = formatTable(['arm', 'algorithm', 'training (s)', 'steps/s', 'trials'], rows, [
    'left',
    'left',
    'right',
    'right',
    'right',
  ])
  if (!speed) return [table]
  const { base, against, baseSeconds, ratio, decision, intervalReason } = speed
  const sentence =
    `speed of ${against} against ${base}: ${decision} (median ratio ${ratio.toFixed(2)}, ${base} takes ` +
    `${baseSeconds.toFixed(2)} s for ${study.training.steps} steps; ${intervalReason})`
  return [table, wrap(sentence, '  ')]
}
