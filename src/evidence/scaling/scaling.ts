import { clusterLine, type LocalCluster } from '../../record/host.ts'
import { scheduleOf } from '../../reduce/algorithms.ts'
import { ARITHMETICS } from '../../reduce/arithmetics.ts'
import { costOf, type ScheduleCost } from '../../reduce/cost.ts'
import { algorithmsOf, baseOf, ranksOf, type ScalingMode, scalingMode } from '../../study/scaling.ts'
import { CORE_WAIT_MAX, pacedStamp } from '../paced.ts'
import { type ScalingPoint, type ScalingRecords, scalingPoints } from './curve.ts'
import { type Spikes, type Straggler, spikesOf, stragglersOf } from './events.ts'
import { bestFit, type FitPoint, fitModels, type ModelFit, type ModelName, predictSeconds } from './fits.ts'
import { type VariationSource, variationSources } from './sources.ts'
import { WARM_UP_STEPS } from './trial-times.ts'

/** scaling.json: all that a scaling run came to, out of its records alone. */
export interface Scaling {
  readonly schemaVersion: 1
  readonly invocation: string
  readonly mode: ScalingMode
  /** Null where computing was measured. */
  readonly paced: string | null
  readonly cluster: string
  /** Steps of every trial that are in no figure but `firstStepSeconds`. */
  readonly warmUpSteps: number
  readonly pricePerNodeHour: string | null
  readonly points: readonly ScalingPoint[]
  /** One an algorithm. */
  readonly curves: readonly ScalingCurve[]
  readonly stragglers: readonly Straggler[]
  readonly spikes: readonly Spikes[]
  readonly sources: readonly VariationSource[]
  /** What so few trials, or such a machine, do not let anybody say. */
  readonly limits: readonly string[]
  readonly conclusion: 'measured' | 'inconclusive'
  /** Why it is inconclusive. */
  readonly reason: string | null
}

/** The points of one algorithm, base first, and what models make of them. */
interface ScalingCurve {
  readonly algorithm: string
  readonly arms: readonly string[]
  readonly fits: readonly ModelFit[]
  /** Of the model that predicts points it has not seen best: its speedup on every number of ranks; null: no model was held out. */
  readonly fitted: { readonly model: ModelName; readonly line: readonly { ranks: number; speedup: number }[] } | null
}

/** What a curve is made of, and where it came from. */
export interface ScalingRun extends Omit<ScalingRecords, 'cores' | 'pricePerNodeHour'> {
  readonly invocation: string
  readonly cluster: LocalCluster
}

/** @throws {ReducibleError} invalid-study: the arms are no curve. */
export function scalingOf(run: ScalingRun): Scaling {
  const { study, trials, stepsOf, cluster } = run
  const price = cluster.pricePerHour
  const points = scalingPoints({
    ...run,
    cores: cluster.nodes === undefined ? cluster.host.cores : null,
    pricePerNodeHour: price === undefined ? null : Number.parseFloat(price),
  })
  const timedOf = (arm: string) => trials.filter((trial) => trial.arm === arm).flatMap(({ trial }) => stepsOf(trial))
  const saturated = points.filter(({ coreWait }) => coreWait !== null && coreWait > CORE_WAIT_MAX)
  const paced = pacedStamp(study) ?? null
  return {
    schemaVersion: 1,
    invocation: run.invocation,
    mode: scalingMode(study),
    paced,
    cluster: clusterLine(cluster),
    warmUpSteps: WARM_UP_STEPS,
    pricePerNodeHour: price ?? null,
    points,
    curves: algorithmsOf(study.arms).map((algorithm) => curveOf(run, points, algorithm)),
    stragglers: study.arms.flatMap((arm) => stragglersOf(arm, timedOf(arm.name))),
    spikes: study.arms.flatMap((arm) => spikesOf(arm, timedOf(arm.name)) ?? []),
    sources: variationSources(study, cluster, trials),
    limits: limitsOf(points),
    ...(paced !== null && saturated.length > 0
      ? { conclusion: 'inconclusive', reason: saturationText(saturated) }
      : { conclusion: 'measured', reason: null }),
  }
}

