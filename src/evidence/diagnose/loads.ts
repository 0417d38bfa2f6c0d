import { median } from 'simple-statistics'
import { UNKNOWN } from '../../record/cluster-spec/schema.ts'
import type { TrialRecord } from '../../record/trial-record.ts'
import type { CohortTrial, DiagnosedRun } from './cohorts.ts'

/** What others did on the machines of a run, by trial. */
export interface Loads {
  /** How it is called, and the fields it follows from. */
  readonly what: string
  /** How far above the usual one a load must be; and where the trials that have it computed slowly. */
  readonly excessMin: number
  readonly excessOfSlowMin: number
  readonly byTrial: ReadonlyMap<string, number>
}

/** Trials of an arm, parted by what others did meanwhile. */
export interface LoadParts {
  readonly loaded: ReadonlySet<string>
  /** Medians. */
  readonly usual: number
  readonly high: number
}

/** Cores that others use: the coordinator and the kernel are among them, and alike in all trials. */
const CORES_EXCESS = 0.3
/** Others that use so much in every trial are a tenant too. */
const CORES_ALWAYS = 1.2
const PRESSURE_EXCESS = 0.05
const STEAL_EXCESS = 0.02
/** Of trials that computed slowly less is enough. */
const OF_SLOW = 0.1
/** Robust deviations of the usual trials. */
const DEVIATIONS = 5

/** The loads that the records know: each says it in another way. */
export function loadsOf({ trials, cores }: DiagnosedRun): Loads[] {
  const known = (
    what: string,
    excessMin: number,
    loadOf: (trial: TrialRecord) => number | undefined,
  ): readonly Loads[] => {
    const loads = trials.map((trial) => [trial.trial, loadOf(trial)] as const)
    const told = loads.filter((entry): entry is [string, number] => entry[1] !== undefined)
    return told.length < trials.length
      ? []
      : [{ what, excessMin, excessOfSlowMin: OF_SLOW * excessMin, byTrial: new Map(told) }]
  }
  const foreign = known('cores used by others (coresBusy, cpuMsPerStepByThread)', CORES_EXCESS, (trial) =>
    cores === null ? undefined : coresOfOthers(trial, cores),
  )
  return [
    ...foreign,
    // Nodes that share a machine wait for each other's cores too.
    ...(foreign.length > 0
      ? []
      : known('time a thread waited for a core (machines.pressure.cpu)', PRESSURE_EXCESS, pressure)),
    ...known('CPU time stolen (machines.stealShare)', STEAL_EXCESS, steal),
  ]
}

function coresOfOthers(
  { coresBusy, cpuMsPerStepByThread, stepsRecorded, trainSeconds }: TrialRecord,
  cores: number,
): number | undefined {
  const ownMs = Object.values(cpuMsPerStepByThread).reduce((sum, ms) => sum + ms, 0) * stepsRecorded
  if (coresBusy === undefined || coresBusy === null || ownMs === 0) return undefined
  return Math.max(0, coresBusy * cores - ownMs / 1000 / trainSeconds)
}

function pressure({ machines = [] }: TrialRecord): number | undefined {
  return meanKnown(machines.map((machine) => machine.pressure.cpu))
}

function steal({ machines = [] }: TrialRecord): number | undefined {
  return meanKnown(machines.map(({ stealShare }) => stealShare))
}

function meanKnown(shares: readonly (number | typeof UNKNOWN)[]): number | undefined {
  const known = shares.filter((share) => share !== UNKNOWN)
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length
}

/**
 * Which trials of an arm were beside more than usual; the usual is that of the quieter half.
 * @param slow trials that computed slowly: where a smaller load sets all of them apart, it is theirs.
 */
export function partByLoad(trials: readonly CohortTrial[], loads: Loads, slow: readonly string[]): LoadParts {
  const { byTrial, excessMin, excessOfSlowMin } = loads
  const own = trials.map(({ record: { trial } }) => ({ trial, load: byTrial.get(trial) ?? 0 }))
  const sorted = own.map(({ load }) => load).sort((a, b) => a - b)
  const quiet = sorted.slice(0, Math.ceil(sorted.length / 2))
  const usual = median(quiet)
  const deviation = median(quiet.map((load) => Math.abs(load - usual)))
  const beyond = (excess: number): typeof own => {
    const limit = usual + Math.max(excess, DEVIATIONS * deviation)
    return own.filter(({ load }) => load > limit)
  }
  const always = excessMin === CORES_EXCESS && sorted[0] > CORES_ALWAYS
  const small = beyond(excessOfSlowMin)
  const isTheirs = slow.length > 0 && slow.every((trial) => small.some((one) => one.trial === trial))
  const high = always ? own : isTheirs ? small : beyond(excessMin)
  return {
    loaded: new Set(high.map(({ trial }) => trial)),
    usual,
    high: high.length === 0 ? usual : median(high.map(({ load }) => load)),
  }
}
