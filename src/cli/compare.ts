import { ReducibleError } from '../core/errors.ts'
import { type ArmAcrossRuns, compareRuns } from '../evidence/compare-runs.ts'
import { type ComparedArm, type Comparison, compareMetric, compareSpeed } from '../evidence/comparison.ts'
import { pacedStamp, refuseMixedPace } from '../evidence/paced.ts'
import { clusterLine } from '../record/host.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, type CommonOptions, runCommand } from './command.ts'
import { numericLine, speedLine } from './decision-lines.ts'
import { studyLine } from './execute-study.ts'
import { type FinishedRun, readFinishedRun } from './finished-run.ts'
import { scientific } from './spread-text.ts'
import { formatTable, wrap } from './table.ts'

/** `reducible compare RUN [--arms X,Y]`, or `compare RUN_A RUN_B`: is the difference real? */
export async function compareCommand(
  runs: readonly string[],
  options: CommonOptions & { readonly arms?: string },
): Promise<never> {
  return runCommand('compare', options, async () => {
    const [a, b, ...more] = runs.map(readFinishedRun)
    if (more.length > 0) throw new ReducibleError('usage', `compare takes one run or two (got ${runs.length})`)
    if (b === undefined) return armsOfOneRun(a, options.arms)
    if (options.arms !== undefined) {
      throw new ReducibleError('usage', '--arms chooses two arms of one run, and two runs are given')
    }
    return twoRuns(a, b)
  })
}

function armsOfOneRun(
  { manifest, study, comparison, cluster }: FinishedRun,
  chosen: string | undefined,
): CommandResult {
  const [base, against] = chosenArms(comparison, chosen)
  const speed = compareSpeed([base, against])
  const numeric = compareMetric(comparison.metric.name, [base, against], comparison.numeric?.noiseFloor ?? null)
  const single = [base, against].filter(({ trials }) => trials.length === 1)
  return {
    text: [
      `${against.name} against ${base.name} in run ${manifest.runId}`,
      workloadLine(study, base, against),
      '',
      ...numericLine({ metric: comparison.metric, numeric }),
      ...speedLine(speed, study.training.steps),
      ...single.map(({ name }) => `${name}: n = 1, no spread`),
      wrap(`cluster: ${clusterLine(cluster)}`, '  '),
    ].join('\n'),
    json: {
      run: manifest.runId,
      metric: comparison.metric,
      numeric,
      speed,
      paced: pacedStamp(study) ?? null,
      cluster: clusterLine(cluster),
    },
  }
}

/** What the decision holds for, and nothing beyond. */
function workloadLine(study: Study, base: ComparedArm, against: ComparedArm): string {
  const trials = [base, against].map(({ name, trials: { length } }) => `${length} of ${name}`)
  return wrap(`${studyLine(study)}; trials: ${trials.join(', ')}`, '  ')
}

function chosenArms({ arms }: Comparison, chosen: string | undefined): readonly [ComparedArm, ComparedArm] {
  const names = chosen?.split(',').map((name) => name.trim()) ?? [arms[0].name, arms[arms.length - 1].name]
  const known = `this run has ${arms.map(({ name }) => name).join(', ')}`
  if (names.length !== 2 || names[0] === names[1]) {
    throw new ReducibleError('usage', `compare wants two arms, like --arms ${arms[0].name},OTHER; ${known}`)
  }
  const [base, against] = names.map((name) => {
    const arm = arms.find((candidate) => candidate.name === name)
    if (arm === undefined) throw new ReducibleError('usage', `there is no arm '${name}'; ${known}`)
    return arm
  })
  return [base, against]
}

function twoRuns(a: FinishedRun, b: FinishedRun): CommandResult {
  refuseMixedPace(a.study, b.study)
  const arms = compareRuns(a.comparison, b.comparison)
  const { metric } = a.comparison
  const rows = arms.map((arm) => [
    arm.arm,
    arm.metric.decision,
    scientific(arm.metric.difference, 1),
    `${arm.equalDigests}/${arm.trials}`,
    ...arm.time.seconds.map((seconds) => seconds.toFixed(2)),
    arm.time.decision,
  ])
  const header = ['arm', metric.name, 'B − A', 'same bits', 'A(s)', 'B(s)', 'time']
  return {
    text: [
      wrap(`A ${a.manifest.runId}: ${studyLine(a.study)}`, '  '),
      wrap(`B ${b.manifest.runId}: ${studyLine(b.study)}`, '  '),
      '',
      formatTable(header, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left']),
      ...arms.flatMap(reasonLine),
      wrap('times of two runs are not one pass: shown, and nothing decided from them', '  '),
    ].join('\n'),
    json: { runs: [a.manifest.runId, b.manifest.runId], metric, arms },
  }
}

function reasonLine({ arm, metric: { reason } }: ArmAcrossRuns): string[] {
  return reason === null ? [] : [wrap(`${arm}: ${reason}`, '  ')]
}
