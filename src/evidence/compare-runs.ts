import { isDeepStrictEqual } from 'node:util'
import { ReducibleError } from '../core/errors.ts'
import { type ComparedArm, type Comparison, pairTrials, seedPairsOf } from './comparison.ts'
import { decideMetric, type MetricDecision } from './decision.ts'

/** One arm as two runs had it. */
export interface ArmAcrossRuns {
  readonly arm: string
  readonly metric: MetricDecision
  /** Trials that both runs have, and how many of them ended at weights of one SHA-256. */
  readonly trials: number
  readonly equalDigests: number
  readonly time: TimesAcrossRuns
}

/** Median seconds of either run. For a person to see: times that were not taken in one pass decide nothing. */
interface TimesAcrossRuns {
  readonly seconds: readonly [number, number]
  readonly decision: 'insufficient'
  readonly reason: string
}

const NOT_ONE_PASS = 'not one pass'

/**
 * Holds the arms that two runs share against each other by their metric, seed by seed.
 * @throws {ReducibleError} replay-mismatch: another metric, other data or seeds, a simulation beside a measurement, no arm shared.
 */
export function compareRuns(a: Comparison, b: Comparison): ArmAcrossRuns[] {
  refuseOther('metric', a.metric.definition, b.metric.definition)
  refuseOther('simulated', a.cluster.simulated, b.cluster.simulated)
  const shared = a.arms.flatMap((arm): (readonly [ComparedArm, ComparedArm])[] => {
    const other = b.arms.find((candidate) => isSameWay(candidate, arm))
    return other ? [[arm, other]] : []
  })
  if (shared.length === 0) refuseOther('arms', namesOf(a), namesOf(b))
  return shared.map(([ofA, ofB]) => {
    refuseOther(`seeds of ${ofA.name}`, seedsOf(ofA), seedsOf(ofB))
    refuseOther(`data of ${ofA.name}`, dataOf(ofA), dataOf(ofB))
    return acrossRuns(a, ofA, ofB)
  })
}

function acrossRuns({ metric, numeric }: Comparison, a: ComparedArm, b: ComparedArm): ArmAcrossRuns {
  const pairs = pairTrials(a.trials, b.trials)
  const equal = pairs.filter(([ofA, ofB]) => ofA.weightsSha256 !== null && ofA.weightsSha256 === ofB.weightsSha256)
  return {
    arm: a.name,
    metric: decideMetric(seedPairsOf(metric.name, a.trials, b.trials), numeric?.noiseFloor ?? null),
    trials: pairs.length,
    equalDigests: equal.length,
    time: {
      seconds: [a.medianTrainSeconds, b.medianTrainSeconds],
      decision: 'insufficient',
      reason: NOT_ONE_PASS,
    },
  }
}

/** Does an arm compute the same way in both runs, whatever it is called? */
function isSameWay(a: ComparedArm, b: ComparedArm): boolean {
  const way = ({
    name: _,
    trials: _trials,
    medianTrainSeconds: _seconds,
    stepsPerSecond: _speed,
    ...rest
  }: ComparedArm) => rest
  return isDeepStrictEqual(way(a), way(b))
}

function namesOf({ arms }: Comparison): string {
  return arms.map(({ name }) => name).join(', ')
}

function seedsOf({ trials }: ComparedArm): string {
  return trials
    .map(({ seed }) => seed)
    .sort((a, b) => a - b)
    .join(', ')
}

/** By seed: what it was made from, and the rows of every step. */
function dataOf({ trials }: ComparedArm): string {
  const lines = trials.map(({ seed, dataDigests }) => JSON.stringify([seed, Object.entries(dataDigests).sort()]))
  return [...new Set(lines)].sort().join()
}

function refuseOther(what: string, ofA: unknown, ofB: unknown): void {
  if (ofA === ofB) return
  const [first, second] = [ofA, ofB].map((value) => shorten(String(value)))
  throw new ReducibleError('replay-mismatch', `the runs differ in ${what}: ${first} and ${second}`, {
    remedy: 'compare runs of one study, or run both arms in one study',
  })
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
