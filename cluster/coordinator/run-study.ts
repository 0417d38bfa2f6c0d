import assert from 'node:assert'
import { evaluationRowCount, hasLabels } from '../../src/data/workload.ts'
import type { AdapterRecord } from '../../src/gradient/gpu/adapter-record.ts'
import type { AvailableAdapter } from '../../src/gradient/gpu/adapters.ts'
import { sharesGpu } from '../../src/gradient/gpu/gpu-identity.ts'
import type { ObservedMachine } from '../../src/record/machine-state.ts'
import type { RecordedRun, TrialOrders } from '../../src/record/recorded-run.ts'
import type { RunFolder } from '../../src/record/run-folder.ts'
import type { NodeStep, StepRecord, TrialMachine, TrialRecord } from '../../src/record/trial-record.ts'
import { leavesPerRank, scheduleOf } from '../../src/reduce/algorithms.ts'
import { linkPoints, type MeasuredLinks } from '../../src/reduce/links.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { plannedCertificate } from '../../src/reduce/verify.ts'
import { planTrials, type Trial, trajectorySteps } from '../../src/study/plan.ts'
import type { Study } from '../../src/study/schema.ts'
import { Injector } from '../inject/injector.ts'
import type { WorkersElsewhere } from '../launch/elsewhere.ts'
import { ofNode, type TrainingAssignment } from '../wire/assignment.ts'
import type { BucketMessage, StepMessage } from '../wire/messages.ts'
import { collectLinks } from './collect-points.ts'
import { Coordinator } from './coordinator.ts'
import { type StepReports, TRAINING_GRACE_MS, type TrialOutcome, type TrialTerms } from './membership.ts'
import { runWorkers } from './run-workers.ts'

export interface RunOptions {
  readonly study: Study
  /** Dealt to the nodes in turn; none for a CPU engine. */
  readonly adapters: readonly Pick<AvailableAdapter, 'adapter' | 'environment'>[]
  /** Workers that are not processes of this machine on loopback. */
  readonly elsewhere?: Omit<WorkersElsewhere, keyof AsyncDisposable> | undefined
  readonly folder: RunFolder
  readonly joinTimeoutMs: number
  /** Trials that need not run again; none by default. */
  readonly finished?: ReadonlySet<string>
  /** Steps whose gradients are recorded: what every rank contributed, and the sum. */
  readonly gradientSteps?: readonly number[]
  /** Does a random draw without a name end a trial? */
  readonly deterministic?: boolean
  /** A recorded run whose orders are forced. */
  readonly replay?: RecordedRun | undefined
  /** Called once, where an arm has several nodes: the first trial of the arm with the most measures its links. */
  readonly onLinks?: (links: MeasuredLinks) => void
  /** Called when a trial begins, at each of its steps, and when it is over. */
  readonly onProgress: (progress: RunProgress) => void
  readonly signal: AbortSignal
}

export interface RunProgress {
  readonly trial: Trial
  readonly trialIndex: number
  readonly trialCount: number
  readonly step: number
}

/** A finished trial: its record, and the weights along its trajectory by step. */
export interface RanTrial {
  readonly record: TrialRecord
  readonly trajectory: ReadonlyMap<number, Float32Array>
}

/**
 * Runs every trial of a study in its planned order, each in fresh processes, and records as it goes.
 * @param afterTrial is told of each finished trial before the next one starts.
 * @throws {ReducibleError} the first thing that went wrong; what was finished is in the folder.
 */
export async function runStudy(options: RunOptions, afterTrial: (trial: RanTrial) => void): Promise<void> {
  if (options.elsewhere) return runTrials(options.elsewhere.coordinator, options, afterTrial)
  await using coordinator = await Coordinator.listen()
  await runTrials(coordinator, options, afterTrial)
}

