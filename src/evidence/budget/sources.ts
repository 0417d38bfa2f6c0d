/** Whatever could make a second run come out otherwise, by the name it has in JSON. */
export const SOURCES = {
  'sum-order': 'order of the sum between ranks, arrival order',
  kernels: 'kernels: rounding, contraction, order within',
  chunking: 'chunks and buckets of a sum',
  seeds: 'generators and their seeds',
  'worker-seeding': 'seeding of workers',
  'data-order': 'order of the data',
  refusals: 'what has no deterministic form',
  precision: 'mixed precision across architectures',
  'gpu-settings': 'settings made after the GPU started',
  versions: 'drivers, runtime, packages',
  hardware: 'unlike hardware',
  autoscaling: 'autoscaling',
  network: 'network variation',
  tenants: 'other tenants',
  'jit-gc': 'JIT compilation and garbage collection',
  staleness: 'staleness of gradients',
} as const

export type Source = keyof typeof SOURCES

/**
 * `eliminated`: it cannot make a difference here · `bounded`: it can, and the record says how much · `open`: it can, and nothing
 * here says how much.
 */
export type Status = 'eliminated' | 'bounded' | 'open'

/** What became of one source, for the numbers or for the times. */
export interface Effect {
  readonly status: Status
  /** What holds it, or what it comes in by. */
  readonly mechanism: string
  /** What was seen, where there are records; null in an explanation. */
  readonly evidence: string | null
  /** File of the run folder, and key, where it was seen. */
  readonly where: string | null
  /** By how much, where it is bounded. */
  readonly bound: string | null
}

/** One source of a budget. */
export interface BudgetRow {
  readonly source: Source
  readonly title: string
  /** Null: it does not touch the numbers. */
  readonly numeric: Effect | null
  /** Null: it does not touch the times. */
  readonly performance: Effect | null
  readonly notCovered: string
}

/** How ranks go on together. */
export type Mode = 'sync' | 'async' | 'elastic'
export const MODES: readonly Mode[] = ['sync', 'async', 'elastic']

/** What no budget of a run can say, by source. */
export const NOT_COVERED: Readonly<Record<Source, string>> = {
  'sum-order': 'another algorithm, node count or cut into buckets is another order, with other bits (but under exact)',
  kernels: 'inputs that the probe did not ask, and adapters it was not run on',
  chunking: 'another choice of buckets',
  seeds: 'draws that only time something: the jitter of gRPC, delays of the system',
  'worker-seeding': 'another global batch: a draw is keyed by the place in it',
  'data-order': 'another batch size or another number of steps',
  refusals: 'an operation that is deterministic here and not elsewhere',
  precision: 'precisions that no arm has',
  'gpu-settings': 'settings that a driver reads from files of its own',
  versions: 'contents of installed packages, which are not hashed; firmware',
  hardware: 'another machine: its speed is another, its bits are asked by its own probe',
  autoscaling: 'a cluster that changes between this run and the next',
  network: 'another fabric, another day',
  tenants: 'another hour: nothing here makes the machine exclusive',
  'jit-gc': 'trainings so short that warming up is most of them',
  staleness: 'a schedule of updates that was not recorded',
}
