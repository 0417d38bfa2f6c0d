import { median } from 'simple-statistics'
import { UNKNOWN } from '../record/cluster-spec/schema.ts'
import type { TrialMachine, TrialRecord } from '../record/trial-record.ts'

/** What else may explain the time of a trial. */
export interface Disturbance {
  readonly trial: string
  /** `12 % of the CPU time stolen` */
  readonly what: string
}

/** A hypervisor that takes more is named. */
const STEAL_SHARE = 0.02
/** Pressure of an arm's trial above the median of that arm is named beyond this, as a share of the time. */
const PRESSURE_EXCESS = 0.25
/** Siblings that a median needs. */
const SIBLINGS = 3

/** Trials of an arm whose machine was held back, or busier than beside their siblings. They stay in every figure. */
export function disturbances(trials: readonly TrialRecord[]): Disturbance[] {
  const pressures = trials.flatMap(({ machines = [] }) => machines.map(({ pressure }) => pressure.cpu)).filter(isKnown)
  const usual = pressures.length < SIBLINGS ? undefined : median(pressures)
  return trials.flatMap(({ trial, machines = [] }) =>
    machines.flatMap((machine) => heldBack(machine, usual).map((what) => ({ trial, what }))),
  )
}

function heldBack({ stealShare, pressure, cpuThrottles, gpus }: TrialMachine, usual: number | undefined): string[] {
  const percent = (share: number): string => `${Math.round(100 * share)} %`
  const excess = usual === undefined || pressure.cpu === UNKNOWN ? 0 : pressure.cpu - usual
  const throttled = gpus === UNKNOWN ? [] : gpus.flatMap(({ uuid, throttledBy }) => reasonsText(uuid, throttledBy))
  return [
    ...(isKnown(stealShare) && stealShare > STEAL_SHARE ? [`${percent(stealShare)} of the CPU time stolen`] : []),
    ...(excess > PRESSURE_EXCESS && isKnown(pressure.cpu)
      ? [`threads waited for a core in ${percent(pressure.cpu)} of the time, usually in ${percent(usual ?? 0)}`]
      : []),
    ...(isKnown(cpuThrottles) && cpuThrottles > 0 ? [`cores throttled for heat ${cpuThrottles} times`] : []),
    ...throttled,
  ]
}

function reasonsText(uuid: string, throttledBy: readonly string[] | typeof UNKNOWN): string[] {
  return throttledBy === UNKNOWN || throttledBy.length === 0 ? [] : [`${uuid} held back by ${throttledBy.join(', ')}`]
}

function isKnown<T>(value: T | typeof UNKNOWN): value is T {
  return value !== UNKNOWN
}