async function runTrials(
  coordinator: Coordinator,
  options: RunOptions,
  afterTrial: (trial: RanTrial) => void,
): Promise<void> {
  const trials = planTrials(options.study).filter(({ id }) => !options.finished?.has(id))
  const measuring = options.onLinks && trialOfMostNodes(trials)
  for (const [trialIndex, trial] of trials.entries()) {
    const {
      study,
      adapters,
      elsewhere,
      folder,
      joinTimeoutMs,
      gradientSteps = [],
      deterministic = false,
      replay,
      onProgress,
      onLinks,
      signal,
    } = options
    const progress = (step: number): void => onProgress({ trial, trialIndex, trialCount: trials.length, step })
    progress(0)
    const recorder = new TrialRecorder(folder, trial)
    const assignment: TrainingAssignment = {
      kind: 'training',
      study,
      arm: trial.arm,
      seed: trial.seed,
      round: trial.round,
      adapterNames: adapters.map(({ adapter }) => adapter.name),
      trajectorySteps: trajectorySteps(study.training.steps),
      gradientSteps,
      orders: replay?.ordersOf(trial),
      links: trial === measuring ? linkPoints(trial.arm.nodes, elsewhere?.measuringBytes) : undefined,
      deterministic,
    }
    const workers = {
      trial: trial.id,
      nodeCount: trial.arm.nodes,
      steps: study.training.steps,
      assignment,
      environmentOf: (node: number) => ofNode(adapters, node)?.environment ?? {},
      ...(elsewhere && { launch: elsewhere.launch }),
      logOf: (node: number) => folder.workerLog(node),
      joinTimeoutMs,
      graceMs: TRAINING_GRACE_MS,
      expectedData: replay?.trials.find((recorded) => recorded.trial === trial.id),
      plannedCertificate: replay ? replayedCertificate(assignment.orders) : certificateOf(trial),
    }
    await using injector = new Injector(study, trial, elsewhere)
    const events = {
      onStart: () => {
        recorder.onStart()
        injector.afterStep(0)
      },
      onStep: (reports: StepReports) => {
        recorder.onStep(reports)
        injector.afterStep(reports.step)
        progress(reports.step)
      },
      ...(trial === measuring &&
        onLinks && { onMeasurement: collectLinks(trial.id, trial.arm.nodes, onLinks, elsewhere?.measuringBytes) }),
    }
    const outcome = await runWorkers(coordinator, workers, events, signal)
    afterTrial(recorder.finish(outcome, study))
  }
}

/** The first of them; undefined where every trial has one node. */
function trialOfMostNodes(trials: readonly Trial[]): Trial | undefined {
  const most = Math.max(...trials.map(({ arm }) => arm.nodes))
  return most === 1 ? undefined : trials.find(({ arm }) => arm.nodes === most)
}

/** Every bucket, and the evaluation, is added in the order of the arm's schedule. */
function certificateOf({ arm }: Trial): TrialTerms['plannedCertificate'] {
  const rankCount = arm.nodes * arm.ranksPerNode
  const schedule = scheduleOf(arm.algorithm, rankCount, arm.ranksPerNode)
  const certificate = plannedCertificate(schedule, leavesPerRank(arm.algorithm, rankCount))
  return () => certificate
}

function replayedCertificate(orders: TrialOrders | undefined): TrialTerms['plannedCertificate'] {
  return (step, bucket) => {
    const order = step > (orders?.steps.length ?? 0) ? orders?.evaluation : orders?.steps[step - 1]?.[bucket]
    return order === undefined ? undefined : orderCertificate(order)
  }
}

/** Turns the reports of one trial into records. */
class TrialRecorder {
  readonly #folder: RunFolder
  readonly #trial: Trial
  readonly #trajectory = new Map<number, Float32Array>()
  readonly #stepsWithoutOneUpdate: number[] = []
  readonly #launchedMs = performance.now()
  /** By node. */
  readonly #reduceNs: number[] = []
  readonly #overlapNs: number[] = []
  #readySeconds = 0
  #steps = 0

  constructor(folder: RunFolder, trial: Trial) {
    this.#folder = folder
    this.#trial = trial
  }

  onStart(): void {
    this.#readySeconds = (performance.now() - this.#launchedMs) / 1000
  }

  onStep({ step, byNode }: StepReports): void {
    const [first] = byNode
    this.#steps++
    if (byNode.some(({ updateDispatches }) => updateDispatches !== 1)) this.#stepsWithoutOneUpdate.push(step)
    const nodes = byNode.map(nodeStep)
    nodes.forEach(({ reduceNs, overlapNs }, node) => {
      this.#reduceNs[node] = (this.#reduceNs[node] ?? 0) + reduceNs
      this.#overlapNs[node] = (this.#overlapNs[node] ?? 0) + overlapNs
    })
    const record: StepRecord = {
      trial: this.#trial.id,
      step,
      loss: finiteOrNull(first.loss),
      weightsHash: first.weightsHash,
      orderCertificates: first.buckets.map(({ orderCertificate }) => orderCertificate),
      nodes,
    }
    this.#folder.appendStep(record)
    for (const { order, orderCertificate } of first.buckets) {
      if (order !== '') this.#folder.writeOrder(orderCertificate, order)
    }
    byNode.forEach(({ contributions }, node) => {
      contributions.forEach((bytes, local) => {
        const rank = node * this.#trial.arm.ranksPerNode + local
        this.#folder.writeGradient(this.#trial.id, step, `rank-${rank}`, floatsOf(bytes))
      })
    })
    if (first.reduced.length > 0) this.#folder.writeGradient(this.#trial.id, step, 'reduced', floatsOf(first.reduced))
    const addedNs = first.buckets.map((bucket) => bucket.addedNs.map(Math.round))
    if (addedNs.some((times) => times.length > 0)) this.#folder.appendArrivals({ trial: this.#trial.id, step, addedNs })
    if (first.weights.length > 0) this.#keepWeights(step, first.weights)
  }

