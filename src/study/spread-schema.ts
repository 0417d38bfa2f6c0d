import { z } from 'zod'
import { SEED_MAX } from '../core/seeds.ts'
import { EVERY_ALGORITHM } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES } from '../reduce/arithmetics.ts'
import { type Study, studySchema } from './schema.ts'
import { VALUE_NAMES } from './value-names.ts'

/**
 * What a study of reduction-order spread may say: contributions to one all-reduce, the orders they are added in, and a training
 * under several orders. Keys that a study has too mean the same.
 */

const { purpose, workload, training, engine, arms } = studySchema.shape
const { nodes, algorithm, arithmetic } = arms.element.shape
const algorithmName = algorithm.unwrap()

/** The elements of one contribution, at most: every result of an all-reduce is kept. */
export const MOST_GRADIENT_ELEMENTS = 4_194_304

const gradients = z.discriminatedUnion('source', [
  /** Of a step of the study's own training. */
  z.strictObject({ source: z.literal('step'), step: z.int().min(1) }),
  /** A person's own: .npy files of `rank…` names, a folder a step; the pattern goes from the study's folder. */
  z.strictObject({ source: z.literal('files'), files: z.string().min(1) }),
  z.strictObject({
    source: z.literal('distribution'),
    values: z.enum(VALUE_NAMES),
    elements: z.int().min(1).max(MOST_GRADIENT_ELEMENTS),
    /** What every third number is multiplied with. */
    mix: z.number().default(1),
  }),
])

const orders = z.strictObject({
  nodes,
  /** One training each. */
  algorithms: z.array(algorithmName).min(2).refine(areDifferent, 'must be different'),
  arithmetic,
})

export const spreadStudySchema = z
  .strictObject({
    purpose,
    workload: workload.optional(),
    training: training.optional(),
    engine,
    adapter: z.string().min(1).default('auto'),
    seed: z.int().min(0).max(SEED_MAX).default(0),
    gradients: gradients.optional(),
    /** Rank counts of the all-reduce; for `files`, by default, as many as there are files of a step. */
    ranks: z.array(z.int().min(2).max(64)).min(1).refine(areDifferent, 'must be different').optional(),
    algorithms: z
      .array(algorithmName)
      .min(1)
      .refine(areDifferent, 'must be different')
      .default([...EVERY_ALGORITHM]),
    arithmetics: z.array(z.enum(ARITHMETIC_NAMES)).min(1).refine(areDifferent, 'must be different').default(['f32']),
    /** `permutation:1` to `permutation:k` beside the algorithms. */
    randomOrders: z.int().min(0).max(100).default(0),
    /** Fresh processes that many times, and all-reduces of each kind in each. */
    launches: z.int().min(1).max(100).default(3),
    calls: z.int().min(1).max(1000).default(3),
    /** The orders to train in. */
    orders: orders.optional(),
  })
  .superRefine((study, context) => {
    const refuse = (key: keyof typeof study, message: string): void =>
      context.addIssue({ code: 'custom', path: [key], message })
    if (study.gradients === undefined && study.orders === undefined) {
      refuse('gradients', 'is missing, and so is orders: there is nothing to measure')
    }
    const trains = study.gradients?.source === 'step' ? 'gradients of a step' : study.orders && 'orders'
    if (trains && study.workload === undefined) refuse('workload', `is missing, which ${trains} need`)
    if (trains && study.training === undefined) refuse('training', `is missing, which ${trains} need`)
    if (study.workload?.name === 'paced')
      refuse('workload', 'is paced: what it sends is one small gradient over and over')
    if (study.gradients && study.gradients.source !== 'files' && study.ranks === undefined) {
      refuse('ranks', `is missing, which gradients from a ${study.gradients.source} need`)
    }
  })

/** A study of spread with every default filled in. */
export type SpreadStudy = z.output<typeof spreadStudySchema>

/** Every algorithm of the all-reduce part. */
export function algorithmsOf({ algorithms, randomOrders }: SpreadStudy): string[] {
  const random = Array.from({ length: randomOrders }, (_, i) => `permutation:${i + 1}`)
  return [...new Set([...algorithms, ...random])]
}

/** The training of a spread study as a study of its own, an arm an order. */
export function ordersStudyOf(
  spread: SpreadStudy,
  { nodes: nodeCount, algorithms, arithmetic: name }: TrainedOrders,
): Study {
  const own = algorithms.map((order) => ({
    name: armName(order),
    nodes: nodeCount,
    algorithm: order,
    arithmetic: name,
  }))
  return studySchema.parse({ ...trainingOf(spread), arms: own })
}

/**
 * The training up to a step, an L-th of the batch a node: under a fixed tree the weights there do not depend on the number of
 * nodes.
 */
export function leavesStudyOf(spread: SpreadStudy, leafCount: number, step: number): Study {
  const { training: whole, ...others } = trainingOf(spread)
  const own = { name: 'leaves', nodes: leafCount, algorithm: `fixed-tree:${leafCount}` }
  return studySchema.parse({ ...others, training: { ...whole, steps: step }, arms: [own] })
}

type TrainedOrders = NonNullable<SpreadStudy['orders']>

function trainingOf({ purpose: why, workload: own, training: whole, engine: by, adapter, seed }: SpreadStudy) {
  return { purpose: why, workload: own, training: whole, engine: by, adapter, seeds: [seed] }
}

/** The arm of an order: `permutation-1` of `permutation:1`. */
export function armName(order: string): string {
  return order.toLowerCase().replace(/[^a-z0-9.-]+/g, '-')
}

function areDifferent(items: readonly (string | number)[]): boolean {
  return new Set(items).size === items.length
}
