import { type BudgetRow, type Mode, NOT_COVERED, SOURCES, type Source, type Status } from './sources.ts'

/** A mode as it is, whatever the run: what a seed does not reach, and how a result of it is written down. */
export interface Explanation {
  readonly mode: Mode
  readonly rows: readonly BudgetRow[]
  readonly seedReaches: string
  readonly reporting: string
}

/** Status and reason, of the numbers and of the times. */
type Explained = readonly [numeric: readonly [Status, string] | null, performance: readonly [Status, string] | null]

const SYNC: Readonly<Partial<Record<Source, Explained>>> = {
  'sum-order': [
    ['eliminated', 'a planned order, witnessed by the adder; under arrival: bounded, recorded, replayable'],
    null,
  ],
  kernels: [
    ['eliminated', 'settled f32 operations and fixed trees, where the probe of the adapter passes; else open'],
    null,
  ],
  chunking: [['eliminated', 'buckets and chunks are part of the planned order'], null],
  seeds: [['eliminated', 'every draw is of a named stream'], null],
  'worker-seeding': [['eliminated', 'draws are keyed by the place in the global batch, not by rank'], null],
  'data-order': [['eliminated', 'the rows of a step follow from seed and step'], null],
  refusals: [['eliminated', '--deterministic refuses what has no deterministic form'], null],
  precision: [['eliminated', 'ranks round what travels themselves, to nearest even'], null],
  'gpu-settings': [['eliminated', 'driver and flags are set before a worker starts'], null],
  versions: [
    ['eliminated', 'the lockfile pins them'],
    ['eliminated', 'the lockfile pins them'],
  ],
  hardware: [
    ['eliminated', 'where every probe passes; else open'],
    ['open', 'the slowest node sets the pace of a step'],
  ],
  autoscaling: [
    ['eliminated', 'a trial has a fixed number of nodes'],
    ['eliminated', 'a trial has a fixed number of nodes'],
  ],
  network: [null, ['bounded', 'a step waits for the slowest message; its spread is measured']],
  tenants: [null, ['bounded', 'a step waits for the slowest node; the spread of trials is measured']],
  'jit-gc': [null, ['bounded', 'a pause of one node stops all; the spread of steps is measured']],
}

const ASYNC: Readonly<Partial<Record<Source, Explained>>> = {
  'sum-order': [
    ['bounded', 'an update is applied when it comes: its place is recorded, and a replay can force it'],
    null,
  ],
  staleness: [
    ['bounded', 'a gradient is of weights up to the bound of staleness older than those it changes'],
    ['bounded', 'who is too far ahead waits'],
  ],
  'data-order': [['bounded', 'rows of a step follow from the seed, the weights they meet from arrival'], null],
  refusals: [['bounded', '--deterministic refuses all but a recorded run that is forced again'], null],
  'worker-seeding': [['bounded', 'draws are keyed by step; with which weights a step is made follows from time'], null],
  hardware: [
    ['bounded', 'a faster node contributes more often'],
    ['open', 'nobody waits, so speeds add up'],
  ],
  network: [
    ['bounded', 'delay makes gradients stale'],
    ['bounded', 'nobody waits within the bound of staleness'],
  ],
  tenants: [
    ['bounded', 'a slowed node contributes later and less'],
    ['open', 'nothing keeps others off the machine'],
  ],
  'jit-gc': [
    ['bounded', 'a pause moves the place of an update'],
    ['bounded', 'a pause costs its node alone'],
  ],
}

const ELASTIC: Readonly<Partial<Record<Source, Explained>>> = {
  'sum-order': [
    ['bounded', 'planned for each membership; which one a step had is in the membership log. exact: eliminated'],
    null,
  ],
  chunking: [['bounded', 'another number of ranks cuts other chunks'], null],
  refusals: [['bounded', '--deterministic refuses all but a recorded membership log that is followed'], null],
  'data-order': [['eliminated', 'the batch is global: the same rows a step, dealt to those there are'], null],
  autoscaling: [
    ['bounded', 'nodes leave and join: the membership log is an input, and a replay follows it'],
    ['open', 'the number of nodes is the speed'],
  ],
  network: [
    ['bounded', 'a link that fails takes a node out of the sum'],
    ['bounded', 'a step waits for the slowest message'],
  ],
  tenants: [
    ['bounded', 'a node that is preempted leaves'],
    ['open', 'nothing keeps others off the machine'],
  ],
  hardware: [
    ['bounded', 'who joins may round otherwise where a probe fails'],
    ['open', 'who joins may be of another speed'],
  ],
}

const EXPLAINED: Readonly<Record<Mode, Omit<Explanation, 'mode' | 'rows'> & { readonly differs: typeof SYNC }>> = {
  sync: {
    differs: {},
    seedReaches:
      'With planned orders a seed fixes every number and no time; with arrival order it does not fix the sums.',
    reporting:
      'one number a seed where every numeric source is eliminated; over seeds, and under arrival order, mean ± s',
  },
  async: {
    differs: ASYNC,
    seedReaches:
      'A seed fixes what is drawn, not when a gradient arrives: which weights it was made with and when it is applied follow from time.',
    reporting:
      'mean ± s over R seeds and runs of a seed; one number only for a replay of a recorded order and staleness',
  },
  elastic: {
    differs: ELASTIC,
    seedReaches:
      'A seed fixes what is drawn, not who is there: the path of the training follows from the membership log, an input beside the seed.',
    reporting: 'mean ± s over R seeds and memberships; one number only for a replay of a recorded membership log',
  },
}

/** What each source does in a mode: explained, not measured. */
export function explain(mode: Mode): Explanation {
  const { differs, seedReaches, reporting } = EXPLAINED[mode]
  const all = { ...SYNC, ...differs }
  const sources = Object.keys(SOURCES) as Source[]
  const rows = sources.flatMap((source): BudgetRow[] => {
    const explained = all[source]
    if (explained === undefined) return []
    const [numeric, performance] = explained.map(
      (effect) => effect && { status: effect[0], mechanism: effect[1], evidence: null, where: null, bound: null },
    )
    return [{ source, title: SOURCES[source], numeric, performance, notCovered: NOT_COVERED[source] }]
  })
  return { mode, rows, seedReaches, reporting }
}
