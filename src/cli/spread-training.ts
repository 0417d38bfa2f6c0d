import { setImmediate } from 'node:timers/promises'
import { type RanTrial, runStudy } from '../../cluster/coordinator/run-study.ts'
import { sha256OfFloats } from '../core/digest.ts'
import { ReducibleError } from '../core/errors.ts'
import { evaluationRowCount, loadWorkload } from '../data/workload.ts'
import { metricOf, metricValue } from '../evidence/comparison.ts'
import type { AvailableAdapter } from '../gradient/gpu/adapters.ts'
import { evaluateExactly } from '../gradient/oracle.ts'
import type { NoiseFloor } from '../record/noise-floor.ts'
import { readSteps } from '../record/recorded-run.ts'
import type { RunFolder } from '../record/run-folder.ts'
import type { TrialRecord } from '../record/trial-record.ts'
import type { MeasuredLinks } from '../reduce/links.ts'
import { type Envelope, type Envelopes, envelopesOf, orderFloor, type TrainedOrder } from '../spread/envelopes.ts'
import type { Study } from '../study/schema.ts'
import { armName, ordersStudyOf, type SpreadStudy } from '../study/spread-schema.ts'
import { trainingDigest } from '../study/training-digest.ts'
import type { ProgressLine } from './progress.ts'

/** What the parts of one run share. */
export interface SpreadRun {
  readonly study: SpreadStudy
  readonly adapters: readonly AvailableAdapter[]
  readonly folder: RunFolder
  readonly progress: ProgressLine
  readonly onLinks: (links: MeasuredLinks) => void
  readonly signal: AbortSignal
}

/** envelopes.json. */
export interface TrainingRecord extends Envelopes {
  readonly schemaVersion: 1
  readonly metric: NoiseFloor['metric']
  readonly algorithms: readonly string[]
  /** Different ones, as they were witnessed in the evaluation. */
  readonly distinctOrders: number
  /** Over the evaluation rows, by float64, at the weights that were kept. */
  readonly evaluations: readonly EvaluationEnvelope[]
  /** The metric as each order's own run ended with it. */
  readonly finals: readonly number[]
  readonly trials: readonly TrialRecord[]
}

interface EvaluationEnvelope {
  readonly step: number
  readonly loss: Omit<Envelope, 'step'>
  /** Null where rows have no label. */
  readonly accuracy: Omit<Envelope, 'step'> | null
}

const JOIN_TIMEOUT_MS = 120_000

/** Trains under every order and says how far they grow apart; writes envelopes.json and noise-floor.json. */
export async function measureTraining(
  run: SpreadRun,
  orders: NonNullable<SpreadStudy['orders']>,
): Promise<{ envelopes: TrainingRecord; floor: NoiseFloor }> {
  const study = ordersStudyOf(run.study, orders)
  const trials = await train(run, study, [])
  const steps = readSteps(run.folder.path)
  const trained = orders.algorithms.map((algorithm): TrainedOrder => {
    const trial = trials.find(({ record }) => record.arm === armName(algorithm))
    if (trial === undefined) throw new RangeError(`nothing was trained under ${algorithm}`)
    const { record, trajectory } = trial
    return { algorithm, record, steps: steps.get(record.trial) ?? [], weights: trajectory }
  })
  const metric = metricOf(study)
  const finals = trained.map(({ algorithm, record }) => finalOf(metric, algorithm, record))
  const envelopes: TrainingRecord = {
    schemaVersion: 1,
    metric,
    algorithms: orders.algorithms,
    distinctOrders: new Set(trained.map(({ record }) => record.evaluationOrder)).size,
    ...envelopesOf(trained),
    evaluations: await evaluations(run, study, trained),
    finals,
    trials: trained.map(({ record }) => record),
  }
  run.folder.writeJson('envelopes.json', envelopes)
  const resolution =
    metric === 'test-accuracy' ? 1 / evaluationRowCount(study.workload) : f32Spacing(Math.max(...finals))
  const floor: NoiseFloor = {
    schemaVersion: 1,
    metric,
    ...orderFloor(finals, resolution),
    orders: finals.length,
    algorithms: orders.algorithms,
    nodes: orders.nodes,
    arithmetic: orders.arithmetic,
    seed: run.study.seed,
    trainingDigest: trainingDigest(study, orders.arithmetic),
  }
  run.folder.writeJson('noise-floor.json', floor)
  return { envelopes, floor }
}

/** Runs a study into the folder, its workers on the adapter of the run. */
export async function train(
  { adapters, folder, progress, onLinks, signal }: SpreadRun,
  study: Study,
  gradientSteps: readonly number[],
): Promise<RanTrial[]> {
  const trials: RanTrial[] = []
  const onProgress = progress.show
  const options = {
    study,
    adapters,
    folder,
    joinTimeoutMs: JOIN_TIMEOUT_MS,
    gradientSteps,
    onLinks,
    onProgress,
    signal,
  }
  await runStudy(options, (trial) => trials.push(trial))
  return trials
}

function finalOf(metric: NoiseFloor['metric'], algorithm: string, record: TrialRecord): number {
  const value = metricValue(metric, record)
  if (value !== null) return value
  throw new ReducibleError('worker-failed', `the training under ${algorithm} diverged at step ${record.divergedStep}`, {
    remedy: 'lower the learning rate: a training that diverges has no noise floor',
  })
}

async function evaluations(
  { progress, signal }: SpreadRun,
  { workload, seeds: [seed] }: Study,
  trained: readonly TrainedOrder[],
): Promise<EvaluationEnvelope[]> {
  const { exact } = await loadWorkload(workload, seed)
  const steps = [...trained[0].weights.keys()].filter((step) => trained.every(({ weights }) => weights.has(step)))
  const envelopes: EvaluationEnvelope[] = []
  for (const [done, step] of steps.entries()) {
    progress.showCount('spread: evaluating kept weights', done, steps.length)
    const different = new Map(
      trained.flatMap(({ weights }) => weights.get(step) ?? []).map((own) => [sha256OfFloats(own), own]),
    )
    const results: ReturnType<typeof evaluateExactly>[] = []
    for (const weights of different.values()) {
      await setImmediate() // lets a signal in
      signal.throwIfAborted()
      results.push(evaluateExactly(exact, weights))
    }
    const accuracies = results.map(({ accuracy }) => accuracy).filter((accuracy) => accuracy !== null)
    envelopes.push({
      step,
      loss: extremes(results.map(({ loss }) => loss)),
      accuracy: accuracies.length === 0 ? null : extremes(accuracies),
    })
  }
  return envelopes
}

function extremes(values: readonly number[]): Omit<Envelope, 'step'> {
  return { least: Math.min(...values), greatest: Math.max(...values) }
}

/** The distance of a positive f32 to the next. */
function f32Spacing(value: number): number {
  return 2 ** (Math.floor(Math.log2(value)) - 23)
}
