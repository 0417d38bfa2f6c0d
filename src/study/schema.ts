import { z } from 'zod'
import { SEED_MAX } from '../core/seeds.ts'
import { ALGORITHM_NAMES, isAlgorithmName } from '../reduce/algorithms.ts'
import { ARITHMETIC_NAMES } from '../reduce/arithmetics.ts'
import { injectionsSchema } from './injection.ts'

/**
 * What a study may say. Every key is checked; an unknown one is an error (src/study/load.ts names the nearest known).
 * Keys of work still to come are absent, not ignored.
 */

const MAX_NODES = 1024
export const MAX_RANKS_PER_NODE = 64

/** Weights of the small regression behind a paced workload. */
export const PACED_COLUMNS = 16

const workload = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('linear'),
    rows: z.int().min(1).max(10_000_000).default(4096),
    columns: z.int().min(1).max(65_536).default(16),
    noise: z.number().min(0).default(0.1),
  }),
  z.strictObject({ name: z.literal('mnist') }),
  z.strictObject({
    name: z.literal('mnist-mlp'),
    /** Units of each of the two hidden layers. */
    hidden: z.int().min(32).max(1024).multipleOf(4).default(128),
    /** The share of hidden units that a training step drops. */
    dropout: z.number().min(0).max(0.9).default(0.1),
    /** How far a training image may move, either way, down and across. */
    shiftPixels: z.int().min(0).max(4).default(1),
  }),
  z.strictObject({
    name: z.literal('paced'),
    /** What a step's whole batch takes on one rank: a small real gradient, and the rest is waited out. */
    computeMs: z.number().positive().max(600_000),
    /** f32 values that a rank sends: the real gradient, over and over, and the loss. */
    parameters: z
      .int()
      .min(PACED_COLUMNS + 1)
      .max(1 << 28),
  }),
])

export const armSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and dashes'),
  nodes: z.int().min(1).max(MAX_NODES),
  /** Threads of a node; they share memory, and nodes talk gRPC. */
  ranksPerNode: z.int().min(1).max(MAX_RANKS_PER_NODE).default(1),
  /** Rows of the arm's global batch, where it is not that of the training: as many times as many as ranks, and the scaling is weak. */
  batch: z.int().min(1).exactOptional(),
  algorithm: z.string().refine(isAlgorithmName, `must be one of ${ALGORITHM_NAMES}`).default('ring'),
  arithmetic: z.enum(ARITHMETIC_NAMES).default('f32'),
  transport: z.enum(['grpc']).default('grpc'),
  /** How a step's gradient is cut: a bucket a layer, reduced while the next is read back, or whole. */
  buckets: z.enum(['layers', 'whole']).default('layers'),
  /** Under `exact`, which whole blocks of rows a rank computes: those that follow each other, or as SEED shuffles them. */
  dealing: z
    .string()
    .regex(/^(contiguous|random:\d{1,9})$/, 'must be contiguous or random:SEED')
    .default('contiguous'),
})

const training = z.strictObject({
  steps: z.int().min(1).max(10_000_000),
  learningRate: z.number().positive(),
  /** μ of v ← μ·v + gradient, w ← w − learningRate·v; 0 is plain SGD. */
  momentum: z.number().min(0).lt(1).default(0),
  /** Rows of the global batch, whatever the node count. */
  batch: z.union([z.int().min(1), z.literal('full')], 'must be a whole number of rows, or full').default('full'),
})

/** `7` or `0-9`: a seed, or the seeds from the first to the last. */
const seedItem = z.union([
  z.int().min(0).max(SEED_MAX),
  z
    .string()
    .regex(/^\d+-\d+$/, 'must be like 0-9')
    .refine(isRising, 'must be a rising range like 0-9')
    .refine((range) => Number(range.split('-')[1]) <= SEED_MAX, `must end at ${SEED_MAX} or before`),
])

const seeds = z
  .array(seedItem)
  .min(1)
  .transform((items) => items.flatMap(expandSeeds))
  .refine((list) => list.length >= 1 && list.length <= 10_000, 'must name between 1 and 10,000 seeds')

