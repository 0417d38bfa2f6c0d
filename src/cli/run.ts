import { relative } from 'node:path'
import { type Comparison, metricOf, metricValue } from '../evidence/comparison.ts'
import { clusterLine } from '../record/host.ts'
import type { RecordedRun } from '../record/recorded-run.ts'
import { formatMeanSd, summarize } from '../stats/summary.ts'
import { type LoadedStudy, loadStudy } from '../study/load.ts'
import type { Study } from '../study/schema.ts'
import { statedLines } from './cluster-text.ts'
import { type CommandResult, runCommand } from './command.ts'
import { numericLine } from './decision-lines.ts'
import { type ExecutedStudy, executeStudy, type Gather, studyLine, studyRequest } from './execute-study.ts'
import { speedLines } from './speed-lines.ts'
import type { StudyOptions } from './study-flags.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible run STUDY`: runs a study without a claim. */
export async function runStudyCommand(studyFile: string, options: StudyOptions): Promise<never> {
  return runCommand('run', options, async (signal) => runLoaded(loadStudy(studyFile), options, signal))
}

/** Runs a study. @param gather waits for workers; absent: the study says how they are started. */
export async function runLoaded(
  { study: stated, file }: LoadedStudy,
  options: StudyOptions,
  signal: AbortSignal,
  gather?: Gather,
): Promise<CommandResult> {
  const { study, ...running } = studyRequest(stated, options, signal, gather)
  const { replay } = running
  const request = { study, studyFile: file, claimFile: null, quick: false, claim: null, ...running }
  return executeStudy(request, async (executed): Promise<CommandResult> => {
    executed.folder.writeJson('comparison.json', executed.comparison)
    const { comparison, folder, cluster, stated: held } = executed
    const replayed = replay ? replayedTrials(comparison, replay) : null
    return {
      text: [runText(study, executed), ...replayLines(replayed, options.replayOrders)].join('\n'),
      json: { run: folder.path, arms: comparison.arms, cluster, stated: held, replayed },
      failed: replayed?.some(({ equal }) => !equal) ?? false,
    }
  })
}

/** Did the forced orders lead to the recorded weights? */
interface ReplayedTrial {
  readonly trial: string
  readonly weightsSha256: string | null
  readonly recorded: string | null
  readonly equal: boolean
}

function replayedTrials({ arms }: Comparison, { trials: recorded }: RecordedRun): ReplayedTrial[] {
  return arms
    .flatMap(({ trials }) => trials)
    .map(({ trial, weightsSha256 }) => {
      const then = recorded.find((other) => other.trial === trial)?.weightsSha256 ?? null
      return { trial, weightsSha256, recorded: then, equal: weightsSha256 === then }
    })
}

function replayLines(replayed: readonly ReplayedTrial[] | null, run: string | undefined): string[] {
  if (replayed === null) return []
  const lines = replayed.map(({ trial, weightsSha256, recorded, equal }) => {
    const [now, then] = [weightsSha256, recorded].map((digest) => digest?.slice(0, 16) ?? 'diverged')
    return `  ${trial}: ${now} ${equal ? '=' : '≠'} ${then}`
  })
  return ['', `replayed in the orders of ${run}, SHA-256 now and then`, ...lines]
}

/** What a run came to, arm by arm. */
function runText(study: Study, { comparison, cluster, stated, folder }: ExecutedStudy): string {
  const metric = metricOf(study)
  const rows = comparison.arms.flatMap(({ name, trials }) =>
    trials.map((trial) => [
      name,
      trial.repeat === 0 ? String(trial.seed) : `${trial.seed} again`,
      trial.status === 'diverged' ? `diverged at step ${trial.divergedStep}` : formatMetric(metricValue(metric, trial)),
      trial.weightsSha256?.slice(0, 16) ?? '–',
    ]),
  )
  const widest = Math.max(...comparison.arms.map(({ name }) => name.length))
  const means = comparison.arms.map(({ name, trials }) => {
    const values = trials.map((trial) => metricValue(metric, trial)).filter((value) => value !== null)
    return `${name.padEnd(widest)} ${values.length === 0 ? 'no finished trial' : formatMeanSd(summarize(values))}`
  })
  return [
    wrap(study.purpose),
    wrap(`Study: ${studyLine(study)}`, '  '),
    '',
    formatTable(['arm', 'seed', metric.replace('-', ' '), 'SHA-256'], rows, ['left', 'left', 'right', 'left']),
    '',
    ...means,
    '',
    ...numericLine(comparison),
    ...speedLines(comparison, study),
    '',
    wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    ...statedLines(stated),
    `run ${relative('.', folder.path)}`,
  ].join('\n')
}

function formatMetric(value: number | null): string {
  return value === null ? 'not finite' : value.toFixed(6)
}
