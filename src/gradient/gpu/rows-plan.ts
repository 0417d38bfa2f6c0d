import assert from 'node:assert'
import { dropoutOf, NO_DROPOUT } from '../draws.ts'
import { ROWS_PER_BLOCK, ROWS_PER_TILE, type Tile, tilesOf } from '../engine.ts'
import type { ByteRows, DenseRows, Problem, ProblemShape } from '../problem.ts'
import { classifierPlan } from './classifier-plan.ts'
import { type Dispatch, type DispatchBuilder, THREADS_PER_GROUP_ROW } from './dispatch.ts'
import { leastSquaresPlan } from './least-squares-plan.ts'
import type { ModelContext, ModelPlan } from './model-plan.ts'

/** Rows on the GPU, whole. */
export interface ResidentRows {
  readonly kind: 'f32' | 'u8'
  readonly features: GPUBuffer
  readonly answers: GPUBuffer
}

/** What every plan of an engine is made of. */
export interface PlanContext {
  readonly builder: DispatchBuilder
  readonly problem: Problem
  readonly shape: ProblemShape
  /** f32[weightCount]. */
  readonly weights: GPUBuffer
  /** StepDraws of kernels/streams.wgsl. */
  readonly draws: GPUBuffer
}

/** A dispatch list that turns the rows in `rowIds` into one vector, and the buffer it lands in. */
export interface RowsPlan {
  readonly rowIds: GPUBuffer
  readonly rowCount: number
  readonly dispatches: readonly Dispatch[]
  readonly total: GPUBuffer
  readonly totalLength: number
}

/** Uploads rows once; every step gathers its own from them. */
export function uploadRows(builder: DispatchBuilder, source: DenseRows | ByteRows): ResidentRows {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST
  const features = builder.buffer('data', source.features.byteLength, usage)
  builder.write(features, source.features)
  const answers = builder.buffer('all answers', source.rowCount * 4, usage)
  builder.write(answers, source.kind === 'u8' ? Uint32Array.from(source.labels) : source.targets)
  return { kind: source.kind, features, answers }
}

/** Rows of training data to one vector: gradient sums, then the loss sum. */
export function planGradient(context: PlanContext, source: ResidentRows, rowCount: number): RowsPlan {
  const { builder, shape } = context
  const { layers, vectorLength } = shape
  const tiles = tilesOf(rowCount, gradientTileRows(vectorLength))
  const { rowIds, total, tileContext } = planBuffers(context, tiles, vectorLength)
  const blocksOf = (rows: number): number => Math.ceil(rows / ROWS_PER_BLOCK)
  const partialBytes = blocksOf(tileContext.tileRows) * vectorLength * 4
  const partial = builder.buffer('partial sums', partialBytes, GPUBufferUsage.STORAGE)
  const model = planModel(context, tileContext, 'training')

  const dispatches = tiles.flatMap((tile) => {
    const { first, rows } = tile
    const gradients = layers.map(({ inputs, outputs, biasRows, start, end }, index) =>
      builder.dispatch(
        'dense-gradient',
        [
          builder.params(rows, inputs, outputs, biasRows, start, vectorLength),
          model.inputs[index],
          model.deltas[index],
          tileContext.rowLoss,
          partial,
        ],
        Math.ceil(inputs / 4) * Math.ceil(outputs / 4) + biasRows * outputs + (end === vectorLength - 1 ? 1 : 0),
        blocksOf(rows),
      ),
    )
    const goesOn = first > 0 ? 1 : 0
    return [
      gather(context, tileContext, source, rowIds, tile, 'training'),
      ...model.forward(tile),
      ...model.backward(tile),
      ...gradients,
      sumBlocks(builder, blocksOf(rows), vectorLength, goesOn, partial, total),
    ]
  })
  return { rowIds, rowCount, dispatches, total, totalLength: vectorLength }
}

