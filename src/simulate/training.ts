import { sha256OfFloats } from '../core/digest.ts'
import { partOf, shareOf } from '../data/dealing.ts'
import { rowMap, rowMapDigest } from '../data/rows.ts'
import { loadWorkload } from '../data/workload.ts'
import { bucketsOf, problemShape } from '../gradient/problem.ts'
import { TwinEngine } from '../gradient/twin.ts'
import type { TrialOrders } from '../record/recorded-run.ts'
import type { StepRecord, TrialRecord } from '../record/trial-record.ts'
import type { Trial } from '../study/plan.ts'
import type { Arm, Study } from '../study/schema.ts'
import { type ArmTimes, StepTimer, type Surroundings } from './arm-timing.ts'
import { DisturbedSteps } from './disturbed-steps.ts'
import { dealtOrRefused, sharesOf } from './step-work.ts'
import { TrainingRanks } from './training-ranks.ts'

/** A training that was simulated with its values. */
export interface SimulatedTrial {
  readonly record: TrialRecord
  readonly steps: readonly StepRecord[]
  /** The orders of its sums, by certificate. */
  readonly orders: ReadonlyMap<string, string>
  readonly times: Pick<ArmTimes, 'stepNs' | 'allReduceNs'>
}

/**
 * One trial in virtual time, with the bits of a real one: gradients from the twin, added by the executor over the virtual
 * network. Nodes hold the same weights, so one engine holds them for all, and computes each node's share by itself.
 * @param forced the orders of an arrival-ordered trial that was recorded.
 */
export async function simulateTraining(
  study: Study,
  trial: Trial,
  surroundings: Surroundings,
  forced: TrialOrders | undefined,
): Promise<SimulatedTrial> {
  const { arm, seed } = trial
  const { problem, digests } = await loadWorkload(study.workload, seed)
  const { steps, batch, learningRate, momentum } = study.training
  const rows = rowMap(problem.train.rowCount, batch, seed)
  const exact = arm.arithmetic === 'exact'
  const shape = problemShape(problem)
  await using engine = new TwinEngine(problem, {
    learningRate,
    momentum,
    batchRows: rows.batchRows,
    buckets: arm.buckets,
    exact,
  })
  const places = dealtOrRefused(arm, rows.batchRows)
  const share = shareOf(places)
  const disturbed = new DisturbedSteps(study, trial, sharesOf(places, arm.nodes), surroundings)
  const ranks = new TrainingRanks(arm, shape.vectorLength, { ...surroundings, conditions: disturbed.conditions })
  const buckets = bucketsOf(shape, arm.buckets)
  const [vector] = ranks.vectors
  const timer = new StepTimer()
  const records: StepRecord[] = []
  let reduced: Omit<StepRecord, 'weightsHash'> | undefined
  let divergedStep: number | null = null
  for (let step = 1; step <= steps; step++) {
    const part = partOf(rows.rowsOfStep(step), share, ranks)
    const { weightsHash } = reduced ? await engine.step(vector, part, false) : await engine.first(part)
    if (reduced) records.push({ ...reduced, weightsHash })
    const computeNs = disturbed.computeNs(step)
    ranks.compute(computeNs, disturbed.background(step))
    timer.computed(ranks.clock)
    const orderCertificates = await ranks.reduce(buckets, forced?.steps[step - 1])
    timer.ended(ranks.clock)
    const loss = vector[vector.length - 1] / rows.batchRows
    if (!Number.isFinite(loss)) {
      divergedStep = step
      break
    }
    reduced = { trial: trial.id, step, loss, orderCertificates, nodes: ranks.nodeSteps(computeNs) }
  }
  const ended =
    divergedStep === null
      ? await evaluate(engine, ranks, arm, problem.evaluation.rowCount, forced?.evaluation)
      : undefined
  if (ended && reduced) records.push({ ...reduced, weightsHash: ended.weightsHash })
  const { nodes } = arm
  const hasLabels = study.workload.name !== 'linear'
  const record: TrialRecord = {
    trial: trial.id,
    arm: arm.name,
    nodes,
    ranksPerNode: 1,
    adapterByNode: Array.from({ length: nodes }, () => null),
    seed,
    repeat: trial.repeat,
    status: divergedStep === null ? 'finished' : 'diverged',
    divergedStep,
    loss: ended?.loss ?? null,
    accuracy: ended && hasLabels ? ended.hits / problem.evaluation.rowCount : null,
    weightsSha256: ended?.digest ?? null,
    evaluationOrder: ended?.orderCertificate ?? null,
    dataDigests: digests,
    rowMapDigest: rowMapDigest(rows, steps),
    stepsRecorded: records.length,
    stepsWithoutOneUpdate: [],
    trainSeconds: Math.max(...ranks.clock) / 1e9,
    reduceSeconds: Math.max(...ranks.reduceNs) / 1e9,
    // Nothing was launched: nothing else took time.
    overlapSeconds: 0,
    readySeconds: 0,
    bytesSentMax: ranks.bytesSentMax,
    cpuMsPerStepByThread: {},
    machines: disturbed.machines(Math.max(...ranks.clock)),
  }
  return { record, steps: records, orders: ranks.orders, times: timer.times }
}

/** The last update, and the evaluation over all nodes. */
async function evaluate(
  engine: TwinEngine,
  ranks: TrainingRanks,
  arm: Arm,
  rowCount: number,
  forced: string | undefined,
): Promise<{ weightsHash: string; loss: number; hits: number; digest: string; orderCertificate: string }> {
  const [vector] = ranks.vectors
  const everyRow = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const { weightsHash, weights } = await engine.finish(
    vector,
    partOf(everyRow, shareOf(dealtOrRefused(arm, rowCount)), ranks, 2),
  )
  const [orderCertificate] = await ranks.reduce([{ start: 0, end: 2 }], forced === undefined ? undefined : [forced])
  const [lossSum, hits] = vector
  const loss = Math.fround(lossSum / rowCount)
  return { weightsHash, loss, hits, digest: sha256OfFloats(weights, Float32Array.of(loss)), orderCertificate }
}
