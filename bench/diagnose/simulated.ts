import { arraySplit } from '../../src/core/array-split.ts'
import { type Diagnosis, diagnose } from '../../src/evidence/diagnose/diagnose.ts'
import type { StepRecord, TrialRecord } from '../../src/record/trial-record.ts'
import { uniformLinks } from '../../src/simulate/cluster-links.ts'
import { CALM } from '../../src/simulate/conditions.ts'
import { checkSimulation, simulateStudy } from '../../src/simulate/simulate-study.ts'
import { type Study, studySchema } from '../../src/study/schema.ts'
import { type Case, type Draws, drawsOf } from './cases.ts'

/** A simulated cluster and study that a case is put to, calm but for the unrest of its machines and the jitter of its messages. */
interface Setting {
  readonly nodes: number
  readonly algorithm: string
  readonly columns: number
  readonly steps: number
  readonly repeats: number
  /** Of every gradient. */
  readonly unrest: number
  readonly jitterNs: number
  readonly nsPerByte: number
  readonly wholeBatchMs: number
}

const ROWS = 60
const PLANNED = ['ring', 'binomial-tree', 'all-pairs', 'double-binary-tree', 'bcube:2']
/** So that rates, not latencies, make the time of an exchange. */
const LATENCY_NS = 2_000

/** What a case's records are diagnosed as. */
export async function diagnoseSimulated(one: Case): Promise<Diagnosis> {
  const draw = drawsOf(one.seed)
  const setting = settingOf(draw)
  const noise = one.sources.includes('network') ? await exchangeNoise(setting, one.seed) : 0
  const study = studyOf(setting, one, draw, noise)
  return diagnose(await recordsOf(study, setting, one.seed))
}

function settingOf(draw: Draws): Setting {
  const nodes = 3 + draw.below(4)
  const columns = draw.of([128, 512, 1024])
  return {
    nodes,
    algorithm: draw.of(PLANNED),
    columns,
    steps: 12 + 2 * draw.below(5),
    repeats: draw.of([4, 6, 8]),
    unrest: 0.01 + 0.07 * draw.share(),
    jitterNs: 20_000 + 180_000 * draw.share(),
    // A vector takes 4 to 12 ms of a link, and its gradients 5 to 20 ms.
    nsPerByte: (4e6 + 8e6 * draw.share()) / (4 * columns),
    wholeBatchMs: nodes * (5 + 15 * draw.share()),
  }
}

function studyOf(setting: Setting, { sources, strength }: Case, draw: Draws, noise: number): Study {
  const { nodes, algorithm, columns, steps, repeats, unrest, wholeBatchMs } = setting
  const has = (source: Case['sources'][number]): boolean => sources.includes(source)
  // Two that always come together are one to anybody who looks at records.
  const rounds = draw.below(2) === 0 ? [2, 3] : [3, 2]
  const every = (): number => rounds.shift() ?? 2
  const when = (): { every: number; fromStep: number } => ({
    every: every(),
    fromStep: draw.of([1, 1, 1 + Math.floor(steps / 2)]),
  })
  const inject = [
    ...(has('arrival order')
      ? [{ source: 'arrival-order', delayUs: (1000 * strength * unrest * wholeBatchMs) / nodes }]
      : []),
    ...(has('network') ? [{ source: 'network', rate: 1 / (1 + strength * noise), ...when() }] : []),
    ...(has('another tenant') ? [{ source: 'tenant', load: strength * unrest, ...when() }] : []),
    ...(has('node count') ? [{ source: 'node-count', lose: 1, every: every() }] : []),
    ...(has('unlike hardware')
      ? [{ source: 'unlike-hardware', node: draw.below(nodes - 1), factor: 1 + strength * unrest }]
      : []),
  ]
  return studySchema.parse({
    purpose: 'A case of bench:diagnose.',
    workload: { name: 'linear', rows: ROWS, columns },
    arms: [{ name: 'nodes', nodes, algorithm: has('arrival order') ? 'arrival' : algorithm }],
    training: { steps, learningRate: 0.001 },
    seeds: [0],
    repeats,
    engine: 'cpu',
    ...(inject.length > 0 && { inject }),
  })
}

/** The standard deviation of a calm exchange, as a share of its median. */
async function exchangeNoise(setting: Setting, seed: number): Promise<number> {
  const study = studyOf({ ...setting, repeats: 2 }, { seed, sources: [], strength: 0 }, drawsOf(seed), 0)
  const { trials, stepsOf } = await recordsOf(study, setting, seed + 0.5e6)
  const times = trials.flatMap(({ trial }) =>
    stepsOf(trial).map(({ nodes }) => Math.min(...nodes.map(({ reduceNs }) => reduceNs))),
  )
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  return Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (times.length - 1)) / mean
}

async function recordsOf(study: Study, setting: Setting, seed: number): Promise<Parameters<typeof diagnose>[0]> {
  const request = {
    study,
    links: uniformLinks(LATENCY_NS, setting.nsPerByte, 0),
    conditions: { ...CALM, jitterNs: setting.jitterNs, unrest: setting.unrest, seed },
    compute: { source: 'stated', wholeBatchMs: setting.wholeBatchMs, text: 'of a case' },
    values: undefined,
    steps: study.training.steps,
    replay: undefined,
  } as const
  checkSimulation(request)
  const trials: TrialRecord[] = []
  const steps = new Map<string, readonly StepRecord[]>()
  await simulateStudy(request, (_, trial) => {
    trials.push(trial.record)
    steps.set(trial.record.trial, trial.steps)
  })
  return {
    simulated: true,
    trials,
    stepsOf: (trial) => steps.get(trial) ?? [],
    rowsOf: (_, nodes) =>
      Array.from({ length: nodes }, (_, node) => {
        const { start, end } = arraySplit(ROWS, nodes, node)
        return end - start
      }),
    cores: null,
    machineKinds: ['simulated'],
    trialsFile: 'simulation.json',
  }
}
