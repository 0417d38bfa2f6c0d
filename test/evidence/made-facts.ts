/** Facts of runs that were never made, as `factsOf` gathers them. */
import type { ArmFacts, RunFacts, TrialFacts } from '../../src/evidence/budget/facts.ts'
import type { Comparison } from '../../src/evidence/comparison.ts'
import type { Accelerator, LocalCluster } from '../../src/record/host.ts'
import type { Manifest } from '../../src/record/manifest-schema.ts'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { type Arm, studySchema } from '../../src/study/schema.ts'

const NODES = 4
const STEPS = 5
const ADAPTER = 'an adapter'

interface Made {
  readonly arms?: number
  readonly arm?: Partial<Arm>
  readonly seeds?: readonly number[]
  /** By seed. */
  readonly metrics?: readonly number[]
  readonly steps?: number
  readonly deterministic?: boolean
  readonly drift?: 'none' | 'drifted' | 'unknown'
  readonly accelerator?: Accelerator
  readonly bitsFollowArrival?: boolean
  readonly trial?: Partial<TrialFacts>
  /** What the second arm's trials hold in place of what the first's do. */
  readonly secondTrial?: Partial<TrialRecord>
  readonly adapterOpened?: string | null
  /** Of the last step. */
  readonly nodesOfStep?: number
  readonly elementsOfStep?: number
}

/** A run on four nodes of a CPU engine, in planned orders, with nothing wrong. */
export function facts(made: Made = {}): RunFacts {
  const { arms = 1, seeds = [0], steps = STEPS, accelerator, deterministic = false, drift = 'none' } = made
  const study = studySchema.parse({
    purpose: '?',
    workload: { name: 'linear' },
    arms: Array.from({ length: arms }, (_, i) => ({ name: `arm-${i}`, nodes: NODES, ...made.arm })),
    training: { steps, learningRate: 0.1 },
    seeds,
    engine: accelerator ? 'gpu' : 'cpu',
  })
  const manifest = {
    runId: 'a-study/a-run',
    determinism: {
      deterministic,
      synchronization: 'sync',
      arrivalOrdered: [],
      adapters: accelerator ? [{ name: ADAPTER, exact: null }] : [],
      dawnFlags: [],
    },
    seeds: { values: seeds, streams: [{ stream: 'rows', generator: 'PCG64', version: '1' }] },
    environment: { node: '26', lockfile: { drift } },
  } as unknown as Manifest
  const cluster = {
    host: { cpuModel: 'a CPU', cores: 2 },
    accelerator: accelerator ?? null,
    interconnect: { fabric: 'loopback', notMeasured: 'nothing ran' },
  } as unknown as LocalCluster
  const comparison = { metric: { name: 'final-loss' }, numeric: null, cluster } as unknown as Comparison
  return {
    manifest,
    study,
    cluster,
    comparison,
    accelerators: accelerator ? [accelerator] : [],
    arms: study.arms.map(
      (arm, i): ArmFacts => ({
        arm,
        rankCount: NODES,
        bitsFollowArrival: made.bitsFollowArrival ?? false,
        trials: seeds.map((seed, at) =>
          trialOf(seed, made.metrics?.[at] ?? 0.5, i === 1 ? made.secondTrial : {}, made),
        ),
        repeats: [],
      }),
    ),
  }
}

/** The same, with an arm that adds as sums arrive. */
export function arrivalFacts(made: Made = {}): RunFacts {
  return facts({ bitsFollowArrival: true, ...made, arm: { algorithm: 'arrival', ...made.arm } })
}

/** The same on a GPU. @param probe undefined: it was not probed. @param adapterOpened by every node. */
export function gpuFacts(probe: object | undefined, adapterOpened = ADAPTER): RunFacts {
  const accelerator = { name: ADAPTER, driver: 'a driver', ...(probe && { probe }) } as unknown as Accelerator
  return facts({ accelerator, adapterOpened })
}

/** A run whose first seed ran once more. */
export function withRepeat(of: RunFacts, changed: Partial<TrialRecord>, metric = 0.5): RunFacts {
  const arms = of.arms.map((arm): ArmFacts => {
    const [first] = arm.trials
    const again = { ...first, metric, record: { ...first.record, repeat: 1, ...changed } }
    const digests = [first, again].map(({ record }) => record.weightsSha256)
    return { ...arm, trials: [...arm.trials, again], repeats: [{ seed: first.record.seed, digests }] }
  })
  return { ...of, arms }
}

function trialOf(seed: number, metric: number, changed: Partial<TrialRecord> = {}, made: Made): TrialFacts {
  const { steps = STEPS, adapterOpened = null } = made
  const record = {
    trial: `arm-0.seed-${seed}`,
    seed,
    repeat: 0,
    status: 'finished',
    adapterByNode: Array.from({ length: NODES }, () => adapterOpened),
    weightsSha256: 'a digest',
    dataDigests: { 'rows.f64': 'a digest' },
    rowMapDigest: 'a digest',
    trainSeconds: 1 + seed / 10,
    ...changed,
  } as unknown as TrialRecord
  const recorded = Array.from({ length: steps }, (_, i) => {
    const isLast = i === steps - 1
    return stepOf(i + 1, isLast ? made.nodesOfStep : NODES, isLast ? made.elementsOfStep : 17)
  })
  return { record, metric, steps: recorded, unreplayable: null, ...made.trial }
}

function stepOf(step: number, nodes = NODES, elements = 17): StepRecord {
  const each = Array.from({ length: nodes }, (_, node) => ({
    node,
    stepNs: 1e6 * (1 + (step % 7)),
    reduceNs: 1e5 * (1 + (step % 5)),
    buckets: [{ elements }],
  }))
  return { step, orderCertificates: ['an order'], nodes: each } as unknown as StepRecord
}
