import { relative } from 'node:path'
import { metricOf, metricValue } from '../evidence/comparison.ts'
import { clusterLine } from '../record/host.ts'
import { formatMeanSd, summarize } from '../stats/summary.ts'
import { loadStudy } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, runCommand } from './command.ts'
import { type ExecutedStudy, executeStudy, overridesIn, type StudyOptions, studyLine } from './execute-study.ts'
import { speedLines } from './speed-lines.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible run STUDY`: runs a study without a claim. */
export async function runStudyCommand(studyFile: string, options: StudyOptions): Promise<never> {
  return runCommand('run', options, async (signal) => {
    const { study: stated, file } = loadStudy(studyFile)
    const study = applyOverrides(stated, overridesIn(options))
    const request = { study, studyFile: file, claimFile: null, quick: false, claim: null, options, signal }
    return executeStudy(request, async (executed): Promise<CommandResult> => {
      executed.folder.writeJson('comparison.json', executed.comparison)
      return {
        text: runText(study, executed),
        json: { run: executed.folder.path, arms: executed.comparison.arms, cluster: executed.cluster },
      }
    })
  })
}

function runText(study: Study, { comparison, cluster, folder }: ExecutedStudy): string {
  const metric = metricOf(study)
  const rows = comparison.arms.flatMap(({ name, trials }) =>
    trials.map((trial) => [
      name,
      trial.repeat === 0 ? String(trial.seed) : `${trial.seed} again`,
      trial.status === 'diverged' ? `diverged at step ${trial.divergedStep}` : formatMetric(metricValue(metric, trial)),
      trial.weightsSha256?.slice(0, 16) ?? '–',
    ]),
  )
  const means = comparison.arms.map(({ name, trials }) => {
    const values = trials.map((trial) => metricValue(metric, trial)).filter((value) => value !== null)
    return `${name.padEnd(12)} ${values.length === 0 ? 'no finished trial' : formatMeanSd(summarize(values))}`
  })
  return [
    wrap(study.purpose),
    `Study: ${studyLine(study)}`,
    '',
    formatTable(['arm', 'seed', metric.replace('-', ' '), 'SHA-256'], rows, ['left', 'left', 'right', 'left']),
    '',
    ...means,
    '',
    ...speedLines(comparison, study),
    '',
    wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    `run ${relative('.', folder.path)}`,
  ].join('\n')
}

function formatMetric(value: number | null): string {
  return value === null ? 'not finite' : value.toFixed(6)
}
