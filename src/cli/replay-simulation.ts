import { existsSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { parse } from 'yaml'
import { ReducibleError } from '../core/errors.ts'
import { currentTree, runInTree } from '../evidence/replay.ts'
import { checkChecksums } from '../record/checksums.ts'
import { readJson } from '../record/files.ts'
import { readSteps } from '../record/recorded-run.ts'
import { codeDigests } from '../record/source-digest.ts'
import type { StepRecord, TrialRecord } from '../record/trial-record.ts'
import { scheduleOf } from '../reduce/algorithms.ts'
import { isArrivalOrdered } from '../reduce/schedule.ts'
import type { SimulatedArm } from '../simulate/simulate-study.ts'
import { check } from '../study/load.ts'
import { type Study, studySchema } from '../study/schema.ts'
import type { CommandResult } from './command.ts'
import { studyLine } from './execute-study.ts'
import { readComparison } from './finished-run.ts'
import type { ReplayOptions } from './replay-session.ts'
import { formatTable, wrap } from './table.ts'

const TIME =
  'not compared: a simulated time is a forecast, and a replay refuses to judge it (npm run bench:predict does)'

/** Whether a folder was simulated. */
export function isSimulation(run: string): boolean {
  return existsSync(join(run, 'simulation.json'))
}

/**
 * `reducible replay SIMULATION`: runs the study for real, and holds its bits against those that were simulated before it.
 * @throws {ReducibleError} usage: a flag that is about measured runs; invalid-run: edited, of other sources, or without bits that a
 * run could show.
 */
export async function replaySimulation(
  folder: string,
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<CommandResult> {
  refuseFlags(options)
  checkChecksums(folder)
  const { inputs, arms } = readJson(join(folder, 'simulation.json')) as Simulation
  if (inputs.sourceDigest !== codeDigests().sourceDigest) {
    throw new ReducibleError('invalid-run', `${folder} was simulated by other sources than these`, {
      remedy: 'check out the commit in its manifest.json, or simulate the study again',
    })
  }
  const file = join(folder, 'study.yaml')
  const simulated = check(parse(readFileSync(file, 'utf8')), studySchema, () => file)
  const { kept, left } = partArms(simulated, arms)
  if (kept.length === 0) {
    const why = left.map(({ arm, why: reason }) => `${arm}: ${reason}`).join('; ')
    throw new ReducibleError('invalid-run', `${folder} has no bits that a run could show: ${why}`, {
      remedy: 'simulate with --values, of a workload that is not paced, all its steps and planned orders',
    })
  }
  // Bits hang on neither links nor who starts the workers, and repeats of a seed are one prediction.
  const study: Study = { ...simulated, arms: kept, repeats: 1, cluster: 'captured', launch: 'local' }
  const { studyFile } = readJson(join(folder, 'manifest.json')) as { readonly studyFile: string }
  const { operator, out } = options
  const asked = { command: 'run', name: basename(studyFile).replace(/\.ya?ml$/, ''), study, claim: null } as const
  const run = await runInTree(
    currentTree(),
    { ...asked, quick: false, deterministic: false, ordersOf: null, operator, out },
    signal,
  )
  const trials = compareTrials(folder, arms, run)
  const isEqual = trials.every(({ equal }) => equal)
  return {
    verdict: isEqual ? 'true' : 'false',
    text: textOf(folder, study, trials, left, run),
    json: { of: folder, run, bits: { equal: isEqual, trials }, time: TIME, notCompared: left },
  }
}

/** Of simulation.json. */
interface Simulation {
  readonly inputs: { readonly sourceDigest: string }
  readonly arms: readonly SimulatedArm[]
}

function refuseFlags({ perturb, swap, level, onAnotherCluster }: ReplayOptions): void {
  const flags = { '--perturb': perturb, '--swap': swap, '--level': level, '--on-another-cluster': onAnotherCluster }
  const [given] = Object.entries(flags).find(([, value]) => value !== undefined && value !== false) ?? []
  if (given === undefined) return
  throw new ReducibleError('usage', `${given} is about runs that were measured, and this was simulated`, {
    remedy: 'leave it out: the study runs for real, and its bits are compared',
  })
}

interface LeftArm {
  readonly arm: string
  readonly why: string
}

/** Arms whose bits a run shows, and the others with the reason. */
function partArms({ arms, training, inject }: Study, simulated: readonly SimulatedArm[]) {
  const left: LeftArm[] = []
  const kept = arms.filter((arm) => {
    const found = simulated.find(({ name }) => name === arm.name)
    const why = inject ? 'its study disturbs itself' : reasonOf(found, training.steps)
    if (why !== null) left.push({ arm: arm.name, why })
    return why === null
  })
  return { kept, left }
}

function reasonOf(simulated: SimulatedArm | undefined, steps: number): string | null {
  if (simulated === undefined || simulated.trials.length === 0) return 'no values were carried'
  const short = simulated.trials.find(({ status, stepsRecorded }) => status === 'finished' && stepsRecorded !== steps)
  if (short !== undefined) return `${short.stepsRecorded} of ${steps} steps were simulated`
  const schedule = scheduleOf(simulated.algorithm, simulated.nodes * simulated.ranksPerNode, simulated.ranksPerNode)
  return isArrivalOrdered(schedule) ? 'its orders are those of virtual arrival' : null
}

/** What a run came to, beside what was simulated. */
interface ComparedTrial {
  readonly trial: string
  readonly equal: boolean
  readonly weightsSha256: string | null
  readonly simulated: string | null
  /** Whose orders of addition or weights are others; null: none of those. */
  readonly firstOtherStep: number | null
}

function compareTrials(folder: string, simulated: readonly SimulatedArm[], run: string): ComparedTrial[] {
  const predicted = new Map(simulated.flatMap(({ trials }) => trials).map((trial) => [trial.trial, trial]))
  const [stepsThen, stepsNow] = [folder, run].map(readSteps)
  const trials = readComparison(run).arms.flatMap((arm) => arm.trials)
  return trials.map((now) =>
    compareTrial(now, predicted.get(now.trial), stepsThen.get(now.trial) ?? [], stepsNow.get(now.trial) ?? []),
  )
}

function compareTrial(
  now: TrialRecord,
  then: TrialRecord | undefined,
  stepsThen: readonly StepRecord[],
  stepsNow: readonly StepRecord[],
): ComparedTrial {
  const bitsOf = (step: StepRecord | undefined): string =>
    [step?.weightsHash, step?.loss, ...(step?.orderCertificates ?? [])].join()
  const other = stepsNow.find((step, i) => bitsOf(step) !== bitsOf(stepsThen[i]))
  const ends = (trial: TrialRecord | undefined): string =>
    [trial?.weightsSha256, trial?.evaluationOrder, trial?.loss, trial?.accuracy].join()
  return {
    trial: now.trial,
    equal: other === undefined && stepsNow.length === stepsThen.length && ends(now) === ends(then),
    weightsSha256: now.weightsSha256,
    simulated: then?.weightsSha256 ?? null,
    firstOtherStep: other?.step ?? null,
  }
}

function textOf(
  folder: string,
  study: Study,
  trials: readonly ComparedTrial[],
  left: readonly LeftArm[],
  run: string,
): string {
  const equal = trials.filter((trial) => trial.equal)
  const rows = trials.map(({ trial, equal: same, simulated, weightsSha256, firstOtherStep }) => [
    trial,
    shortOf(simulated),
    shortOf(weightsSha256),
    same ? 'equal' : `differs${firstOtherStep === null ? '' : ` from step ${firstOtherStep}`}`,
  ])
  const isEqual = equal.length === trials.length
  return [
    `Replay of the simulation ${relative('.', folder)}, bits alone`,
    wrap(`Study: ${studyLine(study)}`),
    '',
    formatTable(['trial', 'simulated', 'run', 'bits'], rows, ['left', 'left', 'left', 'left']),
    '',
    `bits: weights, losses and orders are equal in ${equal.length} of ${trials.length} trials`,
    wrap(`time: ${TIME}`, '  '),
    ...left.map(({ arm, why }) => wrap(`not compared: ${arm}, ${why}`, '  ')),
    `verdict ${isEqual}: the run ${isEqual ? 'came' : 'did not come'} to the bits that were simulated before it`,
    `run ${relative('.', run)}`,
  ].join('\n')
}

function shortOf(digest: string | null): string {
  return digest === null ? '–' : digest.slice(0, 12)
}
