import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ReducibleError } from '../core/errors.ts'
import { scalingCsv } from '../evidence/scaling/csv.ts'
import { type Scaling, type ScalingRun, scalingOf } from '../evidence/scaling/scaling.ts'
import { TIMED_STEPS_MIN, WARM_UP_STEPS } from '../evidence/scaling/trial-times.ts'
import { addChecksum } from '../record/checksums.ts'
import { loadStatedCluster } from '../record/cluster-spec/load.ts'
import { prettyJson } from '../record/files.ts'
import { readStoppedRun, type StoppedRun } from '../record/stopped-run.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import { scalingChart } from '../report/scaling-chart.ts'
import { chromeTrace } from '../report/trace.ts'
import { injectionOf } from '../study/injection.ts'
import { loadStudy } from '../study/load.ts'
import { applyOverrides } from '../study/overrides.ts'
import { algorithmsOf, baseOf, scalingMode } from '../study/scaling.ts'
import type { Study } from '../study/schema.ts'
import { type CommandResult, runCommand } from './command.ts'
import { executeStudy, type StudyRequest, studyLine } from './execute-study.ts'
import { readFinishedRun } from './finished-run.ts'
import { recordedScaling, stepsIn } from './recorded-scaling.ts'
import { scalingText } from './scale-text.ts'
import { overridesIn, type StudyOptions } from './study-flags.ts'
import { wrap } from './table.ts'

interface ScaleOptions extends StudyOptions {
  readonly repeats?: string
  readonly mode?: string
  /** A run that was stopped, to be finished. */
  readonly resume?: string
  /** A run whose figures are made again. */
  readonly redraw?: string
  readonly trace?: boolean
}

/** `reducible scale STUDY`: speedup over node counts, with what it rests on; or the figures of such a run again. */
export async function scaleCommand(studyFile: string | undefined, options: ScaleOptions): Promise<never> {
  return runCommand('scale', options, async (signal) => {
    const { redraw, resume } = options
    if ([studyFile, redraw, resume].filter((one) => one !== undefined).length !== 1) {
      throw new ReducibleError('usage', 'scale wants a study, or --resume RUN, or --redraw RUN')
    }
    if (redraw !== undefined) return redrawn(redraw, options.trace ?? false)
    const asked = resume === undefined ? askedStudy(studyFile ?? '', options) : stoppedStudy(resume)
    const { study } = asked
    checkScaling(study)
    const bases = new Set(algorithmsOf(study.arms).map((algorithm) => baseOf(study.arms, algorithm).name))
    const onTrial = (trial: TrialRecord): void => refuseFailedBase(bases, trial)
    const request = { ...asked, claimFile: null, quick: false, claim: null, options, signal, onTrial }
    return executeStudy(request, async ({ folder, cluster, trials, comparison }): Promise<CommandResult> => {
      folder.writeJson('comparison.json', comparison)
      const scaling = scalingOf({
        invocation: folder.manifest.runId,
        study,
        cluster,
        trials: trials.map(({ record }) => record),
        stepsOf: stepsIn(folder.path),
      })
      const files = await filesOf(scaling)
      folder.writeJson('scaling.json', scaling)
      folder.writeText('scaling.csv', files['scaling.csv'])
      folder.writeFigure('scaling', files['figures/scaling.svg'])
      if (options.trace) folder.writeJson('trace.json', traceOf(study, scaling, stepsIn(folder.path)))
      return resultOf(study, scaling, folder.path)
    })
  })
}

function askedStudy(studyFile: string, options: ScaleOptions): Pick<StudyRequest, 'study' | 'studyFile'> {
  const { study, file } = loadStudy(studyFile)
  return { study: applyOverrides(study, overridesIn(options)), studyFile: file }
}

function stoppedStudy(run: string): { study: Study; studyFile: string; resumed: StoppedRun } {
  const resumed = readStoppedRun(run)
  return { study: resumed.study, studyFile: resumed.manifest.studyFile, resumed }
}

