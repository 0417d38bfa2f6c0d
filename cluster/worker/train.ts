import assert from 'node:assert'
import { arraySplit } from '../../src/core/array-split.ts'
import { sha256OfFloats } from '../../src/core/digest.ts'
import { type RowMap, rowMap, rowMapDigest, rowsOfRank } from '../../src/data/rows.ts'
import { loadWorkload } from '../../src/data/workload.ts'
import type { GradientEngine } from '../../src/gradient/engine.ts'
import { openDevice } from '../../src/gradient/gpu/device.ts'
import { GpuEngine } from '../../src/gradient/gpu/gpu-engine.ts'
import type { Problem } from '../../src/gradient/problem.ts'
import { TwinEngine } from '../../src/gradient/twin.ts'
import { scheduleOf } from '../../src/reduce/algorithms.ts'
import { ARITHMETICS } from '../../src/reduce/arithmetics.ts'
import { allReduce } from '../../src/reduce/executor.ts'
import { orderCertificate } from '../../src/reduce/order.ts'
import { rankProgram, sourcesOf } from '../../src/reduce/schedule.ts'
import type { TrainingAssignment } from '../wire/assignment.ts'
import type { GrpcTransport } from '../wire/grpc-transport.ts'
import type { FinishedMessage, StepMessage } from '../wire/messages.ts'
import type { Session } from './session.ts'
import { cpuMsByThread, cpuMsSince } from './thread-times.ts'

/** What one rank trains with. */
interface Rank {
  readonly rank: number
  readonly assignment: TrainingAssignment
  readonly problem: Problem
  readonly rows: RowMap
  readonly engine: GradientEngine
  /** The sum over ranks of a vector, in place; calls are numbered as they come. Gives the packed order it was made in. */
  readonly reduce: (vector: Float32Array) => Promise<string>
}

/** One rank of one training trial, from loading the data to the last report. */
export async function trainAsRank(
  session: Session,
  transport: GrpcTransport,
  assignment: TrainingAssignment,
): Promise<void> {
  const { rank, rankCount } = transport
  const { study, arm, seed } = assignment

  const { problem, digests } = await loadWorkload(study.workload, seed)
  const rows = rowMap(problem.train.rowCount, study.training.batch, seed)
  const { learningRate, momentum } = study.training
  const settings = { learningRate, momentum, batchRows: rows.batchRows }
  const gpu = assignment.adapterName === undefined ? undefined : await openDevice(assignment.adapterName)
  await using engine = gpu ? await GpuEngine.open(gpu, problem, settings) : new TwinEngine(problem, settings)
  session.send({
    kind: 'ready',
    exchangeAddress: await transport.listen(),
    adapterJson: gpu ? JSON.stringify(gpu.adapter) : '',
    dataDigests: digests,
    rowMapDigest: rowMapDigest(rows, study.training.steps),
    readyMs: performance.now(),
  })

  const { exchangeAddresses } = await session.next('start')
  const schedule = scheduleOf(arm.algorithm, rankCount)
  const program = rankProgram(schedule, rank)
  transport.connect(exchangeAddresses, sourcesOf(program, rank))
  const arithmetic = ARITHMETICS[arm.arithmetic]
  let call = 0
  const reduce = (vector: Float32Array): Promise<string> =>
    allReduce(schedule, arithmetic, program, transport, call++, vector)
  const cpuBefore = cpuMsByThread()
  const outcome = await train({ rank, assignment, problem, rows, engine, reduce }, (step) => session.send(step))
  session.send({
    kind: 'finished',
    ...outcome,
    cpuMsByThread: cpuMsSince(cpuBefore),
    bytesSent: transport.bytesSent,
  })
}

/** Names an order by its certificate, and spells it out the first time. */
class OrderReports {
  readonly #certificates = new Map<string, string>()

  report(order: string): { orderCertificate: string; order: string } {
    const known = this.#certificates.get(order)
    if (known !== undefined) return { orderCertificate: known, order: '' }
    const certificate = orderCertificate(order)
    this.#certificates.set(order, certificate)
    return { orderCertificate: certificate, order }
  }
}

type Outcome = Omit<FinishedMessage, 'kind' | 'cpuMsByThread' | 'bytesSent'>

/**
 * The SGD loop of one rank. The submit of step t holds the update of step t and the gradient of step t + 1; the last
 * one holds the update and the evaluation. A loss that is no longer finite ends the training on every rank alike.
 */
async function train(rank: Rank, report: (step: StepMessage) => void): Promise<Outcome> {
  const { engine, reduce, assignment, rows, problem } = rank
  const { arm, study, trajectorySteps } = assignment
  const { steps } = study.training
  const isFirstRank = rank.rank === 0
  const firstPosition = arraySplit(rows.batchRows, arm.nodes, rank.rank).start
  const ownRows = (step: number): Uint32Array => rowsOfRank(rows.rowsOfStep(step), arm.nodes, rank.rank)
  const evaluationRows = rowsOfRank(allRows(problem.evaluation.rowCount), arm.nodes, rank.rank)

  const orders = new OrderReports()
  const start = performance.now()
  let stepStart = start
  let { vector } = await engine.first(ownRows(1), firstPosition)
  for (let step = 1; ; step++) {
    const reduceStart = performance.now()
    const order = await reduce(vector)
    const engineStart = performance.now()
    const loss = vector[vector.length - 1] / rows.batchRows
    if (!Number.isFinite(loss)) return divergedAt(step, performance.now() - start)
    const isLast = step === steps
    const wantWeights = isFirstRank && trajectorySteps.includes(step)
    const output = isLast
      ? await engine.finish(vector, evaluationRows)
      : await engine.step(vector, ownRows(step + 1), wantWeights, firstPosition)
    const now = performance.now()
    report({
      kind: 'step',
      step,
      weightsHash: output.weightsHash,
      loss,
      dispatches: output.work.dispatches,
      updateDispatches: output.work.updateDispatches,
      ...(output.work.gpuNs !== null && { gpuNs: output.work.gpuNs }),
      stepNs: (now - stepStart) * 1e6,
      reduceNs: (engineStart - reduceStart) * 1e6,
      engineNs: (now - engineStart) * 1e6,
      weights: bytesOf(wantWeights ? output.weights : undefined),
      ...orders.report(order),
    })
    stepStart = now
    if ('vector' in output) {
      vector = output.vector
      continue
    }
    await reduce(output.sums)
    const [lossSum, hits] = output.sums
    const meanLoss = Math.fround(lossSum / problem.evaluation.rowCount)
    return {
      lossSum,
      hits,
      digest: sha256OfFloats(output.weights, Float32Array.of(meanLoss)),
      weights: bytesOf(isFirstRank ? output.weights : undefined),
      trainNs: (now - start) * 1e6,
      divergedStep: 0,
    }
  }
}

function divergedAt(step: number, milliseconds: number): Outcome {
  return {
    lossSum: 0,
    hits: 0,
    digest: '',
    weights: bytesOf(undefined),
    trainNs: milliseconds * 1e6,
    divergedStep: step,
  }
}

function allRows(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row)
}

function bytesOf(values: Float32Array | undefined): Uint8Array {
  if (values === undefined) return new Uint8Array(0)
  assert(values.byteOffset % 4 === 0)
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
