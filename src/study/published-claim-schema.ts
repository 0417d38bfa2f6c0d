import { z } from 'zod'

/**
 * Somebody else's claim, as a person fills it in from a paper: what the source states, and nowhere more. A key that is
 * left out, or left empty, is one that the source does not state.
 */

const text = z.union([z.string().min(1), z.number()], 'must be a text or a number')
const count = z.int().min(1)

/** A statement alone, or with the place where the source has it. `unverified`: from memory, not looked up there. */
function given<T extends z.ZodType<string | number>>(value: T) {
  return z
    .union(
      [
        value,
        z.strictObject({ stated: value, where: z.string().min(1).optional(), unverified: z.boolean().default(false) }),
      ],
      'must be what is stated, or { stated, where, unverified }',
    )
    .transform((either) =>
      typeof either === 'object' ? either : { stated: either, where: undefined, unverified: false },
    )
}

/** One that a source may leave out. */
function fact<T extends z.ZodType<string | number>>(value: T) {
  return given(value).nullish()
}

const stated = fact(text)

/** A value as the source prints it: the digits are part of the claim. */
const digits = z.string().regex(/^-?\d+(\.\d+)?$/, "must be the printed digits in quotes, like '5.0'")

/** Metrics of speed, and metrics of what was learned. */
export const PERFORMANCE_METRICS = [
  'speedup',
  'scaling-efficiency',
  'throughput-gain',
  'throughput',
  'duration',
] as const
const NUMERIC_METRICS = ['loss', 'error', 'accuracy', 'score'] as const

const points = z.array(
  z.strictObject({
    workers: count,
    value: digits,
    spread: text.nullish(),
    n: count.nullish(),
  }),
)

export const publishedClaimSchema = z.strictObject({
  /** In one sentence, in your own words. */
  statement: z.string().min(1),
  source: z.strictObject({
    title: z.string().min(1),
    authors: z.string().min(1).nullish(),
    year: z.int().min(1950).max(2100).nullish(),
    /** Section, table or figure. */
    place: z.string().min(1),
    url: z.string().min(1).nullish(),
    /** A few words, no more. */
    quote: z.string().max(120, 'must be a few words, at most 120 characters').nullish(),
  }),
  level: z.enum(['numerical', 'statistical', 'scientific', 'functional']).nullish(),
  /** What the authors offer so that others believe the number. */
  evidence: z.array(z.enum(['seed', 'repeats', 'interval', 'samples', 'logs', 'code'])).nullish(),
  number: z
    .strictObject({
      metric: z.enum([...PERFORMANCE_METRICS, ...NUMERIC_METRICS]),
      value: given(digits),
      unit: z.string().min(1).nullish(),
      /** With what it is: s, a range, an interval. */
      spread: stated,
      n: fact(count),
      /** Which of the n repeats the value is. */
      selection: fact(z.enum(['mean', 'median', 'best', 'only'])),
      /** The other side of a ratio. */
      base: z
        .strictObject({
          what: stated,
          workers: fact(count),
          /** Its absolute value, with the unit. */
          value: stated,
        })
        .nullish(),
      /** Timed region, warm-up, barrier, how ranks and steps are summed up; for a loss, on what it is evaluated. */
      measured: stated,
      /** Of a step on all workers. */
      stepSeconds: fact(z.number().positive()),
      /** The curve: a value for each worker count. */
      points: points.nullish(),
      /** The value of each repeat. */
      repeats: z.array(digits).min(1).nullish(),
    })
    .refine(({ metric, value }) => isSigned(metric) || Number(value.stated) > 0, {
      path: ['value'],
      error: 'must be above 0 for this metric',
    }),
  code: z
    .strictObject({
      repository: stated,
      commit: stated,
      command: stated,
      model: stated,
      /** Bytes that a worker sends into one all-reduce of all gradients. */
      gradientBytes: fact(count),
      /** Of a step, on each worker: without exchange. */
      computeSeconds: fact(z.number().positive()),
      batch: stated,
      precision: stated,
      update: fact(z.enum(['synchronous', 'asynchronous', 'elastic'])),
    })
    .nullish(),
  environment: z.strictObject({ framework: stated, packages: stated, container: stated, driver: stated }).nullish(),
  data: z.strictObject({ name: stated, digest: stated, preprocessing: stated, partition: stated }).nullish(),
  seeds: z.strictObject({ values: stated, generators: stated, determinism: stated }).nullish(),
  cluster: z
    .strictObject({
      simulated: z.boolean().nullish(),
      nodes: fact(count),
      workers: fact(count),
      placement: stated,
      accelerator: stated,
      cpu: stated,
      instructionSets: stated,
      memory: stated,
      interconnect: z.strictObject({ fabric: stated, bandwidth: stated, latency: stated }).nullish(),
      topology: stated,
      collective: z.strictObject({ library: stated, algorithm: stated, settings: stated }).nullish(),
      tenancy: stated,
      scaling: stated,
    })
    .nullish(),
})

export type PublishedClaim = z.output<typeof publishedClaimSchema>

/** One statement of a source. */
export interface Fact {
  readonly stated: string | number
  readonly where?: string | undefined
  readonly unverified: boolean
}

function isSigned(metric: string): boolean {
  return metric === 'throughput-gain' || (NUMERIC_METRICS as readonly string[]).includes(metric)
}
