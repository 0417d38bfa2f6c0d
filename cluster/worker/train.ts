import assert from 'node:assert'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { type BatchShare, dealToLeaves, partOf, shareOf } from '../../src/data/dealing.ts'
import { type RowMap, rowMap, rowMapDigest } from '../../src/data/rows.ts'
import { batchOf, loadWorkload, pacedShareMs } from '../../src/data/workload.ts'
import type { GradientEngine } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import { gpuIdentity } from '../../src/gradient/gpu/gpu-identity.ts'
import { PacedEngine } from '../../src/gradient/paced.ts'
import { type Problem, problemShape } from '../../src/gradient/problem.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { MachineWatch } from '../../src/record/machine-state.ts'
import { delayMs, injectionOf } from '../../src/study/injection.ts'
import { ofNode, type TrainingAssignment } from '../wire/assignment.ts'
import type { StepMessage } from '../wire/messages.ts'
import { coresBusySince, coreTicks, coreWaitSince, coreWaits } from './core-use.ts'
import { type Exchange, openExchange } from './exchange.ts'
import { openLinks } from './measure-links.ts'
import { bytesOf, NO_OUTCOME, type Outcome } from './outcome.ts'
import { Pace, threadCpuMs, wallMs } from './pace.ts'
import { PhaseClock } from './phase-clock.ts'
import { wallClockMs } from './ping-clocks.ts'
import type { Session } from './session.ts'
import { GradientRecorder, OrderReports, StepReductions } from './step-reductions.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

const WARM_STEPS = 10

/** What one node trains with. */
interface Node {
  readonly index: number
  readonly assignment: TrainingAssignment
  readonly problem: Problem
  readonly rows: RowMap
  readonly engine: GradientEngine
  readonly exchange: Exchange
}

/** One node of one training trial, from loading the data to the last report. */
export async function trainAsNode(
  session: Session,
  trial: string,
  index: number,
  assignment: TrainingAssignment,
): Promise<void> {
  const { study, arm, seed, deterministic } = assignment
  const { problem, digests } = await loadWorkload(study.workload, seed)
  const rows = rowMap(problem.train.rowCount, batchOf(study, arm), seed)
  const { learningRate, momentum } = study.training
  const exact = arm.arithmetic === 'exact'
  const settings = { learningRate, momentum, batchRows: rows.batchRows, buckets: arm.buckets, exact }
  const adapterName = ofNode(assignment.adapterNames, index)
  const gpu = adapterName === undefined ? undefined : await openDevice(adapterName)
  await using computing = gpu ? await GpuEngine.open(gpu, problem, settings) : new TwinEngine(problem, settings)
  const { engine, vectorLength } = pacedWhereAsked(computing, problem, index, assignment)
  if (!gpu && engine !== computing) await warm(new TwinEngine(problem, settings), problem)
  await using exchange = await openExchange({ trial, node: index, arm, vectorLength, deterministic })
  await using links = assignment.links && (await openLinks(trial, index, arm.nodes, assignment.links))
  session.send({
    kind: 'ready',
    exchangeAddresses: exchange.addresses,
    adapterJson: gpu ? JSON.stringify(gpu.adapter) : '',
    dataDigests: digests,
    rowMapDigest: rowMapDigest(rows, study.training.steps),
    readyMs: performance.now(),
    linkAddress: links?.address ?? '',
    gpuId: gpu ? (gpuIdentity(gpu.adapter) ?? '') : '',
  })

  const { exchangeAddresses, linkAddresses } = await session.next('start')
  await links?.measure(linkAddresses, (point, result) =>
    session.send({ kind: 'measurement', point, rank: index, ...result }),
  )
  await exchange.connect(exchangeAddresses)
  const watch = new MachineWatch()
  const cpuBefore = cpuMsByThread()
  const coresBefore = coreTicks()
  const waitsBefore = coreWaits()
  const startedMs = performance.now()
  const node = { index, assignment, problem, rows, engine, exchange }
  const outcome = await train(node, (step) => session.send(step))
  session.send({
    kind: 'finished',
    ...outcome,
    cpuMsByThread: cpuMsSince(cpuBefore),
    capturedJson: JSON.stringify(await watch.end(gpu?.adapter.software === false)),
    coresBusy: coresBusySince(coresBefore),
    coreWait: coreWaitSince(waitsBefore, performance.now() - startedMs),
    bytesSent: exchange.bytesSent,
  })
  await session.next('stop')
}

