// Goal: a trial whose machine was held back, or busier than beside its siblings, is named; an even load is not.
import { expect, it } from 'vitest'
import { disturbances } from '../../src/evidence/disturbances.ts'
import type { TrialMachine, TrialRecord } from '../../src/record/trial-record.ts'

const EVEN: TrialMachine = {
  nodes: [0],
  startedAtUtc: '2026-11-23T00:00:00.000Z',
  loadAverage: [1, 1],
  pressure: { cpu: 0.6, io: 0, memory: 0 },
  stealShare: 0,
  cpuMhz: 'unknown',
  cpuCelsius: 'unknown',
  cpuThrottles: 'unknown',
  gpus: [],
}

function trialsWith(...machines: readonly Partial<TrialMachine>[]): TrialRecord[] {
  return machines.map((own, i) => ({ trial: `t${i}`, machines: [{ ...EVEN, ...own }] })) as unknown as TrialRecord[]
}

it('names nobody where all trials were alike, however busy, and none of records without machines', () => {
  expect(disturbances(trialsWith({}, {}, {}))).toEqual([])
  expect(disturbances([{ trial: 'old' } as TrialRecord])).toEqual([])
})

it.each([
  [{ stealShare: 0.12 }, '12 % of the CPU time stolen'],
  [{ cpuThrottles: 3 }, 'cores throttled for heat 3 times'],
  [{ pressure: { cpu: 0.95, io: 0, memory: 0 } }, 'threads waited for a core in 95 % of the time, usually in 60 %'],
  [
    { gpus: [{ uuid: 'GPU-a', clockMhz: 300, celsius: 90, watts: 200, throttledBy: ['hw_thermal_slowdown'] }] },
    'GPU-a held back by hw_thermal_slowdown',
  ],
])('names a trial with %j', (own, what) => {
  expect(disturbances(trialsWith({}, own, {}, {}))).toEqual([{ trial: 't1', what }])
})

it('two trials have no usual pressure', () => {
  expect(disturbances(trialsWith({}, { pressure: { cpu: 1, io: 0, memory: 0 } }))).toEqual([])
})