function saturationText(saturated: readonly ScalingPoint[]): string {
  const arms = saturated.map(({ arm, coreWait }) => `${arm} ${Math.round(100 * (coreWait ?? 0))} %`).join(', ')
  return `cores, not links, decided the time: threads had no core for more than ${100 * CORE_WAIT_MAX} % of it (${arms})`
}

function curveOf(
  { study, stepsOf, trials }: ScalingRun,
  all: readonly ScalingPoint[],
  algorithm: string,
): ScalingCurve {
  const base = baseOf(study.arms, algorithm)
  const points = all
    .filter((point) => point.arm === base.name || (point.algorithm === algorithm && point.ranks > 1))
    .sort((a, b) => a.ranks - b.ranks)
  const first = points.find(({ arm }) => arm === base.name)
  const arms = points.map(({ arm }) => arm)
  if (first === undefined) return { algorithm, arms, fits: [], fitted: null }
  const steps = trials.filter(({ arm }) => arms.includes(arm)).flatMap(({ trial }) => stepsOf(trial))
  const elements = steps[0]?.nodes[0]?.buckets.map((bucket) => bucket.elements) ?? []
  const { bytesPerElement } = ARITHMETICS[base.arithmetic]
  const workOn = (ranks: number): number => (scalingMode(study) === 'weak' ? ranks / ranksOf(base) : 1)
  const placeOf = (ranks: number): Omit<FitPoint, 'secondsPerStep'> => ({
    ranks,
    work: workOn(ranks),
    cost: stepCost(algorithm, ranks, base.ranksPerNode, elements, bytesPerElement),
  })
  const fits = fitModels(points.map(({ ranks, secondsPerStep }) => ({ ...placeOf(ranks), secondsPerStep })))
  const best = bestFit(fits)
  if (!best?.coefficients) return { algorithm, arms, fits, fitted: null }
  const { model, coefficients } = best
  const most = Math.max(...points.map(({ ranks }) => ranks))
  const counts = Array.from({ length: most - first.ranks + 1 }, (_, i) => first.ranks + i)
  const line = counts
    .filter((ranks) => ranks % base.ranksPerNode === 0)
    .map((ranks) => {
      const seconds = predictSeconds(model, coefficients, placeOf(ranks))
      return { ranks, speedup: (first.secondsPerStep * workOn(ranks)) / seconds }
    })
  return { algorithm, arms, fits, fitted: { model, line } }
}

/** Of all buckets of a step, one after the other. */
function stepCost(
  algorithm: string,
  ranks: number,
  ranksPerNode: number,
  elements: readonly number[],
  bytesPerElement: number,
): ScheduleCost {
  const schedule = scheduleOf(algorithm, ranks, ranksPerNode)
  const costs = elements.map((count) => costOf(schedule, count, bytesPerElement))
  const sumOf = (key: keyof ScheduleCost): number => costs.reduce((sum, cost) => sum + cost[key], 0)
  return {
    rounds: sumOf('rounds'),
    bytesSentMax: sumOf('bytesSentMax'),
    criticalBytes: sumOf('criticalBytes'),
    criticalAddedBytes: sumOf('criticalAddedBytes'),
  }
}

/** A 95 % interval of a median, and a rank test at 5 %, begin there. */
const PAIRS_FOR_INTERVAL = 6
const TRIALS_FOR_RANK_TEST = 4

function limitsOf(points: readonly ScalingPoint[]): string[] {
  const fewest = Math.min(...points.map(({ trials }) => trials.length))
  const limits: string[] = []
  if (fewest < PAIRS_FOR_INTERVAL) {
    const tests = fewest < TRIALS_FOR_RANK_TEST ? ', no rank test of two arms can reach p < 0.05' : ''
    limits.push(
      `${fewest} ${fewest === 1 ? 'trial' : 'trials'} an arm: no 95 % interval of a median speedup (${PAIRS_FOR_INTERVAL} pairs)${tests}; the trials are shown one by one`,
    )
  }
  const crowded = points.filter(({ oversubscribed }) => oversubscribed).map(({ arm }) => arm)
  if (crowded.length > 0) limits.push(`oversubscribed, more ranks than cores: ${crowded.join(', ')}`)
  return limits
}