export const studySchema = z.strictObject({
  purpose: z.string().min(1),
  workload,
  arms: z
    .array(armSchema)
    .min(1)
    .refine((arms) => new Set(arms.map(({ name }) => name)).size === arms.length, 'must have different names'),
  training,
  /** In order; a seed that stands twice is run twice. */
  seeds,
  repeats: z.int().min(1).max(1000).default(1),
  engine: z.enum(['gpu', 'cpu']).default('gpu'),
  /** One for every node, or a list dealt to the nodes in turn. */
  adapter: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).default('auto'),
  /** What the run finds, or a spec from the study's folder: what the run is meant for, and what `netns` shapes its links to. */
  cluster: z
    .string()
    .regex(/^captured$|\.ya?ml$/, 'must be captured, or the path of a cluster spec (.yaml)')
    .default('captured'),
  /** Processes of this machine, on loopback or each in a network namespace; or workers that somebody starts for `coordinator`. */
  launch: z.enum(['local', 'netns', 'external']).default('local'),
  /** Sources of variation that the run brings in itself. */
  inject: injectionsSchema.exactOptional(),
})

/** A study with every default filled in. */
export type Study = z.output<typeof studySchema>
export type Arm = Study['arms'][number]

const reported = z.strictObject({
  /** Published metric by seed, as the text prints it: the digits are part of the claim. */
  perSeed: z.record(z.string().regex(/^\d+$/), z.string()).default({}),
  mean: z.string().optional(),
  sd: z.string().optional(),
  /** How many seeds the published mean and sd come from. */
  n: z.int().min(1).optional(),
  /** The seeds behind mean and sd, where the text says. */
  seeds: seeds.optional(),
  /** Digests the text prints, by seed, and what of. Shown beside ours; compared only where the same bytes are hashed. */
  digests: z.record(z.string(), z.strictObject({ value: z.string(), of: z.string() })).default({}),
  /** Allowed beside half the last printed digit, for the change of arithmetic. */
  tolerance: z.number().min(0).default(0),
})

const ofEveryClaim = {
  statement: z.string().min(1),
  source: z.string().min(1),
  /** Path of the study, from the claim's folder. */
  study: z.string().min(1),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Keys of the study that `--quick` replaces. */
  quick: z.record(z.string(), z.unknown()).optional(),
}

export const claimSchema = z.strictObject({
  ...ofEveryClaim,
  kind: z.literal('numeric'),
  metric: z.enum(['final-loss', 'test-accuracy']),
  reported,
  level: z.enum(['numerical', 'statistical', 'scientific', 'functional']),
})

/** Of speed: the study must name the cluster it was made on. */
export const performanceClaimSchema = z.strictObject({
  ...ofEveryClaim,
  kind: z.literal('performance'),
  metric: z.literal('speedup'),
  /** Path of the spec of the cluster it was made on, from the claim's folder; the study's by default. */
  cluster: z
    .string()
    .regex(/\.ya?ml$/, 'must be the path of a cluster spec (.yaml)')
    .optional(),
  reported: z.strictObject({
    /** Two arms of the study. */
    of: z.string().min(1),
    over: z.string().min(1),
    /** Time of `over` by time of `of`, as the text prints it. */
    speedup: z.string().regex(/^\d+(\.\d+)?$/, 'must be a number in quotes, like "6.2"'),
    /** Relative to the printed figure. */
    tolerance: z.number().positive().max(0.5).default(0.1),
  }),
})

export const anyClaimSchema = z.discriminatedUnion('kind', [claimSchema, performanceClaimSchema])

/** A published result and the study that re-derives it. */
export type Claim = z.output<typeof claimSchema>
export type PerformanceClaim = z.output<typeof performanceClaimSchema>
export type AnyClaim = Claim | PerformanceClaim

function isRising(range: string): boolean {
  const [first, last] = range.split('-').map(Number)
  return first <= last
}

function expandSeeds(item: number | string): number[] {
  if (typeof item === 'number') return [item]
  const [first, last] = item.split('-').map(Number)
  return Array.from({ length: Math.min(10_001, Math.max(0, last - first + 1)) }, (_, i) => first + i)
}