/** @throws {ReducibleError} invalid-study: no curve, too few steps, more nodes than the cluster has. */
function checkScaling(study: Study): void {
  scalingMode(study)
  if (injectionOf(study, 'node-count')) {
    throw new ReducibleError('invalid-study', 'inject node-count: a curve is over node counts that arms keep', {
      remedy: 'inject it into `reducible run`',
    })
  }
  const { steps } = study.training
  const needed = WARM_UP_STEPS + TIMED_STEPS_MIN
  if (steps < needed) {
    const text = `training.steps is ${steps}, and the first ${WARM_UP_STEPS} are not timed`
    throw new ReducibleError('invalid-study', text, { remedy: `use at least ${needed} steps` })
  }
  if (study.cluster === 'captured') return
  const { spec } = loadStatedCluster(study.cluster)
  const most = study.arms.reduce((a, b) => (b.nodes > a.nodes ? b : a))
  if ('number_of_nodes' in spec && most.nodes > Number(spec.number_of_nodes)) {
    const text = `arm ${most.name} has ${most.nodes} nodes, and ${study.cluster} has ${spec.number_of_nodes}`
    throw new ReducibleError('invalid-study', text, { remedy: 'use node counts that the cluster has' })
  }
}

/** @throws {ReducibleError} base-failed. */
function refuseFailedBase(bases: ReadonlySet<string>, { arm, trial, status, divergedStep }: TrialRecord): void {
  if (status === 'finished' || !bases.has(arm)) return
  const text = `the base case failed: ${trial} diverged at step ${divergedStep}, and nothing can be a speedup against it`
  throw new ReducibleError('base-failed', text, { remedy: 'lower training.learningRate, or correct the base case' })
}

async function filesOf(scaling: Scaling): Promise<Record<'scaling.csv' | 'figures/scaling.svg', string>> {
  return { 'scaling.csv': scalingCsv(scaling), 'figures/scaling.svg': await scalingChart(scaling) }
}

/** A trial by its arm, in the order of the curve. */
function traceOf(study: Study, { points, paced }: Scaling, stepsOf: ScalingRun['stepsOf']): object {
  const trials = study.arms.flatMap((arm) =>
    points
      .filter((point) => point.arm === arm.name)
      .flatMap((point) => point.trials.map(({ trial }) => ({ trial, arm, steps: stepsOf(trial) }))),
  )
  return chromeTrace(trials, paced)
}

/** Makes the figures of a run from its records: what is missing is written, what is there must be the same, byte for byte. */
async function redrawn(run: string, trace: boolean): Promise<CommandResult> {
  const finished = readFinishedRun(run)
  const { manifest, study } = finished
  const stepsOf = stepsIn(run)
  const scaling = recordedScaling(finished, stepsOf)
  const drawn = { 'scaling.json': prettyJson(scaling), ...(await filesOf(scaling)) }
  const wanted = trace ? { ...drawn, 'trace.json': prettyJson(traceOf(study, scaling, stepsOf)) } : drawn
  const outcomes = Object.entries(wanted).map(([name, text]) => {
    const file = join(run, name)
    if (!existsSync(file)) {
      writeFileSync(file, text)
      if (name === 'trace.json') addChecksum(run, name) // the run has ended without it
      return { name, outcome: 'written' } as const
    }
    return { name, outcome: readFileSync(file, 'utf8') === text ? 'same bytes' : 'differs' } as const
  })
  return {
    text: [
      `redrawn from the records of ${manifest.runId}`,
      ...outcomes.map(({ name, outcome }) => `  ${name}: ${outcome}`),
    ].join('\n'),
    json: { run, files: outcomes },
    failed: outcomes.some(({ outcome }) => outcome === 'differs'),
  }
}

function resultOf(study: Study, scaling: Scaling, run: string): CommandResult {
  const text = [
    wrap(study.purpose),
    wrap(`Study: ${studyLine(study)}`, '  '),
    '',
    ...scalingText(scaling),
    `run ${relative('.', run)}: figures/scaling.svg, scaling.csv, scaling.json`,
  ]
  return { text: text.join('\n'), json: { run, scaling } }
}