/** The engine as a study wants it, and how many values a rank sends. */
function pacedWhereAsked(
  engine: GradientEngine,
  problem: Problem,
  node: number,
  { study, arm, round }: TrainingAssignment,
): { engine: GradientEngine; vectorLength: number } {
  const { vectorLength } = problemShape(problem)
  const { workload } = study
  if (workload.name !== 'paced') return { engine, vectorLength }
  const shareMs = pacedShareMs(workload, study, arm)
  const slow = injectionOf(study, 'unlike-hardware')
  const slowedMs = slow?.node === node ? (slow.factor - 1) * shareMs : 0
  const extraMs = (step: number): number => slowedMs + delayMs(study, { round, step, rank: node })
  const pace = new Pace(shareMs, study.engine === 'gpu' ? wallMs : threadCpuMs, extraMs)
  return { engine: new PacedEngine(engine, vectorLength, pace), vectorLength: workload.parameters }
}

/** Runs a twin until it is compiled, as a GPU engine does with its kernels: a paced step has no time for that. */
async function warm(twin: TwinEngine, problem: Problem): Promise<void> {
  const rows = allRows(problem.train.rowCount)
  const { vectorLength } = problemShape(problem)
  const part = { rows, positions: rows, leaves: [{ rowCount: rows.length, vector: new Float32Array(vectorLength) }] }
  await twin.first(part)
  for (let i = 0; i < WARM_STEPS; i++) await twin.step(part.leaves[0].vector, part, false)
}

/**
 * The SGD loop of one node. A step is the update of the step before and the gradient, in one call of the engine, and the
 * all-reduce of each bucket as soon as it has been read back. It is reported when the weights that it leads to are known.
 * A loss that is no longer finite ends the training on every node alike.
 */
async function train(node: Node, report: (step: StepMessage) => void): Promise<Outcome> {
  const { engine, exchange, assignment, rows, problem } = node
  const { study, trajectorySteps } = assignment
  const { steps } = study.training
  const isFirstNode = node.index === 0
  const wantWeightsOf = (step: number): boolean => isFirstNode && trajectorySteps.includes(step)
  const [vector] = exchange.vectors
  const share = shareOfNode(node, rows.batchRows)

  const orders = new OrderReports()
  const start = performance.now()
  let reduced: Omit<StepMessage, 'weightsHash' | 'weights' | 'updateDispatches'> | undefined
  for (let step = 1; step <= steps; step++) {
    const forced = assignment.orders?.steps[step - 1]
    const recorder = assignment.gradientSteps.includes(step)
      ? new GradientRecorder(exchange.vectors, assignment.arm.ranksPerNode, exchange.words)
      : undefined
    const startedMs = wallClockMs()
    const clock = new PhaseClock()
    const reductions = new StepReductions((bucket, index) => exchange.reduce(bucket, forced?.[index]), orders, recorder)
    const part = partOf(rows.rowsOfStep(step), share, exchange)
    clock.lap('rows')
    const { work, weightsHash, weights } = reduced
      ? await engine.step(vector, part, wantWeightsOf(step - 1), reductions.begin, clock.lap)
      : await engine.first(part, reductions.begin, clock.lap)
    clock.lap()
    if (reduced) report({ ...reduced, weightsHash, weights: bytesOf(weights), updateDispatches: work.updateDispatches })
    clock.lap('record')
    const reduction = await reductions.finish()
    const loss = vector[vector.length - 1] / rows.batchRows
    if (!Number.isFinite(loss)) return { ...NO_OUTCOME, trainNs: (performance.now() - start) * 1e6, divergedStep: step }
    const { dispatches, gpuNs, updateGpuNs } = work
    reduced = {
      kind: 'step',
      step,
      loss,
      dispatches,
      ...(gpuNs !== null && { gpuNs }),
      ...reduction,
      startedMs,
      phases: clock.phases(updateGpuNs),
      contributions: recorder?.contributions ?? [],
      reduced: bytesOf(recorder && isFirstNode ? vector.slice() : undefined),
    }
  }
  assert(reduced !== undefined)
  const everyRow = allRows(problem.evaluation.rowCount)
  const evaluation = partOf(everyRow, shareOfNode(node, everyRow.length), exchange, 2)
  const { work, weightsHash, weights } = await engine.finish(vector, evaluation)
  const last = bytesOf(wantWeightsOf(steps) ? weights : undefined)
  report({ ...reduced, weightsHash, weights: last, updateDispatches: work.updateDispatches })
  const { order } = await exchange.reduce({ start: 0, end: 2 }, assignment.orders?.evaluation)
  const [lossSum, hits] = vector
  const meanLoss = Math.fround(lossSum / problem.evaluation.rowCount)
  return {
    ...NO_OUTCOME,
    lossSum,
    hits,
    digest: sha256OfFloats(weights, Float32Array.of(meanLoss)),
    weights: bytesOf(isFirstNode ? weights : undefined),
    trainNs: (performance.now() - start) * 1e6,
    ...orders.report(order),
  }
}

/** What falls to the leaves of this node. */
function shareOfNode({ index, assignment: { arm }, exchange }: Node, batchRows: number): BatchShare {
  const own = exchange.vectors.length
  return shareOf(dealToLeaves(arm, batchRows, own * arm.nodes).slice(index * own, (index + 1) * own))
}

function allRows(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row)
}