  finish({ ready, finished }: TrialOutcome, study: Study): RanTrial {
    const { id, arm, seed, repeat } = this.#trial
    const [first] = finished
    const diverged = first.divergedStep > 0
    const gpuByNode = ready.map(({ gpuId }) => (gpuId === '' ? null : gpuId))
    const rows = evaluationRowCount(study.workload)
    if (first.weights.length > 0) this.#keepWeights(study.training.steps, first.weights)
    if (first.order !== '') this.#folder.writeOrder(first.orderCertificate, first.order)
    const record: TrialRecord = {
      trial: id,
      arm: arm.name,
      nodes: arm.nodes,
      ranksPerNode: arm.ranksPerNode,
      adapterByNode: ready.map(({ adapterJson }) => adapterNameIn(adapterJson)),
      gpuByNode,
      sharedAccelerator: sharesGpu(gpuByNode, arm.ranksPerNode),
      seed,
      repeat,
      status: diverged ? 'diverged' : 'finished',
      divergedStep: diverged ? first.divergedStep : null,
      loss: diverged ? null : finiteOrNull(Math.fround(first.lossSum / rows)),
      accuracy: diverged || !hasLabels(study.workload) ? null : first.hits / rows,
      weightsSha256: diverged ? null : first.digest,
      evaluationOrder: diverged ? null : first.orderCertificate,
      dataDigests: ready[0].dataDigests,
      rowMapDigest: ready[0].rowMapDigest,
      stepsRecorded: this.#steps,
      stepsWithoutOneUpdate: study.engine === 'gpu' ? this.#stepsWithoutOneUpdate : [],
      trainSeconds: Math.max(...finished.map(({ trainNs }) => trainNs)) / 1e9,
      reduceSeconds: Math.max(0, ...this.#reduceNs) / 1e9,
      overlapSeconds: Math.max(0, ...this.#overlapNs) / 1e9,
      readySeconds: this.#readySeconds,
      bytesSentMax: Math.max(...finished.map(({ bytesSent }) => bytesSent)),
      coresBusy: greatest(finished.map(({ coresBusy }) => coresBusy ?? null)),
      coreWait: greatest(finished.map(({ coreWait }) => coreWait ?? null)),
      cpuMsPerStepByThread: sumByKey(
        finished.map(({ cpuMsByThread }) => cpuMsByThread),
        Math.max(1, this.#steps),
      ),
      machines: machinesOf(finished),
    }
    this.#folder.addTrial(study, arm, record)
    return { record, trajectory: this.#trajectory }
  }

  #keepWeights(step: number, bytes: Uint8Array): void {
    const weights = floatsOf(bytes)
    this.#trajectory.set(step, weights)
    this.#folder.writeWeights(this.#trial.id, step, weights)
  }
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const copy = new Uint8Array(bytes) // of a Buffer, slice() would be a view
  assert(copy.byteLength % 4 === 0)
  return new Float32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4)
}

/** The adapter that a node says it opened. */
function adapterNameIn(adapterJson: string): string | null {
  return adapterJson === '' ? null : (JSON.parse(adapterJson) as AdapterRecord).name
}

function nodeStep(report: StepMessage, node: number): NodeStep {
  const { dispatches, updateDispatches, gpuNs, startedMs, stepNs, phases, buckets } = report
  const engineNs = Math.max(...buckets.map(({ readNs }) => readNs))
  const sumOf = (ns: (bucket: BucketMessage) => number): number =>
    Math.round(buckets.reduce((sum, bucket) => sum + ns(bucket), 0))
  return {
    node,
    dispatches,
    updateDispatches,
    gpuNs: gpuNs ?? null,
    startedMs,
    stepNs: Math.round(stepNs),
    engineNs: Math.round(engineNs),
    reduceNs: sumOf(({ reduceStartNs, reduceEndNs }) => reduceEndNs - reduceStartNs),
    overlapNs: sumOf(({ reduceStartNs, reduceEndNs }) => Math.max(0, Math.min(reduceEndNs, engineNs) - reduceStartNs)),
    phases,
    buckets: buckets.map(({ start, end, readNs, reduceStartNs, reduceEndNs, sendNs, addNs }) => ({
      elements: end - start,
      readNs: Math.round(readNs),
      reduceStartNs: Math.round(reduceStartNs),
      reduceEndNs: Math.round(reduceEndNs),
      sendNs: Math.round(sendNs),
      addNs: Math.round(addNs),
    })),
  }
}

/** One of each machine. */
function machinesOf(finished: TrialOutcome['finished']): TrialMachine[] {
  const observed = finished.map(({ capturedJson }) => JSON.parse(capturedJson) as ObservedMachine)
  return [...Map.groupBy(observed, ({ machineId }) => machineId)].map(([id, [{ machineId: _, ...first }]]) => ({
    nodes: observed.flatMap(({ machineId }, node) => (machineId === id ? [node] : [])),
    ...first,
  }))
}

function sumByKey(records: readonly Readonly<Record<string, number>>[], divisor: number): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) sums[key] = (sums[key] ?? 0) + value / divisor
  }
  return sums
}

/** Over nodes some of which may not tell. */
function greatest(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