/** Rows of evaluation data to two numbers: loss sum and hits. */
export function planEvaluation(context: PlanContext, source: ResidentRows, rowCount: number): RowsPlan {
  const { builder } = context
  const tiles = tilesOf(rowCount)
  const { rowIds, total, tileContext } = planBuffers(context, tiles, 2)
  const { rowLoss, hit } = tileContext
  const partial = builder.buffer('partial sums', tiles.length * 2 * 4, GPUBufferUsage.STORAGE)
  const model = planModel(context, tileContext, 'evaluation')
  const dispatches = tiles.flatMap((tile, index) => [
    gather(context, tileContext, source, rowIds, tile, 'evaluation'),
    ...model.forward(tile),
    builder.dispatch('mean-loss', [builder.params(tile.rows, index), rowLoss, hit, partial], 1),
  ])
  const sum = sumBlocks(builder, tiles.length, 2, 0, partial, total)
  return { rowIds, rowCount, dispatches: [...dispatches, sum], total, totalLength: 2 }
}

/** WebGPU's default maxStorageBufferBindingSize: what every adapter can bind. */
const MAX_BINDING_BYTES = 128 * 1024 ** 2

/** As many whole blocks as an engine's tile and one binding of partial sums hold; their number changes no bit. */
function gradientTileRows(vectorLength: number): number {
  const blocks = Math.floor(MAX_BINDING_BYTES / (vectorLength * 4))
  assert(blocks >= 1, `a gradient of ${vectorLength} elements does not fit a binding`)
  return Math.min(ROWS_PER_TILE, blocks * ROWS_PER_BLOCK)
}

type Purpose = 'training' | 'evaluation'

interface PlanBuffers {
  readonly rowIds: GPUBuffer
  readonly total: GPUBuffer
  readonly tileContext: ModelContext
}

function planBuffers(context: PlanContext, tiles: readonly Tile[], totalLength: number): PlanBuffers {
  const { builder, problem } = context
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage
  assert(tiles.length > 0, 'a plan needs rows')
  const rowCount = tiles.reduce((sum, { rows }) => sum + rows, 0)
  const tileRows = tiles[0].rows
  const tileContext = {
    ...context,
    tileRows,
    x: builder.buffer('features', tileRows * problem.train.columns * 4, STORAGE),
    y: builder.buffer('answers', tileRows * 4, STORAGE),
    rowLoss: builder.buffer('row losses', tileRows * 4, STORAGE),
    hit: builder.buffer('hits', tileRows * 4, STORAGE),
  }
  return {
    rowIds: builder.buffer('row ids', rowCount * 4, STORAGE | COPY_DST),
    total: builder.buffer('total', totalLength * 4, STORAGE | COPY_SRC),
    tileContext,
  }
}

function planModel({ problem }: PlanContext, tileContext: ModelContext, purpose: Purpose): ModelPlan {
  switch (problem.loss) {
    case 'least-squares':
      return leastSquaresPlan(tileContext)
    case 'softmax-cross-entropy':
      return classifierPlan(tileContext, [], NO_DROPOUT)
    case 'mlp-cross-entropy': {
      const { network } = problem
      return classifierPlan(tileContext, network.hidden, purpose === 'training' ? dropoutOf(network) : NO_DROPOUT)
    }
  }
}

/** The rows of a tile into x and y; in training, images are shifted where the problem says so. */
function gather(
  { builder, problem, draws }: PlanContext,
  { x, y }: ModelContext,
  { kind, features, answers }: ResidentRows,
  rowIds: GPUBuffer,
  { first, rows }: Tile,
  purpose: Purpose,
): Dispatch {
  if (purpose === 'training' && problem.loss === 'mlp-cross-entropy') {
    const { imageWidth, shiftPixels } = problem.network
    return builder.dispatch(
      'gather-shifted-u8',
      [
        builder.params(rows, imageWidth, first, shiftPixels, THREADS_PER_GROUP_ROW),
        draws,
        features,
        answers,
        rowIds,
        x,
        y,
      ],
      rows * (imageWidth + 1),
    )
  }
  const { columns } = problem.train
  return builder.dispatch(
    kind === 'u8' ? 'gather-rows-u8' : 'gather-rows-f32',
    [builder.params(rows, columns, first, THREADS_PER_GROUP_ROW), features, answers, rowIds, x, y],
    rows * ((kind === 'u8' ? columns / 4 : columns) + 1),
  )
}

function sumBlocks(
  builder: DispatchBuilder,
  blocks: number,
  elements: number,
  goesOn: 0 | 1,
  partial: GPUBuffer,
  total: GPUBuffer,
): Dispatch {
  const params = builder.params(blocks, elements, goesOn, THREADS_PER_GROUP_ROW)
  return builder.dispatch('sum-blocks', [params, partial, total], elements)
}
