import { PHASES } from './phases.ts'
import type { Scaling } from './scaling.ts'

/** A line a trial: what a spreadsheet needs to draw the curve again. Seconds, bytes and rows; nothing is rounded. */
export function scalingCsv({ points, mode, paced, pricePerNodeHour }: Scaling): string {
  const header = [
    ...[
      'mode',
      'compute',
      'arm',
      'algorithm',
      'nodes',
      'ranks',
      'oversubscribed',
      'batch_rows',
      'trial',
      'seed',
      'repeat',
    ],
    ...['trial_seconds_per_step', 'seconds_per_step', 'samples_per_second', 'bytes_per_second'],
    ...['step_p50', 'step_p95', 'step_p99', 'step_p99_upper', 'timed_steps', 'first_step_seconds'],
    ...[
      'base',
      'speedup',
      'speedup_lower',
      'speedup_upper',
      'pairs',
      'decision',
      'efficiency',
      'cores_busy',
      'core_wait',
    ],
    ...['cost_per_million_rows', 'price_per_node_hour'],
    ...[...PHASES, 'rest'].map((phase) => `phase_${phase}_ns`),
  ]
  const rows = points.flatMap((point) => {
    const { speedup, stepSeconds, phases } = point
    return point.trials.map((trial) => [
      ...[mode, paced === null ? 'measured' : 'paced', point.arm, point.algorithm, point.nodes, point.ranks],
      ...[point.oversubscribed, point.batchRows, trial.trial, trial.seed, trial.repeat],
      ...[trial.secondsPerStep, point.secondsPerStep, point.samplesPerSecond, point.bytesPerSecond],
      ...[stepSeconds.p50.value, stepSeconds.p95.value, stepSeconds.p99.value, stepSeconds.p99.interval[1]],
      ...[stepSeconds.steps, point.firstStepSeconds],
      ...[speedup?.base, speedup?.ratio, speedup?.interval[0], speedup?.interval[1], speedup?.pairs, speedup?.decision],
      ...[speedup?.efficiency, point.coresBusy, point.coreWait, point.costPerMillionRows, pricePerNodeHour],
      ...[...PHASES, 'rest' as const].map((phase) => phases?.[phase]),
    ])
  })
  return `${[header, ...rows].map((row) => row.map((cell) => quoted(cell ?? '')).join(',')).join('\n')}\n`
}

/** @source RFC 4180. */
function quoted(cell: string | number | boolean): string {
  const text = String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
