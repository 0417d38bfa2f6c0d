import assert from 'node:assert'
import type { Span } from '../../core/array-split.ts'
import { SUM_PLANES } from '../../core/exact-words.ts'
import { dropoutOf, NO_DROPOUT } from '../draws.ts'
import { ROWS_PER_BLOCK, ROWS_PER_TILE, type Tile, tilesOf } from '../engine.ts'
import type { Bucket, ByteRows, DenseRows, Problem, ProblemShape } from '../problem.ts'
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
  /** Are blocks added exactly? */
  readonly exact: boolean
}

/** The dispatches that turn the rows in `rowIds` into one vector a leaf, and the buffer these land in. */
export interface RowsPlan {
  readonly rowIds: GPUBuffer
  /** u32: the place of each row in the global batch. */
  readonly positions: GPUBuffer
  /** In order; after the dispatches of a stage its bucket is final in the vectors of all leaves. */
  readonly stages: readonly Stage[]
  /** f32[leafCount, vectorLength]; under `exact` u32[leafCount, SUM_PLANES, vectorLength]. */
  readonly total: GPUBuffer
  readonly leafCount: number
  /** Words of each element of a leaf, a plane each. */
  readonly planes: number
  readonly vectorLength: number
}

interface Stage {
  readonly bucket: Span
  readonly dispatches: readonly Dispatch[]
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

/** Rows of training data to gradient sums, then the loss sum, of each leaf. @param leafRows rows of each leaf. */
export function planGradient(
  context: PlanContext,
  source: ResidentRows,
  leafRows: readonly number[],
  buckets: readonly Bucket[],
): RowsPlan {
  const { builder, shape } = context
  const { layers, vectorLength } = shape
  const tiles = tilesOfBlocks(blocksOfLeaves(leafRows), maxBlocks(vectorLength))
  const { total, tileContext, ...buffers } = planBuffers(context, leafRows, vectorLength, largestOf(tiles))
  const partialBytes = Math.max(...tiles.map(({ blocks }) => blocks.length)) * vectorLength * 4
  const partial = builder.buffer('partial sums', partialBytes, GPUBufferUsage.STORAGE)
  const model = planModel(context, tileContext, 'training')

  const forward = (tile: BlockTile): Dispatch[] => [
    gather(context, tileContext, source, buffers.rowIds, tile, 'training'),
    ...model.forward(tile),
  ]
  const gradient = (index: number, { rows, blocks }: BlockTile, blockStarts: GPUBuffer): Dispatch => {
    const { inputs, outputs, biasRows, start, end } = layers[index]
    return builder.dispatch(
      'dense-gradient',
      [
        builder.params(rows, inputs, outputs, biasRows, start, vectorLength),
        model.inputs[index],
        model.deltas[index],
        tileContext.rowLoss,
        partial,
        blockStarts,
      ],
      Math.ceil(inputs / 4) * Math.ceil(outputs / 4) + biasRows * outputs + (end === vectorLength - 1 ? 1 : 0),
      blocks.length,
    )
  }
  /** The sums of a bucket over what the tile holds of each leaf. */
  const sums = (bucket: Bucket, { blocks }: BlockTile): Dispatch[] =>
    [...Map.groupBy(blocks, ({ leaf }) => leaf)].map(([leaf, own]) =>
      sumBlocks(context, partial, total, {
        blocks: own.length,
        firstBlock: blocks.indexOf(own[0]),
        length: vectorLength,
        ...bucket,
        leaf,
        goesOn: !own[0].opensLeaf,
      }),
    )
  const backward = (bucket: Bucket, tile: BlockTile, blockStarts: GPUBuffer): Dispatch[] => [
    ...bucket.layers.flatMap((index) => {
      const own = gradient(index, tile, blockStarts)
      return index === layers.length - 1 ? [own] : [model.backward(index + 1, tile), own]
    }),
    ...sums(bucket, tile),
  ]

  // Only with the last tile anything is final: the tiles before it are part of the first stage.
  const before: Dispatch[] = []
  for (const tile of tiles.slice(0, -1)) {
    const blockStarts = uploadBlockStarts(builder, tile)
    before.push(...forward(tile), ...buckets.flatMap((bucket) => backward(bucket, tile, blockStarts)))
  }
  const lastTile = tiles[tiles.length - 1]
  const blockStarts = uploadBlockStarts(builder, lastTile)
  const stages = buckets.map((bucket, index) => {
    const own = backward(bucket, lastTile, blockStarts)
    return { bucket, dispatches: index === 0 ? [...before, ...forward(lastTile), ...own] : own }
  })
  return { ...buffers, stages, total, leafCount: leafRows.length, vectorLength }
}

/** Rows of evaluation data to two numbers a leaf: loss sum and hits, summed tile by tile or, where that has to be exact, block by block. */
export function planEvaluation(context: PlanContext, source: ResidentRows, leafRows: readonly number[]): RowsPlan {
  const { builder, exact } = context
  let start = 0
  let sumCount = 0
  const tiles = leafRows.flatMap((rowCount, leaf) => {
    const own = tilesOf(rowCount).map(({ first, rows }) => {
      const sums = exact ? Math.ceil(rows / ROWS_PER_BLOCK) : 1
      sumCount += sums
      return { first: start + first, rows, leaf, sums, firstSum: sumCount - sums }
    })
    start += rowCount
    return own
  })
  const { total, tileContext, ...buffers } = planBuffers(context, leafRows, 2, largestOf(tiles))
  const { rowLoss, hit } = tileContext
  const partial = builder.buffer('partial sums', sumCount * 2 * 4, GPUBufferUsage.STORAGE)
  const model = planModel(context, tileContext, 'evaluation')
  const ofTiles = tiles.flatMap((tile) => [
    gather(context, tileContext, source, buffers.rowIds, tile, 'evaluation'),
    ...model.forward(tile),
    builder.dispatch(
      'mean-loss',
      [builder.params(tile.rows, tile.firstSum, exact ? ROWS_PER_BLOCK : tile.rows), rowLoss, hit, partial],
      tile.sums * 64, // a group each
    ),
  ])
  const bucket = { start: 0, end: 2 }
  const sums = leafRows.map((_, leaf) => {
    const [first, ...others] = tiles.filter((tile) => tile.leaf === leaf)
    const blocks = others.reduce((sum, { sums }) => sum + sums, first.sums)
    const firstBlock = first.firstSum
    return sumBlocks(context, partial, total, { blocks, firstBlock, length: 2, ...bucket, leaf, goesOn: false })
  })
  const stages = [{ bucket, dispatches: [...ofTiles, ...sums] }]
  return { ...buffers, stages, total, leafCount: leafRows.length, vectorLength: 2 }
}

/** Rows that are added one after the other, before blocks are; never of two leaves. */
interface Block {
  readonly first: number
  readonly rows: number
  readonly leaf: number
  readonly opensLeaf: boolean
}

interface BlockTile extends Tile {
  readonly blocks: readonly Block[]
}

function blocksOfLeaves(leafRows: readonly number[]): Block[] {
  let start = 0
  return leafRows.flatMap((rowCount, leaf) => {
    const own = tilesOf(rowCount, ROWS_PER_BLOCK).map(({ first, rows }) => {
      return { first: start + first, rows, leaf, opensLeaf: first === 0 }
    })
    start += rowCount
    return own
  })
}

/** As many whole blocks a tile as fit; their number changes no bit. */
function tilesOfBlocks(blocks: readonly Block[], blocksMax: number): BlockTile[] {
  const tiles: { first: number; rows: number; blocks: Block[] }[] = []
  for (const block of blocks) {
    const open = tiles.at(-1)
    if (open && open.blocks.length < blocksMax && open.rows + block.rows <= ROWS_PER_TILE) {
      open.blocks.push(block)
      open.rows += block.rows
    } else tiles.push({ first: block.first, rows: block.rows, blocks: [block] })
  }
  return tiles
}

/** Where in a tile its blocks begin, and where the last one ends. */
function uploadBlockStarts(builder: DispatchBuilder, { first, rows, blocks }: BlockTile): GPUBuffer {
  const starts = Uint32Array.of(...blocks.map((block) => block.first - first), rows)
  const buffer = builder.buffer('block starts', starts.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST)
  builder.write(buffer, starts)
  return buffer
}

function largestOf(tiles: readonly Tile[]): number {
  return Math.max(...tiles.map(({ rows }) => rows))
}

/** WebGPU's default maxStorageBufferBindingSize: what every adapter can bind. */
const MAX_BINDING_BYTES = 128 * 1024 ** 2

/** How many blocks one binding of partial sums holds. */
function maxBlocks(vectorLength: number): number {
  const blocks = Math.floor(MAX_BINDING_BYTES / (vectorLength * 4))
  assert(blocks >= 1, `a gradient of ${vectorLength} elements does not fit a binding`)
  return blocks
}

type Purpose = 'training' | 'evaluation'

interface PlanBuffers extends Pick<RowsPlan, 'rowIds' | 'positions' | 'total' | 'planes'> {
  readonly tileContext: ModelContext
}

function planBuffers(
  context: PlanContext,
  leafRows: readonly number[],
  vectorLength: number,
  tileRows: number,
): PlanBuffers {
  const { builder, problem, exact } = context
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage
  const rowCount = leafRows.reduce((sum, rows) => sum + rows, 0)
  const positions = builder.buffer('positions', rowCount * 4, STORAGE | COPY_DST)
  const planes = exact ? SUM_PLANES : 1
  const tileContext = {
    ...context,
    tileRows,
    positions,
    x: builder.buffer('features', tileRows * problem.train.columns * 4, STORAGE),
    y: builder.buffer('answers', tileRows * 4, STORAGE),
    rowLoss: builder.buffer('row losses', tileRows * 4, STORAGE),
    hit: builder.buffer('hits', tileRows * 4, STORAGE),
  }
  return {
    rowIds: builder.buffer('row ids', rowCount * 4, STORAGE | COPY_DST),
    positions,
    total: builder.buffer('totals', leafRows.length * planes * vectorLength * 4, STORAGE | COPY_SRC),
    planes,
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
  { x, y, positions }: ModelContext,
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
        positions,
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

/** Elements `start` up to `end` of consecutive blocks, into the vector of a leaf. */
function sumBlocks(
  { builder, exact }: PlanContext,
  partial: GPUBuffer,
  total: GPUBuffer,
  sum: Span & { blocks: number; firstBlock: number; length: number; leaf: number; goesOn: boolean },
): Dispatch {
  const { blocks, firstBlock, length, start, end, leaf } = sum
  const elements = end - start
  const params = builder.params(
    blocks,
    elements,
    sum.goesOn ? 1 : 0,
    THREADS_PER_GROUP_ROW,
    firstBlock,
    length,
    start,
    exact ? leaf * SUM_PLANES * length : leaf * length + start,
  )
  return builder.dispatch(exact ? 'sum-blocks-exact' : 'sum-blocks', [params, partial, total], elements)
}
